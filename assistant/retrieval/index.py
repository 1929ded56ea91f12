"""The corpus index: a registry of reports, a list by words and a list by vectors, fused."""

import uuid
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.models.embedding import Embedder
from assistant.retrieval.benches import Place, words_part
from assistant.retrieval.checking import Fault, Findings, examine, mend
from assistant.retrieval.faults import BrokenListError, broken, folder_faults, other_embedder, other_place
from assistant.retrieval.folding import fold
from assistant.retrieval.fusion import fuse
from assistant.retrieval.ingestion import Ingestion
from assistant.retrieval.ledger import Ledger
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.manifest import Manifest, has_manifest, read_manifest, write_manifest
from assistant.retrieval.reading import Reading
from assistant.retrieval.registry import Facts, Registry, ReportEntry
from assistant.retrieval.selection import Selection
from assistant.retrieval.spreading import spread
from assistant.retrieval.writing import make_anew, writing
from assistant.text.terms import terms
from assistant.types import Hit, Passage, Role

LISTS = ("lexical", "vector")
LEXICAL_WEIGHT = 1.0
# How far down each list fusion looks: far enough for reports that are crowded out at the top.
DEPTH = 50


class Index:
    """Passages of many reports, to be searched. Every method may raise `CorpusError`."""

    def __init__(self, folder: Path, embedder: Embedder, *, server: str | None = None) -> None:
        self.folder = folder.resolve()
        self._embedder = embedder
        self._place = Place(self.folder, read_manifest(folder).id, server)
        self._registry = Registry(folder)
        try:
            self._accept(self._registry.facts())
            self.reading = Reading(self._place, self._registry)
        except BaseException:
            self._registry.close()
            raise

    def _accept(self, facts: Facts) -> None:
        if facts.embedder != self._embedder.name:
            raise other_embedder(facts.embedder, self._embedder.name)
        if facts.server != (self._place.server is not None):
            raise other_place(self.folder, server=facts.server)

    @classmethod
    def open(cls, folder: Path, *, embedder: Embedder, server: str | None = None) -> Self:
        """Open the index in ``folder``; it must be there, and made by ``embedder``.

        ``server`` is the address of the Chroma server that holds its vectors; without one they lie in the folder.
        """
        return cls(folder, embedder, server=server)

    @classmethod
    def create_or_open(cls, folder: Path, *, embedder: Embedder, server: str | None = None) -> Self:
        """Open the index in ``folder``, or make one there; one that holds nothing binds nobody."""
        facts = Facts(embedder.name, server is not None)
        if not has_manifest(folder):
            _create(folder, facts)
        elif _is_unused(folder) and not _fits(folder, facts):
            cls.rebuild(folder, embedder=embedder, server=server)
        return cls.open(folder, embedder=embedder, server=server)

    @classmethod
    def rebuild(cls, folder: Path, *, embedder: Embedder, server: str | None = None) -> int:
        """Make both lists anew from the stored passages, with ``embedder``; return how many passages.

        The new lists grow beside the old ones, which count until the new are complete: a failure loses nothing.
        """
        return make_anew(Place(folder.resolve(), read_manifest(folder).id, server), embedder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.reading.close()
        self._registry.close()

    def writing(self) -> AbstractContextManager[Ingestion]:
        """Hold the folder's lock for a series of changes; what was brought whole counts, even after an error."""
        return writing(self._place, self._registry, self._embedder)

    def remove(self, name: str) -> int:
        """Take out the reports of this name or id; return how many passages they had."""
        with self.writing() as ingestion:
            ids = [entry.id for entry in self.reports() if name in (entry.id, entry.name)]
            return sum(ingestion.remove(id_) for id_ in ids)

    def search(
        self,
        query: str,
        *,
        count: int = 5,
        role: Role | None = None,
        exclude: Collection[str] = (),
        include: Collection[str] = (),
        years: Collection[int] = (),
        kinds: Collection[str] = (),
    ) -> list[Hit]:
        """Return the ``count`` passages nearest to ``query``, best first, spread over reports, doubles folded.

        ``role`` keeps to passages of that role, ``include``, ``years`` and ``kinds`` to such reports; ``exclude``
        leaves reports out. Reports are named by id. Scores are those of fusion; spreading may put a lower one first.
        A query without a word finds nothing.
        """
        if count < 1 or not terms(query):
            return []
        selection = Selection(role, exclude, include, years, kinds)
        depth = max(DEPTH, 2 * count)
        lists = [(LEXICAL_WEIGHT, _ids(self.reading.by_words(query, depth, selection)))]
        if self._embedder.weight > 0:
            vector = self._embedder.embed([query])[0]
            lists.append((self._embedder.weight, _ids(self.reading.by_vector(vector, depth, selection))))
        return spread(self._hits(lists, selection), count=count)

    def passages(self, role: Role | None = None) -> list[Passage]:
        """Return all passages, or those of a role, in the order of names, reports and texts."""
        return self._registry.passages(role)

    def reports(self) -> list[ReportEntry]:
        """Return every report, in the order of names."""
        return self._registry.reports()

    def report_text(self, report: str) -> str | None:
        """Return the text of the report with an id, if it is there."""
        return self._registry.report_text(report)

    def check(self) -> list[Fault]:
        """Compare both lists and all passages with the registry; nothing is changed."""
        return self._look().faults()

    def probe(self) -> None:
        """Refuse an index one of whose lists is damaged or lacks passages: cheaper than `check`, and finds less."""
        if self.reading.lacks():
            raise broken(self.folder)

    def repair(self) -> int:
        """Complete what was interrupted and mend every fault; return how many there were."""
        found = self._look()
        if found.unreadable:
            self.rebuild(self.folder, embedder=self._embedder, server=self._place.server)
        with self.writing() as ingestion:
            ingestion.flush()
            mend(self._examine(), ingestion)
        return len(found.faults())

    def _look(self) -> Findings:
        """Examine the lists while no one writes, which is certain where the list by words cannot be opened."""
        try:
            held: AbstractContextManager[object] = self.reading.words().writer()
        except BrokenListError:
            held = nullcontext()
        with held:
            return self._examine()

    def _examine(self) -> Findings:
        return examine(Ledger(self._registry), self.reading)

    def _hits(self, lists: Sequence[tuple[float, Sequence[str]]], selection: Selection) -> list[Hit]:
        fused = fuse(lists)
        stored = self._registry.find([id_ for id_, _, _ in fused], selection)
        hits = [
            Hit(stored[id_][0], score, tuple(LISTS[index] for index in found_in))
            for id_, score, found_in in fused
            if id_ in stored
        ]
        return fold(hits, near={passage.report for passage, near in stored.values() if near})


def _create(folder: Path, facts: Facts) -> None:
    with closing(Registry(folder, create=True)) as registry:
        registry.state(facts)
    LexicalIndex(words_part(folder, facts.words), create=True)
    with folder_faults(folder):
        write_manifest(folder, Manifest(uuid.uuid4().hex[:12]))


def _is_unused(folder: Path) -> bool:
    read_manifest(folder)
    with closing(Registry(folder)) as registry:
        return registry.is_empty()


def _fits(folder: Path, facts: Facts) -> bool:
    with closing(Registry(folder)) as registry:
        made = registry.facts()
    return (made.embedder, made.server) == (facts.embedder, facts.server)


def _ids(ranked: Sequence[tuple[str, float]]) -> list[str]:
    return [id_ for id_, _ in ranked]
