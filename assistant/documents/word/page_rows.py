"""The rows of the table that are about the page: paper, margins, grid, lines, page number."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.word.conformance import ABSENT, Conformance, counted, points
from assistant.documents.word.layout import GRID_UNITS, PAPER, TWIPS_PER_MM, TWIPS_PER_POINT, Part, twips
from assistant.documents.word.looks import Properties, is_on
from assistant.documents.word.opened import Opened, Placed
from assistant.documents.word.opening import w
from assistant.documents.word.package import NUMBER_BELOW

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIDES = {"top": "天头", "bottom": "地脚", "left": "订口", "right": "切口"}
# The standard allows a millimetre at the margins; twips are rounded.
_MARGIN = 1.05
_PAPER = 20
_DASHES = ("— ", " —")


def page_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield a row for each measure of the page."""
    section = opened.file.section
    yield _paper(section)
    yield _margins(opened, section)
    yield _area(opened, section)
    if opened.layout.lines:
        yield _grid(opened, section)
        yield _lines(opened)
        yield _characters(opened)
    yield _switch(opened, "孤行控制", "关（每页排满行数）", "widowControl", wanted=False, default=True)
    yield _switch(
        opened, "中文与西文、数字自动间距", "关", "autoSpaceDE", "autoSpaceDN", wanted=False, default=True
    )
    yield _switch(opened, "行首行末禁则", "开", "kinsoku", wanted=True, default=True)
    yield _switch(opened, "标点溢出边界", "开", "overflowPunct", wanted=True, default=True)
    if opened.layout.page_number != "none":
        yield from _number_rows(opened, section)


def _value(element: "_Element | None", tag: str, name: str) -> int:
    found = None if element is None else element.find(w(tag))
    text = "" if found is None else found.get(w(name), "")
    return int(float(text)) if text.lstrip("-").replace(".", "", 1).isdigit() else 0


def _paper(section: "_Element | None") -> Conformance:
    size = (_value(section, "pgSz", "w"), _value(section, "pgSz", "h"))
    ok = all(abs(found - wanted) <= _PAPER for found, wanted in zip(sorted(size), PAPER, strict=True))
    return Conformance("纸张", "A4（210×297毫米）", f"{_mm(size[0])}×{_mm(size[1])}毫米", ok)


def _mm(length: float) -> str:
    return f"{length / TWIPS_PER_MM:.3g}"


def _margins(opened: Opened, section: "_Element | None") -> Conformance:
    wanted = {side: getattr(opened.layout.margins, side) for side in _SIDES}
    found = {side: _value(section, "pgMar", side) / TWIPS_PER_MM for side in _SIDES}
    ok = all(abs(found[side] - wanted[side]) <= _MARGIN for side in _SIDES)
    return Conformance("页边距", _sides(wanted), _sides(found), ok)


def _sides(lengths: dict[str, float]) -> str:
    return "、".join(f"{name}{lengths[side]:.3g}" for side, name in _SIDES.items()) + "毫米"


def _type_area(section: "_Element | None") -> tuple[int, int]:
    across = (
        _value(section, "pgSz", "w") - _value(section, "pgMar", "left") - _value(section, "pgMar", "right")
    )
    down = _value(section, "pgSz", "h") - _value(section, "pgMar", "top") - _value(section, "pgMar", "bottom")
    return across, down


def _area(opened: Opened, section: "_Element | None") -> Conformance:
    wanted, found = opened.layout.area, _type_area(section)
    ok = all(abs(one - other) <= twips(2 * _MARGIN) for one, other in zip(wanted, found, strict=True))
    return Conformance(
        "版心", f"{_mm(wanted[0])}×{_mm(wanted[1])}毫米", f"{_mm(found[0])}×{_mm(found[1])}毫米", ok
    )


def _grid(opened: Opened, section: "_Element | None") -> Conformance:
    layout = opened.layout
    required = f"每面{layout.lines}行，每行{layout.characters}字"
    grid = None if section is None else section.find(w("docGrid"))
    if grid is None or grid.get(w("type")) not in ("linesAndChars", "snapToChars"):
        return Conformance("文档网格", required, "没有指定行和字符网格", ok=False)
    across, down = _type_area(section)
    size = int(opened.styles.run(opened.styles.base, None).get("sz", "20")) / 2
    pitch = size + _value(section, "docGrid", "charSpace") / GRID_UNITS
    found = (
        down // max(_value(section, "docGrid", "linePitch"), 1),
        int(across / TWIPS_PER_POINT / max(pitch, 1)),
    )
    return Conformance(
        "文档网格",
        required,
        f"每面{found[0]}行，每行{found[1]}字",
        found == (layout.lines, layout.characters),
    )


def _lines(opened: Opened) -> Conformance:
    section, wanted = opened.file.section, opened.layout.lines
    down = _type_area(section)[1]
    pitch = _value(section, "docGrid", "linePitch")
    deviations = []
    for placed in (body := opened.of(Part.BODY)):
        line = _line_height(placed, pitch)
        if not line or down // line != wanted:
            deviations.append(
                (f"行距{line / TWIPS_PER_POINT:.4g}磅" if line else "行距随字体", placed.line.text)
            )
    return counted("正文行距", f"每面恰好{wanted}行", deviations, len(body))


def _line_height(placed: Placed, pitch: int) -> int:
    """Return how far the lines of a paragraph are apart in twips; 0 where the font decides."""
    look = placed.paragraph.look
    line, rule = int(float(look.get("spacing.line", "240"))), look.get("spacing.lineRule", "auto")
    if rule == "exact":
        return line
    snaps = is_on(look, "snapToGrid", default=True)
    return pitch if snaps and rule == "auto" and line == 240 else 0


def _characters(opened: Opened) -> Conformance:
    section, wanted = opened.file.section, opened.layout.characters
    across = _type_area(section)[0] / TWIPS_PER_POINT
    grid = None if section is None else section.find(w("docGrid"))
    gridded = grid is not None and grid.get(w("type")) == "linesAndChars"
    added = _value(section, "docGrid", "charSpace") / GRID_UNITS if gridded else 0.0
    deviations = []
    for placed in (body := opened.of(Part.BODY)):
        widths = {
            _advance(run.look, added)
            for run in placed.paragraph.runs
            if placed.part_at(run.start) is Part.BODY
        }
        counts = {int(across / each + 0.001) for each in widths}
        if counts - {wanted}:
            deviations.append((f"每行{min(counts)}字", placed.line.text))
    return counted("正文字距", f"每行{wanted}字", deviations, len(body))


def _advance(look: Properties, added: float) -> float:
    size = int(look.get("sz", "20")) / 2
    own = int(float(look.get("spacing", "0"))) / TWIPS_PER_POINT
    return size + own + (added if is_on(look, "snapToGrid", default=True) else 0.0)


def _switch(
    opened: Opened, item: str, required: str, *names: str, wanted: bool, default: bool
) -> Conformance:
    said = "关" if wanted else "开"
    body = opened.of(Part.BODY)
    deviations = [
        (f"没有{'打开' if wanted else '关闭'}（{said}）", placed.line.text)
        for placed in body
        if any(is_on(placed.paragraph.look, name, default=default) is not wanted for name in names)
    ]
    return counted(item, required, deviations, len(body))


def _number_rows(opened: Opened, section: "_Element | None") -> Iterator[Conformance]:
    layout = opened.layout
    footers = _footers(opened, section)
    wanted = f"— 1 —，{points(layout.size(Part.PAGE_NUMBER))}{layout.font(Part.PAGE_NUMBER)}"
    faults = list(dict.fromkeys(fault for each in footers.values() for fault in _number_faults(opened, each)))
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
        font, size = look.get("ascii", "未指定字体"), int(look.get("sz", "20")) / 2
        if (font, size) != (layout.font(Part.PAGE_NUMBER), layout.size(Part.PAGE_NUMBER)):
            yield f"{points(size)}{font}"


def _place(opened: Opened, tree: "_Element") -> tuple[str, float]:
    """Return where a page number stands and how far from the edge, in its own characters."""
    _, look = opened.styles.paragraph(_paragraph(tree).find(w("pPr")))
    side = {"end": "right", "start": "left"}.get(look.get("jc", "left"), look.get("jc", "left"))
    chars = int(look.get(f"ind.{side}Chars", "0")) / 100
    return side, chars or int(look.get(f"ind.{side}", "0")) / TWIPS_PER_POINT / opened.layout.size(
        Part.PAGE_NUMBER
    )


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
    gap = (_value(section, "pgMar", "bottom") - _value(section, "pgMar", "footer") - half) / TWIPS_PER_MM
    ok = abs(gap - NUMBER_BELOW) <= _MARGIN
    return Conformance("页码与版心", f"一字线在版心下边缘之下{NUMBER_BELOW}毫米", f"{gap:.2g}毫米", ok)
