"""The words and bigrams of passages, ranked by BM25, in tantivy."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.retrieval.faults import folder_faults, tantivy_faults
from assistant.text.terms import terms
from assistant.types import Passage, Role

if TYPE_CHECKING:
    import tantivy

# The least that tantivy takes for a thread is 15 MB; more saves segments in a large ingest.
HEAP_BYTES = 50_000_000
THREADS = 1
# How long a second writer waits for the first, and how often it asks.
WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.1


class LexicalIndex:
    """Passages by their terms in one folder. One process at a time may write; readers see the last commit."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        import tantivy

        self.folder = folder.resolve()
        if create:
            with folder_faults(self.folder.parent):
                self.folder.mkdir(parents=True, exist_ok=True)
        with tantivy_faults(self.folder):
            if create:
                self._index = tantivy.Index(_schema(), path=str(self.folder))
            else:
                self._index = tantivy.Index.open(str(self.folder))
            self._index.config_reader("manual")

    @contextmanager
    def writer(self) -> Iterator["LexicalWriter"]:
        """Hold the lock of the folder, and commit at the end; when another keeps it, `CorpusError`."""
        held = self._take()
        try:
            yield LexicalWriter(self.folder, held)
        finally:
            with tantivy_faults(self.folder):
                held.commit()
                held.wait_merging_threads()

    def _take(self) -> "tantivy.IndexWriter":
        """Take the lock, waiting some seconds for the one who has it."""
        until = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return self._index.writer(heap_size=HEAP_BYTES, num_threads=THREADS)
            except ValueError as error:
                if "LockBusy" not in str(error) or time.monotonic() > until:
                    with tantivy_faults(self.folder):
                        raise
            time.sleep(PAUSE_SECONDS)

    def size(self) -> int:
        """Return how many passages there are, without reading them."""
        with tantivy_faults(self.folder):
            self._index.reload()
            return int(self._index.searcher().num_docs)

    def ids(self, report: str | None = None) -> list[str]:
        """Return all ids, or those of one report, each as often as it stands there."""
        import tantivy

        wanted = tantivy.Query.all_query() if report is None else self._term("report", report)
        return [id_ for id_, _ in self._search(wanted, None)]

    def query(
        self,
        text: str,
        count: int,
        *,
        role: Role | None = None,
        exclude: Collection[str] = (),
        include: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Return the ``count`` best ids for any of the terms of ``text``, best first, with their BM25 score.

        ``exclude`` and ``include`` are ids of reports.
        """
        from tantivy import Occur, Query

        body = [(Occur.Should, self._term("body", term)) for term in dict.fromkeys(terms(text))]
        if not body:
            return []
        clauses = [(Occur.Must, Query.boolean_query(body))]
        if role:
            clauses.append((Occur.Must, Query.const_score_query(self._term("role", role.value), 0.0)))
        if exclude:
            clauses.append((Occur.MustNot, self._reports(exclude)))
        if include is not None:
            clauses.append((Occur.Must, Query.const_score_query(self._reports(include), 0.0)))
        return self._search(Query.boolean_query(clauses), count)

    def _reports(self, ids: Collection[str]) -> "tantivy.Query":
        import tantivy

        return tantivy.Query.term_set_query(self._index.schema, "report", list(ids))

    def _term(self, field: str, value: str) -> "tantivy.Query":
        import tantivy

        return tantivy.Query.term_query(
            self._index.schema, field, value, "freq" if field == "body" else "basic"
        )

    def _search(self, query: "tantivy.Query", count: int | None) -> list[tuple[str, float]]:
        with tantivy_faults(self.folder):
            self._index.reload()
            searcher = self._index.searcher()
            found = searcher.search(query, max(1, searcher.num_docs if count is None else count), count=False)
            hits = [(str(searcher.doc(address)["id"][0]), float(score)) for score, address in found.hits]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))


class LexicalWriter:
    """What may be changed while the folder's lock is held."""

    def __init__(self, folder: Path, held: "tantivy.IndexWriter") -> None:
        self._folder = folder
        self._held = held

    def add(self, passages: Sequence[Passage], bodies: Sequence[str]) -> None:
        """Index passages that are not there yet, each with its terms joined by blanks."""
        import tantivy

        for passage, body in zip(passages, bodies, strict=True):
            document = tantivy.Document(
                id=passage.id, report=passage.report, role=passage.role.value, body=body
            )
            with tantivy_faults(self._folder):
                self._held.add_document(document)

    def delete(self, ids: Iterable[str]) -> None:
        """Delete passages; unknown ids are passed over."""
        with tantivy_faults(self._folder):
            for id_ in ids:
                self._held.delete_documents_by_term("id", id_)

    def commit(self) -> None:
        """Let readers see what was changed, for good."""
        with tantivy_faults(self._folder):
            self._held.commit()


def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("report", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("role", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
