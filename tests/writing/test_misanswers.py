"""Answers that are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.misanswers import LoopWatch, Misanswer, judge_answer, unwrap
from tests.conftest import ROOT

GOOD = "今年以来，局党组各项工作有序推进，但还存在不足。一是学习不够。"
AGAIN = "二是监督管理不够到位，日常监督抓得不够紧，有的问题没有及时发现。"
REPORTS = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("抱歉，我无法协助完成这个请求。", Misanswer.REFUSAL),
        ("作为一个AI语言模型，我不能写这样的内容。", Misanswer.REFUSAL),
        ("I'm sorry, but I can't help with that.", Misanswer.REFUSAL),
        ("", Misanswer.EMPTY),
        (" \n", Misanswer.EMPTY),
        ("This year the bureau has made progress in all of its work.", Misanswer.LANGUAGE),
        ('{"items": ["学习不够", "监督不够"]}', Misanswer.FORM),
        (GOOD + AGAIN * 30, Misanswer.LOOP),
    ],
)
def test_what_is_no_text_is_named(answer: str, kind: Misanswer) -> None:
    judged = judge_answer(answer)
    assert judged is not None
    assert judged.kind == kind
    assert judged.message.endswith("。")


@pytest.mark.parametrize("text", [*REPORTS, GOOD, GOOD + AGAIN])
def test_reports_are_text(text: str) -> None:
    assert judge_answer(text) is None


def test_a_loop_is_cut_after_the_first_time() -> None:
    answer = GOOD + AGAIN * 30
    judged = judge_answer(answer)
    assert judged is not None
    assert answer[: judged.usable] == GOOD + AGAIN


def test_a_loop_is_noticed_while_it_streams_and_a_report_is_none() -> None:
    watch = LoopWatch()
    assert any(watch.feed(each) for each in GOOD + AGAIN * 10)
    for report in REPORTS:
        watch = LoopWatch()
        assert not any(watch.feed(report[start : start + 7]) for start in range(0, len(report), 7))


def test_text_in_json_is_taken_out() -> None:
    assert unwrap('{"text": "今年以来"}') == "今年以来"
    assert unwrap('"今年以来"') == "今年以来"
    for kept in ('{"a": 1}', '{"text": ', "[1]", GOOD):
        assert unwrap(kept) == kept


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    judged = judge_answer(text)
    assert judged is None or 0 <= judged.usable <= len(text)
    unwrap(text)
