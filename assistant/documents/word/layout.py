"""The measures of a page: those of GB/T 9704—2012, unless an office has its own."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

TWIPS_PER_POINT = 20
TWIPS_PER_MM = 1440 / 25.4
# The unit of w:charSpace: what is added to a character's own width, in 4096ths of a point.
GRID_UNITS = 4096
A4 = (210, 297)
PAPER = (11906, 16838)


class Part(StrEnum):
    """What a stretch of a document is, as far as its look is concerned."""

    MASTHEAD = "masthead"
    NUMBER = "number"
    TITLE = "title"
    BYLINE = "byline"
    ADDRESSEE = "addressee"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"
    ITEM = "item"
    BODY = "body"
    NOTE = "attachment_note"
    SIGNATURE = "signature"
    DATE = "date"
    MARK = "attachment_mark"
    PAGE_NUMBER = "page_number"
    TABLE = "table"


PART_NAMES = {
    Part.MASTHEAD: "发文机关标志",
    Part.NUMBER: "发文字号",
    Part.TITLE: "标题",
    Part.BYLINE: "题下署名",
    Part.ADDRESSEE: "主送机关",
    Part.HEADING1: "一级标题",
    Part.HEADING2: "二级标题",
    Part.HEADING3: "三级标题",
    Part.HEADING4: "四级标题",
    Part.ITEM: "“一是”领句",
    Part.BODY: "正文",
    Part.NOTE: "附件说明",
    Part.SIGNATURE: "署名",
    Part.DATE: "成文日期",
    Part.MARK: "附件标识",
    Part.PAGE_NUMBER: "页码",
    Part.TABLE: "表格",
}
# The sizes of type by the names that offices and Word use, in points.
SIZE_NAMES: dict[str, float] = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15, "四号": 14, "小四": 12,
    "五号": 10.5, "小五": 9,
}  # fmt: skip
FANGSONG, KAITI, HEITI, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
_FONTS = {
    Part.MASTHEAD: "方正小标宋简体",
    Part.TITLE: "方正小标宋简体",
    Part.BYLINE: KAITI,
    Part.HEADING1: HEITI,
    Part.HEADING2: KAITI,
    Part.MARK: HEITI,
    Part.PAGE_NUMBER: SONG,
}
_SIZES = {Part.MASTHEAD: 22.0, Part.TITLE: 22.0, Part.PAGE_NUMBER: 14.0, Part.TABLE: 14.0}


@dataclass(frozen=True, slots=True)
class Margins:
    """The white around the type area, in millimetres."""

    top: float = 37
    bottom: float = 35
    left: float = 28
    right: float = 26


@dataclass(frozen=True, slots=True)
class PageFormat:
    """How a document is laid out: sizes in points, margins in millimetres.

    ``fonts`` and ``sizes`` name the parts that differ from the body. The default is GB/T 9704—2012 (5.1, 5.2, 7.3, 7.5);
    what that leaves open follows common practice: items led by 一是 in bold, one line free above the title. Where
    ``lines`` and ``characters`` are 0 there is no grid; ``templated`` tells that a template decides on all that it can.
    """

    margins: Margins = field(default_factory=Margins)
    lines: int = 22
    characters: int = 28
    body_font: str = FANGSONG
    body_size: float = 16
    latin_font: str = "Times New Roman"
    fonts: MappingProxyType[Part, str] = field(default_factory=lambda: MappingProxyType(_FONTS))
    sizes: MappingProxyType[Part, float] = field(default_factory=lambda: MappingProxyType(_SIZES))
    bold: frozenset[Part] = frozenset({Part.ITEM})
    lines_above_title: int = 1
    page_number: Literal["outside", "center", "none"] = "outside"
    templated: bool = False

    def font(self, part: Part) -> str:
        """Return the Chinese font of a part."""
        return self.fonts.get(part, self.body_font)

    def size(self, part: Part) -> float:
        """Return the size of a part in points."""
        return self.sizes.get(part, self.body_size)

    @property
    def area(self) -> tuple[int, int]:
        """Return width and height of the type area in twips."""
        margins = self.margins
        return (
            PAPER[0] - twips(margins.left) - twips(margins.right),
            PAPER[1] - twips(margins.top) - twips(margins.bottom),
        )

    @property
    def line_pitch(self) -> int:
        """Return the height of a line in twips: so many fill the type area and no more."""
        return self.area[1] // self.lines if self.lines else 0

    @property
    def char_space(self) -> int:
        """Return what the grid adds to a character's width, in 4096ths of a point."""
        if not self.characters:
            return 0
        pitch = (
            (A4[0] - self.margins.left - self.margins.right)
            * TWIPS_PER_MM
            / TWIPS_PER_POINT
            / self.characters
        )
        return math.floor((pitch - self.body_size) * GRID_UNITS)

    @property
    def spacing(self) -> int:
        """Return what is added to each character of the body, in twips, so that a line holds what the grid says.

        Written out because LibreOffice doubles or ignores cells of the grid that are narrower than the character; it also
        cuts the type area down to whole twips a cell, hence one less than would fill the line: justification fills it.
        """
        if not self.characters:
            return 0
        return self.area[0] // self.characters - 1 - round(self.body_size * TWIPS_PER_POINT)

    @property
    def character(self) -> float:
        """Return the width of a character of the body on the grid, in twips."""
        return self.area[0] / self.characters if self.characters else self.body_size * TWIPS_PER_POINT


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point, rounded as Word rounds it."""
    return int(millimetres * TWIPS_PER_MM + 0.5)
