"""Passages for drafting, out of the shipped reports, for the notes of the shipped cases."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages, has_body
from assistant.documents.reading import read_text
from assistant.evaluation.cases import Case, shipped_cases
from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import Index
from assistant.text.formal import formalise
from assistant.text.near import signature
from assistant.types import Hit, Note, ReportData
from assistant.writing.chain import MOST_PASSAGES, retrieve
from assistant.writing.templates import load_templates
from tests.conftest import ROOT

CASES = shipped_cases()
TEMPLATES = load_templates()
Retrieved = Callable[[str], list[Hit]]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("five") / "index"
    with Index.create_or_open(folder, embedder=OfflineEmbedder()) as made:
        with made.writing() as ingestion:
            for path in sorted((ROOT / "corpus").glob("*.txt")):
                report = parse(read_text(path), name=path.name)
                passages = [passage for passage in cut_passages(report, tokens=300) if has_body(passage)]
                data = ReportData(report.title, None, None, None)
                ingestion.bring(report, passages, data, signature=signature(report.text))
        yield made


@pytest.fixture(scope="module")
def retrieved(index: Index) -> Retrieved:
    """Return what is retrieved for a case by its name, asked once."""
    notes = {case.id: (TEMPLATES[case.section], case.notes) for case in CASES}
    return cache(lambda name: retrieve(index, *notes[name]))


def ids(hits: list[Hit]) -> set[str]:
    return {hit.passage.id for hit in hits}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_note_has_one_of_its_best_passages(index: Index, retrieved: Retrieved, case: Case) -> None:
    hits = retrieved(case.id)
    role = TEMPLATES[case.section].front.role
    assert 1 <= len(hits) <= MOST_PASSAGES
    assert len(ids(hits)) == len(hits)
    assert {hit.passage.role for hit in hits} == {role}
    for note in case.notes:
        assert ids(index.search(formalise(note.text), count=3, role=role)) & ids(hits)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_report_has_most_of_the_places(index: Index, retrieved: Retrieved, case: Case) -> None:
    reports = Counter(hit.passage.report for hit in retrieved(case.id))
    there = {passage.report for passage in index.passages(TEMPLATES[case.section].front.role)}
    assert len(there) == 1 or max(reports.values()) <= max(1, sum(reports.values()) // 2)


def test_a_colloquial_note_finds_what_its_formal_wording_finds(index: Index) -> None:
    template = TEMPLATES["work"]
    note = Note("n1", "查了两轮三会一课，党建责任书年初签了")
    assert formalise(note.text) != note.text
    assert retrieve(index, template, [note]) == retrieve(index, template, [Note("n1", formalise(note.text))])
