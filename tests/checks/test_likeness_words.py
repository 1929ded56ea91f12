"""Words that count as no content are such only as words: half a word is none. The examples stand in the five reports."""

import pytest

from assistant.checks.likeness import content


def left(text: str) -> str:
    found = content(text)
    return "".join(found.text[place] for place in found.places)


@pytest.mark.parametrize("word", ["信息共享", "提前下班", "延时", "临时", "了解", "阵地", "上级", "使用"])
def test_a_word_that_holds_a_function_word_is_content(word: str) -> None:
    assert left(word) == word


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("对部分人员进行了提醒", "提醒"),
        ("全是兼职", "兼职"),
        ("会上没有讨论", "会上讨论"),
        ("在工作中进一步加强", ""),
    ],
)
def test_a_function_word_of_its_own_is_none(text: str, rest: str) -> None:
    assert left(text) == rest
