import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy
import pytest

from assistant.errors import CorpusError
from assistant.retrieval.index import Index
from assistant.retrieval.ingestion import Ingestion
from assistant.types import Role
from tests.retrieval.conftest import REPORTS, report_passages

Opening = Callable[..., Index]
ALL = [passage for report in REPORTS for passage in report_passages(report)]
ROW = numpy.ones((1, 64), dtype=numpy.float32)


def lose_vector(ingestion: Ingestion) -> None:
    ingestion.strike([("r1-0", Role.WORK)], [])


def lose_terms(ingestion: Ingestion) -> None:
    ingestion.strike([], ["r1-0"])


def stray_vector(ingestion: Ingestion) -> None:
    ingestion.bench.store().upsert(["stray"], [Role.WORK], ROW)
    ingestion.flush(always=True)


def vector_of_another_role(ingestion: Ingestion) -> None:
    ingestion.bench.store().upsert(["r1-0"], [Role.PLAN], ROW)
    ingestion.flush(always=True)


def stray_terms(ingestion: Ingestion) -> None:
    ingestion.writer.add([replace(ALL[0], id="stray")], ["农村"])


def double_terms(ingestion: Ingestion) -> None:
    ingestion.writer.add([ALL[0]], ["农村"])


HARMS: dict[Callable[[Ingestion], None], set[tuple[str, str | None]]] = {
    lose_vector: {("missing-vector", "r1.txt")},
    lose_terms: {("missing-terms", "r1.txt")},
    stray_vector: {("orphaned-vector", None)},
    vector_of_another_role: {("orphaned-vector", None)},
    stray_terms: {("orphaned-terms", None)},
    double_terms: {("missing-terms", "r1.txt"), ("orphaned-terms", None)},
}


def kinds(index: Index) -> set[tuple[str, str | None]]:
    return {(fault.kind, fault.report) for fault in index.check()}


def assert_repaired(index: Index) -> None:
    count = len(index.check())
    assert index.repair() == count > 0
    assert index.check() == []
    assert index.passages() == ALL
    assert index.search("新建改建农村户厕1200座", count=1)[0].found_by == ("lexical", "vector")


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_a_list_that_disagrees_is_told_and_mended(
    open_index: Opening, harm: Callable[[Ingestion], None]
) -> None:
    index = open_index()
    assert kinds(index) == set()
    with index.writing() as ingestion:
        harm(ingestion)
    assert kinds(index) == HARMS[harm]
    assert_repaired(index)


def ask(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "reports.sqlite")) as registry, registry:
        registry.execute(statement)


def test_a_text_that_is_not_its_span_is_told_and_mended(open_index: Opening, folder: Path) -> None:
    ask(folder, "UPDATE passages SET text = '别的话' WHERE id = 'r3-0'")
    index = open_index()
    assert kinds(index) == {("text", "r3.txt")}
    assert_repaired(index)


@pytest.mark.parametrize("state", ["pending", "doomed", "leaving"])
def test_an_interruption_is_told_apart_and_completed(open_index: Opening, folder: Path, state: str) -> None:
    ask(folder, f"UPDATE reports SET state = '{state}' WHERE id = 'r2'")
    index = open_index()
    assert kinds(index) == {("interrupted", "r2.txt")}
    visible = {passage.report for passage in index.passages()}
    assert ("r2" in visible) == (state == "doomed")
    assert index.repair() == 1
    assert index.check() == []
    assert ("r2" in {entry.id for entry in index.reports()}) == (state == "pending")


def test_probing_tells_what_is_lacking_and_passes_over_what_is_too_much(open_index: Opening) -> None:
    index = open_index()
    index.probe()
    with index.writing() as ingestion:
        stray_terms(ingestion)
        stray_vector(ingestion)
    index.probe()
    with index.writing() as ingestion:
        ingestion.strike([], ["r1-0", "r1-1"])
    with pytest.raises(CorpusError, match="corpus check --repair"):
        index.probe()
    index.repair()
    index.probe()


def test_lists_and_texts_that_are_both_broken_are_mended_at_once(open_index: Opening, folder: Path) -> None:
    ask(folder, "UPDATE passages SET text = '别的话' WHERE id = 'r3-0'")
    ask(folder, "UPDATE reports SET state = 'pending' WHERE id = 'r2'")
    shutil.rmtree(folder / "words-0")
    shutil.rmtree(folder / "chroma-1")
    index = open_index()
    assert kinds(index) == {
        ("unreadable", None), ("unreadable-terms", None), ("text", "r3.txt"), ("interrupted", "r2.txt")
    }  # fmt: skip
    assert_repaired(index)


def test_vectors_that_cannot_be_read_are_made_anew(open_index: Opening, folder: Path) -> None:
    for path in folder.glob("chroma-1/*/*.bin"):
        path.write_bytes(b"")
    index = open_index()
    assert kinds(index) == {("unreadable", None)}
    assert_repaired(index)
