"""Opening Chroma: embedded, silent, one collection."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.retrieval.faults import chroma_faults, damaged, folder_faults

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
DATABASE = "chroma.sqlite3"
# Chroma keeps one system for each path of a process; a second thread must not meet it half started.
_OPENING = threading.Lock()


def open_chroma(folder: Path, *, create: bool = False) -> tuple["Client", "Collection"]:
    """Open the collection of passages in ``folder``; without ``create`` a missing one is a `CorpusError`."""
    if not create and not (folder / DATABASE).is_file():
        raise damaged(folder.parent)
    with folder_faults(folder.parent):
        folder.mkdir(parents=True, exist_ok=True)
    with _OPENING, chroma_faults(folder):
        client = _client(folder)
        try:
            return client, _collection(client, create=create)
        except BaseException:
            client.close()
            raise


def _client(folder: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        settings = Settings(anonymized_telemetry=False)
        return cast("Client", chromadb.PersistentClient(folder, settings=settings))
    except BaseException:
        # A system that failed to start stays in Chroma's cache and would fail again once the folder is mended.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001
        raise


def _collection(client: "Client", *, create: bool) -> "Collection":
    # Without an embedding function of its own Chroma downloads no model.
    if create:
        configuration: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}
        return client.get_or_create_collection(
            COLLECTION, configuration=configuration, embedding_function=None
        )
    return client.get_collection(COLLECTION, embedding_function=None)
