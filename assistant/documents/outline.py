"""The level-1 stretches of a report: where each begins, its role and its heading."""

import itertools
import re
from dataclasses import dataclass

from assistant.documents import cues
from assistant.documents.headings import Heading, block_heading
from assistant.text.sentences import paragraphs, sentences
from assistant.types import Role

_LONGEST_ADDRESSEE = 30
_LONGEST_TITLE = 60
_LONGEST_CLOSING = 8


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a stretch. ``title_end`` bounds the title proper where lines of origin follow it."""

    start: int
    role: Role
    heading: Heading | None = None
    title_end: int = 0


def outline(text: str) -> tuple[list[Cut], list[Heading]]:
    """Return the cuts between stretches in order, and all numbered headings below level 1."""
    lines = paragraphs(text)
    cuts, first = _front(text, lines)
    last = _closing(text, lines, first)
    body = lines[first:last]
    headings = _levels(text, body)
    cuts += _Walk(text, headings).run(body)
    if last < len(lines):
        cuts.append(Cut(lines[last][0], Role.CLOSING))
    return cuts, [heading for heading in headings.values() if heading.level > 1]


def _front(text: str, lines: list[tuple[int, int]]) -> tuple[list[Cut], int]:
    """Cut off title (with the lines of origin below it) and addressee; return how many lines they take."""
    cuts: list[Cut] = []
    index = 0
    if lines and _is_title(text, *lines[0]):
        index = 2 if len(lines) > 1 and _continues_title(text, lines[0], lines[1]) else 1
        cuts.append(Cut(lines[0][0], Role.TITLE, title_end=lines[index - 1][1]))
        while index < min(len(lines), 6) and _is_origin(text[slice(*lines[index])], text[slice(*lines[0])]):
            index += 1
    if index < len(lines) and _is_addressee(text, *lines[index]):
        cuts.append(Cut(lines[index][0], Role.ADDRESSEE))
        index += 1
    return cuts, index


def _is_title(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    closed = line[-1] in "。；：:，,！!？?" and not cues.names_document(line)
    return end - start <= _LONGEST_TITLE and not closed and block_heading(text, start, end) is None


def _continues_title(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    line = text[slice(*second)]
    return (
        "\n\n" not in text[first[1] : second[0]]
        and not cues.names_document(text[slice(*first)])
        and cues.names_document(line)
        and _is_title(text, *second)
        and not cues.is_byline(line)
    )


def _is_origin(line: str, title: str) -> bool:
    return cues.is_byline(line) or line in title


def _is_addressee(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    announces = "如下" in line or block_heading(text, start, end) is not None
    return end - start <= _LONGEST_ADDRESSEE and line[-1] in "：:" and not announces


def _closing(text: str, lines: list[tuple[int, int]], first: int) -> int:
    """Return the index of the first line of the closing; the number of lines when there is none."""
    index = len(lines)
    for candidate in range(len(lines) - 1, max(first, len(lines) - _LONGEST_CLOSING), -1):
        line = text[slice(*lines[candidate])]
        if cues.is_closing(line):
            index = candidate
        elif not cues.is_call(line) or block_heading(text, *lines[candidate]):
            break
    return index


def _levels(text: str, body: list[tuple[int, int]]) -> dict[int, Heading]:
    """Return the headings by the start of their paragraph; a list that starts again at 一、 is one level down."""
    found: dict[int, Heading] = {}
    main = inner = 0
    for start, end in body:
        heading = block_heading(text, start, end)
        if heading is None:
            continue
        if heading.level == 1:
            nested = (main > 0 and heading.number == 1) or (inner > 0 and heading.number == inner + 1)
            inner = heading.number if nested else 0
            main = main if nested else heading.number
            heading = Heading(2 if nested else 1, heading.number, heading.start, heading.end)
        found[start] = heading
    return found if main else found | _plain_headings(text, body)


def _plain_headings(text: str, body: list[tuple[int, int]]) -> dict[int, Heading]:
    """Return the unnumbered heading lines of a report that numbers none: short, unclosed, and saying a role."""
    found: dict[int, Heading] = {}
    for (start, end), (after, after_end) in itertools.pairwise(body):
        line = text[start:end]
        if (
            end - start <= 30
            and not re.search(r"[。；：:，,、！!？?]", line)
            and after_end - after > end - start
        ) and (any(cues.heading_roles(line)) or cues.looks_back(line)):
            found[start] = Heading(1, len(found) + 1, start, end)
    return found


class _Walk:
    """One pass over the body's paragraphs, keeping the role in force."""

    def __init__(self, text: str, headings: dict[int, Heading]) -> None:
        self.text = text
        self.headings = headings
        self.numbered = any(heading.level == 1 for heading in headings.values())
        self.role: Role | None = None
        self.cuts: list[Cut] = []
        self.second = 0

    def run(self, body: list[tuple[int, int]]) -> list[Cut]:
        for start, end in body:
            heading = self.headings.get(start)
            if heading and heading.level == 1:
                self._open(heading)
            elif heading:
                self._nested(heading)
            else:
                self._plain(start, end)
            if self.role is Role.PROBLEMS:
                self._find_plan(heading.end if heading else start, end)
        return self.cuts

    def _cut(self, start: int, role: Role, heading: Heading | None = None) -> None:
        self.role = role
        if self.cuts and self.cuts[-1].start == start:
            self.cuts.pop()
        self.cuts.append(Cut(start, role, heading))

    def _open(self, heading: Heading) -> None:
        words = self.text[heading.start : heading.end]
        problems, plan = cues.heading_roles(words)
        plan = plan or (self.role is Role.PLAN and not cues.looks_back(words))
        self.second = 0
        self._cut(heading.start, Role.PROBLEMS if problems else Role.PLAN if plan else Role.WORK, heading)

    def _nested(self, heading: Heading) -> None:
        """Enter a deeper heading: it opens the body where none is open, and takes up work again after a remark."""
        resumes = self.role is Role.PROBLEMS and heading.level == 2 and 1 < heading.number == self.second + 1
        unheaded = bool(self.cuts) and self.cuts[-1].heading is None
        if self.role is None or (self.role is Role.LEAD and not self.numbered) or (resumes and unheaded):
            self._cut(heading.start, Role.WORK)
        if heading.level == 2 and self.role is Role.WORK:
            self.second = heading.number

    def _plain(self, start: int, end: int) -> None:
        paragraph = self.text[start:end]
        if self.role is None:
            self._cut(start, Role.LEAD)
        elif self.role is Role.LEAD and not self.numbered:
            self._cut(start, Role.WORK)
        if self.role is Role.WORK and cues.turns_to_problems(paragraph):
            self._cut(start, Role.PROBLEMS)
        elif self.role is Role.WORK and cues.starts_plan_paragraph(paragraph):
            self._cut(start, Role.PLAN)

    def _find_plan(self, start: int, end: int) -> None:
        for first, last in sentences(self.text, start, end):
            if first > self.cuts[-1].start and cues.starts_plan(self.text[first:last]):
                self._cut(first, Role.PLAN)
                return
