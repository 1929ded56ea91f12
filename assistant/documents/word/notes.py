"""What goes with a text without being part of it: comments at its margin, an annex behind it, the label of its making."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from assistant.documents.word.anatomy import Line
from assistant.documents.word.layout import PageFormat, Part
from assistant.documents.word.styles import NAMESPACES, fonts

ANNEX_HEADING = "附：依据与提示（供起草人核对，不属于正文，印发前请删去）"
AUTHOR = "公文写作助手"
# By style's id: name, and what sets it apart from the text.
APART = {
    "AnnexHeading": "依据与提示标题",
    "Annex": "依据与提示",
    "MadeBy": "内容标识",
}
_SMALL = 24


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a span of the text."""

    start: int
    end: int
    text: str


class Comments:
    """Remarks as comments, each anchored at its span in the line that holds its beginning."""

    def __init__(self, remarks: Sequence[Remark], lines: Sequence[Line]) -> None:
        self._marks: dict[int, list[tuple[int, str]]] = {}
        self._texts: list[str] = []
        ordered = sorted(remarks, key=lambda remark: remark.start)
        index, last = 0, len(lines) - 1
        for remark in ordered:
            while index < last and lines[index + 1].start <= remark.start:
                index += 1
            if lines:
                self._anchor(remark, lines[index])

    def _anchor(self, remark: Remark, line: Line) -> None:
        number, length = len(self._texts), len(line.text)
        start = min(max(remark.start - line.start, 0), length)
        end = min(max(remark.end - line.start, start), length)
        self._texts.append(remark.text)
        reference = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
        self._marks.setdefault(line.start, []).extend(
            [(start, f'<w:commentRangeStart w:id="{number}"/>'), (end, reference)]
        )

    def marks(self, line: Line) -> Sequence[tuple[int, str]]:
        """Return what stands in a line, by offset."""
        return self._marks.get(line.start, ()) if line.start >= 0 else ()

    def xml(self) -> str:
        """Return comments.xml, or nothing where there are none."""
        each = "".join(
            f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="助"><w:p><w:r><w:rPr>'
            f'<w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:comment>'
            for number, text in enumerate(self._texts)
        )
        return f"<w:comments {NAMESPACES}>{each}</w:comments>" if each else ""


def annex_xml(lines: Sequence[str]) -> str:
    """Return the annex: on a page of its own, plainly marked as no part of the text."""
    heading = _paragraph("AnnexHeading", ANNEX_HEADING, "<w:pageBreakBefore/>")
    return heading + "".join(_paragraph("Annex", line) for line in lines)


def label_xml(label: str) -> str:
    """Return the visible label, the last line of the text."""
    return _paragraph("MadeBy", label)


def apart_styles(layout: PageFormat) -> Mapping[str, str]:
    """Return the styles of what is not part of the text, by id."""
    heading = fonts(layout.font(Part.HEADING1), layout.latin_font)
    plain = fonts(layout.font(Part.BODY), layout.latin_font)
    return {
        id_: (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
            '<w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/>'
            '<w:spacing w:before="0" w:after="0" w:line="400" w:lineRule="exact"/></w:pPr><w:rPr>'
            f"{heading if id_ == 'AnnexHeading' else plain}"
            '<w:snapToGrid w:val="0"/><w:color w:val="000000"/><w:spacing w:val="0"/>'
            f'<w:sz w:val="{_SMALL}"/><w:szCs w:val="{_SMALL}"/></w:rPr></w:style>'
        )
        for id_, name in APART.items()
    }


def _paragraph(style: str, text: str, properties: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )
