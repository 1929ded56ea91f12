"""Bringing the index into step with what a report now gives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.models.embedding import Embedder
from assistant.retrieval.lexical import LexicalIndex, LexicalWriter
from assistant.retrieval.records import embedding_text
from assistant.retrieval.vectors import VectorStore
from assistant.types import Passage


@dataclass(frozen=True, slots=True)
class Ingested:
    """How many passages of a report were embedded, were embedded already, and were taken out."""

    added: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class Ingestion:
    """Both lists, while the lock is held.

    Each list is compared on its own with what is wanted, so that after an ingest cut short the next one adds what
    either lacks. Additions go before deletions.
    """

    vectors: VectorStore
    words: LexicalIndex
    writer: LexicalWriter
    embedder: Embedder

    def bring(self, report: str, passages: Sequence[Passage]) -> Ingested:
        """Make ``passages`` the whole of a report: embed the new ones, drop those it no longer gives."""
        wanted = {passage.id: passage for passage in passages}
        stored = {passage.id: passage for passage in self.vectors.of_report(report)}
        listed = self.words.ids(report)
        changed = {id_: passage for id_, passage in wanted.items() if stored.get(id_) != passage}
        same_vector = {id_ for id_ in changed if id_ in stored and _same_words(changed[id_], stored[id_])}
        self._embed([passage for id_, passage in changed.items() if id_ not in same_vector])
        self.vectors.relabel([changed[id_] for id_ in changed if id_ in same_vector])
        self.writer.add(wanted[id_] for id_ in wanted if id_ in changed or id_ not in listed)
        gone = (stored.keys() | listed) - wanted.keys()
        self.drop(gone)
        added = len(changed) - len(same_vector)
        return Ingested(added=added, unchanged=len(wanted) - added, removed=len(gone))

    def drop(self, ids: Collection[str]) -> None:
        """Take passages out of both lists."""
        self.writer.delete(ids)
        self.vectors.delete(ids)

    def _embed(self, passages: Sequence[Passage]) -> None:
        for start in range(0, len(passages), self.embedder.batch):
            batch = passages[start : start + self.embedder.batch]
            self.vectors.upsert(batch, self.embedder.embed([embedding_text(passage) for passage in batch]))


def _same_words(one: Passage, other: Passage) -> bool:
    return embedding_text(one) == embedding_text(other)
