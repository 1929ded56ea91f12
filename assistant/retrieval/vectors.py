"""The vectors and texts of passages, in Chroma."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.retrieval.chroma import open_chroma
from assistant.retrieval.faults import chroma_faults
from assistant.retrieval.records import to_metadata, to_passage
from assistant.types import Passage, Role

if TYPE_CHECKING:
    import chromadb
    from chromadb.api.client import Client

OVERFETCH = 4
Item = TypeVar("Item")


class VectorStore:
    """Passages and their vectors (cosine distance) in one folder. Chroma is opened on first use."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder.resolve()
        self._create = create
        self._opened: tuple[Client, chromadb.Collection] | None = None

    def open(self) -> tuple["Client", "chromadb.Collection"]:
        """Open Chroma now rather than on first use; return its client and collection."""
        if self._opened is None:
            self._opened = open_chroma(self.folder, create=self._create)
        return self._opened

    def upsert(self, passages: Sequence[Passage], vectors: Sequence[Sequence[float]]) -> None:
        """Store passages, each with its vector, replacing those of the same id."""
        for batch in self._batches(list(zip(passages, vectors, strict=True))):
            with chroma_faults(self.folder):
                self._collection.upsert(
                    ids=[passage.id for passage, _ in batch],
                    embeddings=[vector for _, vector in batch],
                    documents=[passage.text for passage, _ in batch],
                    metadatas=[to_metadata(passage) for passage, _ in batch],
                )

    def relabel(self, passages: Sequence[Passage]) -> None:
        """Store passages anew under the vectors they already have."""
        for batch in self._batches(passages):
            found = self._get(ids=[passage.id for passage in batch], include=["embeddings"])
            vectors = dict(zip(found["ids"], found["embeddings"], strict=True))
            self.upsert(batch, [vectors[passage.id] for passage in batch])

    def delete(self, ids: Collection[str]) -> None:
        """Delete passages; unknown ids are passed over."""
        for batch in self._batches(list(ids)):
            with chroma_faults(self.folder):
                self._collection.delete(ids=batch)

    def ids(self) -> set[str]:
        """Return all ids."""
        return set(self._get(include=[])["ids"])

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """Return the passages of ``ids`` in that order, without the unknown ones."""
        found: dict[str, Passage] = {}
        for batch in self._batches(list(dict.fromkeys(ids))):
            found |= {passage.id: passage for passage in self._passages(ids=batch)}
        return [found[id_] for id_ in ids if id_ in found]

    def of_report(self, report: str) -> list[Passage]:
        """Return the passages of a report, in its order."""
        return sorted(self._passages(where={"report": report}), key=lambda passage: passage.start)

    def all(self) -> list[Passage]:
        """Return every passage, in the order of names, reports and texts."""
        return sorted(self._passages(), key=lambda passage: (passage.name, passage.report, passage.start))

    def query(
        self, vector: Sequence[float], count: int, *, role: Role | None = None, exclude: Collection[str] = ()
    ) -> list[tuple[str, float]]:
        """Return the ``count`` nearest ids, nearest first, with their cosine distance.

        Role and reports to leave out are filtered here, from more results than asked for: Chroma's own filter
        makes a query twenty times slower.
        """
        fetched = count * OVERFETCH if role or exclude else count
        while True:
            nearest = self._nearest(vector, fetched)
            kept = [(id_, distance) for id_, distance, data in nearest if _wanted(data, role, exclude)]
            if len(kept) >= count or len(nearest) < fetched:
                return kept[:count]
            fetched *= OVERFETCH

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        if self._opened:
            self._opened[0].close()
            self._opened = None

    def _nearest(self, vector: Sequence[float], count: int) -> list[tuple[str, float, Any]]:
        with chroma_faults(self.folder):
            found: Any = self._collection.query(
                query_embeddings=[vector], n_results=count, include=["distances", "metadatas"]
            )
        return list(zip(found["ids"][0], found["distances"][0], found["metadatas"][0], strict=True))

    def _passages(self, **selection: Any) -> Iterator[Passage]:
        found = self._get(include=["documents", "metadatas"], **selection)
        return map(to_passage, found["ids"], found["documents"], found["metadatas"])

    def _get(self, **selection: Any) -> Any:
        with chroma_faults(self.folder):
            return self._collection.get(**selection)

    def _batches(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        rest = iter(items)
        while batch := list(islice(rest, self._client.get_max_batch_size())):
            yield batch

    @property
    def _client(self) -> "Client":
        return self.open()[0]

    @property
    def _collection(self) -> "chromadb.Collection":
        return self.open()[1]


def _wanted(metadata: Any, role: Role | None, exclude: Collection[str]) -> bool:
    return (role is None or metadata["role"] == role) and metadata["report"] not in exclude
