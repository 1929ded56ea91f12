"""Numbers of headings and items: one missing, twice, or out of turn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.checks.prepared import Prepared, Span
from assistant.checks.rule import Rule
from assistant.documents.headings import block_heading
from assistant.text.numerals import NUMERAL, numeral, ordinal
from assistant.types import Finding

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BEFORE = r"(?:(?<=[。；：，、！？;:,\s”）])|^)"
_LEAD = r"^[#* \t\u00a0\u3000]{0,12}"
_STYLES = {
    "一、": re.compile(rf"{_LEAD}(?P<number>{NUMERAL})(?=[、．.])", re.MULTILINE),
    "（一）": re.compile(rf"{_LEAD}(?P<number>[（(]{NUMERAL}[）)])", re.MULTILINE),
    "1.": re.compile(rf"{_LEAD}(?P<number>\d{{1,2}})(?=[.．、](?P<doubt>\d)?)", re.MULTILINE),
    "（1）": re.compile(rf"{_LEAD}(?P<number>[（(]\d{{1,2}}[）)])", re.MULTILINE),
    "一是": re.compile(
        rf"{_BEFORE}(?P<number>{NUMERAL})(?=是(?!(?P=number)(?:[、，。；！”]|$)))", re.MULTILINE
    ),
    "一要": re.compile(rf"{_BEFORE}(?P<number>{NUMERAL})(?=要(?!素|件|点|求|领))", re.MULTILINE),
    "第一": re.compile(rf"(?:(?<=[。；\n])|^)(?P<number>第{NUMERAL})(?=[，、])", re.MULTILINE),
    "①": re.compile(rf"(?P<number>[{_CIRCLED}])"),
}
# The level of the block headings that each style is; a heading of a lower number begins its list anew.
_LEVELS = {"一、": 1, "（一）": 2, "1.": 3, "（1）": 4, "一是": 9, "一要": 9, "第一": 9, "①": 9}
_DEEPEST = 8
_INLINE = ("一是", "一要", "第一", "①")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in the text: what it says, and where. A doubtful one may be a decimal: 8.5G, 3.5 per cent."""

    value: int
    span: Span
    doubtful: bool = False


class NumberingRule(Rule):
    """``style`` is how the numbers are written.

    The first list of a text may begin anywhere: it may be an excerpt. Each later one begins with one, or runs on where
    the last one ended.
    """

    style: Literal["一、", "（一）", "1.", "（1）", "一是", "一要", "第一", "①"]

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield every number that breaks its list."""
        excerpt = self.style not in _INLINE
        last = 0
        for stretch in self._stretches(text):
            for members in _lists(stretch):
                runs_on = members[0].value == last + 1
                yield from self._faults(members, excerpt=excerpt or runs_on)
                excerpt = False
                last = members[-1].value

    def _stretches(self, text: Prepared) -> Iterator[list[_Number]]:
        """Yield the numbers between one heading above their level and the next."""
        numbers = [
            _Number(_value(match["number"]), match.span("number"), bool(match.groupdict().get("doubt")))
            for match in _STYLES[self.style].finditer(text.text)
        ]
        if not numbers:
            return
        bounds = self._bounds(text)
        stretch: list[_Number] = []
        index = 0
        for number in numbers:
            passed = index
            while index < len(bounds) and bounds[index] <= number.span[0]:
                index += 1
            if stretch and index > passed:
                yield stretch
                stretch = []
            if not number.doubtful or (stretch and number.value == stretch[-1].value + 1):
                stretch.append(number)
        yield stretch

    def _bounds(self, text: Prepared) -> list[int]:
        level = _LEVELS[self.style]
        found = []
        for start, end in text.lines.all:
            heading = block_heading(text.text, start, end)
            if heading and heading.level < level:
                found.append(start)
        return found

    def _faults(self, members: Sequence[_Number], *, excerpt: bool) -> Iterator[Finding]:
        expected = members[0].value if excerpt else 1
        for index, number in enumerate(members):
            after = members[index + 1].value if index + 1 < len(members) else None
            if number.value == expected:
                expected += 1
            elif after == expected + 1 or (after is None and number.value <= expected):
                yield self._misnumbered(number, expected)
                expected += 1
            else:
                yield self._broken(number, expected)
                expected = number.value + 1

    def _misnumbered(self, number: _Number, expected: int) -> Finding:
        right = self._written(expected)
        message = f"序号“{self._written(number.value)}”不接上文，应为“{right}”。"
        return self.finding(*number.span, replacement=right, message=message)

    def _broken(self, number: _Number, expected: int) -> Finding:
        message = f"序号“{self._written(number.value)}”之前缺“{self._written(expected)}”，请核对。"
        return self.finding(*number.span, message=message)

    def _written(self, number: int) -> str:
        if self.style == "①":
            return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else str(number)
        words = str(number) if "1" in self.style else numeral(number) if number < 100 else str(number)
        return {"（一）": f"（{words}）", "（1）": f"（{words}）", "第一": f"第{words}"}.get(
            self.style, words
        )


def _value(written: str) -> int:
    words = written.strip("（()）第")
    if words in _CIRCLED:
        return _CIRCLED.index(words) + 1
    return int(words) if words.isdecimal() else ordinal(words)


def _lists(stretch: Sequence[_Number]) -> Iterator[list[_Number]]:
    """Yield the lists of a stretch: a one begins a list, inside the list before it until that is taken up again."""
    done: list[list[_Number]] = []
    open_lists: list[list[_Number]] = []
    for index, number in enumerate(stretch):
        after = stretch[index + 1].value if index + 1 < len(stretch) else None
        if not open_lists or (number.value == 1 and not _is_slip(open_lists, after)):
            open_lists.append([number])
        else:
            top = len(open_lists) - 1
            depths = range(top, max(-1, top - _DEEPEST), -1)
            depth = next((depth for depth in depths if _continues(open_lists[depth], number)), -1)
            if depth >= 0:
                done += open_lists[depth + 1 :]
                del open_lists[depth + 1 :]
            open_lists[-1].append(number)
    yield from sorted([*done, *open_lists], key=lambda members: members[0].span)


def _continues(members: Sequence[_Number], number: _Number) -> bool:
    return number.value == members[-1].value + 1


def _is_slip(open_lists: Sequence[Sequence[_Number]], after: int | None) -> bool:
    """Tell whether a one is misnumbered, and begins no new list.

    So it is where the list above it has a gap of just one, or where a stretch has nothing but two ones.
    """
    members = open_lists[-1]
    return after == members[-1].value + 2 if after else len(open_lists) == len(members) == 1
