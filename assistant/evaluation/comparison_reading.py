"""A reference by the name that a user gives: a file, or a report of the index."""

from contextlib import closing
from pathlib import Path

from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.retrieval.manifest import has_manifest, read_manifest
from assistant.retrieval.registry import Registry
from assistant.settings import Settings
from assistant.workflow.shelf import index_folder


def read_reference(given: str, settings: Settings) -> str:
    """Return the text of a file, or else of the report in the index of that name or id. Raises `InputError`, `CorpusError`."""
    path = Path(given)
    if path.exists():
        return read_text(path)
    folder = index_folder(settings)
    found = _in_index(given, folder) if has_manifest(folder) else []
    if not found:
        raise InputError(
            f"找不到参考稿“{given}”：没有这个文件，语料里也没有这篇报告，"
            "请检查路径，或用 gongwen corpus 查看报告的名称。"
        )
    if len(found) > 1:
        raise InputError(
            f"语料里有{len(found)}篇“{given}”，请改写编号：{'、'.join(id_ for id_, _ in found)}。"
        )
    return found[0][1]


def _in_index(given: str, folder: Path) -> list[tuple[str, str]]:
    """Return the ids and texts of the reports of that name or id."""
    read_manifest(folder)
    with closing(Registry(folder)) as registry:
        ids = [entry.id for entry in registry.reports() if given in (entry.id, entry.name)]
        return [(id_, text) for id_ in ids if (text := registry.report_text(id_)) is not None]
