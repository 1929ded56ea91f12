"""A text made ready for checking once, so that every rule may ask of it what it needs at no further cost."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.documents.parsing import parse
from assistant.text.sentences import sentences, trim
from assistant.types import Report

Span = tuple[int, int]

# Redactions: asterisks and crosses of unknown length, and placeholders with what they say.
_MASK = re.compile(r"\*+|[×✕╳]+|〖[^〖〗\n]{0,80}〗|[〖〗]")
_QUOTED = re.compile(r"“[^“”\n]*”")
_TITLE = re.compile(r"《[^《》\n]*+(?:《[^《》\n]*+》[^《》\n]*+)*+》")
# What is no prose: code in Markdown, addresses, names of files.
_CODE = re.compile(
    r"^```[^\n]*\n(?:(?!```)[^\n]*\n)*+```|`[^`\n]{1,200}`|(?:https?://|www\.)[!-~]+|(?<=[A-Za-z0-9])@[A-Za-z0-9.-]+",
    re.MULTILINE,
)
_SUFFIX = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|txt|md|csv|json|toml|py|zip|rar|jpe?g|png|wps|html?)(?![A-Za-z])"
)
_FILE_NAME = re.compile(r"[^\s，。；：、？！“”《》]{1,40}$")
_LINE = re.compile(r"[^\n]+")


class Spans:
    """Spans in order that do not overlap, with quick look-up."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.all: tuple[Span, ...] = tuple(spans)
        self._starts = [start for start, _ in self.all]
        self._ends = [end for _, end in self.all]

    def covering(self, start: int, end: int) -> Span | None:
        """Return the span that holds ``start``–``end`` within its own marks or equals it, if any."""
        index = bisect_right(self._starts, start) - 1
        return self.all[index] if index >= 0 and self._ends[index] >= end else None

    def touches(self, start: int, end: int) -> bool:
        """Tell whether any span shares a character with ``start``–``end``."""
        index = bisect_right(self._ends, start)
        return index < len(self.all) and self._starts[index] < end

    def within(self, start: int, end: int) -> Sequence[Span]:
        """Return the spans that begin in ``start``–``end``."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


@dataclass(frozen=True)
class Prepared:
    """A text and where its lines, sentences, quotations, titles and masks are, each worked out when first asked for."""

    text: str

    @cached_property
    def report(self) -> Report:
        """The anatomy of the text."""
        return parse(self.text, name="")

    @cached_property
    def lines(self) -> Spans:
        """The spans of the lines that are not empty, as they stand, white space included."""
        return Spans(match.span() for match in _LINE.finditer(self.text))

    @cached_property
    def sentences(self) -> Spans:
        """The spans of the sentences."""
        return Spans(sentences(self.text))

    @cached_property
    def quoted(self) -> Spans:
        """The spans of the innermost “quotations” that close on their line, with their marks."""
        return Spans(match.span() for match in _QUOTED.finditer(self.text))

    @cached_property
    def titles(self) -> Spans:
        """The spans of the outermost 《titles》 that close on their line, with their marks."""
        return Spans(match.span() for match in _TITLE.finditer(self.text))

    @cached_property
    def masks(self) -> Spans:
        """The spans of the redactions."""
        return Spans(match.span() for match in _MASK.finditer(self.text))

    @cached_property
    def code(self) -> Spans:
        """The spans of code, addresses and names of files."""
        found = [match.span() for match in _CODE.finditer(self.text)]
        for match in _SUFFIX.finditer(self.text):
            name = _FILE_NAME.search(self.text[max(0, match.start() - 40) : match.start()])
            found.append((match.start() - len(name[0]) if name else match.start(), match.end()))
        return Spans(_apart(sorted(found)))

    def trimmed(self, span: Span) -> Span:
        """Return the span without the white space at its ends."""
        return trim(self.text, *span)

    def lines_with(self, literals: Iterable[str]) -> Iterator[Span]:
        """Yield the spans of the lines that hold any of these literals."""
        found: set[Span] = set()
        for literal in literals:
            place = self.text.find(literal)
            while place >= 0:
                line = self.lines.covering(place, place + 1)
                stop = line[1] if line else place + 1
                if line:
                    found.add(line)
                place = self.text.find(literal, stop)
        yield from sorted(found)

    def near_mask(self, start: int, end: int, *, gap: int = 2) -> bool:
        """Tell whether a redaction touches the span or stands within ``gap`` characters of it."""
        return self.masks.touches(start - gap, end + gap)

    def in_quotes(self, start: int, end: int) -> bool:
        """Tell whether the span lies inside “…”, its marks excluded."""
        found = self.quoted.covering(start, end)
        return found is not None and found[0] < start and end < found[1]

    def in_title(self, start: int, end: int) -> bool:
        """Tell whether the span lies inside 《…》, its marks excluded."""
        found = self.titles.covering(start, end)
        return found is not None and found[0] < start and end < found[1]


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans that come in order, those left out that begin in one before them."""
    last = 0
    for start, end in spans:
        if start >= last:
            yield start, end
            last = end
