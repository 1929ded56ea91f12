"""A report's anatomy as markup: a band for each part, in the colour of its role, with its text folded inside."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.text.masks import show_masks
from assistant.types import Report, Section
from assistant.ui.corpus_view import framed
from assistant.ui.markup import element, escaped
from assistant.ui.panels import ROLES
from assistant.ui.parts import button, length

Span = tuple[int, int]
BEGINS = 34


def report_view(report: Report, *, sought: Span | None = None) -> str:
    """Return a report, part by part; the part with what is sought is open."""
    parts = [section for section in report.sections if section.level == 1]
    back = button("‹ 返回", "back", kind="plain")
    count = element("span", text=f"{len(parts)}个部分，{length(report.text)}字", kind="count")
    head = element("div", back, element("h3", text=report.name), count, kind="head")
    bands = (_band(at, part, report, sought) for at, part in enumerate(parts))
    body = (_overview(parts, report), element("div", *bands, kind="bands"))
    return framed(element("section", head, *body, kind="sheet", attributes={"aria-label": report.name}))


def _overview(parts: Sequence[Section], report: Report) -> str:
    """Return the whole report as one bar, each part as wide as it is long."""
    pieces = (
        element(
            "button",
            element("span", text=ROLES[part.role]),
            kind=f"piece r-{part.role.value}",
            attributes={
                "type": "button",
                "data-act": "place",
                "data-place": at,
                "style": f"flex-grow:{max(1, part.end - part.start)}",
                "title": f"{ROLES[part.role]}，{length(report.text[part.start : part.end])}字",
                "aria-label": ROLES[part.role],
            },
        )
        for at, part in enumerate(parts)
    )
    return element("div", *pieces, kind="overview")


def _band(at: int, part: Section, report: Report, sought: Span | None) -> str:
    text = report.text[part.start : part.end]
    begins = (part.heading or text[:BEGINS]).replace("\n", " ")
    head = element(
        "summary",
        element("span", text=ROLES[part.role], kind=f"role r-{part.role.value}"),
        element("span", text=show_masks(begins), kind="begins" if part.heading else "begins plain-text"),
        element("span", text=f"{length(text)}字", kind="count"),
    )
    is_open = sought is not None and part.start < sought[1] and sought[0] < part.end
    inside = element("div", *_text(part, report, sought if is_open else None), kind="text")
    attributes = {"data-at": at, "open": is_open}
    return element("details", head, inside, kind=f"band r-{part.role.value}", attributes=attributes)


def _text(part: Section, report: Report, sought: Span | None) -> Iterator[str]:
    """Yield the text of a part, its headings in bold and what is sought marked."""
    bold = [
        (section.start, section.start + len(section.heading))
        for section in report.sections
        if section.heading and part.start <= section.start < part.end
    ]
    spans = [*bold, *([sought] if sought else [])]
    inner = {edge for span in spans for edge in span if part.start < edge < part.end}
    edges = sorted({part.start, part.end, *inner})
    first = True
    for start, end in pairwise(edges):
        text = escaped(show_masks(report.text[start:end]))
        if any(low <= start < high for low, high in bold):
            text = element("b", text)
        if sought and sought[0] <= start < sought[1]:
            text = element("mark", text, kind="sought", attributes={"data-sought": first})
            first = False
        yield text
