"""The shelf of old reports: files into the index, questions out of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages, has_body
from assistant.documents.reading import read_text, report_files
from assistant.errors import InputError
from assistant.models.embedding import make_embedder
from assistant.models.endpoint import embedding_endpoint
from assistant.retrieval.index import Index
from assistant.settings import Settings
from assistant.types import Hit, Passage, Report, Role


@dataclass(frozen=True, slots=True)
class FileResult:
    """How a file fared: passages added, unchanged and removed, or the error that kept it out."""

    name: str
    added: int = 0
    unchanged: int = 0
    removed: int = 0
    error: str | None = None


def read_report(path: Path, *, name: str | None = None) -> Report:
    """Read and parse one report. Raises `InputError`."""
    text = read_text(path)
    if not text.strip():
        raise InputError(f"“{path.name}”是空文件，请换一个有内容的文件。")
    return parse(text, name=name or path.name)


def report_passages(report: Report, settings: Settings) -> list[Passage]:
    """Cut a report into passages of the size that is set."""
    return cut_passages(report, tokens=settings.passage_tokens)


def index_folder(settings: Settings) -> Path:
    """Return where the index lies."""
    return settings.data / "index"


def open_shelf(settings: Settings) -> Index:
    """Open the index for reading. Raises `CorpusError`."""
    return Index.open(index_folder(settings), embedder=make_embedder(settings))


def heard_outside(settings: Settings) -> str | None:
    """Return the address outside this machine that embeds passages and queries, if any."""
    endpoint = embedding_endpoint(settings)
    return endpoint.address if endpoint and not endpoint.is_local else None


def ingest(paths: Sequence[Path], settings: Settings) -> Iterator[FileResult]:
    """Bring files and folders into the index, a result a file; a bad file never stops the rest.

    Ingesting a report twice changes nothing. Raises `InputError` for a path that does not exist, `CorpusError` for the
    index, `ModelError` for an embedding endpoint.
    """
    files = [(file, _name(file, path)) for path in paths for file in report_files(path)]
    with (
        Index.create_or_open(index_folder(settings), embedder=make_embedder(settings)) as index,
        index.writing() as ingestion,
    ):
        for file, name in files:
            try:
                report = read_report(file, name=name)
            except InputError as error:
                yield FileResult(name, error=str(error))
                continue
            passages = [passage for passage in report_passages(report, settings) if has_body(passage)]
            done = ingestion.bring(report.id, passages)
            yield FileResult(name, added=done.added, unchanged=done.unchanged, removed=done.removed)


def _name(file: Path, given: Path) -> str:
    return file.name if file == given else file.relative_to(given).as_posix()


def rebuild(settings: Settings) -> int:
    """Embed the whole shelf anew with the embedder now set; return the number of passages. Raises `CorpusError`."""
    return Index.rebuild(index_folder(settings), embedder=make_embedder(settings))


def search(
    query: str, settings: Settings, *, count: int, role: Role | None = None, exclude: Collection[str] = ()
) -> list[Hit]:
    """Search the shelf. Raises `InputError` for an empty query, `CorpusError` for the index."""
    if not query.strip():
        raise InputError("查询内容为空，请写出要找的话，例如 gongwen search 理论学习。")
    with open_shelf(settings) as index:
        return index.search(query, count=count, role=role, exclude=exclude)
