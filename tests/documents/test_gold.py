"""The five reports of the corpus against a reading by hand: ``tests/gold/sections.json``."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.documents.parsing import parse
from assistant.documents.reading import read_text
from assistant.types import Report
from tests.conftest import ROOT

GOLD: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent.parent / "gold" / "sections.json").read_text("utf-8")
)
SLACK = 2


def corpus_report(name: str) -> Report:
    return parse(read_text(ROOT / "corpus" / name), name=name)


def test_the_gold_holds_every_stretch_of_the_corpus() -> None:
    assert GOLD.keys() == {path.name for path in (ROOT / "corpus").glob("*.txt")}
    assert sum(map(len, GOLD.values())) == 28


@pytest.mark.parametrize("name", GOLD)
def test_every_stretch_has_its_role_heading_and_span(name: str) -> None:
    found = [section for section in corpus_report(name).sections if section.level == 1]
    expected = GOLD[name]
    assert [(section.role, section.heading) for section in found] == [
        (stretch["role"], stretch["heading"]) for stretch in expected
    ]
    for section, stretch in zip(found, expected, strict=True):
        assert abs(section.start - stretch["start"]) <= SLACK, stretch
        assert abs(section.end - stretch["end"]) <= SLACK, stretch


@pytest.mark.parametrize("name", GOLD)
def test_every_deeper_heading_is_found_and_no_other(name: str) -> None:
    found = [
        [section.level, section.start, section.heading]
        for section in corpus_report(name).sections
        if section.level > 1
    ]
    assert found == [heading for stretch in GOLD[name] for heading in stretch["inside"]]


@pytest.mark.parametrize("name", GOLD)
def test_title_and_addressee_are_what_the_gold_says(name: str) -> None:
    report = corpus_report(name)
    for role, found in (("title", report.title), ("addressee", report.addressee)):
        spans = [(stretch["start"], stretch["end"]) for stretch in GOLD[name] if stretch["role"] == role]
        expected = report.text[slice(*spans[0])].strip() if spans else None
        assert found == expected
