"""Proofreading as a whole: what it holds for any text, and for the reports it was made for."""

import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.fixing import apply_certain, certain_fixes
from assistant.checks.proofreading import proofread
from assistant.checks.rulebook import load_rules
from assistant.paths import shipped
from assistant.types import Finding, Level

RULES = load_rules()
FRAGMENTS = sorted(
    {piece for rule in RULES.all for example in rule.wrong for piece in (example, example[:6])}
)
# Marks that rules look for, masks, and what stands between.
MARKS = list(
    "，。、；：？！“”‘’《》〈〉（）()[]\"',;:.…—-~*×〖〗 \u00a0\u3000\n%％〇0123一二三是第年月日的了和及等①②"
)
texts = st.lists(st.sampled_from([*FRAGMENTS, *MARKS, "工作", "学习", "APP"]), max_size=30).map("".join)


def found(text: str, **options: Any) -> list[Finding]:
    return proofread(text, rules=RULES, **options)


def ids(text: str, **options: Any) -> set[str]:
    return {finding.rule for finding in found(text, **options)}


@given(st.text(max_size=200) | texts)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_its_findings_lie_inside_apart_and_in_order(text: str) -> None:
    findings = found(text)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    assert all(before.end <= after.start for before, after in pairwise(findings))
    assert all(finding.replacement != text[finding.start : finding.end] for finding in findings)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_fixing_twice_changes_nothing_more(text: str) -> None:
    fixed = apply_certain(text, certain_fixes(text, rules=RULES))
    assert certain_fixes(fixed, rules=RULES) == []


@given(texts)
@settings(max_examples=100, deadline=None)
def test_fixing_changes_what_is_listed_and_nothing_else(text: str) -> None:
    changes = certain_fixes(text, rules=RULES)
    fixed = apply_certain(text, changes)
    position = shift = 0
    for change in changes:
        assert fixed[position + shift : change.start + shift] == text[position : change.start]
        replacement = change.replacement or ""
        place = change.start + shift
        assert fixed[place : place + len(replacement)] == replacement != text[change.start : change.end]
        shift += len(replacement) - (change.end - change.start)
        position = change.end
    assert fixed[position + shift :] == text[position:]


def test_a_fix_that_lays_bare_another_is_one_with_it() -> None:
    text = '落实"一岗双责(党政同责)"要求。'
    changes = certain_fixes(text, rules=RULES)
    assert apply_certain(text, changes) == "落实“一岗双责（党政同责）”要求。"
    assert [(change.start, change.end) for change in changes] == [(2, 14)]


@pytest.mark.parametrize("mask", ["*", "**", "××", "〖待补〗"])
def test_beside_a_redaction_it_is_silent(mask: str) -> None:
    assert ids("落实市委布署安排。") == {"F15"}
    assert ids(f"落实{mask}布署安排。") == set()
    assert ids(f"落实布署{mask}安排。") == set()


def test_titles_and_quotations_are_left_as_they_are() -> None:
    assert "A31" in ids("按时缴纳党费。")
    assert "A31" not in ids("印发《关于缴纳党费的规定》。")
    assert "A31" not in ids("口号是“按时缴纳党费”。")


def test_a_rule_holds_from_its_day_on() -> None:
    text = "全力支持派驻纪检组工作。"
    assert "A26" in ids(text)
    assert "A26" in ids(text, date=datetime.date(2022, 1, 1))
    assert "A26" not in ids(text, date=datetime.date(2017, 1, 1))
    assert "A26" not in ids("2016年党建工作情况报告\n全力支持派驻纪检组工作。")


def test_a_rule_for_one_kind_of_document_leaves_others_alone() -> None:
    assert "C16" in ids("妥否，请批示。", kind="工作报告")
    assert "C16" not in ids("妥否，请批示。", kind="请示")
    assert "C16" not in ids("妥否，请批示。")


def test_what_a_text_always_does_is_a_habit() -> None:
    slip = "党委(党组)带头，班子（领导）落实，干部（党员）参加。"
    habit = "党委(党组)带头，班子(领导)落实，干部(党员)参加。"
    assert [finding.level for finding in found(slip)] == [Level.ERROR]
    assert [finding.level for finding in found(habit)] == [Level.INFO] * 3


def test_of_overlapping_findings_the_gravest_stays() -> None:
    assert [finding.rule for finding in found("党组(党委)会会议,布署工作。")][:1] == ["D02"]


SERIES = [
    "（二）强化党建。一是甲。二是乙。一是丙。二是丁。一是戊。二是己。一是庚。二是辛。三是壬。",
    "（一）甲。一是子。\n二是丑。\n（二）乙。一是寅。二是卯。",
    "推动落实，一方面抓学习，另一方面抓整改。",
    "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n（二）卯\n三、丙",
    "二、存在的问题\n学习不深。\n三、下一步打算\n加强学习。",
    "一、甲\n1.子\n2.丑\n二、乙\n1.寅\n2.卯",
    "1.甲\n2.乙\n3.5G基站\n4.丁",
    "一是抓学习；二是抓落实；三是抓监督。",
]


@pytest.mark.parametrize("text", SERIES)
def test_numbers_that_follow_one_another_are_let_be(text: str) -> None:
    assert {rule for rule in ids(text) if rule in ("C06", "C07", "C07b", "C07c", "C08", "C08b")} == set()


@pytest.mark.parametrize(
    ("text", "at", "right"),
    [
        ("一、甲\n二、乙\n二、丙\n四、丁", "二、丙", "三"),
        ("一、甲\n（一）子\n（一）丑\n（三）寅", "（一）丑", "（二）"),
        ("一是甲。二是乙。四是丙。四是丁。", "四是丙", "三"),
        ("1.甲\n2.乙\n3.丙\n3.丁", "3.丁", "4"),
    ],
)
def test_a_number_out_of_turn_is_named_with_the_right_one(text: str, at: str, right: str) -> None:
    findings = [finding for finding in found(text) if finding.rule.startswith(("C06", "C07", "C08"))]
    assert [(finding.start, finding.replacement) for finding in findings] == [(text.index(at), right)]


def test_a_gap_is_one_finding() -> None:
    findings = [f for f in found("一、甲\n二、乙\n四、丙\n五、丁\n六、戊") if f.rule == "C06"]
    assert len(findings) == 1
    assert "缺“三”" in findings[0].message


def test_a_long_quotation_may_open_each_paragraph() -> None:
    assert ids("他说：“第一段话。\n“第二段话。\n“第三段话。”") & {"D06"} == set()


def test_marks_the_wrong_way_round_are_turned() -> None:
    findings = [finding for finding in found("落实“一岗双责“要求。") if finding.rule == "D06"]
    assert [finding.replacement for finding in findings] == ["”"]


def test_the_text_of_a_clean_paragraph_gives_no_finding() -> None:
    text = (
        "2023年，局党组坚持以习近平新时代中国特色社会主义思想为指导，深刻领悟“两个确立”的决定性意义，增强“四个意识”、"
        "坚定“四个自信”、做到“两个维护”，认真落实中央八项规定精神，驰而不息纠治“四风”，全年开展监督检查12次，"
        "教育提醒60余人次，推动全面从严治党向纵深发展。"
    )
    assert found(text) == []


@pytest.mark.parametrize("path", sorted(shipped("corpus").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_fixing_a_report_leaves_nothing_certain(path: Path) -> None:
    text = path.read_text("utf-8")
    fixed = apply_certain(text, certain_fixes(text, rules=RULES))
    assert certain_fixes(fixed, rules=RULES) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一、党建\n做了。\n二. 财务\n管了。", "一、党建\n做了。\n二、财务\n管了。"),
        ("一．\u3000党建\n做了。", "一、党建\n做了。"),
        ("（一）、 党建。", "（一）党建。"),
    ],
)
def test_a_mended_mark_of_a_number_takes_the_blank_behind_it_too(before: str, after: str) -> None:
    assert apply_certain(before, certain_fixes(before, rules=load_rules())) == after
