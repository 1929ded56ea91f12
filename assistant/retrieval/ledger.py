"""What the writer does to the registry: each step one transaction, so that a process killed between two loses nothing."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from assistant.retrieval.registry import JOINED, PASSAGE, Facts, Registry, marks, parts, to_passage
from assistant.retrieval.schema import VISIBLE
from assistant.text.near import bands, similarity
from assistant.types import Passage, Report, ReportData, Role

NEARLY = 0.8


class Ledger:
    """The changes to a registry. Only the holder of the folder's lock may make them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._ask = registry.ask

    def version(self, report: str) -> tuple[int, str] | None:
        """Return key and name of a report's newest version that counts or is to count."""
        rows = self._ask(
            "SELECT key, name FROM reports WHERE id = ? AND (state IN ('pending', 'ready') "
            "OR state = 'doomed' AND heir IS NULL) ORDER BY key DESC LIMIT 1",
            (report,),
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def of_version(self, key: int) -> list[Passage]:
        """Return the passages of one version."""
        rows = self._ask(f"SELECT {PASSAGE} FROM {JOINED} WHERE report = ? ORDER BY start", (key,))
        return [to_passage(row) for row in rows]

    def keep(self, key: int, report: Report, data: ReportData) -> None:
        """Give a version the name and data of now, and let it stay if it was to leave."""
        self._ask(
            "UPDATE reports SET name = ?, title = ?, kind = ?, year = ?, unit = ?, "
            "state = CASE state WHEN 'doomed' THEN 'ready' ELSE state END WHERE key = ?",
            (report.name, data.title, data.kind, data.year, data.unit, key),
        )

    def near(self, report: str, name: str, signature: bytes) -> tuple[str, str] | None:
        """Return id and name of the report most like a signature, if that is nearly the same."""
        holes = " OR ".join(["(band = ? AND hash = ?)"] * len(hashes := list(enumerate(bands(signature)))))
        rows = self._ask(
            "SELECT DISTINCT reports.id, name, signature FROM bands JOIN reports ON bands.report = reports.key "
            f"WHERE ({holes}) AND state IN ('ready', 'pending') AND reports.id <> ? AND name <> ? "
            "AND reports.near IS NULL",
            [*(value for pair in hashes for value in pair), report, name],
        )
        ranked = sorted((-similarity(signature, other), id_, of) for id_, of, other in rows)
        return (ranked[0][1], ranked[0][2]) if ranked and -ranked[0][0] >= NEARLY else None

    def enter(
        self,
        report: Report,
        passages: Sequence[Passage],
        data: ReportData,
        signature: bytes,
        *,
        near: str | None,
    ) -> int:
        """Write down a pending version, and doom those it takes the place of; return its key."""
        with self._registry.changing():
            self._ask(
                "INSERT INTO reports (id, name, title, kind, year, unit, text, added, near, signature, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
                (*_fields(report, data), near, signature),
            )
            key = int(self._ask("SELECT last_insert_rowid()")[0][0])
            self._registry.put(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (_row(key, passage) for passage in passages),
            )
            self._registry.put(
                "INSERT OR IGNORE INTO bands VALUES (?, ?, ?)",
                ((band, number, key) for band, number in enumerate(bands(signature))),
            )
            self._ask(
                "UPDATE reports SET state = 'doomed', heir = ? WHERE (id = ? OR name = ?) AND key <> ? "
                "AND state IN ('ready', 'doomed')",
                (key, report.id, report.name, key),
            )
        return key

    def doom(self, report: str) -> None:
        """Let a report leave, whichever versions it has."""
        self._ask(
            "UPDATE reports SET state = 'doomed', heir = NULL WHERE id = ? AND state = 'ready'", (report,)
        )

    def forget(self, key: int) -> None:
        """Take back a pending version; those it was to take the place of stay."""
        with self._registry.changing():
            self._ask("DELETE FROM reports WHERE key = ? AND state = 'pending'", (key,))
            self._ask(
                "UPDATE reports SET state = 'ready', heir = NULL WHERE heir = ? AND state = 'doomed'", (key,)
            )

    def pending(self) -> list[int]:
        """Return the keys of the pending versions, in the order in which they came."""
        return [key for (key,) in self._ask("SELECT key FROM reports WHERE state = 'pending' ORDER BY key")]

    def is_pending(self, report: str, name: str) -> bool:
        """Tell whether a report, or one of its name, has a pending version."""
        rows = self._ask(
            "SELECT 1 FROM reports WHERE state = 'pending' AND (id = ? OR name = ?) LIMIT 1", (report, name)
        )
        return bool(rows)

    def of_name(self, report: str, name: str) -> set[str]:
        """Return the ids of the passages that count of a report and of those of its name."""
        rows = self._ask(
            f"SELECT passages.id FROM {JOINED} WHERE (reports.id = ? OR name = ?) AND state IN {VISIBLE}",
            (report, name),
        )
        return {id_ for (id_,) in rows}

    def unfinished(self) -> bool:
        """Tell whether a writer left off before its end."""
        return bool(self._ask("SELECT 1 FROM reports WHERE state <> 'ready' LIMIT 1"))

    def held(self, ids: Collection[str], states: Collection[str]) -> set[str]:
        """Return which of ``ids`` belong to a version in one of ``states``."""
        return {
            id_
            for part in parts(ids)
            for (id_,) in self._ask(
                f"SELECT passages.id FROM {JOINED} WHERE passages.id IN ({marks(part)}) "
                f"AND state IN ({marks(list(states))})",
                [*part, *states],
            )
        }

    def going(self, *states: str) -> list[tuple[str, Role]]:
        """Return id and role of the passages of versions in ``states`` that no version kept has too."""
        rows = self._ask(
            f"SELECT DISTINCT passages.id, role FROM {JOINED} WHERE state IN ({marks(states)}) AND passages.id NOT IN "
            f"(SELECT passages.id FROM {JOINED} WHERE state NOT IN ('doomed', 'leaving'))",
            states,
        )
        return [(id_, Role(role)) for id_, role in rows]

    def seal(self, facts: Facts) -> None:
        """Let everything pending count from now on, and nothing doomed."""
        with self._registry.changing():
            self._ask("UPDATE reports SET state = 'leaving' WHERE state = 'doomed'")
            self._ask("UPDATE reports SET state = 'ready' WHERE state = 'pending'")
            self._ask(
                "UPDATE reports SET near = NULL WHERE near IS NOT NULL AND near NOT IN "
                "(SELECT id FROM reports WHERE state = 'ready')"
            )
            self._registry.state(facts)

    def clear(self) -> None:
        """Drop the versions whose traces are gone."""
        self._ask("DELETE FROM reports WHERE state = 'leaving'")

    def visible(self) -> list[Passage]:
        """Return the passages that count, each once."""
        return self._registry.passages()

    def all(self) -> list[Passage]:
        """Return the passages that count or are to count, each once."""
        rows = self._ask(
            f"SELECT {PASSAGE} FROM {JOINED} WHERE state <> 'leaving' ORDER BY name, reports.id, start"
        )
        return list({passage.id: passage for passage in map(to_passage, rows)}.values())

    def interrupted(self) -> list[tuple[str, list[Passage]]]:
        """Return name and passages of the versions that a writer left on their way in or out."""
        rows = self._ask("SELECT key, name FROM reports WHERE state <> 'ready' ORDER BY key")
        return [(name, self.of_version(key)) for key, name in rows]

    def wrong_texts(self) -> Iterator[tuple[Passage, str]]:
        """Yield the passages that count and whose text is not what their span says, each with what it says."""
        for key, text in self._ask(f"SELECT key, text FROM reports WHERE state IN {VISIBLE} ORDER BY key"):
            for passage in self.of_version(key):
                if passage.text != (said := text[passage.start : passage.end]):
                    yield passage, said

    def set_texts(self, texts: Iterable[tuple[Passage, str]]) -> None:
        """Give passages other texts."""
        with self._registry.changing():
            self._registry.put(
                "UPDATE passages SET text = ? WHERE id = ?", ((text, passage.id) for passage, text in texts)
            )


def _fields(report: Report, data: ReportData) -> tuple[str | int | None, ...]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return report.id, report.name, data.title, data.kind, data.year, data.unit, report.text, now


def _row(key: int, passage: Passage) -> tuple[int | str, ...]:
    path = json.dumps(passage.heading_path, ensure_ascii=False)
    return key, passage.id, passage.role.value, path, passage.start, passage.end, passage.text
