"""Harmless formal rewrites, each mechanism with faults next to it; and pairs of notes with what an official makes of them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Finding, Level
from tests.checks.held_out import changed, measure
from tests.checks.samples import check

FOLDER = Path(__file__).parent
MECHANISMS: list[dict[str, Any]] = tomllib.loads((FOLDER / "rewrites.toml").read_text("utf-8"))["mechanism"]
PAIRS: list[dict[str, Any]] = tomllib.loads((FOLDER / "rewritten.toml").read_text("utf-8"))["pair"]
HARMLESS = [(one["name"], case) for one in MECHANISMS for case in one["harmless"]]
FAULTS = [(one["name"], case) for one in MECHANISMS for case in one["faults"]]
MISSED = pytest.mark.xfail(strict=True, reason="told by the note that it drops, not at its own place")
PLANTED = [
    pytest.param(
        pair, fault, id=f"{pair['id']}-{fault['kind']}", marks=[MISSED] if fault.get("missed") else []
    )
    for pair in PAIRS
    for fault in pair["fault"]
]


def alarms(draft: str, case: dict[str, Any]) -> list[Finding]:
    grounding = check(
        draft,
        *case["notes"],
        passages=tuple(case.get("passages", ())),
        section=case.get("section", "problems"),
    )
    return [finding for finding in grounding.findings if finding.level is not Level.INFO]


@pytest.mark.parametrize(
    ("name", "case"), HARMLESS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_harmless_rewrite_is_no_finding(name: str, case: dict[str, Any]) -> None:
    assert alarms(case["draft"], case) == [], name


@pytest.mark.parametrize(("name", "case"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_next_to_it_is_found(name: str, case: dict[str, Any]) -> None:
    start = case["draft"].rindex(case["wrong"])
    end = start + len(case["wrong"])
    assert any(one.start < end and start < one.end for one in alarms(case["draft"], case)), name


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_an_official_rewriting_is_no_error(pair: dict[str, Any]) -> None:
    assert [one for one in alarms(pair["draft"].strip(), pair) if one.level is Level.ERROR] == []


@pytest.mark.parametrize(("pair", "fault"), PLANTED)
def test_a_planted_fault_is_found(pair: dict[str, Any], fault: dict[str, Any]) -> None:
    draft = pair["draft"].strip()
    planted = draft.replace(fault["old"], fault["new"])
    assert planted != draft
    clean = {(one.rule, draft[one.start : one.end]) for one in alarms(draft, pair)}
    found = [
        one
        for one in alarms(planted, pair)
        if (one.rule, planted[one.start : one.end]) not in clean or one.rule.startswith("note.")
    ]
    if fault["kind"] == "dropped":
        assert any(one.rule.startswith("note.") for one in found)
    else:
        start, end = changed(draft, fault)
        assert any(one.start < end and start < one.end for one in found)


# The most of the clean drafts that may have an error, and the least of the faults that must be found and be errors: what was
# reached, so that a change which loses some of it is seen.
REACHED = [("fifth", 0, 37, 28), ("sixth", 0, 22, 13), ("seventh", 1, 22, 16)]


@pytest.mark.parametrize(("name", "alarmed", "found", "certain"), REACHED)
def test_unseen_notes_stay_as_well_checked(name: str, alarmed: int, found: int, certain: int) -> None:
    outcomes = measure(FOLDER / "held" / f"{name}.toml")
    assert sum(any(one.level is Level.ERROR for one in outcome.clean) for outcome in outcomes) <= alarmed
    levels = [level for outcome in outcomes for _, level in outcome.faults]
    assert sum(level != "none" for level in levels) >= found
    assert levels.count("error") >= certain
