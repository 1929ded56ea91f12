"""A report's text line by line, each line with what it is on the page."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.headings import Heading, block_heading, is_item
from assistant.documents.outline import Cut, outline
from assistant.documents.parsing import parse
from assistant.documents.word.endings import ending_parts
from assistant.documents.word.front import front_parts, short_title
from assistant.documents.word.layout import Part
from assistant.documents.word.tables import row_cells, table_rows
from assistant.text.sentences import paragraphs
from assistant.types import Role

_HEADINGS = (Part.HEADING1, Part.HEADING2, Part.HEADING3, Part.HEADING4)
_MARKDOWN = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_MARK = re.compile(r"附件[ \u3000]?[\d一二三四五六七八九十]*[：:]?")
_LONGEST_LEAD = 30
# How far above a line a blank one is looked for.
_NEAR = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line that looks different from the rest of it."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document: ``start`` is where its text stands in the source, stretches count from the line's own start.

    ``level`` is its place in the outline of headings, 0 for none; ``new_page`` tells that it opens a page. Of a row of a
    table ``table`` counts the table, from 1, and tabs part the cells.
    """

    part: Part
    text: str
    start: int = -1
    stretches: tuple[Stretch, ...] = ()
    level: int = 0
    new_page: bool = False
    table: int = 0


def read_lines_of(text: str) -> list[Line]:
    """Return the lines of a report or of a single section, blank ones and heading marks of Markdown left out."""
    spans = [_Span(text, start, end) for start, end in paragraphs(text)]
    rows = dict(_tables(spans))
    plain = [span for span in spans if id(span) not in rows]
    last = _attachments(plain)
    front = front_parts([span.words for span in plain[:last]])
    main = [span for index, span in enumerate(plain[:last]) if index not in front]
    found = [Line(part, plain[index].words, plain[index].start) for index, part in front.items()]
    found += [*_main(main), *_attached(plain[last:]), *filter(None, rows.values())]
    return sorted(found, key=lambda line: line.start)


def _tables(spans: "Sequence[_Span]") -> "Iterator[tuple[int, Line | None]]":
    """Yield the rows of tables by their spans, none for the rule below the first."""
    for number, (start, end) in enumerate(table_rows([span.words for span in spans]), 1):
        for index in range(start, end):
            words = "\t".join(row_cells(spans[index].words))
            row = Line(Part.TABLE, words, spans[index].start, table=number)
            yield id(spans[index]), None if index == start + 1 else row


class _Span:
    """A line as it stands in the source, and what is left of it without a mark of Markdown."""

    def __init__(self, text: str, start: int, end: int) -> None:
        mark = _MARKDOWN.match(text, start, end)
        self.depth = len(mark.group(1)) if mark else 0
        self.start = mark.end() if mark else start
        self.words = text[self.start : end]
        # Blank lines around a line tell where a title ends.
        above = text[max(0, start - _NEAR) : start].rpartition("\n")[0]
        self.parted = above.rstrip(" \t\u3000").endswith("\n")


def _attachments(spans: Sequence[_Span]) -> int:
    """Return the index of the line that opens the first attachment; the number of lines when there is none."""
    found = (index for index, span in enumerate(spans) if index and _MARK.fullmatch(span.words))
    return next(found, len(spans))


def _main(spans: Sequence[_Span]) -> Iterator[Line]:
    told = [span.words if index else short_title(span.words) for index, span in enumerate(spans)]
    starts = list(itertools.accumulate((len(words) + 1 for words in told), initial=0))
    parts = _Parts("\n".join(told), spans, starts)
    for index, span in enumerate(spans):
        part, level = parts.of(index)
        yield Line(part, span.words, span.start, parts.stretches(index, part), level)


class _Parts:
    """What each line of a text is: by the anatomy of the report, then by how its end is signed."""

    def __init__(self, text: str, spans: Sequence[_Span], starts: Sequence[int]) -> None:
        cuts, headings = outline(text)
        self.spans, self.starts = spans, starts
        self.front = _front_parts(cuts, spans, starts)
        self.levels = _levels(cuts, headings)
        self.tail = ending_parts([span.words for span in spans])
        found = parse(text, name="").sections
        items = [
            (each.start, each.start + len(each.heading))
            for each in found
            if each.heading and is_item(each.heading)
        ]
        self.items = _evenly(text, items)

    def of(self, index: int) -> tuple[Part, int]:
        start, span = self.starts[index], self.spans[index]
        if index in self.tail:
            return self.tail[index], 0
        if index in self.front:
            return self.front[index], 0
        level, end = self.levels.get(start, (0, 0))
        if level == 0 and span.depth > 1:
            return _HEADINGS[min(span.depth - 2, 3)], min(span.depth - 1, 4)
        if level and end - start >= len(span.words):
            return _HEADINGS[min(level, 4) - 1], min(level, 4)
        return Part.BODY, 0

    def stretches(self, index: int, part: Part) -> tuple[Stretch, ...]:
        if part is not Part.BODY:
            return ()
        start, stop = self.starts[index], self.starts[index] + len(self.spans[index].words)
        level, end = self.levels.get(start, (0, 0))
        run_in = [Stretch(_HEADINGS[min(level, 4) - 1], 0, end - start)] if level else []
        least = end - start if level else 0
        items = [
            Stretch(Part.ITEM, first - start, min(last, stop) - start)
            for first, last in self.items
            if start + least <= first < stop
        ]
        return (*run_in, *items)


def _front_parts(cuts: Sequence[Cut], spans: Sequence[_Span], starts: Sequence[int]) -> dict[int, Part]:
    found: dict[int, Part] = {}
    index_of = {start: index for index, start in enumerate(starts)}
    for cut, following in itertools.zip_longest(cuts, cuts[1:]):
        if cut.role is Role.ADDRESSEE:
            found[index_of[cut.start]] = Part.ADDRESSEE
        elif cut.role is Role.TITLE and spans[0].depth < 2:
            until = following.start if following else starts[-1]
            for index in range(len(spans)):
                if starts[index] < until:
                    found[index] = Part.TITLE if starts[index] < cut.title_end else Part.BYLINE
    return found


def _levels(cuts: Sequence[Cut], headings: Sequence[Heading]) -> dict[int, tuple[int, int]]:
    """Return level and end of each heading by its start."""
    first = [cut.heading for cut in cuts if cut.heading]
    return {heading.start: (heading.level, heading.end) for heading in [*first, *headings]}


def _evenly(text: str, items: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what stands out of each item: its leading words where those of all are short, else only 一是."""
    if all(end - start <= _LONGEST_LEAD for start, end in items):
        return list(items)
    return [(start, text.index("是", start) + 1) for start, _ in items]


def _attached(spans: Sequence[_Span]) -> Iterator[Line]:
    before: Part | None = None
    for span, after in itertools.zip_longest(spans, spans[1:]):
        if _MARK.fullmatch(span.words):
            before = Part.MARK
        elif _is_heading(span) and (before is Part.MARK or (before is Part.TITLE and _goes_on(span, after))):
            before = Part.TITLE
        else:
            before = _plain(span)
        yield Line(before, span.words, span.start, new_page=before is Part.MARK)


def _goes_on(span: _Span, after: _Span | None) -> bool:
    """Tell whether a line is the rest of the title above it: right below it, and with a blank line behind it."""
    return not span.parted and after is not None and after.parted and _plain(span) is Part.BODY


def _is_heading(span: _Span) -> bool:
    return len(span.words) <= 60 and span.words[-1] not in "。；：，,;:"


def _plain(span: _Span) -> Part:
    heading = block_heading(span.words, 0, len(span.words))
    whole = heading is not None and heading.end >= len(span.words)
    return _HEADINGS[heading.level - 1] if heading and whole else Part.BODY
