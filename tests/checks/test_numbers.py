"""Numbers that changed places, and numbers that count something else."""

import pytest

from tests.checks.samples import check, errors


@pytest.mark.parametrize(
    ("note", "clean", "swapped"),
    [
        (
            "受理信访件86件，办结79件",
            "受理信访件86件，已办结79件。",
            "受理信访件79件，已办结86件。",
        ),
        (
            "复议纠错率从6.4%降到3.5%",
            "复议纠错率由6.4%下降至3.5%。",
            "复议纠错率由3.5%下降至6.4%。",
        ),
        (
            "28个窗口只有9个装了评价器",
            "28个窗口中，仅有9个安装评价器。",
            "9个窗口中，仅有28个安装评价器。",
        ),
        (
            "新聘护林员41名，解聘17名",
            "新聘护林员41名，解聘17名。",
            "新聘护林员17名，解聘41名。",
        ),
    ],
)
def test_numbers_that_changed_places_within_a_note_are_changed(note: str, clean: str, swapped: str) -> None:
    assert errors(check(clean, note)) == []
    assert set(errors(check(swapped, note))) == {"fact.changed"}


@pytest.mark.parametrize(
    "draft",
    [
        "办结79件，受理信访件86件。",
        "在受理的86件信访件中，79件已经办结。",
        "已办结79件（共受理信访件86件）。",
    ],
)
def test_numbers_in_another_order_keep_their_words(draft: str) -> None:
    assert errors(check(draft, "受理信访件86件，办结79件")) == []


@pytest.mark.parametrize(
    ("note", "draft", "wrong"),
    [
        ("有7个支部没开会", "有7个支部未召开会议。", "有7名党员未召开会议。"),
        ("审计科就4个人", "审计科仅4名人员。", "审计科仅4个科室。"),
        ("抽查了1个站，1次没查出问题", "抽查一个站，一次未查出问题。", "抽查3个站，一次未查出问题。"),
    ],
)
def test_the_same_figure_of_another_thing_is_no_support(note: str, draft: str, wrong: str) -> None:
    assert errors(check(draft, note)) == []
    assert [rule for rule in errors(check(wrong, note)) if rule.startswith("fact.")] != []


@pytest.mark.parametrize(
    ("draft", "note"), [("演练至少5次。", "演练不少于5次"), ("进入前3名。", "进了前三名")]
)
def test_bounds_and_ranks_in_other_words_are_the_same(draft: str, note: str) -> None:
    assert errors(check(draft, note)) == []


def test_a_bound_that_is_dropped_is_found() -> None:
    assert errors(check("演练开展5次。", "演练不少于5次")) != []


def test_the_reports_own_year_needs_no_note() -> None:
    draft = "2031年工作安排如下：一是组织演练5次。"
    assert check(draft, "组织演练5次").findings == ()
    assert errors(check(draft, "2030年组织演练5次")) != []


def test_a_part_is_no_more_than_its_whole() -> None:
    notes = "办班28期，新办9期"
    assert errors(check("办班28期，其中新办9期。", notes)) == []
    assert "fact.inconsistent" in errors(check("办班9期，其中新办28期。", notes))
