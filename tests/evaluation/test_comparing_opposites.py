"""Words that gave their place to ones for the opposite, in clauses that say the same besides."""

from itertools import product

import pytest

from assistant.checks.units import cut
from assistant.evaluation.cases import Case, shipped_cases
from assistant.evaluation.comparing_draft import compare
from assistant.evaluation.comparison_opposites import opposed

TURNED = [
    ("群众满意度有所上升", "群众满意度有所下降"),
    ("信访件数量增加", "信访件数量减少"),
    ("干部学习积极性提高", "干部学习积极性降低"),
    ("审批时限缩短了", "审批时限延长了"),
    ("3个单位逾期报送材料", "3个单位按期报送材料"),
    ("三公经费支出高于上年", "三公经费支出低于上年"),
    ("会议次数较多", "会议次数较少"),
    ("报表数量由34张增加到40张", "报表数量由34张减少到40张"),
    ("整改台账按时报送", "整改台账未按时报送"),
    ("食堂抽检不合格", "食堂抽检合格"),
    ("整改任务已经落实", "整改任务尚未落实"),
]
HARMLESS = [
    ("提高服务质量", "服务质量下降"),
    ("群众满意度没有上升", "群众满意度有所下降"),
    ("群众满意度有所提高", "群众满意度有所上升"),
    ("上半年投诉有所上升，下半年投诉有所下降", "下半年投诉有所下降，上半年投诉有所上升"),
    ("会议增加，文件减少", "文件减少，会议增加"),
    ("投诉上升", "来访下降"),
    ("持续提升办件效率", "办件数量下降"),
    ("增加人手，减少积压", "减少积压，增加人手"),
]


@pytest.mark.parametrize(("one", "other"), [*TURNED, *(pair[::-1] for pair in TURNED)])
def test_the_opposite_is_a_contradiction(one: str, other: str) -> None:
    draft, reference = (f"一是谈话提醒流于形式。二是{text}。" for text in (one, other))
    [told] = compare(draft, reference, section="problems").contradictions
    assert told.kind in ("opposite", "negation")
    assert one in told.message
    assert other in told.message
    assert draft[told.start : told.end] in one
    assert reference[told.reference_start : told.reference_end] in other


@pytest.mark.parametrize(("one", "other"), [*HARMLESS, *(pair[::-1] for pair in HARMLESS)])
def test_what_is_not_said_of_the_same_is_none(one: str, other: str) -> None:
    assert list(opposed([one], [other], [(0, 0)])) == []


def test_what_the_other_side_says_elsewhere_too_is_none() -> None:
    ours, theirs = ["群众投诉有所上升"], ["群众投诉有所下降", "群众投诉上升"]
    assert list(opposed(ours, theirs[:1], [(0, 0)])) == [((0, (6, 8)), (0, (6, 8)))]
    assert list(opposed(ours, theirs, [(0, 0)])) == []


def test_a_figure_that_goes_the_other_way_is_told_once() -> None:
    found = compare(
        "一是信访件增长6.4%。二是谈话流于形式。", "一是信访件下降6.4%。二是谈话流于形式。", section="problems"
    )
    assert [one.kind for one in found.contradictions] == ["direction"]


@pytest.mark.parametrize("case", shipped_cases(), ids=lambda case: case.id)
def test_no_reference_says_the_opposite_of_its_notes_or_of_itself(case: Case) -> None:
    said, noted = ([unit.text for unit in cut(text)[1]] for text in (case.reference, _noted(case)))
    for theirs in (said, noted):
        assert list(opposed(said, theirs, product(range(len(said)), range(len(theirs))))) == []


def _noted(case: Case) -> str:
    return "\n".join(note.text for note in case.notes)


def test_a_period_that_the_other_side_does_not_give_contradicts_nothing() -> None:
    found = compare(
        "一是谈话提醒流于形式。二是加强学习，每月集中学习1次。",
        "一是谈话提醒流于形式。二是学习不够深入，集中学习只有6次，笔记不全。",
        section="problems",
    )
    assert [one for one in found.contradictions if one.kind == "time"] == []
