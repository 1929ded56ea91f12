"""The rows of the table that are about the page: paper, margins, grid, lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.documents.word.conformance import Conformance, tallied
from assistant.documents.word.layout import GRID_UNITS, PAPER, TWIPS_PER_MM, TWIPS_PER_POINT, Part, twips
from assistant.documents.word.looks import Properties, is_on, number, section_measure, size_of
from assistant.documents.word.number_rows import number_rows
from assistant.documents.word.opened import Opened, Placed
from assistant.documents.word.opening import w
from assistant.documents.word.section_rows import margin_with_gutter, section_row

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIDES = {"top": "天头", "bottom": "地脚", "left": "订口", "right": "切口"}
_UNSAID = "文件里没有指定"
# The standard allows a millimetre at the margins; twips are rounded.
MARGIN = 1.05
_PAPER = 20


def page_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield a row for each measure of the page."""
    section = opened.file.section
    yield _paper(section)
    yield _margins(opened, section)
    yield _area(opened, section)
    yield section_row(opened)
    if opened.layout.lines:
        yield _grid(opened, section)
        yield _lines(opened)
        yield _characters(opened)
    if opened.layout.templated:
        return
    yield _switch(opened, "孤行控制", "关（每页排满行数）", "widowControl", wanted=False, default=True)
    yield _switch(
        opened, "中文与西文、数字自动间距", "关", "autoSpaceDE", "autoSpaceDN", wanted=False, default=True
    )
    yield _switch(opened, "行首行末禁则", "开", "kinsoku", wanted=True, default=True)
    yield _switch(opened, "标点溢出边界", "开", "overflowPunct", wanted=True, default=True)
    if opened.layout.page_number != "none":
        yield from number_rows(opened, section)


def _paper(section: "_Element | None") -> Conformance:
    size = (section_measure(section, "pgSz", "w"), section_measure(section, "pgSz", "h"))
    if not all(size):
        return Conformance("纸张", "A4（210×297毫米）", _UNSAID, ok=False)
    ok = all(abs(found - wanted) <= _PAPER for found, wanted in zip(sorted(size), PAPER, strict=True))
    return Conformance("纸张", "A4（210×297毫米）", f"{_mm(size[0])}×{_mm(size[1])}毫米", ok)


def _mm(length: float) -> str:
    return f"{length / TWIPS_PER_MM:.3g}"


def _margins(opened: Opened, section: "_Element | None") -> Conformance:
    wanted = {side: getattr(opened.layout.margins, side) for side in _SIDES}
    found = {side: margin_with_gutter(section, side) for side in _SIDES}
    if not any(found.values()):
        return Conformance("页边距", _sides(wanted), _UNSAID, ok=False)
    ok = all(abs(found[side] - wanted[side]) <= MARGIN for side in _SIDES)
    return Conformance("页边距", _sides(wanted), _sides(found), ok)


def _sides(lengths: dict[str, float]) -> str:
    return "、".join(f"{name}{lengths[side]:.3g}" for side, name in _SIDES.items()) + "毫米"


def _type_area(section: "_Element | None") -> tuple[int, int]:
    across = (
        section_measure(section, "pgSz", "w")
        - section_measure(section, "pgMar", "left")
        - section_measure(section, "pgMar", "right")
        - section_measure(section, "pgMar", "gutter")
    )
    down = (
        section_measure(section, "pgSz", "h")
        - section_measure(section, "pgMar", "top")
        - section_measure(section, "pgMar", "bottom")
    )
    return int(across), int(down)


def _area(opened: Opened, section: "_Element | None") -> Conformance:
    wanted, found = opened.layout.area, _type_area(section)
    ok = all(abs(one - other) <= twips(2 * MARGIN) for one, other in zip(wanted, found, strict=True))
    said = f"{_mm(found[0])}×{_mm(found[1])}毫米" if min(found) > 0 else _UNSAID
    return Conformance("版心", f"{_mm(wanted[0])}×{_mm(wanted[1])}毫米", said, ok)


def _grid(opened: Opened, section: "_Element | None") -> Conformance:
    layout = opened.layout
    required = f"每面{layout.lines}行，每行{layout.characters}字"
    grid = None if section is None else section.find(w("docGrid"))
    if grid is None or grid.get(w("type")) not in ("linesAndChars", "snapToChars"):
        return Conformance("文档网格", required, "没有指定行和字符网格", ok=False)
    across, down = _type_area(section)
    size = size_of(opened.styles.run(opened.styles.base, None))
    pitch = size + section_measure(section, "docGrid", "charSpace") / GRID_UNITS
    found = (
        down // max(int(section_measure(section, "docGrid", "linePitch")), 1),
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
    pitch = int(section_measure(section, "docGrid", "linePitch"))
    deviations = []
    for placed in (body := opened.of(Part.BODY)):
        line = _line_height(placed, pitch)
        if not line or down // line != wanted:
            deviations.append(
                (f"行距{line / TWIPS_PER_POINT:.4g}磅" if line else "行距随字体", placed.line.text)
            )
    return tallied("正文行距", f"每面恰好{wanted}行", deviations, len(body))


def _line_height(placed: Placed, pitch: int) -> int:
    """Return how far the lines of a paragraph are apart in twips; 0 where the font decides."""
    look = placed.paragraph.look
    line, rule = int(number(look, "spacing.line", 240)), look.get("spacing.lineRule", "auto")
    if rule == "exact":
        return line
    snaps = is_on(look, "snapToGrid", default=True)
    return pitch if snaps and rule == "auto" and line == 240 else 0


def _characters(opened: Opened) -> Conformance:
    section, wanted = opened.file.section, opened.layout.characters
    across = _type_area(section)[0] / TWIPS_PER_POINT
    grid = None if section is None else section.find(w("docGrid"))
    gridded = grid is not None and grid.get(w("type")) == "linesAndChars"
    added = section_measure(section, "docGrid", "charSpace") / GRID_UNITS if gridded else 0.0
    body = opened.of(Part.BODY)
    if across <= 0:
        return Conformance("正文字距", f"每行{wanted}字", _UNSAID, ok=False)
    deviations = []
    for placed in body:
        widths = {
            _advance(run.look, added)
            for run in placed.paragraph.runs
            if placed.part_at(run.start) is Part.BODY
        }
        counts = {int(across / each + 0.001) for each in widths}
        if counts - {wanted}:
            deviations.append((f"每行{min(counts)}字", placed.line.text))
    return tallied("正文字距", f"每行{wanted}字", deviations, len(body))


def _advance(look: Properties, added: float) -> float:
    size = size_of(look)
    own = int(number(look, "spacing")) / TWIPS_PER_POINT
    return size + own + (added if is_on(look, "snapToGrid", default=True) else 0.0)


def _switch(
    opened: Opened, item: str, required: str, *names: str, wanted: bool, default: bool
) -> Conformance:
    body = opened.of(Part.BODY)
    deviations = [
        (f"没有{'打开' if wanted else '关闭'}", placed.line.text)
        for placed in body
        if any(is_on(placed.paragraph.look, name, default=default) is not wanted for name in names)
    ]
    return tallied(item, required, deviations, len(body))
