"""Answers that are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.misanswers import LoopWatch, Misanswer, is_talk, judge_answer, unwrap
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


NOTES = ["责任书签了没人查", "理论学习就是念念文件"]


@pytest.mark.parametrize(
    "answer",
    [
        "抱歉，这段内容我处理不了。",
        "这个请求违反了使用规范，请更换话题。",
        "你好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。",
        "请提供更多信息，以便我为您撰写。",
        "该内容可能涉及敏感信息，无法提供。",
        "您好，请问有什么可以帮您？",
        "无法完成您的请求。",
        "请提供需要修改的文字，我会按要求改成规范的公文语体。",
    ],
)
def test_an_answer_to_whoever_asked_is_talk(answer: str) -> None:
    assert is_talk(answer, NOTES)


@pytest.mark.parametrize(
    "answer",
    [
        "一是责任书签订后无人检查，无法提供检查记录。",
        "理论学习停留于念文件，有的同志对“您好、请进、再见”的服务用语还不熟悉。",
        "全体人员均未按时到会。",
        "窗口工作人员不能一次性告知。",
        *REPORTS,
    ],
)
def test_a_text_about_the_matter_is_none(answer: str) -> None:
    assert not is_talk(answer, NOTES)


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
