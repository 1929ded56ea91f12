"""The rows of the table that are about the page number."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.word.conformance import ABSENT, Conformance, points
from assistant.documents.word.layout import TWIPS_PER_MM, TWIPS_PER_POINT, Part
from assistant.documents.word.looks import number, section_measure, size_of
from assistant.documents.word.opened import Opened
from assistant.documents.word.opening import OFF, w
from assistant.documents.word.package import NUMBER_BELOW

if TYPE_CHECKING:
    from lxml.etree import _Element

_DASHES = ("— ", " —")
# Millimetres: as much as the standard allows at the margins.
_NEAR = 1.05


def number_rows(opened: Opened, section: "_Element | None") -> Iterator[Conformance]:
    """Yield the rows: how the number is written, where it stands across the page, and how far below the text."""
    layout = opened.layout
    footers = _footers(opened, section)
    wanted = f"— 1 —，{points(layout.size(Part.PAGE_NUMBER))}{layout.font(Part.PAGE_NUMBER)}"
    faults = list(dict.fromkeys(fault for each in footers.values() for fault in _number_faults(opened, each)))
    faults += _count_faults(opened, footers)
    yield Conformance(
        "页码", wanted, "；".join(faults) or ("符合" if footers else ABSENT), bool(footers) and not faults
    )
    if layout.page_number == "outside":
        yield _parity(opened, footers)
    else:
        middle = all(_place(opened, each)[0] == "center" for each in footers.values())
        yield Conformance(
            "页码位置", "居中", "居中" if middle and footers else "没有居中", middle and bool(footers)
        )
    if footers:
        yield _below(opened, section)


def _footers(opened: Opened, section: "_Element | None") -> "dict[str, _Element]":
    """Return the footers with a page number, by the pages they stand on."""
    found = {}
    for reference in () if section is None else section.findall(w("footerReference")):
        tree = opened.file.referred(reference)
        if tree is not None and any("PAGE" in text for text in _fields(tree)):
            found[reference.get(w("type"), "default")] = tree
    return found


def _fields(tree: "_Element") -> list[str]:
    texts = [each.text or "" for each in tree.iter(w("instrText"))]
    return texts + [each.get(w("instr"), "") for each in tree.iter(w("fldSimple"))]


def _paragraph(tree: "_Element") -> "_Element":
    return next(each for each in tree.iter(w("p")) if _fields(each))


def _number_faults(opened: Opened, tree: "_Element") -> Iterator[str]:
    layout, paragraph = opened.layout, _paragraph(tree)
    text = "".join(each.text or "" for each in paragraph.iter(w("t"))).strip()
    if not (text.startswith(_DASHES[0]) and text.endswith(_DASHES[1])):
        yield f"写作“{text}”"
    style, _ = opened.styles.paragraph(paragraph.find(w("pPr")))
    for run in paragraph.iter(w("r")):
        look = opened.styles.run(style, run.find(w("rPr")))
        font, size = look.get("ascii", "未指定字体"), size_of(look)
        if (font, size) != (layout.font(Part.PAGE_NUMBER), layout.size(Part.PAGE_NUMBER)):
            yield f"{points(size)}{font}"


def _count_faults(opened: Opened, footers: "dict[str, _Element]") -> Iterator[str]:
    """Yield what is wrong with the pages that are counted: the first is 1, and bears its number."""
    sections = list(opened.file.body.iter(w("sectPr")))[:1]
    for first in sections:
        title, count = first.find(w("titlePg")), first.find(w("pgNumType"))
        if title is not None and title.get(w("val"), "1") not in OFF and "first" not in footers:
            yield "首页没有页码"
        start = "1" if count is None else count.get(w("start"), "1")
        if start != "1":
            yield f"从第{start}页起编"


def _place(opened: Opened, tree: "_Element") -> tuple[str, float]:
    """Return where a page number stands and how far from the edge, in its own characters."""
    _, look = opened.styles.paragraph(_paragraph(tree).find(w("pPr")))
    side = {"end": "right", "start": "left"}.get(look.get("jc", "left"), look.get("jc", "left"))
    chars = number(look, f"ind.{side}Chars") / 100
    return side, chars or number(look, f"ind.{side}") / TWIPS_PER_POINT / opened.layout.size(Part.PAGE_NUMBER)


def _parity(opened: Opened, footers: "dict[str, _Element]") -> Conformance:
    required = "单页居右空一字，双页居左空一字"
    if not opened.file.on("evenAndOddHeaders") or not {"default", "even"} <= footers.keys():
        return Conformance("页码位置", required, "单双页没有分开", ok=False)
    names = {"right": "居右", "left": "居左", "center": "居中"}
    (odd, first), (even, second) = _place(opened, footers["default"]), _place(opened, footers["even"])
    found = f"单页{names.get(odd, odd)}空{first:.2g}字，双页{names.get(even, even)}空{second:.2g}字"
    ok = (odd, even) == ("right", "left") and abs(first - 1) < 0.2 and abs(second - 1) < 0.2
    return Conformance("页码位置", required, found, ok)


def _below(opened: Opened, section: "_Element | None") -> Conformance:
    half = opened.layout.size(Part.PAGE_NUMBER) * TWIPS_PER_POINT / 2
    gap = (
        section_measure(section, "pgMar", "bottom") - section_measure(section, "pgMar", "footer") - half
    ) / TWIPS_PER_MM
    ok = abs(gap - NUMBER_BELOW) <= _NEAR
    return Conformance("页码与版心", f"一字线在版心下边缘之下{NUMBER_BELOW}毫米", f"{gap:.2g}毫米", ok)
