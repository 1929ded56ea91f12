"""The shelf of old reports: files into the index, questions out of it."""

from collections.abc import Collection, Sequence
from pathlib import Path

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages
from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.models.embedding import make_embedder
from assistant.models.endpoint import embedding_endpoint
from assistant.retrieval.index import Index
from assistant.settings import Settings
from assistant.types import Hit, Passage, Report, Role


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
    return Index.open(index_folder(settings), embedder=make_embedder(settings), server=settings.chroma_url)


def make_shelf(settings: Settings) -> Index:
    """Open the index, or make one. Raises `CorpusError`."""
    return Index.create_or_open(
        index_folder(settings), embedder=make_embedder(settings), server=settings.chroma_url
    )


def heard_outside(settings: Settings) -> str | None:
    """Return the address outside this machine that embeds passages and queries, if any."""
    endpoint = embedding_endpoint(settings)
    return endpoint.address if endpoint and not endpoint.is_local else None


def rebuild(settings: Settings) -> int:
    """Embed the whole shelf anew with the embedder now set; return the number of passages. Raises `CorpusError`."""
    return Index.rebuild(index_folder(settings), embedder=make_embedder(settings), server=settings.chroma_url)


def search(
    query: str, settings: Settings, *, count: int, role: Role | None = None, exclude: Collection[str] = ()
) -> list[Hit]:
    """Search the shelf. Raises `InputError` for an empty query, `CorpusError` for the index."""
    if not query.strip():
        raise InputError("查询内容为空，请写出要找的话，例如 gongwen search 理论学习。")
    with open_shelf(settings) as index:
        return index.search(query, count=count, role=role, exclude=exclude)


def remove(names: Sequence[str], settings: Settings) -> list[int]:
    """Take reports out by name or id; return how many passages each had. Raises `InputError` before anything is done."""
    with open_shelf(settings) as index:
        known = {name for entry in index.reports() for name in (entry.name, entry.id)}
        for name in names:
            if name not in known:
                raise InputError(f"语料中没有“{name}”，请用 gongwen corpus 查看有哪些报告。")
        return [index.remove(name) for name in dict.fromkeys(names)]
