"""Answers that are no text of a section: refusals, loops, another language, JSON, nothing."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.text.overlap import coverage

_REFUSAL = re.compile(
    r"(?:很|非常|十分)?(?:抱歉|对不起|遗憾)[，,。！!]?.{0,30}(?:无法|不能|不便|没(?:有)?办法|难以)"
    r"|作为(?:一个|一名|一款)?(?:AI|人工智能|语言模型|大模型|智能助手)"
    r"|我(?:无法|不能|不便)(?:提供|协助|完成|满足|回答|生成|起草|撰写|处理)"
    r"|(?:I'?m sorry|I am sorry|I cannot|I can'?t|I'?m unable|As an AI)",
    re.IGNORECASE,
)
_REFUSAL_WITHIN = 60
# To whoever asked, not of the matter: a short answer that says so and shares nothing with what it was asked about.
_TALK = re.compile(
    r"您|你(?!们)|抱歉|对不起|(?:这个|该|此|您的|你的)(?:请求|问题|话题|内容|要求)|换个话题|敏感(?:信息|内容|话题)|使用规范|提供更多"
    r"|(?:无法|不能|不便|难以|拒绝)(?:提供|协助|完成|满足|回答|生成|起草|撰写|处理|继续|作答|为)|处理不了|帮不了|没办法(?:写|帮)|请(?:提供|输入|更换|重新)"
)
_LONGEST_TALK, _OF_THE_MATTER = 150, 0.15
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
# JSON, broken or not: no section begins so.
_DATA = re.compile(r'\s*(?:\{|\[\s*[\[{"])')
_FEW = 20
_FIELDS = ("text", "content", "draft", "result", "正文", "内容")
# What may count on from one round of a loop to the next.
_ORDINAL = re.compile("(?:第?[一二三四五六七八九十]{1,3}|[0-9]{1,3})(?=[是、，.．])")
# A stretch of so many characters that comes up so often among the last ones is a loop: no section says a thing thus.
_STRETCH, _TIMES, _WINDOW, _STEP = 24, 4, 2000, 100


REFUSED = "模型拒绝写作，请换用别的模型，或不设模型由离线写作完成。"


class Misanswer(StrEnum):
    """What is wrong with an answer."""

    REFUSAL = "refusal"
    LOOP = "loop"
    LANGUAGE = "language"
    FORM = "form"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with an answer, a Chinese sentence on it, and the length up to which it can be used."""

    kind: Misanswer
    message: str
    usable: int = 0


def judge_answer(text: str) -> Judgement | None:
    """Return what is wrong with the text of an answer, or none."""
    if not text.strip():
        return Judgement(Misanswer.EMPTY, "模型没有写出内容，请重试或换用别的模型。")
    if _REFUSAL.search(text[:_REFUSAL_WITHIN]):
        return Judgement(Misanswer.REFUSAL, REFUSED)
    if _DATA.match(text) or (text.lstrip().startswith("[") and text.rstrip().endswith("]")):
        return Judgement(Misanswer.FORM, "模型返回的是数据而不是正文，请重试或换用别的模型。")
    letters, chinese = len(_LETTER.findall(text)), len(_CHINESE.findall(text))
    if letters >= _FEW and chinese * 2 < letters:
        return Judgement(Misanswer.LANGUAGE, "模型没有用中文写作，请重试或换用别的模型。")
    if (place := find_loop(text)) is not None:
        message = "模型反复写同样的话，重复的部分已删去，请核对或重试。"
        return Judgement(Misanswer.LOOP, message, place)
    return None


def is_talk(text: str, about: Sequence[str]) -> bool:
    """Tell whether an answer speaks to whoever asked instead of writing ``about`` the matter: a refusal in other words."""
    if len(text) > _LONGEST_TALK or not _TALK.search(text):
        return False
    return coverage(text, "\n".join(about)) < _OF_THE_MATTER


def unwrap(text: str) -> str:
    """Return the text that a JSON object holds in its one field of text; any other text as it is."""
    try:
        value = json.loads(text) if text.lstrip().startswith(("{", '"')) else None
    except json.JSONDecodeError:
        return text
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        texts = [value[key] for key in _FIELDS if isinstance(value.get(key), str)]
        if len(texts) == 1:
            return str(texts[0])
    return text


class LoopWatch:
    """Notices while an answer streams that it goes round in circles."""

    def __init__(self) -> None:
        self._recent = ""
        self._unseen = 0

    def feed(self, delta: str) -> bool:
        """Take a piece; tell whether the answer repeats itself by now."""
        self._recent = (self._recent + delta)[-_WINDOW:]
        self._unseen += len(delta)
        if self._unseen < _STEP:
            return False
        self._unseen = 0
        return _repeats(self._recent)


def find_loop(text: str) -> int | None:
    """Return the end of the last sentence before a text begins to repeat itself, or none."""
    for end in range(_STRETCH * _TIMES, len(text) + _STEP, _STEP):
        window = text[max(0, end - _WINDOW) : end]
        if _repeats(window):
            first = text.find(window[-_STRETCH:])
            again = text.find(window[-_STRETCH:], first + 1)
            return max(text.rfind(mark, 0, again) for mark in "。；！？\n") + 1
    return None


def _repeats(window: str) -> bool:
    """Tell whether a text ends in the same words again and again; items that only share a clause differ between."""
    stretch = window[-_STRETCH:]
    if len(stretch) < _STRETCH or not stretch.strip() or window.count(stretch) < _TIMES:
        return False
    rounds = window.split(stretch)[-_TIMES:-1]
    return len({_ORDINAL.sub("", each) for each in rounds}) == 1
