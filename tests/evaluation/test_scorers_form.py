import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.results import Text
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_copying import longest_shared
from assistant.types import Note
from tests.evaluation.test_scorers import BASE, GOOD, NOTES, on


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        (GOOD, 1.0, "要点3条，分了3项，编号依次；有总括句领起"),
        (GOOD.replace("三是", ""), 8 / 9, "要点3条，分了2项"),
        (GOOD.replace("二是", "三是", 1), 8 / 9, "编号次序不对"),
        (GOOD.replace("主要表现在：", "。"), 2.5 / 3, "没有以冒号领起各项"),
        (GOOD[GOOD.index("一是") :], 2 / 3, "没有总括句领起"),
        (re.sub("[一二三]是", "", GOOD), 2 / 3, "没有分项"),
        (GOOD * 10, None, "多于120至800字的要求"),
    ],
)
def test_structure_of_items(text: str, value: float | None, told: str) -> None:
    score = on("structure", replace(BASE, text=text))
    assert told in score.explanation
    if value is not None:
        length = len("".join(text.split()))
        assert score.value == pytest.approx(value - (0 if length >= 120 else (1 - length / 120) / 3))


def test_a_single_note_is_not_numbered() -> None:
    text = GOOD.split("二是")[0].replace("一是", "")
    single = replace(BASE, notes=NOTES[:1], text=text)
    assert "要点1条，不编号" in on("structure", single).explanation
    assert "却分了3项" in on("structure", replace(single, text=GOOD)).explanation


def test_outer_and_inner_numbers_are_told_apart() -> None:
    text = "还存在以下问题：\n（一）学习不深。一是不读。二是不想。\n（二）谈话不实。\n（三）制度不新。"
    assert "要点3条，分了3项，编号依次" in on("structure", replace(BASE, text=text)).explanation


def test_structure_of_sentences() -> None:
    text = "按照通知要求，局党组认真总结了全年工作，开展了自查，现将有关情况报告如下："
    lead = Sample(text, "lead", NOTES)
    assert on("structure", lead).value == 1
    assert on("structure", replace(lead, text=text.split("现将")[0] + "情况属实。")).value == pytest.approx(
        2 / 3
    )
    assert on("structure", replace(lead, text=f"- {text}")).value == pytest.approx(2 / 3)


def test_formality_names_what_polishing_would_change() -> None:
    assert on("formality", BASE).value == 1
    score = on("formality", replace(BASE, text="制度一直没有修订，八小时以外监督有待加强。"))
    assert score.value == pytest.approx(11 / 19)
    assert score.explanation == "口语或重复的说法有1处：“没有”。"


def test_proofreading_counts_by_length() -> None:
    wrong = GOOD.replace("今年以来，", "截止目前，")
    short, long = (on("proofreading", replace(BASE, text=text)).value or 0 for text in (wrong, wrong + GOOD))
    assert short == pytest.approx(1000 / len(wrong))
    assert long < short
    assert "截止" in on("proofreading", replace(BASE, text=wrong)).explanation


def test_overlap_is_the_share_copied_that_no_note_holds() -> None:
    old = "要把全面从严治党主体责任一级抓给一级看"
    copied = replace(BASE, text=f"{old}，还要自己想出来的话", passages=(Text("p1", f"会议指出，{old}。"),))
    score = on("overlap", copied)
    assert score.value == pytest.approx(len(old) / (len(old) + 9))
    assert score.explanation.startswith("与旧稿连续八字以上相同的占全文68%，最长19字：")
    assert on("overlap", replace(copied, notes=(Note("n1", old),))).value == 0
    assert on("overlap", replace(copied, text="要把全面从严治党")).value == 1
    assert on("overlap", replace(copied, text="要把全面从严治")).value == 0


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12))
def test_the_longest_shared_run(one: str, other: str) -> None:
    runs = {one[start:end] for start in range(len(one)) for end in range(start, len(one) + 1)}
    found = longest_shared(one, other)
    assert found in other
    assert len(found) == max((len(run) for run in runs if run in other), default=0)
