"""A plan held against the problems of a reference is told, and nothing else is."""

import json
from pathlib import Path

import pytest

from assistant.evaluation.cases import shipped_cases
from assistant.evaluation.comparing_draft import compare
from assistant.evaluation.comparison_form import comparison_form
from assistant.evaluation.comparison_kinds import role_told
from assistant.evaluation.draft_page import render
from assistant.evaluation.probe_pairs import read_pairs
from assistant.paths import shipped
from assistant.types import Role
from tests.cli.conftest import gongwen
from tests.conftest import RunGongwen

__all__ = ["gongwen"]
PROBLEMS = "一是学习不够深入，集中学习只有6次。二是台账登记不及时。三是谈话提醒流于形式。"
PLAN = "一是加强学习，每月集中学习1次。二是规范台账登记。三是开展谈话提醒，做到全覆盖。"
REPORT = (
    "局党组工作报告\n一、主要工作\n开展谈话43人次，召开会议6次。\n二、存在的问题\n"
    f"{PROBLEMS}\n三、下一步打算\n下一步，{PLAN}\n"
)
CASES = [(case.id, case.section, case.reference) for case in shipped_cases()]
DRAFTS = [(pair.id, pair.section, pair.draft) for pair in read_pairs(shipped("eval/probes"))]


@pytest.mark.parametrize(
    ("draft", "reference", "section"),
    [
        (PLAN, PROBLEMS, "problems"),
        (PROBLEMS, PLAN, "plan"),
        (PLAN, REPORT, "problems"),
        ("下一步打算\n" + PLAN, REPORT, "problems"),
        ("下一步，" + PLAN, PROBLEMS, "problems"),
        (PROBLEMS, REPORT, "plan"),
        (PROBLEMS, REPORT, "work"),
    ],
)
def test_another_kind_of_section_is_told(draft: str, reference: str, section: str) -> None:
    hint = compare(draft, reference, section=section).hint
    assert "不是同一节" in hint
    assert hint.count("。") == 1
    assert "存在的问题" in hint


@pytest.mark.parametrize(
    ("draft", "reference", "section"),
    [
        (PROBLEMS, REPORT, "problems"),
        (PLAN, REPORT, "plan"),
        (PLAN, "一是开展学习教育，组织专题学习6次。二是规范台账。", "work"),
        ("一是学习。二是台账。", PROBLEMS, "problems"),
        ("台账登记不及时，下一步要规范。谈话流于形式，今后要改进。", PLAN, "plan"),
        (REPORT, REPORT, None),
    ],
)
def test_what_is_not_plain_is_not_told(draft: str, reference: str, section: str | None) -> None:
    assert compare(draft, reference, section=section).hint == ""


@pytest.mark.parametrize(
    ("section", "text"), [each[1:] for each in (*CASES, *DRAFTS)], ids=[each[0] for each in (*CASES, *DRAFTS)]
)
def test_no_section_is_taken_for_the_other_kind(section: str, text: str) -> None:
    told = role_told(text)
    assert told is None or (told is Role.PROBLEMS) == (section == "problems")


def test_most_sections_tell_what_they_are() -> None:
    known = [role_told(text) for _, section, text in (*CASES, *DRAFTS) if section in ("problems", "plan")]
    assert sum(role is not None for role in known) > len(known) / 2


def test_it_is_said_first_in_text_page_and_data(tmp_path: Path, gongwen: RunGongwen) -> None:
    draft, reference = tmp_path / "draft.txt", tmp_path / "reference.txt"
    draft.write_text(PLAN, "utf-8")
    reference.write_text(REPORT, "utf-8")
    asked = ("eval", "draft", str(draft), "--reference", str(reference), "--section", "problems")
    hint = compare(PLAN, REPORT, section="problems").hint
    assert gongwen(*asked).stdout.splitlines()[0] == f"注意：{hint}"
    assert json.loads(gongwen(*asked, "--json").stdout)["hint"] == hint
    page = render(compare(PLAN, REPORT, section="problems"))
    assert page.index(hint) < page.index('class="lede"')


def test_without_it_nothing_is_said() -> None:
    comparison = compare(PROBLEMS, REPORT, section="problems")
    assert comparison_form(comparison)["hint"] is None
    assert 'class="hint"' not in render(comparison)
