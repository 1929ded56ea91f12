"""Where the writer works on vectors: on a copy that takes the original's place, or at a server.

Chroma saves its graph in place and in several files; a process killed meanwhile leaves one that no longer opens. So
in a folder the writer never touches what readers read: it copies the part that counts, works on the copy, and the
registry then says in one step that the copy counts.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.retrieval.chroma import DATABASE
from assistant.retrieval.faults import broken, folder_faults, registry_faults
from assistant.retrieval.vectors import SAVING, WRITING, VectorStore, stored_at, stored_in
from assistant.types import Role

PARTS = "chroma-"
WORDS = "words-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index lies: its folder, its id, and the address of the server that holds its vectors, if one does."""

    folder: Path
    index: str
    server: str | None


class Bench(Protocol):
    """The writer's hold on the vectors."""

    def store(self) -> VectorStore:
        """Return the vectors as they are to be."""

    def ready(self, going: Iterable[tuple[str, Role]]) -> int:
        """Make what was done safe, without what is ``going``; return the number under which readers will find it."""

    def sealed(self, going: Iterable[tuple[str, Role]]) -> None:
        """Clear up, now that the registry says that what was done counts."""

    def close(self) -> None:
        """Let go of everything."""


def part(folder: Path, generation: int) -> Path:
    """Return the subfolder that holds a generation of vectors."""
    return folder / f"{PARTS}{generation}"


def words_part(folder: Path, generation: int) -> Path:
    """Return the subfolder that holds a generation of the list by words."""
    return folder / f"{WORDS}{generation}"


class FolderBench:
    """Works on a copy of the generation that counts; 0 is the empty one, which has no folder."""

    def __init__(self, folder: Path, generation: int, *, fresh: bool = False) -> None:
        self._folder = folder
        self._counts = generation
        self._fresh = fresh or generation == 0
        self._working: VectorStore | None = None
        self._sweep()

    def store(self) -> VectorStore:
        """Return the vectors of the copy, which is made on first use."""
        if self._working is None:
            copy = part(self._folder, self._counts + 1)
            if not self._fresh:
                _copy(self._folder, part(self._folder, self._counts), copy)
            self._working = stored_in(self._folder, copy, create=self._fresh)
            self._working.save_after(WRITING)
        return self._working

    def ready(self, going: Iterable[tuple[str, Role]]) -> int:
        """Delete what is going, save everything and close the copy."""
        store = self.store()
        store.delete(going)
        store.save_after(SAVING)
        store.close()
        store.touch()
        store.close()
        return self._counts + 1

    def sealed(self, going: Iterable[tuple[str, Role]]) -> None:
        """Delete the generation that no longer counts."""
        if self._working:
            self._counts += 1
            self._working, self._fresh = None, False
            self._sweep()

    def close(self) -> None:
        """Close the copy; one that does not count is deleted."""
        if self._working:
            self._working.close()
            self._working = None
            self._sweep()

    def _sweep(self) -> None:
        for path in self._folder.glob(f"{PARTS}*"):
            if path != part(self._folder, self._counts):
                shutil.rmtree(path, ignore_errors=True)


class ServerBench:
    """Works at the server at once: it is not killed with us, and readers pass over what the registry does not have."""

    def __init__(self, folder: Path, url: str, prefix: str, generation: int, *, fresh: bool = False) -> None:
        self._generation = generation + fresh
        self._old = stored_at(folder, url, server_prefix(prefix, generation)) if fresh else None
        self._store = stored_at(folder, url, server_prefix(prefix, self._generation))
        if fresh:
            self._store.open()
            self._store.drop()

    def store(self) -> VectorStore:
        """Return the vectors at the server."""
        return self._store

    def ready(self, going: Iterable[tuple[str, Role]]) -> int:
        """Return the number they are under."""
        return self._generation

    def sealed(self, going: Iterable[tuple[str, Role]]) -> None:
        """Delete what is gone, now that no reader asks for it."""
        if gone := list(going):
            self._store.delete(gone)
        if self._old:
            self._old.open()
            self._old.drop()
            self._old.close()
            self._old = None

    def close(self) -> None:
        """Leave the server."""
        self._store.close()


def server_prefix(index: str, generation: int) -> str:
    """Return how the names of an index's collections begin at a server."""
    return f"gongwen-{index}-{generation}"


def bench_at(place: Place, generation: int, *, fresh: bool = False) -> Bench:
    """Return where to work on a generation of vectors, ``fresh`` on the next one, without those that are there."""
    if place.server is None:
        return FolderBench(place.folder, generation, fresh=fresh)
    return ServerBench(place.folder, place.server, place.index, generation, fresh=fresh)


def _copy(folder: Path, source: Path, target: Path) -> None:
    """Copy a generation. Its database may be in use by readers, so SQLite itself copies it."""
    if not (source / DATABASE).is_file():
        raise broken(folder)
    with folder_faults(folder), registry_faults(folder):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
        with (
            closing(sqlite3.connect(source / DATABASE)) as readers,
            closing(sqlite3.connect(target / DATABASE)) as ours,
        ):
            readers.backup(ours)
