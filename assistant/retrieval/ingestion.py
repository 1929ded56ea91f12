"""Bringing reports into the index, so that at every instant each counts whole or not at all.

A report is first written down as pending. Vectors and terms follow, and sealing makes them count: vectors safe,
terms committed, then one transaction of the registry. What a killed process left pending is brought in by the next.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.models.embedding import Embedder
from assistant.retrieval.benches import Bench
from assistant.retrieval.ledger import Ledger
from assistant.retrieval.lexical import LexicalIndex, LexicalWriter
from assistant.retrieval.preparing import Preparer
from assistant.retrieval.registry import Facts
from assistant.types import Passage, Report, ReportData, Role

if TYPE_CHECKING:
    from assistant.retrieval.preparing import Prepared

CHUNK = 512
AHEAD = 16
# Chroma takes many vectors at once in two thirds of the time that they take in chunks.
STORE = 8192
# A killed import loses the vectors made since the last sealing, which costs a copy of all vectors: so each waits for
# twice as many as the one before.
SEAL_FIRST = 20_000
SEEN = ("ready", "doomed")


@dataclass(frozen=True, slots=True)
class Brought:
    """How a report fared: added, unchanged, replaced or near-duplicate, and its passages.

    ``near`` is the name of the report that it nearly is; of one unchanged, the name it had before, if another.
    """

    status: str
    near: str | None
    added: int
    unchanged: int
    removed: int


class Ingestion:
    """What may be done while the folder's lock is held."""

    def __init__(
        self,
        ledger: Ledger,
        bench: Bench,
        words: LexicalIndex,
        writer: LexicalWriter,
        embedder: Embedder,
        facts: Facts,
    ) -> None:
        self.ledger = ledger
        self.bench = bench
        self.words = words
        self.writer = writer
        self.facts = facts
        self._preparer = Preparer(embedder)
        self._waiting: list[Passage] = []
        self._running: deque[tuple[list[Passage], Future[Prepared]]] = deque()
        self._made: list[tuple[list[Passage], Prepared]] = []
        self._listed: set[str] = set()
        self._changed = 0
        self._stored = 0
        self._seal_after = SEAL_FIRST

    def bring(
        self, report: Report, passages: Sequence[Passage], data: ReportData, *, signature: bytes
    ) -> Brought:
        """Make ``passages`` the whole of a report, and the report the only one of its name.

        An embedding that fails (`ModelError`) may be told only by a later call; the reports it kept out are forgotten.
        """
        ids = {passage.id for passage in passages}
        version = self.ledger.version(report.id)
        old = {passage.id for passage in self.ledger.of_version(version[0])} if version else set()
        if version and old == ids:
            self.ledger.keep(version[0], report, data)
            return Brought("unchanged", version[1] if version[1] != report.name else None, 0, len(ids), 0)
        if self.ledger.is_pending(report.id, report.name):
            self.flush()
        near = self.ledger.near(report.id, report.name, signature)
        leaving = self.ledger.of_name(report.id, report.name)
        known = self.ledger.held(ids, SEEN)
        self.ledger.enter(report, passages, data, signature, near=near[0] if near else None)
        self._submit([passage for passage in passages if passage.id not in known])
        status = "replaced" if leaving else "near-duplicate" if near else "added"
        added = len(ids - known)
        return Brought(status, near[1] if near else None, added, len(ids) - added, len(leaving - ids))

    def remove(self, report: str) -> int:
        """Let a report leave; return how many passages it has."""
        version = self.ledger.version(report)
        if version is None:
            return 0
        if self.ledger.is_pending(report, version[1]):
            self.flush()
        count = len(self.ledger.of_version(version[0]))
        self.ledger.doom(report)
        self._changed += 1
        return count

    def recover(self) -> int:
        """Complete what a killed process left; return how many reports that were."""
        self._clear_leaving()
        keys = self.ledger.pending()
        for key in keys:
            passages = self.ledger.of_version(key)
            known = self.ledger.held({passage.id for passage in passages}, SEEN)
            new = [passage for passage in passages if passage.id not in known]
            self._listed.update(*(self.words.ids(report) for report in {passage.report for passage in new}))
            self._submit(new)
        self._changed += self.ledger.unfinished()
        return len(keys)

    def mend(self, passages: Sequence[Passage], *, listed: Iterable[str] = ()) -> None:
        """Make vectors and terms anew of passages that the registry has; those ``listed`` have their terms."""
        self._listed.update(listed)
        self._submit(passages)

    def strike(self, vectors: Sequence[tuple[str, Role]], words: Sequence[str]) -> None:
        """Delete what the lists hold and the registry does not."""
        if vectors:
            self.bench.store().delete(vectors)
            self._stored += len(vectors)
        self.writer.delete(words)
        self._changed += len(words)

    def flush(self, *, always: bool = False) -> None:
        """Make all that was brought and removed count; ``always`` even if that is nothing."""
        self._drain()
        if not (self._changed or self._stored or always):
            return
        going = self.ledger.going("doomed")
        if going or self._stored or always:
            self.facts = replace(self.facts, vectors=self.bench.ready(going))
        self.writer.commit()
        self.ledger.seal(self.facts)
        self._clear_leaving()
        self._changed = self._stored = 0

    def abandon(self) -> None:
        """Forget the reports that are not whole yet; the others count after `flush`."""
        missing = {passage.id for passage in self._waiting}
        missing.update(passage.id for passages, _ in (*self._running, *self._made) for passage in passages)
        self._waiting.clear()
        self._running.clear()
        self._made.clear()
        for key in self.ledger.pending():
            passages = self.ledger.of_version(key)
            if missing.isdisjoint(passage.id for passage in passages):
                continue
            known = self.ledger.held({passage.id for passage in passages}, SEEN)
            made = [passage for passage in passages if passage.id not in known]
            self.ledger.forget(key)
            self.writer.delete(passage.id for passage in made)
            if stored := [(passage.id, passage.role) for passage in made if passage.id not in missing]:
                self.bench.store().delete(stored)

    def close(self) -> None:
        """Let go of what is not sealed."""
        self._preparer.close()
        self.bench.close()

    def _clear_leaving(self) -> None:
        going = self.ledger.going("leaving")
        self.bench.sealed(going)
        if going:
            self.writer.delete(id_ for id_, _ in going)
            self.writer.commit()
        self.ledger.clear()

    def _submit(self, passages: Sequence[Passage]) -> None:
        self._changed += 1
        self._waiting += passages
        while len(self._waiting) >= CHUNK:
            self._start()
        if self._stored >= self._seal_after:
            self._seal_after *= 2
            self.flush()

    def _start(self) -> None:
        if len(self._running) >= AHEAD:
            self._finish()
        chunk, self._waiting = self._waiting[:CHUNK], self._waiting[CHUNK:]
        self._running.append((chunk, self._preparer.start(chunk)))

    def _drain(self) -> None:
        try:
            while self._waiting:
                self._start()
            while self._running:
                self._finish()
        finally:
            self._store()

    def _finish(self) -> None:
        """Take the oldest chunk under way."""
        passages, prepared = self._running[0]
        self._made.append((passages, prepared.result()))
        self._running.popleft()
        if sum(len(chunk) for chunk, _ in self._made) >= STORE:
            self._store()

    def _store(self) -> None:
        """Put what was made into both lists."""
        if not self._made:
            return
        import numpy

        passages = [passage for chunk, _ in self._made for passage in chunk]
        bodies = [body for _, (texts, _) in self._made for body in texts]
        new = [row for row, passage in enumerate(passages) if passage.id not in self._listed]
        self.writer.add([passages[row] for row in new], [bodies[row] for row in new])
        self._listed.difference_update(passage.id for passage in passages)
        ids, roles = [passage.id for passage in passages], [passage.role for passage in passages]
        vectors = numpy.concatenate([rows for _, (_, rows) in self._made])
        self.bench.store().upsert(ids, roles, vectors)
        self._stored += len(passages)
        self._made.clear()
