"""Numbered headings: 一、 / （一） / 1. / （1） at the start of a paragraph, 一是…二是… anywhere in one."""

import re
from dataclasses import dataclass

from assistant.text.numerals import NUMERAL, ordinal
from assistant.text.sentences import find_outside_quotes

# Markdown heading marks, bold and ideographic spaces may stand before a number.
_BEFORE = r"[#\s\u3000*]*"
_KINDS = (
    (1, re.compile(rf"{_BEFORE}({NUMERAL})[、．.，,]")),
    (2, re.compile(rf"{_BEFORE}[（(]({NUMERAL})[）)]、?")),
    (3, re.compile(rf"{_BEFORE}(\d{{1,2}})[.．、](?!\d)")),
    (4, re.compile(rf"{_BEFORE}[（(](\d{{1,2}})[）)]、?")),
)
_ITEM = re.compile(rf"(?:(?<=[。；：，、！？;:,\s”）])|^)({NUMERAL})是(?!一)", re.MULTILINE)
_LONGEST_HEADING = 60
ITEM_LEVEL = 3


_IS_ITEM = re.compile(rf"{NUMERAL}是")


def is_item(heading: str | None) -> bool:
    """Tell whether a section's heading is that of a 一是…二是… item."""
    return bool(heading and _IS_ITEM.match(heading))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level, number and span; ``end`` is after its closing mark."""

    level: int
    number: int
    start: int
    end: int


def block_heading(text: str, start: int, end: int) -> Heading | None:
    """Return the numbered heading that the paragraph ``text[start:end]`` begins with, if any."""
    for level, pattern in _KINDS:
        match = pattern.match(text, start, end)
        if match:
            value = match.group(1)
            number = int(value) if value.isdecimal() and value.isascii() else ordinal(value)
            return Heading(level, number, start, _heading_end(text, match.end(), start, end))
    return None


def _heading_end(text: str, body: int, start: int, end: int) -> int:
    stop = find_outside_quotes(text, "。！？", body, end)
    if stop >= 0 and stop + 1 - start <= _LONGEST_HEADING:
        return stop + 1
    if end - start <= _LONGEST_HEADING and stop < 0:
        return end
    stop = find_outside_quotes(text, "。；：，", body, end)
    return stop + 1 if stop >= 0 else end


def items(text: str, start: int, end: int, *, level: int = ITEM_LEVEL) -> list[Heading]:
    """Return the 一是…二是… items of a stretch: runs that begin with 一是 and have at least two members."""
    found: list[Heading] = []
    run: list[Heading] = []
    for match in _ITEM.finditer(text, start, end):
        number = ordinal(match.group(1))
        item = Heading(level, number, match.start(), _item_end(text, match.end(), end))
        if number == 1:
            found += run if len(run) > 1 else []
            run = [item]
        elif run and number == run[-1].number + 1:
            run.append(item)
    return found + (run if len(run) > 1 else [])


def _item_end(text: str, body: int, end: int) -> int:
    line_end = text.find("\n", body, end)
    stop = find_outside_quotes(text, "，。；：！？", body, line_end if line_end >= 0 else end)
    return stop + 1 if stop >= 0 else (line_end if line_end >= 0 else end)
