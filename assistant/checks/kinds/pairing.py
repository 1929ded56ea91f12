"""Brackets and quotation marks that have no partner, or stand inside their own kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from assistant.checks.prepared import Prepared, Span
from assistant.checks.rule import Rule
from assistant.types import Finding

_SENTENCE_END = re.compile(r"[。！？；\n]")
# 1） and 一） number an item: no partner is missing.
_ITEM_MARK = re.compile(r"(?:^|[\s，。；：])(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$")
_ITEM_OPENING = re.compile(r"（(?:[一二三四五六七八九十]{1,3}|\d{1,2})")
_NEAR = 40


@dataclass(frozen=True, slots=True)
class _Lone:
    """A mark without a partner on its line; ``opens`` tells which half it is."""

    start: int
    line: Span
    opens: bool


class PairingRule(Rule):
    """``marks`` are an opening and a closing mark. What is a finding: ``lone`` ones, or a pair ``nested`` in its kind.

    ``inner`` are the marks a nested pair should have.
    """

    marks: Annotated[str, Field(min_length=2, max_length=2)]
    fault: Literal["lone", "nested"]
    inner: Annotated[str, Field(max_length=2)] = ""

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield every mark or pair at fault."""
        if self.marks[0] not in text.text and self.marks[1] not in text.text:
            return
        lone: list[_Lone] = []
        for line in text.lines.all:
            single, nested = self._match(text.text, line)
            lone += single
            if self.fault == "nested":
                yield from self._nested(text.text, nested)
        if self.fault == "lone":
            kept = [mark for mark in _across_lines(text.text, lone) if not self._goes_on(text.text, mark)]
            yield from self._lone(text.text, kept)

    def _match(self, text: str, line: Span) -> tuple[list[_Lone], list[Span]]:
        """Return the lone marks of a line, and the spans of the pairs that stand inside another."""
        opening, closing = self.marks[0], self.marks[1]
        stack: list[int] = []
        lone: list[_Lone] = []
        nested: list[Span] = []
        for match in re.finditer(f"[{re.escape(self.marks)}]", text[line[0] : line[1]]):
            place = line[0] + match.start()
            if match.group() == opening:
                stack.append(place)
            elif stack:
                begin = stack.pop()
                if stack:
                    nested.append((begin, place + 1))
            elif not (closing in "）)" and _ITEM_MARK.search(text[max(line[0], place - 5) : place])):
                lone.append(_Lone(place, line, opens=False))
        lone += [_Lone(place, line, opens=True) for place in stack]
        unclosed = {mark.start for mark in lone if mark.opens}
        return sorted(lone, key=lambda mark: mark.start), [] if unclosed else nested

    def _goes_on(self, text: str, mark: _Lone) -> bool:
        """Tell whether the next paragraph opens as well: each of a long quotation does, and the last one closes."""
        return (
            self.marks[0] in "“‘"
            and mark.opens
            and text[mark.line[1] : mark.line[1] + 9].lstrip().startswith(self.marks[0])
        )

    def _nested(self, text: str, spans: list[Span]) -> Iterator[Finding]:
        for start, end in spans:
            if text[start - 1] == self.marks[0] and text[end : end + 1] == self.marks[1]:
                yield self.finding(start - 1, end + 1, replacement=text[start:end])
                continue
            better = f"{self.inner[0]}{text[start + 1 : end - 1]}{self.inner[1]}" if self.inner else None
            yield self.finding(start, end, replacement=better)

    def _lone(self, text: str, lone: list[_Lone]) -> Iterator[Finding]:
        index = 0
        while index < len(lone):
            mark = lone[index]
            after = lone[index + 1] if index + 1 < len(lone) else None
            if after and self._back_to_front(text, mark, after):
                said = text[mark.start + 1 : after.start]
                right = self.marks[0] + said + self.marks[1]
                message = f"“{said}”两边的“{self.marks[1]}”“{self.marks[0]}”用反了。"
                yield self.finding(mark.start, after.start + 1, replacement=right, message=message)
                index += 2
                continue
            if after and self._same_way(text, mark, after):
                wrong = after if mark.opens else mark
                right = self.marks[1 if mark.opens else 0]
                message = f"“{text[wrong.start]}”用反了，应为“{right}”。"
                yield self.finding(wrong.start, wrong.start + 1, replacement=right, message=message)
                index += 2
                continue
            yield self._unclosed(text, mark) if mark.opens else self._unopened(text, mark)
            index += 1

    def _back_to_front(self, text: str, mark: _Lone, after: _Lone) -> bool:
        """Tell whether two lone marks are one pair, both turned the wrong way round a few words."""
        words = text[mark.start + 1 : after.start]
        return (
            mark.line == after.line
            and after.opens
            and not mark.opens
            and re.fullmatch(r"[\w·—-]{2,12}", words) is not None
        )

    def _same_way(self, text: str, mark: _Lone, after: _Lone) -> bool:
        """Tell whether two lone marks are the two ends of one pair, one of them turned the wrong way."""
        return (
            mark.line == after.line
            and mark.opens == after.opens
            and 1 < after.start - mark.start <= _NEAR
            and not _SENTENCE_END.search(text, mark.start, after.start)
        )

    def _unclosed(self, text: str, mark: _Lone) -> Finding:
        """Point at the end of the sentence where the closing mark surely stands there, or else at the mark."""
        limit = min(mark.line[1], mark.start + 3 * _NEAR)
        item = _ITEM_OPENING.match(text, mark.start, limit)
        if item and self.marks == "（）":
            return self.finding(*item.span(), replacement=item[0] + "）", message=self.message)
        found = _SENTENCE_END.search(text, mark.start, limit)
        stop = found.start() if found else limit
        said = text[mark.start + 1 : stop]
        message = f"“{text[mark.start]}{said[:8]}”处的“{text[mark.start]}”没有配对的“{self.marks[1]}”。"
        if self.marks[0] not in "“‘" or not _is_couplet(said):
            return self.finding(mark.start, mark.start + 1, message=message)
        start, end = max(mark.start, stop - 3), min(stop + 1, mark.line[1])
        closed = text[start:stop] + self.marks[1] + text[stop:end]
        return self.finding(start, end, replacement=closed, message=message)

    def _unopened(self, text: str, mark: _Lone) -> Finding:
        message = f"“{text[mark.start]}”没有配对的“{self.marks[0]}”。"
        return self.finding(mark.start, mark.start + 1, message=message)


def _is_couplet(said: str) -> bool:
    """Tell whether words are two clauses of one length: a saying, quoted as a whole."""
    first, comma, second = said.partition("，")
    return bool(comma) and 5 <= len(first) == len(second) <= 12 and not re.search(r"[\d，]", first + second)


def _across_lines(text: str, lone: list[_Lone]) -> list[_Lone]:
    """Leave out marks that pair up over lines with no other of their kind between."""
    kept: list[_Lone] = []
    for mark in lone:
        if not mark.opens and kept and kept[-1].opens and kept[-1].line != mark.line:
            if text[kept[-1].start] in text[kept[-1].start + 1 : mark.start]:
                kept.append(mark)
                continue
            kept.pop()
        else:
            kept.append(mark)
    return kept
