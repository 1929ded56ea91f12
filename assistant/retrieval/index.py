"""The corpus index: one folder, a list by words and a list by vectors, fused."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.models.embedding import Embedder
from assistant.retrieval.faults import folder_faults, other_embedder
from assistant.retrieval.fusion import fuse
from assistant.retrieval.ingestion import Ingested, Ingestion
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.manifest import (
    Manifest,
    discard_parts,
    has_manifest,
    read_manifest,
    write_manifest,
)
from assistant.retrieval.spreading import spread
from assistant.retrieval.vectors import VectorStore
from assistant.text.terms import terms
from assistant.types import Hit, Passage, Role

LISTS = ("lexical", "vector")
LEXICAL_WEIGHT = 1.0
# How far down each list fusion looks: far enough for reports that are crowded out at the top.
DEPTH = 50


class Index:
    """Passages of many reports, to be searched. Every method may raise `CorpusError`."""

    def __init__(self, folder: Path, manifest: Manifest, embedder: Embedder, *, create: bool = False) -> None:
        self.folder = folder
        self.manifest = manifest
        self._embedder = embedder
        self._words = LexicalIndex(manifest.words(folder), create=create)
        self._vectors = VectorStore(manifest.vectors(folder), create=create)

    @classmethod
    def open(cls, folder: Path, *, embedder: Embedder) -> Self:
        """Open the index in ``folder``; it must be there, and made by ``embedder``."""
        manifest = read_manifest(folder)
        if manifest.embedder != embedder.name:
            raise other_embedder(manifest.embedder, embedder.name)
        return cls(folder, manifest, embedder)

    @classmethod
    def create_or_open(cls, folder: Path, *, embedder: Embedder) -> Self:
        """Open the index in ``folder``, or make one there."""
        if has_manifest(folder):
            cls._adopt_empty(folder, embedder)
            return cls.open(folder, embedder=embedder)
        index = cls(folder, Manifest(embedder.name), embedder, create=True)
        index._vectors.open()
        with folder_faults(folder):
            write_manifest(folder, index.manifest)
        return index

    @classmethod
    def _adopt_empty(cls, folder: Path, embedder: Embedder) -> None:
        """Give an index that holds nothing yet to ``embedder``: a first ingest that failed binds nobody."""
        made = read_manifest(folder)
        if made.embedder == embedder.name:
            return
        with cls(folder, made, embedder) as index:
            empty = not index._vectors.ids()
        if empty:
            cls.rebuild(folder, embedder=embedder)

    @classmethod
    def rebuild(cls, folder: Path, *, embedder: Embedder) -> int:
        """Embed all stored passages anew with ``embedder``; return how many.

        The new lists grow beside the old ones, which count until the new are complete: a failure loses nothing.
        Other open `Index` objects of the folder must be opened anew.
        """
        made = read_manifest(folder)
        with cls(folder, made, embedder) as old, old._words.writer():
            passages = old.passages()
            cls._build(folder, Manifest(embedder.name, made.generation + 1), embedder, passages)
        discard_parts(folder, made)
        return len(passages)

    @classmethod
    def _build(
        cls, folder: Path, manifest: Manifest, embedder: Embedder, passages: Sequence[Passage]
    ) -> None:
        discard_parts(folder, manifest)
        try:
            with cls(folder, manifest, embedder, create=True) as index:
                index._vectors.open()
                index.ingest_many(_by_report(passages).items())
        except BaseException:
            discard_parts(folder, manifest)
            raise
        with folder_faults(folder):
            write_manifest(folder, manifest)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._vectors.close()

    @contextmanager
    def writing(self) -> Iterator[Ingestion]:
        """Hold the folder's lock for a series of changes, and commit them together at the end."""
        with self._words.writer() as writer:
            yield Ingestion(self._vectors, self._words, writer, self._embedder)

    def ingest(self, report: str, passages: Sequence[Passage]) -> Ingested:
        """Make ``passages`` the whole of a report: embed the new ones, drop those it no longer gives."""
        return self.ingest_many([(report, passages)])[0]

    def ingest_many(self, reports: Iterable[tuple[str, Sequence[Passage]]]) -> list[Ingested]:
        """Do so for each report and its passages, with one commit; what came before an error is kept."""
        with self.writing() as ingestion:
            return [ingestion.bring(report, passages) for report, passages in reports]

    def remove(self, report: str) -> int:
        """Take a report out; return how many passages it had."""
        return self.ingest(report, ()).removed

    def search(
        self, query: str, *, count: int = 5, role: Role | None = None, exclude: Collection[str] = ()
    ) -> list[Hit]:
        """Return the ``count`` passages nearest to ``query``, best first, spread over reports.

        ``role`` keeps to passages of that role, ``exclude`` leaves reports out by id. Scores are those of fusion;
        spreading may put a lower one first. A query without a word finds nothing.
        """
        if count < 1 or not terms(query):
            return []
        depth = max(DEPTH, 2 * count)
        lists: list[tuple[float, Sequence[str]]] = [
            (LEXICAL_WEIGHT, _ids(self._words.query(query, depth, role=role, exclude=exclude)))
        ]
        if self._embedder.weight > 0:
            vector = self._embedder.embed([query])[0]
            nearest = self._vectors.query(vector, depth, role=role, exclude=exclude)
            lists.append((self._embedder.weight, _ids(nearest)))
        return spread(self._hits(lists), count=count)

    def passages(self, role: Role | None = None) -> list[Passage]:
        """Return all passages, or those of a role, in the order of names, reports and texts."""
        return [passage for passage in self._vectors.all() if role is None or passage.role == role]

    def reports(self) -> list[tuple[str, str, int]]:
        """Return id, name and number of passages of every report, in the order of names."""
        return [(report, of[0].name, len(of)) for report, of in _by_report(self._vectors.all()).items()]

    def _hits(self, lists: Sequence[tuple[float, Sequence[str]]]) -> list[Hit]:
        fused = fuse(lists)
        stored = {passage.id: passage for passage in self._vectors.get([id_ for id_, _, _ in fused])}
        return [
            Hit(stored[id_], score, tuple(LISTS[index] for index in found_in))
            for id_, score, found_in in fused
            if id_ in stored
        ]


def _ids(ranked: Sequence[tuple[str, float]]) -> list[str]:
    return [id_ for id_, _ in ranked]


def _by_report(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    reports: dict[str, list[Passage]] = {}
    for passage in passages:
        reports.setdefault(passage.report, []).append(passage)
    return reports
