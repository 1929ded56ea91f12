"""Headings and parts of a document: punctuation that differs, headings without text, parts that one looks for."""

import re
from collections.abc import Iterator
from typing import Literal

from assistant.checks.prepared import Prepared, Span
from assistant.checks.rule import Rule
from assistant.documents.headings import Heading, block_heading
from assistant.types import Finding, Role

_FIRST_LEVELS = 2
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_LONG = 60


class StructureRule(Rule):
    """``fault`` names what to look for; each has a method of its own."""

    fault: Literal["mixed_ends", "closed_heading", "no_text", "no_plan", "no_problems", "year", "open_end"]

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield what is at fault."""
        searches = {
            "mixed_ends": self._mixed_ends,
            "closed_heading": self._closed_heading,
            "no_text": self._no_text,
            "no_plan": self._missing,
            "no_problems": self._missing,
            "year": self._year,
            "open_end": self._open_end,
        }
        yield from searches[self.fault](text)

    def _mixed_ends(self, text: Prepared) -> Iterator[Finding]:
        """Yield the headings on a line of their own that close with a mark where more of the same level do not."""
        for siblings in _siblings(text):
            own = [line for line in siblings if _alone(text, line)]
            closed = [line for line in own if text.text[line[1] - 1] in "。，；："]
            plain = [line for line in own if line not in closed]
            if 0 < len(closed) <= len(plain):
                for start, end in closed:
                    yield self.finding(start, end, replacement=text.text[start : end - 1])

    def _closed_heading(self, text: Prepared) -> Iterator[Finding]:
        """Yield each first-level heading on a line of its own that closes with 。 where all do."""
        own = [line for heading, line in _headings(text) if heading.level == 1 and _alone(text, line)]
        if own and all(text.text[end - 1] == "。" for _, end in own):
            for start, end in own:
                yield self.finding(start, end, replacement=text.text[start : end - 1])

    def _no_text(self, text: Prepared) -> Iterator[Finding]:
        """Yield a bare heading that the text's end or a heading not below it follows, lists of such excepted."""
        lines = [text.trimmed(line) for line in text.lines.all if text.text[slice(*line)].strip()]
        levels = [_bare_level(text.text, line) for line in lines]
        for index, (line, level) in enumerate(zip(lines, levels, strict=True)):
            after = levels[index + 1] if index + 1 < len(levels) else 1
            listed = levels[max(0, index - 1) : index + 3].count(level) > 2
            if level and after and after <= level and not listed:
                yield self.finding(*line)

    def _missing(self, text: Prepared) -> Iterator[Finding]:
        """Point at the problems without a plan, or the plan without problems."""
        have, lack = (Role.PROBLEMS, Role.PLAN) if self.fault == "no_plan" else (Role.PLAN, Role.PROBLEMS)
        parts = [part for part in text.report.sections if part.level == 1]
        roles = {part.role for part in parts}
        if Role.WORK in roles and have in roles and lack not in roles:
            part = next(part for part in parts if part.role is have)
            end = text.text.find("\n", part.start, part.end)
            stop = end if end > 0 else part.end
            yield self.finding(part.start, min(stop, part.start + _LONG))

    def _year(self, text: Prepared) -> Iterator[Finding]:
        """Point at the year that a lead opens with where it is not the title's, nor the year after."""
        title = _YEAR.search(text.report.title or "")
        lead = next((part for part in text.report.sections if part.role is Role.LEAD), None)
        if title is None or lead is None:
            return
        found = re.compile(r"[\s\u3000]*(20\d\d)年(?:度|以来)?[，,]").match(text.text, lead.start, lead.end)
        if found and found[1] != title[1]:
            yield self.finding(*found.span(1))

    def _open_end(self, text: Prepared) -> Iterator[Finding]:
        """Yield the end of each long paragraph that no mark closes."""
        for start, end in map(text.trimmed, text.lines.all):
            if (
                end - start > _LONG
                and "。" in text.text[start:end]
                and "\u4e00" <= text.text[end - 1] <= "\u9fff"
            ):
                yield self.finding(end - 1, end, replacement=text.text[end - 1] + "。")


def _headings(text: Prepared) -> Iterator[tuple[Heading, Span]]:
    for line in map(text.trimmed, text.lines.all):
        heading = block_heading(text.text, *line)
        if heading:
            yield heading, line


def _siblings(text: Prepared) -> Iterator[list[Span]]:
    """Yield the lines of the headings of the first level, and those of the second under each of the first."""
    first: list[Span] = []
    second: list[list[Span]] = [[]]
    for heading, line in _headings(text):
        if heading.level == 1:
            first.append(line)
            second.append([])
        elif heading.level == 2:
            second[-1].append(line)
    yield from (first, *second)


def _alone(text: Prepared, line: Span) -> bool:
    """Tell whether a heading has its line for itself."""
    words = text.text[line[0] : line[1]]
    return len(words) <= _LONG // 2 and not re.search(r"[。！？；].", words)


def _bare_level(text: str, line: Span) -> int:
    """Return the level of a heading of the first two that is all its line says; 0 for any other line."""
    heading = block_heading(text, *line)
    bare = heading and heading.level <= _FIRST_LEVELS and line[1] - line[0] <= _LONG // 2
    return heading.level if heading and bare and not re.search(r"[。！？；：，,:]", text[slice(*line)]) else 0
