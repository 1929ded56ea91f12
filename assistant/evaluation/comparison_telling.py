"""How a contradiction is told, and what of a text stands around a place."""

import re

from assistant.evaluation.comparison import Contradiction

_KINDS = {
    "number": "数字",
    "date": "日期",
    "name": "名称",
    "direction": "升降",
    "level": "级别",
    "degree": "程度",
    "time": "时间",
    "negation": "肯定与否定",
    "opposite": "说法",
}
_IN_CONTEXT = frozenset(("degree", "direction", "level", "opposite", "time"))
_CONTEXT, _SHOWN = 14, 30
_ORDINAL = re.compile("^[一二三四五六七八九十]{1,3}是(?!否|非)")
_BREAK = re.compile(r"[，。；：、\n]")


def contradiction(
    kind: str, draft: str, start: int, end: int, reference: str, first: int, last: int
) -> Contradiction:
    """Return a contradiction with its message; a word of a scale is shown in its clause."""
    said, other = (
        _ORDINAL.sub("", clause_at(text, *span, reach=_SHOWN)) if kind in _IN_CONTEXT else text[slice(*span)]
        for text, span in ((draft, (start, end)), (reference, (first, last)))
    )
    message = f"{_KINDS[kind]}不一致：参考稿为“{other}”，草稿为“{said}”。"
    return Contradiction(kind, start, end, first, last, message)


def clause_at(text: str, start: int, end: int, *, reach: int = _CONTEXT) -> str:
    """Return the words of the clause around a span, no more than ``reach`` characters on either side."""
    before = _BREAK.split(text[max(0, start - reach) : start])[-1]
    return before + text[start:end] + _BREAK.split(text[end : end + reach], maxsplit=1)[0]


def words_around(text: str, start: int, end: int) -> str:
    """Return what stands around a span in its sentence."""
    before = re.split(r"[。；！？\n]", text[max(0, start - _CONTEXT) : start])[-1]
    return before + " " + re.split(r"[。；！？\n]", text[end : end + _CONTEXT], maxsplit=1)[0]
