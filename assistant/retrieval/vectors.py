"""The vectors of passages, in Chroma: a collection for each role, since Chroma's own filter is twenty times slower."""

import heapq
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.retrieval.chroma import open_folder, open_server, release
from assistant.retrieval.faults import chroma_faults
from assistant.types import Role

if TYPE_CHECKING:
    import chromadb
    import numpy as np
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

# While writing, Chroma saves its graph after so many changes; each time it writes all ids anew.
WRITING = 2000
# The least that Chroma takes: what is opened then is saved at once, and readers find nothing left to do.
SAVING = 2
# How many candidates a query keeps: so many that the order of insertion scarcely shows.
BREADTH = 300
Item = TypeVar("Item")


class VectorStore:
    """Vectors (cosine distance) by passage id and role. Chroma is opened on first use.

    ``prefix`` begins the names of the collections, which lie in the folder of ``opener``'s client or at its server.
    """

    def __init__(
        self,
        folder: Path,
        opener: "Callable[[], Client]",
        *,
        prefix: str = "passages",
        url: str | None = None,
    ) -> None:
        self.folder = folder
        self._opener = opener
        self._prefix = prefix
        self._url = url
        self._client: Client | None = None
        self._collections: dict[Role, chromadb.Collection] = {}

    def open(self) -> "Client":
        """Open Chroma now rather than on first use."""
        if self._client is None:
            client = self._opener()
            try:
                with self._faults():
                    every = client.list_collections(limit=max(1, client.count_collections()))
                    listed = {collection.name: collection for collection in every}
            except BaseException:
                release(client)
                raise
            self._client = client
            names = {self._name(role): role for role in Role}
            self._collections = {names[name]: listed[name] for name in listed if name in names}
        return self._client

    def upsert(self, ids: Sequence[str], roles: Sequence[Role], vectors: "np.ndarray[Any, Any]") -> None:
        """Store a vector (a row) for each id, replacing those of the same id."""
        for role in dict.fromkeys(roles):
            rows = [row for row, of in enumerate(roles) if of == role]
            collection = self._collection(role)
            for batch in self._batches(rows):
                with self._faults():
                    collection.upsert(ids=[ids[row] for row in batch], embeddings=vectors[batch])

    def delete(self, ids: Iterable[tuple[str, Role]]) -> None:
        """Delete vectors; unknown ids are passed over."""
        self.open()
        by_role: dict[Role, list[str]] = {}
        for id_, role in ids:
            by_role.setdefault(role, []).append(id_)
        for role in by_role.keys() & self._collections.keys():
            for batch in self._batches(by_role[role]):
                with self._faults():
                    self._collections[role].delete(ids=batch)

    def ids(self) -> list[tuple[str, Role]]:
        """Return all ids with the role each is under."""
        self.open()
        with self._faults():
            return [
                (id_, role)
                for role, collection in self._collections.items()
                for id_ in collection.get(include=[])["ids"]
            ]

    def whole(self) -> Iterator[tuple[str, Role]]:
        """Yield all ids whose vector is there to be read, with the role each is under."""
        for role in list(self._collections) if self.open() else []:
            listed = [id_ for id_, of in self.ids() if of == role]
            for batch in self._batches(listed):
                with self._faults():
                    found: Any = self._collections[role].get(ids=batch, include=["embeddings"])
                yield from ((id_, role) for id_ in found["ids"])

    def query(
        self,
        vector: Sequence[float],
        count: int,
        *,
        role: Role | None = None,
        among: Mapping[Role, Sequence[str]] | None = None,
    ) -> list[tuple[str, float]]:
        """Return the ``count`` nearest ids, nearest first, with their cosine distance; equal ones by id.

        ``among`` keeps to the ids it lists for each role.
        """
        self.open()
        wanted = self._collections.keys() if role is None else self._collections.keys() & {role}
        found: list[tuple[str, float]] = []
        for of in wanted:
            if among is None:
                found += self._nearest(of, vector, count)
            elif listed := among.get(of):
                found += self._nearest(of, vector, min(count, len(listed)), ids=list(listed))
        return heapq.nsmallest(count, found, key=lambda hit: (hit[1], hit[0]))

    def save_after(self, changes: int) -> None:
        """Set after how many changes Chroma saves its graph, once it is opened anew."""
        self.open()
        for collection in self._collections.values():
            # Chroma warns of what it wrote itself for a collection without an embedding function.
            with self._faults(), warnings.catch_warnings(action="ignore", category=DeprecationWarning):
                collection.modify(configuration={"hnsw": {"sync_threshold": changes, "batch_size": changes}})

    def touch(self) -> int:
        """Have Chroma load every collection and save what is due; return how many vectors there are."""
        self.open()
        with self._faults():
            return sum(collection.count() for collection in self._collections.values())

    def drop(self) -> None:
        """Delete all collections."""
        with self._faults():
            for role in list(self._collections):
                self.open().delete_collection(self._name(role))
                del self._collections[role]

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        if self._client:
            release(self._client)
            self._client = None

    def _nearest(
        self, role: Role, vector: Sequence[float], count: int, **limit: Any
    ) -> list[tuple[str, float]]:
        with self._faults():
            found: Any = self._collections[role].query(
                query_embeddings=[vector], n_results=count, include=["distances"], **limit
            )
        return list(zip(found["ids"][0], found["distances"][0], strict=True))

    def _collection(self, role: Role) -> "chromadb.Collection":
        client = self.open()
        if role not in self._collections:
            configuration: CreateCollectionConfiguration = {
                "hnsw": {
                    "space": "cosine",
                    "ef_search": BREADTH,
                    "sync_threshold": WRITING,
                    "batch_size": WRITING,
                }
            }
            with self._faults():
                self._collections[role] = client.get_or_create_collection(
                    self._name(role), configuration=configuration, embedding_function=None
                )
        return self._collections[role]

    def _batches(self, items: Sequence[Item]) -> Iterator[list[Item]]:
        rest = iter(items)
        while batch := list(islice(rest, self.open().get_max_batch_size())):
            yield batch

    def _name(self, role: Role) -> str:
        return f"{self._prefix}-{role.value}"

    def _faults(self) -> AbstractContextManager[None]:
        return chroma_faults(self.folder, self._url)


def stored_in(folder: Path, part: Path, *, create: bool = False) -> VectorStore:
    """Return the vectors that the index in ``folder`` keeps in its subfolder ``part``."""
    return VectorStore(folder, lambda: open_folder(part, create=create))


def stored_at(folder: Path, url: str, prefix: str) -> VectorStore:
    """Return the vectors that the index in ``folder`` keeps at the server ``url``."""
    return VectorStore(folder, lambda: open_server(folder, url), prefix=prefix, url=url)
