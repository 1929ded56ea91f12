"""Text to report: title, addressee and every section with its role, level, heading and span."""

import hashlib
from itertools import pairwise

from assistant.documents.headings import ITEM_LEVEL, Heading, items
from assistant.documents.outline import Cut, outline
from assistant.text.sentences import trim
from assistant.types import Report, Role, Section


def parse(text: str, *, name: str) -> Report:
    """Parse a report's anatomy. ``name`` is how users know it (its file name). Never fails: any text has one."""
    cuts, headings = outline(text)
    sections: list[Section] = []
    for index, cut in enumerate(cuts):
        end = cuts[index + 1].start if index + 1 < len(cuts) else len(text)
        sections += _stretch(text, cut, end, headings)
    return Report(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        name=name,
        text=text,
        title=_title(text, cuts),
        addressee=_addressee(text, sections),
        sections=tuple(sections),
    )


def _title(text: str, cuts: list[Cut]) -> str | None:
    title = next((cut for cut in cuts if cut.role is Role.TITLE), None)
    return text[title.start : title.title_end].lstrip("# ").replace("\n", "") if title else None


def _addressee(text: str, sections: list[Section]) -> str | None:
    found = next((section for section in sections if section.role is Role.ADDRESSEE), None)
    return text[found.start : found.end] if found else None


def _stretch(text: str, cut: Cut, end: int, headings: list[Heading]) -> list[Section]:
    start, end = trim(text, cut.start, end)
    own = text[cut.heading.start : cut.heading.end] if cut.heading else None
    inside = [heading for heading in headings if start <= heading.start < end]
    inside += _items(text, cut, end, inside)
    inside.sort(key=lambda heading: (heading.start, heading.level))
    deeper = [_section(text, cut.role, inside, index, end) for index in range(len(inside))]
    return [Section(cut.role, 1, own, start, end), *deeper]


def _items(text: str, cut: Cut, end: int, inside: list[Heading]) -> list[Heading]:
    """Return the 一是…二是… items; they number anew between one block heading and the next, and lie below it."""
    bounds = [cut.start, *(heading.start for heading in inside), end]
    levels = [1, *(heading.level for heading in inside)]
    return [
        item
        for (first, last), above in zip(pairwise(bounds), levels, strict=True)
        for item in items(text, first, last, level=max(ITEM_LEVEL, above + 1))
    ]


def _section(text: str, role: Role, inside: list[Heading], index: int, end: int) -> Section:
    heading = inside[index]
    following = next((other.start for other in inside[index + 1 :] if other.level <= heading.level), end)
    start, stop = trim(text, heading.start, following)
    return Section(role, heading.level, text[heading.start : heading.end].strip(), start, stop)
