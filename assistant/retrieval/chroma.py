"""Opening Chroma, in a folder or at a server: silent, and never with an embedding function of its own."""

import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.retrieval.faults import broken, chroma_faults, folder_faults

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.config import Settings

DATABASE = "chroma.sqlite3"
ANSWER_SECONDS = 60.0
# Chroma keeps one system for each path of a process; a second thread must not meet it half started.
_OPENING = threading.Lock()


def open_folder(folder: Path, *, create: bool = False) -> "Client":
    """Open Chroma in ``folder``; without ``create`` a missing one is a `CorpusError`."""
    database = folder / DATABASE
    with folder_faults(folder.parent):
        # Chroma would fill an empty file with a new database.
        if not create and not (database.is_file() and database.stat().st_size):
            raise broken(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
    with _OPENING, chroma_faults(folder.parent):
        return _embedded(folder)


def open_server(folder: Path, url: str) -> "Client":
    """Connect to the server that holds the vectors of the index in ``folder``."""
    import chromadb

    host, port, secure = check_address(url)
    with _OPENING, chroma_faults(folder, url):
        client = cast("Client", chromadb.HttpClient(host, port, ssl=secure, settings=_settings()))
        # Chroma itself would wait for an answer for ever.
        client._server._session.timeout = ANSWER_SECONDS  # type: ignore[attr-defined]  # noqa: SLF001
        return client


def check_address(url: str) -> tuple[str, int, bool]:
    """Return host, port and whether it is encrypted. What is no address is a `SettingsError`."""
    try:
        place = urlsplit(url)
        secure = place.scheme == "https"
        port = place.port or (443 if secure else 8000)
        if place.scheme in ("http", "https") and place.hostname:
            return place.hostname, port, secure
    except ValueError:
        pass
    raise SettingsError("设置 GONGWEN_CHROMA_URL 的值不是网址，请写成 http://主机:端口 的样子。")


def _embedded(folder: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        return cast("Client", chromadb.PersistentClient(folder, settings=_settings()))
    except BaseException:
        # A system that failed to start stays in Chroma's cache and would fail again once the folder is mended.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001
        raise


def _settings() -> "Settings":
    """Return settings for one client, which writes into them; to read them takes as long as to open an index."""
    return _read_settings().model_copy()


@cache
def _read_settings() -> "Settings":
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def release(client: "Client") -> None:
    """Close a client, and the connections to its server, which Chroma itself leaves open."""
    servers = (client._server, getattr(client._admin_client, "_server", None))  # noqa: SLF001
    sessions = [session for server in servers if (session := getattr(server, "_session", None))]
    client.close()
    for session in sessions:
        session.close()
