"""Measuring the index on a retrieval set: the list by words, the list by vectors, and both fused."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from assistant import __version__
from assistant.evaluation.beir import RetrievalSet, SetDocument
from assistant.evaluation.metrics import means
from assistant.models.embedding import Embedder
from assistant.retrieval.fusion import RANK_CONSTANT, fuse
from assistant.retrieval.index import DEPTH, LEXICAL_WEIGHT, Index
from assistant.retrieval.selection import Selection
from assistant.text.near import signature
from assistant.text.terms import terms
from assistant.types import Passage, Report, ReportData, Role

VERSIONED = ("tantivy", "chromadb", "rjieba")
# The index takes whole reports; so many documents make one.
SHARE = 1000
UNTOLD = ReportData(title=None, kind=None, year=None, unit=None)
STEP = 500

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class RetrievalQuality:
    """Each list's metrics (0.0 to 1.0), and all that the figures depend on."""

    set: str
    queries: int
    lexical: dict[str, float]
    vector: dict[str, float]
    fused: dict[str, float]
    signature: str


def measure(
    source: RetrievalSet,
    embedder: Embedder,
    *,
    weight: float | None = None,
    k: int = RANK_CONSTANT,
    progress: Progress | None = None,
) -> RetrievalQuality:
    """Index the documents in a temporary folder, ask every query, and judge the three lists.

    ``weight`` is the vectors' share in fusion where it is not to be the embedder's own. ``progress`` hears what is being
    done, how much of it, and of how much. Raises `CorpusError` and `ModelError`.
    """
    weight = embedder.weight if weight is None else weight
    report = progress or (lambda _what, _done, _total: None)
    known = _Recalling(embedder, list(source.queries.values()))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Index.create_or_open(Path(folder) / "index", embedder=known) as index,
    ):
        _take_in(index, source.documents, report)
        lists = _rankings(index, known, source, report)
    lists["fused"] = {
        query: [id_ for id_, _, _ in fuse([(LEXICAL_WEIGHT, ids), (weight, lists["vector"][query])], k=k)]
        for query, ids in lists["lexical"].items()
    }
    return RetrievalQuality(
        set=source.name,
        queries=len(source.queries),
        signature=_signature(source, embedder, weight=weight, k=k),
        **{name: means(ranked, source.judgements) for name, ranked in lists.items()},
    )


def _take_in(index: Index, documents: Sequence[SetDocument], progress: Progress) -> None:
    with index.writing() as ingestion:
        for start in range(0, len(documents), SHARE):
            progress("收入段落", start, len(documents))
            report, passages = _report(f"documents-{start}", documents[start : start + SHARE])
            ingestion.bring(report, passages, UNTOLD, signature=signature(report.text))
    progress("收入段落", len(documents), len(documents))


def _report(id_: str, documents: Sequence[SetDocument]) -> tuple[Report, list[Passage]]:
    """Return documents as the passages of one report, each under its title."""
    passages: list[Passage] = []
    start = 0
    for document in documents:
        above = (document.title,) if document.title else ()
        end = start + len(document.text)
        passages.append(Passage(document.id, id_, id_, Role.WORK, above, start, end, document.text))
        start = end + 1
    text = "\n".join(document.text for document in documents)
    return Report(id_, id_, text, None, None, ()), passages


def _rankings(
    index: Index, embedder: Embedder, source: RetrievalSet, progress: Progress
) -> dict[str, dict[str, list[str]]]:
    lists: dict[str, dict[str, list[str]]] = {"lexical": {}, "vector": {}}
    for number, (query, text) in enumerate(source.queries.items()):
        if number % STEP == 0:
            progress("检索", number, len(source.queries))
        lists["lexical"][query] = _ids(index.reading.by_words(text, DEPTH, Selection()))
        # As in a search: a query without a word finds nothing.
        vector = embedder.embed([text])[0] if terms(text) else None
        lists["vector"][query] = _ids(index.reading.by_vector(vector, DEPTH, Selection())) if vector else []
    progress("检索", len(source.queries), len(source.queries))
    return lists


def _ids(ranked: Sequence[tuple[str, float]]) -> list[str]:
    return [id_ for id_, _ in ranked]


class _Recalling:
    """An embedder that embeds the queries in batches, before they come one by one."""

    def __init__(self, embedder: Embedder, queries: Sequence[str]) -> None:
        self._embedder = embedder
        self._queries = dict.fromkeys(queries)
        self._vectors: dict[str, list[float]] = {}
        self.name = embedder.name
        self.weight = embedder.weight

    @property
    def batch(self) -> int:
        return self._embedder.batch

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if len(texts) != 1 or texts[0] not in self._queries:
            return self._embedder.embed(texts)
        if not self._vectors:
            queries = list(self._queries)
            self._vectors = dict(zip(queries, self._embedder.embed(queries), strict=True))
        return [self._vectors[texts[0]]]


def _signature(source: RetrievalSet, embedder: Embedder, *, weight: float, k: int) -> str:
    parts = {
        "set": source.name,
        "sha": source.sha,
        "passages": len(source.documents),
        "queries": len(source.queries),
        "embedder": embedder.name,
        "weights": f"lexical={LEXICAL_WEIGHT:g},vector={weight:g}",
        "k": k,
        "depth": DEPTH,
        "gongwen": __version__,
        **{name: version(name) for name in VERSIONED},
    }
    return "|".join(f"{name}:{value}" for name, value in parts.items())
