"""What stands at the top and bottom of pages and is no part of the text: page numbers, running heads and feet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.documents.metadata import title_kind

# How many lines at each edge of a page may be a head, a rule and a number.
EDGE = 3
# Heads of left and right pages may differ, and a chapter's first page may have none.
PAGES = 3
SHARE = 0.4
# What is longer is a paragraph.
LONGEST = 80
_BLANK = r"[\s\u3000]*"
_DASH = r"[—–―－\-·.]"
_OF = rf"\d{{1,4}}{_BLANK}[/／]{_BLANK}\d{{1,4}}"
_PAGE = rf"第{_BLANK}\d{{1,4}}{_BLANK}页(?:[，,/／\s\u3000]*共?{_BLANK}\d{{1,4}}{_BLANK}页)?"
_NUMBER = re.compile(rf"{_BLANK}(?:{_DASH}*{_BLANK}\d{{1,4}}{_BLANK}{_DASH}*|{_OF}|{_PAGE}){_BLANK}")
# A number beside a running head stands apart from it.
_APART = rf"{_DASH}+{_BLANK}\d{{1,4}}{_BLANK}{_DASH}+|{_OF}|{_PAGE}"
_BESIDE = re.compile(
    rf"^{_BLANK}(?:{_APART}|\d{{1,4}}[\s\u3000]){_BLANK}|{_BLANK}(?:{_APART}|[\s\u3000]\d{{1,4}}){_BLANK}$"
)


def without_edges(pages: Sequence[str]) -> list[list[str]]:
    """Return the lines of each page that say something, without page numbers and what runs over most pages."""
    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    heads = _running(lines)
    feet = _running([page[::-1] for page in lines])
    return [_without(page, heads, feet, first=number == 0) for number, page in enumerate(lines)]


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return what stands among the first lines of most pages."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edge(page)} - {""})
    least = max(PAGES, SHARE * len(pages))
    return {key for key, count in counts.items() if count >= least}


def _edge(page: Sequence[str]) -> Iterator[str]:
    """Yield the lines that may be an edge; at most half of a page is."""
    yield from page[: min(EDGE, (len(page) + 1) // 2)]


def _without(page: list[str], heads: set[str], feet: set[str], *, first: bool) -> list[str]:
    rest = _cut(page, heads, keep_title=first)
    return _cut(rest[::-1], feet, keep_title=False)[::-1]


def _cut(page: list[str], running: set[str], *, keep_title: bool) -> list[str]:
    """Return a page without the edge at its beginning: one number at most, and what runs."""
    numbers = 0
    for place, line in enumerate(page):
        is_number = not numbers and _is_number(line)
        if place >= EDGE or not (is_number or _key(line) in running):
            return page[place:]
        if keep_title and not is_number and _is_title(line, page[place + 1 :]):
            return page[place:]
        numbers += is_number
    return []


def _is_title(line: str, rest: Sequence[str]) -> bool:
    """Tell whether a line on the first page, which runs over the others, is the title itself and no head above it."""
    below = "".join("".join(rest[: 2 * EDGE]).split())
    return title_kind(line.strip()) is not None and _key(line) not in below


def _is_number(line: str) -> bool:
    return len(line) <= LONGEST and bool(_NUMBER.fullmatch(line))


def _key(line: str) -> str:
    """Return a line without blanks and without a page number at its ends, or nothing for what cannot be an edge."""
    if len(line) > LONGEST or _is_number(line):
        return ""
    return "".join(_BESIDE.sub("", line).split())
