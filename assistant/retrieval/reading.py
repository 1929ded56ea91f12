"""The lists that readers search, opened anew when a writer has put others in their place."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from assistant.errors import CorpusError
from assistant.retrieval.benches import Place, part, server_prefix, words_part
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.registry import Facts, Registry
from assistant.retrieval.selection import Selection
from assistant.retrieval.vectors import VectorStore, stored_at, stored_in
from assistant.types import Role

# Up to so many passages a selection is searched one by one; beyond, from among more than are asked for.
FEW = 2000
OVERFETCH = 4
# How far down the nearest are looked at for such as are selected.
FARTHEST = 4096
Ranked = list[tuple[str, float]]
Found = TypeVar("Found")


class Reading:
    """Both lists of an index folder, as the registry says they are now."""

    def __init__(self, place: Place, registry: Registry) -> None:
        self._place = place
        self._registry = registry
        self._lock = threading.RLock()
        self._facts = registry.facts()
        self._words: LexicalIndex | None = None
        self._vectors = self._stored(self._facts)

    def words(self) -> LexicalIndex:
        """Return the list by words. Opened on first use, so that an index without it can be opened and mended."""
        self._renew()
        with self._lock:
            if self._words is None:
                self._words = LexicalIndex(words_part(self._place.folder, self._facts.words))
            return self._words

    def vectors(self) -> VectorStore | None:
        """Return the list by vectors; an index that never had a passage has none."""
        self._renew()
        return self._vectors

    def by_words(self, query: str, count: int, selection: Selection) -> Ranked:
        """Return the selected ids that best match the words of ``query``."""
        include = [id_ for id_, _ in self._registry.selected(selection)] if selection.picks_reports else None
        return self._steady(
            lambda: self.words().query(
                query, count, role=selection.role, exclude=selection.exclude, include=include
            )
        )

    def by_vector(self, vector: Sequence[float], count: int, selection: Selection) -> Ranked:
        """Return the selected ids nearest to ``vector``."""
        if selection.picks_reports:
            reports = self._registry.selected(selection)
            if sum(size for _, size in reports) <= FEW:
                among = self._registry.ids_of([id_ for id_, _ in reports], selection.role)
                return self._nearest(vector, count, selection.role, among)
        elif not selection.exclude:
            return self._nearest(vector, count, selection.role)
        fetched = count
        while True:
            nearest = self._nearest(vector, fetched, selection.role)
            known = self._registry.find([id_ for id_, _ in nearest], selection)
            kept = [(id_, distance) for id_, distance in nearest if id_ in known]
            if len(kept) >= count or len(nearest) < fetched or fetched >= FARTHEST:
                return kept[:count]
            fetched *= OVERFETCH

    def lacks(self) -> bool:
        """Tell whether either list has fewer passages than count; cheap."""
        before = self._registry.count()
        least = min(self._steady(lambda: self.words().size()), self._steady(self._stored_vectors))
        # A writer may meanwhile have taken passages out.
        return least < min(before, self._registry.count())

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._vectors:
                self._vectors.close()

    def _stored_vectors(self) -> int:
        store = self.vectors()
        return store.touch() if store else 0

    def _nearest(
        self,
        vector: Sequence[float],
        count: int,
        role: Role | None,
        among: Mapping[Role, Sequence[str]] | None = None,
    ) -> Ranked:
        def ask() -> Ranked:
            store = self.vectors()
            return store.query(vector, count, role=role, among=among) if store else []

        return self._steady(ask)

    def _steady(self, ask: Callable[[], Found]) -> Found:
        """Ask a list; once more if a writer took it away meanwhile."""
        while True:
            facts = self._registry.facts()
            try:
                return ask()
            except CorpusError:
                if self._registry.facts() == facts:
                    raise

    def _renew(self) -> None:
        facts = self._registry.facts()
        with self._lock:
            if facts.words != self._facts.words:
                self._words = None
            if facts.vectors != self._facts.vectors:
                self.close()
                self._vectors = self._stored(facts)
            self._facts = facts

    def _stored(self, facts: Facts) -> VectorStore | None:
        folder, url = self._place.folder, self._place.server
        if url is not None:
            return stored_at(folder, url, server_prefix(self._place.index, facts.vectors))
        return stored_in(folder, part(folder, facts.vectors)) if facts.vectors else None
