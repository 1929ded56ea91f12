"""The registry: which reports and passages there are, and which of them count. All else can be made from it."""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.retrieval.faults import damaged, folder_faults, registry_faults
from assistant.retrieval.schema import FILE, TABLES, VISIBLE
from assistant.retrieval.selection import Selection
from assistant.types import Passage, Role

WAIT_SECONDS = 10.0
# Passages are read where the system keeps the file's pages, which saves most of a query's time in a large index.
SETTINGS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "mmap_size = 1073741824")
PASSAGE = 'passages.id, reports.id, name, role, heading_path, start, "end", passages.text'
JOINED = "passages JOIN reports ON passages.report = reports.key"
# How many values one question may hold, below SQLite's own limit.
MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """Which embedder made the vectors, whether a server holds them, and which parts of the folder count."""

    embedder: str
    server: bool
    vectors: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report of the index: ``added`` is a time (ISO 8601, UTC), ``near`` the id of a report nearly the same."""

    id: str
    name: str
    title: str | None
    kind: str | None
    year: int | None
    unit: str | None
    passages: int
    roles: dict[Role, int]
    added: str
    near: str | None


class Registry:
    """The SQLite file of an index folder. Threads may share it; a reader sees whole transactions."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder.resolve()
        path = self.folder / FILE
        if not create and not path.is_file():
            raise damaged(self.folder)
        with folder_faults(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._closed = False
        with registry_faults(self.folder):
            self._connection = sqlite3.connect(
                path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._set_up(create=create)
            except BaseException:
                self._connection.close()
                raise

    def _set_up(self, *, create: bool) -> None:
        for setting in SETTINGS:
            self._connection.execute(f"PRAGMA {setting}")
        held = self.ask("SELECT count(*) FROM sqlite_schema WHERE name IN ('reports', 'passages', 'facts')")
        if create and held == [(0,)]:
            with self.changing():
                for statement in TABLES.split(";"):
                    self.ask(statement)
        elif held != [(3,)]:
            raise damaged(self.folder)

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement and return its rows."""
        with self._using():
            return self._connection.execute(statement, values).fetchall()

    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        with self._using():
            self._connection.executemany(statement, rows)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Make all changes inside count together or not at all."""
        with self._using():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._closed = True
            self._connection.close()

    @contextmanager
    def _using(self) -> Iterator[None]:
        with self._lock, registry_faults(self.folder):
            if self._closed:
                raise RuntimeError(f"the index {self.folder} has been closed and cannot be used again")
            yield

    def facts(self) -> Facts:
        """Return what is known of the index as a whole."""
        found = dict(self.ask("SELECT name, value FROM facts"))
        try:
            return Facts(
                found["embedder"], found["server"] == "1", int(found["vectors"]), int(found["words"])
            )
        except (KeyError, ValueError) as error:
            raise damaged(self.folder) from error

    def state(self, facts: Facts) -> None:
        """Write down what is known of the index as a whole."""
        rows = {
            "embedder": facts.embedder,
            "server": str(int(facts.server)),
            "vectors": str(facts.vectors),
            "words": str(facts.words),
        }
        self.put("INSERT OR REPLACE INTO facts VALUES (?, ?)", rows.items())

    def reports(self) -> list[ReportEntry]:
        """Return the reports that count, in the order of names."""
        roles: dict[int, dict[Role, int]] = {}
        for key, role, count in self.ask(
            f"SELECT report, role, count(*) FROM {JOINED} WHERE state IN {VISIBLE} GROUP BY report, role"
        ):
            roles.setdefault(key, {})[Role(role)] = count
        found = self.ask(
            "SELECT key, id, name, title, kind, year, unit, added, near FROM reports "
            f"WHERE state IN {VISIBLE} ORDER BY name, id"
        )
        return [_entry(row, roles.get(key, {})) for key, *row in found]

    def is_empty(self) -> bool:
        """Tell whether there is no report, not even one under way."""
        return not self.ask("SELECT 1 FROM reports LIMIT 1")

    def report_text(self, report: str) -> str | None:
        """Return the text of a report that counts."""
        rows = self.ask(f"SELECT text FROM reports WHERE id = ? AND state IN {VISIBLE}", (report,))
        return str(rows[0][0]) if rows else None

    def count(self) -> int:
        """Return how many passages count, each once."""
        rows = self.ask(f"SELECT count(DISTINCT passages.id) FROM {JOINED} WHERE state IN {VISIBLE}")
        return int(rows[0][0])

    def passages(self, role: Role | None = None) -> list[Passage]:
        """Return the passages that count, in the order of names, reports and texts."""
        rows = self.ask(
            f"SELECT {PASSAGE} FROM {JOINED} WHERE state IN {VISIBLE} AND (? IS NULL OR role = ?) "
            "ORDER BY name, reports.id, start",
            (role, role),
        )
        return [to_passage(row) for row in rows]

    def find(self, ids: Collection[str], selection: Selection) -> dict[str, tuple[Passage, bool]]:
        """Return the selected passages among ``ids`` that count, and whether their report is nearly another."""
        found = {}
        for part in parts(ids):
            rows = self.ask(
                f"SELECT year, kind, near IS NOT NULL, {PASSAGE} FROM {JOINED} "
                f"WHERE passages.id IN ({marks(part)}) AND state IN {VISIBLE}",
                part,
            )
            for year, kind, near, *row in rows:
                passage = to_passage(row)
                if selection.role in (None, passage.role) and selection.wants(passage.report, year, kind):
                    found[passage.id] = (passage, bool(near))
        return found

    def selected(self, selection: Selection) -> list[tuple[str, int]]:
        """Return the ids of the selected reports, and how many passages of the role each has."""
        rows = self.ask(
            "SELECT reports.id, year, kind, (SELECT count(*) FROM passages "
            "WHERE report = reports.key AND (? IS NULL OR role = ?)) "
            f"FROM reports WHERE state IN {VISIBLE}",
            (selection.role, selection.role),
        )
        return [(id_, count) for id_, year, kind, count in rows if selection.wants(id_, year, kind)]

    def ids_of(self, reports: Collection[str], role: Role | None) -> dict[Role, list[str]]:
        """Return the ids of the passages of reports that count, by role."""
        found: dict[Role, list[str]] = {}
        for part in parts(reports):
            rows = self.ask(
                f"SELECT role, passages.id FROM {JOINED} WHERE reports.id IN ({marks(part)}) "
                f"AND state IN {VISIBLE} ORDER BY passages.id",
                part,
            )
            for of, id_ in rows:
                if role in (None, of):
                    found.setdefault(Role(of), []).append(id_)
        return found


def _entry(row: Sequence[Any], roles: dict[Role, int]) -> ReportEntry:
    id_, name, title, kind, year, unit, added, near = row
    return ReportEntry(id_, name, title, kind, year, unit, sum(roles.values()), roles, added, near)


def to_passage(row: Sequence[Any]) -> Passage:
    """Return the passage that the columns of ``PASSAGE`` hold."""
    id_, report, name, role, path, start, end, text = row
    return Passage(id_, report, name, Role(role), tuple(json.loads(path)), start, end, text)


def parts(values: Collection[str]) -> Iterator[list[str]]:
    """Yield values in lists that one question can hold."""
    ordered = list(values)
    for start in range(0, len(ordered), MOST_VALUES):
        yield ordered[start : start + MOST_VALUES]


def marks(values: Sequence[str]) -> str:
    """Return the holes of a question for values."""
    return ",".join("?" * len(values))
