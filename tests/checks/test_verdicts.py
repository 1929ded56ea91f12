"""Facts of a draft: borne out, changed, leaked, unsupported, or at odds with one another."""

import pytest

from assistant.types import Level
from tests.checks.samples import check, errors, found

NOTE = "党组会学了22次，3月18日开了机关党建工作会，定了《2024年机关党建工作要点》，花了4.6万元"
CLEAN = "党组会组织学习22次，3月18日召开机关党建工作会，制定《2024年机关党建工作要点》，支出4.6万元。"


def test_the_same_facts_are_no_finding() -> None:
    assert check(CLEAN, NOTE).findings == ()


@pytest.mark.parametrize(
    ("here", "there"),
    [("22次", "二十二次"), ("4.6万元", "46000元"), ("3月18日", "三月十八日")],
)
def test_another_form_of_a_value_is_the_same(here: str, there: str) -> None:
    assert errors(check(CLEAN.replace(here, there), NOTE)) == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("22次", "25次"),
        ("22次", "近22次"),
        ("3月18日", "3月28日"),
        ("4.6万元", "4.6亿元"),
        ("《2024年机关党建工作要点》", "《2024年机关党建工作方案》"),
    ],
)
def test_another_value_is_a_change_that_names_the_notes(here: str, there: str) -> None:
    draft = CLEAN.replace(here, there)
    (finding,) = [one for one in check(draft, NOTE).findings if one.rule.startswith("fact.")]
    assert (finding.rule, finding.level, finding.replacement) == ("fact.changed", Level.ERROR, here)
    assert draft[finding.start : finding.end] == there
    assert finding.refers is not None
    assert NOTE[finding.refers.start : finding.refers.end] == here


def test_the_same_figures_counted_otherwise_are_a_doubt() -> None:
    (finding,) = found(check(CLEAN.replace("22次", "22场"), NOTE), "fact.changed")
    assert finding.level is Level.WARN


def test_a_fact_of_a_passage_is_a_leak_that_names_it() -> None:
    passage = "上年度修订《公务接待管理办法》，约谈干部31人次。"
    draft = CLEAN[:-1] + "，约谈干部31人次，修订《公务接待管理办法》。"
    leaks = found(check(draft, NOTE, passages=("别的话。", passage)), "fact.leaked")
    assert [draft[one.start : one.end] for one in leaks] == ["31人次", "《公务接待管理办法》"]
    for one in leaks:
        assert one.refers is not None
        assert (one.level, one.refers.kind, one.refers.id) == (Level.ERROR, "passage", "p2")
        assert passage[one.refers.start : one.refers.end] == draft[one.start : one.end]


def test_a_number_of_nowhere_is_unsupported() -> None:
    (finding,) = found(check("会议较多，占用时间达17小时。", "会多，占用时间"), "fact.unsupported")
    assert finding.level is Level.ERROR


def test_what_the_user_gave_besides_the_notes_bears_out() -> None:
    draft = "会议较多，2024年尤其如此。"
    assert errors(check(draft, "会多", given="2024年")) == []
    assert errors(check(draft, "会多")) == ["fact.unsupported"]


def test_a_count_of_the_items_is_no_fact() -> None:
    draft = "主要有以下两个方面的问题：一是会议较多。二是责任书签订后无人检查。"
    assert errors(check(draft, "会多", "责任书签了没人查")) == []


@pytest.mark.parametrize("masked", ["****年召开会议较多。", "会议较多，达××次。", "会议较多，共5×次。"])
def test_beside_a_mask_nothing_is_said(masked: str) -> None:
    assert errors(check(masked, "会多")) == []


def test_a_number_of_another_matter_does_not_bear_out() -> None:
    notes = ("开展专项检查25次", "举办业务培训，参加的人不少")
    grounding = check("专项检查深入开展。举办业务培训25次，参加人员不少。", *notes)
    assert [one.level for one in found(grounding, "fact.unsupported")] == [Level.WARN]


def test_two_numbers_for_one_event_are_inconsistent() -> None:
    draft = "全年开展警示教育25场。全年开展警示教育28场，效果较好。"
    (finding,) = found(check(draft, "开展警示教育25场，后来又说28场"), "fact.inconsistent")
    assert (finding.level, draft[finding.start : finding.end]) == (Level.WARN, "28场")
    assert finding.refers is not None
    assert (finding.refers.kind, draft[finding.refers.start : finding.refers.end]) == ("draft", "25场")


@pytest.mark.parametrize(
    ("draft", "changed"),
    [
        ("新系统今年上线。", "今年"),
        ("新系统后年上线。", "后年"),
        ("新系统于明年上线。", None),
        ("今年以来，新系统将于明年上线。", None),
    ],
)
def test_another_year_than_the_notes_is_changed(draft: str, changed: str | None) -> None:
    spans = [draft[each.start : each.end] for each in found(check(draft, "新系统明年上线"), "fact.changed")]
    assert spans == ([changed] if changed else [])
