"""The shelf of old reports: files into the index, questions out of it."""

from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages
from assistant.documents.reading import read_document
from assistant.errors import InputError, SettingsError
from assistant.models.embedding import make_embedder
from assistant.models.endpoint import embedding_endpoint, is_here, shown_address
from assistant.retrieval.chroma import check_address
from assistant.retrieval.index import Index
from assistant.retrieval.manifest import read_manifest
from assistant.retrieval.registry import Registry, ReportEntry
from assistant.settings import Settings
from assistant.text.secrecy import secrecy_marking
from assistant.types import Hit, Passage, Report, Role


def read_report(path: Path, *, name: str | None = None) -> Report:
    """Read and parse one report. Raises `InputError`."""
    return read_whole_report(path, name=name)[0]


def read_whole_report(path: Path, *, name: str | None = None) -> tuple[Report, tuple[str, ...]]:
    """Read and parse one report; return it, and in words what of its file is not in its text. Raises `InputError`."""
    document = read_document(path)
    if not document.text.strip():
        raise InputError(f"“{path.name}”是空文件，请换一个有内容的文件。")
    return parse(document.text, name=name or path.name), document.dropped


def report_passages(report: Report, settings: Settings) -> list[Passage]:
    """Cut a report into passages of the size that is set."""
    return cut_passages(report, tokens=settings.passage_tokens)


def index_folder(settings: Settings) -> Path:
    """Return where the index lies."""
    return settings.data / "index"


def open_shelf(settings: Settings) -> Index:
    """Open the index for reading. Raises `CorpusError`, and `SettingsError` as for every use of the index."""
    return Index.open(index_folder(settings), embedder=make_embedder(settings), server=_server(settings))


def make_shelf(settings: Settings) -> Index:
    """Open the index, or make one. Raises `CorpusError`."""
    return Index.create_or_open(
        index_folder(settings), embedder=make_embedder(settings), server=_server(settings)
    )


def heard_outside(settings: Settings) -> str | None:
    """Return the address outside this machine that embeds passages and queries, if any."""
    endpoint = embedding_endpoint(settings)
    return endpoint.address if endpoint and not endpoint.is_local else None


def kept_outside(settings: Settings) -> str | None:
    """Return the address outside this machine that keeps the vectors, if any."""
    server = _server(settings)
    return shown_address(server) if server and not is_here(server) else None


def _server(settings: Settings) -> str | None:
    """Return the address of the Chroma server, if one is set. Raises `SettingsError` for one outside in offline mode."""
    server = settings.chroma_url
    if server is None:
        return None
    check_address(server)
    if settings.offline and not is_here(server):
        raise SettingsError(
            f"已设为离线，而 GONGWEN_CHROMA_URL 指向本机以外的 {shown_address(server)}，"
            "请改用本机的 Chroma 服务，或去掉 GONGWEN_OFFLINE。"
        )
    return server


def rebuild(settings: Settings) -> int:
    """Embed the whole shelf anew with the embedder now set; return the number of passages.

    Raises `CorpusError`, and `InputError` when a report with a secrecy marking would leave the machine.
    """
    if heard_outside(settings):
        _refuse_marked_reports(settings)
    return Index.rebuild(index_folder(settings), embedder=make_embedder(settings), server=_server(settings))


def _refuse_marked_reports(settings: Settings) -> None:
    """Raise `InputError` if any report on the shelf bears a secrecy marking."""
    read_manifest(index_folder(settings))
    with closing(Registry(index_folder(settings))) as registry:
        marked = [
            entry.name
            for entry in registry.reports()
            if secrecy_marking(registry.report_text(entry.id) or "")
        ]
    if marked:
        raise InputError(
            f"语料中的“{marked[0]}”带有密级或内部资料的标记，不得发往远程的向量接口，"
            "请先用 gongwen corpus remove 移出，或改用本机的向量模型。"
        )


def search(
    query: str,
    settings: Settings,
    *,
    count: int,
    role: Role | None = None,
    exclude: Collection[str] = (),
    include: Collection[str] = (),
    years: Collection[int] = (),
    kinds: Collection[str] = (),
) -> list[Hit]:
    """Search the shelf as `Index.search` does, but with reports by name or id, and kinds by any part of theirs.

    Raises `InputError` for an empty query and for a report or kind that is not there, `CorpusError` for the index.
    """
    if not query.strip():
        raise InputError("查询内容为空，请写出要找的话，例如 gongwen search 理论学习。")
    with open_shelf(settings) as index:
        entries = index.reports() if exclude or include or kinds else []
        return index.search(
            query,
            count=count,
            role=role,
            exclude=_ids(exclude, entries),
            include=_ids(include, entries),
            years=years,
            kinds=_kinds(kinds, entries),
        )


def shelf_reports(settings: Settings) -> list[ReportEntry]:
    """Return the reports of the shelf in the order of names, without what searching needs. Raises `CorpusError`."""
    read_manifest(index_folder(settings))
    with closing(Registry(index_folder(settings))) as registry:
        return registry.reports()


def stored_report(id_: str, settings: Settings) -> Report:
    """Return a report of the shelf with its anatomy. Raises `InputError` for one that is not there, `CorpusError`."""
    read_manifest(index_folder(settings))
    with closing(Registry(index_folder(settings))) as registry:
        entry = next((entry for entry in registry.reports() if entry.id == id_), None)
        text = registry.report_text(id_)
    if entry is None or text is None:
        raise InputError("这篇报告已不在语料中，请刷新页面后另选一篇。")
    return parse(text, name=entry.name)


def _ids(names: Collection[str], entries: Collection[ReportEntry]) -> set[str]:
    """Return the ids of reports by name or id."""
    for name in names:
        if not any(name in (entry.id, entry.name) for entry in entries):
            raise InputError(f"语料中没有“{name}”，请用 gongwen corpus 查看有哪些报告。")
    return {entry.id for entry in entries if entry.id in names or entry.name in names}


def _kinds(words: Collection[str], entries: Collection[ReportEntry]) -> set[str]:
    """Return the kinds that hold one of the words."""
    known = sorted({entry.kind for entry in entries if entry.kind})
    for word in words:
        if not any(word in kind for kind in known):
            there = f"请从这些中选一个：{'、'.join(known)}" if known else "请不写 --kind"
            raise InputError(f"语料中没有文种为“{word}”的报告，{there}。")
    return {kind for kind in known if any(word in kind for word in words)}


def remove(names: Sequence[str], settings: Settings) -> list[int]:
    """Take reports out by name or id; return how many passages each had. Raises `InputError` before anything is done."""
    with open_shelf(settings) as index:
        _ids(names, index.reports())
        return [index.remove(name) for name in dict.fromkeys(names)]
