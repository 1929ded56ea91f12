"""What is left out of a model's answer, however it arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.answers import AnswerFilter, clean

TEXT = "今年以来，局党组各项工作有序推进，但还存在不足，主要表现在：一是学习不够。二是监督不够。"
ANSWERS = {
    f"好的，以下是根据您提供的要点起草的“存在的问题”一节：\n\n{TEXT}\n\n以上内容供参考，如需调整请告诉我。": TEXT,
    f"<think>\n用户要我写一节\n</think>\n\n{TEXT}": TEXT,
    f"<thinking>先想{TEXT}</thinking>{TEXT}": TEXT,
    f"```markdown\n## 存在的问题\n{TEXT}\n```": TEXT,
    f"**存在的问题**\n\n{TEXT}\n（全文约60字）": TEXT,
    f"根据您提供的要点，起草如下：\n{TEXT}": TEXT,
    f"Sure, here is the text:\n{TEXT}\n注：以上为初稿。": TEXT,
    "今年以来，**理论学习**不够。\n- 一是监督不够。": "今年以来，理论学习不够。\n一是监督不够。",
    f"---\n{TEXT}\n---\n希望对您有帮助！": TEXT,
    f"好的！\n{TEXT}": TEXT,
    f"正文：\n{TEXT}": TEXT,
    f"修改后的正文如下：\n\n{TEXT}\n（完）": TEXT,
    f"【润色稿】\n{TEXT}\n\n【字数：45】": TEXT,
    f"润色后：{TEXT}": TEXT,
    f"<answer>\n{TEXT}\n</answer>": TEXT,
    f"<thought>先看要点</thought><正文>{TEXT}</正文>": TEXT,
    f"<要点>{TEXT}</要点>": TEXT,
}
KEPT = [
    TEXT,
    "根据市委要求，本人对一年来的工作进行了梳理，现将有关情况报告如下：",
    "以上报告，请审阅。",
    "特此报告。",
    "如何推动党建与业务融合，办法还不多。",
    "好的作风还没有完全形成。",
    "（一）强化理论学习。\n（二）强化监督执纪。",
    "下面的单位反映意见较少。\n如实报告个人事项还不及时。",
    "注重抓好整改。",
    "请示报告制度执行不够严格。",
    "我们对标先进，查找差距。",
    "当前，工作<标准还不够高，a_b 为 5*3。",
    "抽查**支部。".replace("**", "××"),
    "修改后的《办法》印发执行，但是学习不够。",
    "正文格式还不规范，改后仍有错漏：一是字号不统一。",
    "【重点工作】推进较慢。",
    "起草稿件质量不高。",
    "重写轻改的倾向仍然存在。",
]
PIECES = st.lists(
    st.sampled_from(
        [
            *"今年以来，。\n*#-<>`~ 好的当然以上希望注：",
            "<think>",
            "</think>",
            "```",
            "**",
            "\n\n",
            "以下是",
            "<正文>",
            "</answer>",
            "【",
            "】",
            "修改后",
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(("answer", "text"), ANSWERS.items())
def test_what_is_about_the_text_is_left_out(answer: str, text: str) -> None:
    assert clean(answer) == text


@pytest.mark.parametrize("text", KEPT)
def test_the_text_itself_is_kept(text: str) -> None:
    assert clean(text) == text


def test_reasoning_without_its_opening_tag_goes() -> None:
    assert clean(f"先看要点。\n</think>\n{TEXT}") == TEXT


def test_reasoning_that_never_ends_leaves_nothing() -> None:
    assert clean("<think>先看要点，再想想") == ""


@given(st.one_of(PIECES, st.sampled_from([*ANSWERS, *KEPT])), st.data())
def test_the_pieces_do_not_matter(answer: str, data: st.DataObject) -> None:
    whole = AnswerFilter()
    expected = whole.feed(answer) + whole.finish()
    pieces, left, out = AnswerFilter(), answer, ""
    while left:
        size = data.draw(st.integers(1, 9))
        out += pieces.feed(left[:size])
        left = left[size:]
    assert out + pieces.finish() == expected


def test_text_is_passed_on_at_once() -> None:
    through = AnswerFilter()
    assert [through.feed(each) for each in "今年以来"] == list("今年以来")


def test_text_behind_chatter_is_passed_on_at_once() -> None:
    through = AnswerFilter()
    assert through.feed("好的，以下是正文：今") == "今"
    assert through.feed("年") == "年"
