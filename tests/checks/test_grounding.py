"""The whole check: real drafts without a false error, any text without a fault, and its cost."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Grounding, Text
from assistant.types import Level, Note
from assistant.writing.offline import join, write_section
from assistant.writing.templates import load_templates
from assistant.writing.topics import load_families
from tests.checks.samples import errors, numbered
from tests.conftest import ROOT
from tests.ending import ends
from tests.text.samples import SECTIONS, notes_of

TEMPLATES, FAMILIES = load_templates(), load_families()
CONDENSED = json.loads((Path(__file__).parent / "condensed.json").read_text("utf-8"))
GOLD = json.loads((ROOT / "tests" / "gold" / "sections.json").read_text("utf-8"))
PIECES = [
    "会多",
    "一是",
    "《",
    "》",
    "“",
    "”",
    "25场",
    "个别",
    "普遍",
    "*",
    "××",
    "〖",
    "。",
    "，",
    "\n",
    "2024年",
    "已",
    "：",
    "(1)",
]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(SECTIONS), st.data(), st.sampled_from(["", "市林业局"]), st.sampled_from([None, 2023]))
def test_offline_drafts_have_no_error_and_cover_every_note(
    section: str, data: st.DataObject, unit: str, year: int | None
) -> None:
    texts = data.draw(st.lists(st.sampled_from(notes_of(section)), min_size=1, max_size=12, unique=True))
    notes = numbered(*texts)
    pieces = write_section(TEMPLATES[section], notes, families=FAMILIES, unit=unit or None, year=year)
    draft, _ = join(pieces)
    grounding = check_grounding(draft, notes, section=section, given=f"{unit} {year}年" if year else unit)
    assert errors(grounding) == []
    assert [one for one in grounding.coverage if one.state != "covered"] == []


@pytest.mark.parametrize("name", sorted(CONDENSED))
def test_the_reports_problems_have_no_error_against_condensed_notes(name: str) -> None:
    text = (ROOT / "corpus" / name).read_bytes().decode("utf-8")
    (problems,) = [one for one in GOLD[name] if one["role"] == "problems"]
    draft = text[problems["start"] : problems["end"]]
    grounding = check_grounding(draft, numbered(*CONDENSED[name]), section="problems")
    assert errors(grounding) == []
    assert {one.state for one in grounding.coverage} == {"covered"}


def assert_sound(draft: str, notes: list[Note], passages: list[Text], grounding: Grounding) -> None:
    sources = {note.id: note.text for note in notes} | {text.id: text.text for text in passages}
    for sentence in grounding.sentences:
        assert draft[sentence.start : sentence.end] == sentence.text
        assert 0 <= sentence.score <= 1
        assert set(sentence.notes) <= {note.id for note in notes}
    assert [one.note for one in grounding.coverage] == [note.id for note in notes]
    for finding in grounding.findings:
        assert 0 <= finding.start <= finding.end <= len(draft)
        if finding.refers:
            length = len(sources.get(finding.refers.id, draft))
            assert 0 <= finding.refers.start <= finding.refers.end <= length
    order = [finding.start for finding in grounding.findings]
    assert order == sorted(order)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=3), st.sampled_from([None, "problems"]))
def test_any_text_gives_spans_inside_it(
    draft: str, texts: list[str], sources: list[str], section: str | None
) -> None:
    notes = numbered(*texts)
    passages = [Text(f"p{number}", text) for number, text in enumerate(sources)]
    grounding = check_grounding(draft, notes, passages=passages, section=section)
    assert_sound(draft, notes, passages, grounding)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_text_has_its_grounds_in_itself(text: str) -> None:
    grounding = check_grounding(text, [Note("n1", text)])
    assert [one for one in grounding.findings if one.rule in ("fact.unsupported", "fact.changed")] == []


@pytest.mark.parametrize("character", list("会一1“《，* 是已。\n第（张镇省每局个委各在受形为违"))
def test_ten_thousand_times_one_character_is_checked_to_its_end(character: str) -> None:
    text = character * 10_000
    notes = [Note("n1", text), Note("n2", "会多")]
    with ends(5.0):
        check_grounding(text, notes, passages=[Text("p", text)], section="problems")


def test_findings_say_in_one_chinese_sentence_what_to_do() -> None:
    draft = "会议普遍较多，全年28场。办公楼消防设施陈旧老化。应加强督促。"
    grounding = check_grounding(draft, numbered("会多，全年25场", "责任书签了没人查"), section="problems")
    assert len({finding.rule for finding in grounding.findings}) >= 5
    for finding in grounding.findings:
        assert finding.message.endswith("。")
        assert finding.message.count("。") == 1
        assert "请" in finding.message
        assert finding.level in Level
