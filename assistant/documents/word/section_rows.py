"""The row of the table that is about sections: all pages alike, and no columns."""

from typing import TYPE_CHECKING

from assistant.documents.word.conformance import Conformance
from assistant.documents.word.layout import TWIPS_PER_MM
from assistant.documents.word.looks import section_measure
from assistant.documents.word.opened import Opened
from assistant.documents.word.opening import w

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIDES = ("top", "bottom", "left", "right", "gutter")
# Twips: as much as rounding to tenths of a millimetre moves.
_NEAR = 12


def section_row(opened: Opened) -> Conformance:
    """Return the row: the last section is measured elsewhere, the others are to be like it; pages lying on a side may differ."""
    sections = list(opened.file.body.iter(w("sectPr")))
    faults = []
    columns = max((_columns(each) for each in sections), default=1)
    if columns > 1:
        faults.append(f"分{columns}栏")
    other = sum(not _alike(each, sections[-1]) for each in sections if not _lies(each))
    if other:
        faults.append(f"有{other}节的纸张或页边距与末节不同")
    found = "；".join(faults) or (f"共{len(sections)}节，均符合" if sections else "没有分节")
    return Conformance("分节和分栏", "各节页面相同，不分栏", found, not faults)


def margin_with_gutter(section: "_Element | None", side: str) -> float:
    """Return a margin in millimetres; a gutter is on the left."""
    gutter = section_measure(section, "pgMar", "gutter") if side == "left" else 0
    return (section_measure(section, "pgMar", side) + gutter) / TWIPS_PER_MM


def _columns(section: "_Element") -> int:
    return max(int(section_measure(section, "cols", "num")), 1)


def _lies(section: "_Element") -> bool:
    return section_measure(section, "pgSz", "w") > section_measure(section, "pgSz", "h")


def _alike(section: "_Element", last: "_Element") -> bool:
    if _lies(last):
        return True
    measures = [("pgSz", "w"), ("pgSz", "h"), *(("pgMar", side) for side in _SIDES)]
    # A section without measures of its own breaks columns or lines only.
    return section.find(w("pgSz")) is None or all(
        abs(section_measure(section, *each) - section_measure(last, *each)) <= _NEAR for each in measures
    )
