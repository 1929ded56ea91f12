"""Lines to paragraphs of WordprocessingML."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from assistant.documents.word.anatomy import Line
from assistant.documents.word.layout import TWIPS_PER_POINT, PageFormat, Part
from assistant.documents.word.styles import RUN_STYLES, STYLES, indent
from assistant.documents.word.tables import table_xml
from assistant.documents.word.titles import title_room, width

# What XML cannot hold, or would not give back as it was.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBERED_NOTE = re.compile(r"(?:附件[：:])?[ \u3000]*(?:\d{1,2}[.．、][ \u3000]*)?")
Marker = Callable[[Line], Sequence[tuple[int, str]]]


def writable(text: str) -> str:
    """Return the text with a space in place of what a Word file cannot hold: control characters, half characters."""
    return _UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def spaced(lines: Sequence[Line], layout: PageFormat) -> Iterator[Line]:
    """Yield the lines with the blank ones that the standard asks for (7.3.1, 7.3.2, 7.3.4, 7.3.5, 7.3.7)."""
    blank = Line(Part.BODY, "")
    if lines and lines[0].part is Part.TITLE:
        yield from [blank] * layout.lines_above_title
    for before, line in pairwise([None, *lines]):
        assert line is not None
        if before is not None:
            yield from [blank] * _between(before, line)
        yield line


def _between(before: Line, line: Line) -> int:
    if line.new_page or before.part is line.part:
        return 0
    if before.part is Part.MASTHEAD or (before.part is Part.NUMBER and line.part is Part.TITLE):
        return 2
    if before.part in (Part.TITLE, Part.BYLINE, Part.NUMBER):
        return int(line.part not in (Part.BYLINE, Part.NUMBER))
    signs = (Part.SIGNATURE, Part.DATE)
    return int(
        line.part is Part.NOTE
        or (line.part in signs and before.part not in signs)
        or before.part is Part.MARK
    )


class Paragraphs:
    """Makes the paragraphs of a document.

    ``styles`` gives the id of each part's style, ``markers`` what else stands in a line, as (offset, XML).
    """

    def __init__(self, layout: PageFormat, styles: "Styles", markers: Marker = lambda _: ()) -> None:
        self.layout, self.styles, self.markers = layout, styles, markers

    def all(self, lines: Sequence[Line]) -> str:
        """Return the XML of the lines, each a paragraph."""
        ends = _ends(lines, self.layout)
        pieces: list[str] = []
        for table, group in itertools.groupby(spaced(lines, self.layout), lambda line: line.table):
            each = list(group)
            pieces += (
                [self._table(each)]
                if table
                else [self._paragraph(line, ends.get(id(line), "")) for line in each]
            )
        return "".join(pieces)

    def _table(self, lines: Sequence[Line]) -> str:
        """Return a table. A line of no height follows it: the last thing in a body is none, nor do two touch."""
        marks = ["".join(xml for _, xml in self.markers(line)) for line in lines]
        rows = [line.text.split("\t") for line in lines]
        after = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
        return table_xml(rows, self.styles.paragraph(Part.TABLE), self.layout.area[0], marks) + after

    def _paragraph(self, line: Line, place: str) -> str:
        style = self.styles.paragraph(line.part)
        page = "<w:pageBreakBefore/>" if line.new_page else ""
        if line.part is Part.TITLE:
            place = _title_place(line.text, self.layout)
        if line.part is Part.NOTE:
            place = _note_place(line.text, self.layout)
        if not line.text:
            place = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}{place}</w:pPr>{self._runs(line)}</w:p>'

    def _runs(self, line: Line) -> str:
        marks = sorted(self.markers(line), key=lambda mark: mark[0])
        bounds = {0, len(line.text), *(at for at, _ in marks)}
        bounds |= {edge for each in line.stretches for edge in (each.start, each.end)}
        pieces: list[str] = []
        for start, end in pairwise(sorted(bounds)):
            pieces += [xml for at, xml in marks if at == start]
            part = next((each.part for each in line.stretches if each.start <= start < each.end), None)
            pieces.append(run_xml(line.text[start:end], self.styles.run(part) if part else None))
        return "".join([*pieces, *(xml for at, xml in marks if at == len(line.text))])


class Styles:
    """Which style each part takes."""

    def paragraph(self, part: Part) -> str:
        """Return the id of a part's paragraph style."""
        return STYLES[part][0]

    def run(self, part: Part) -> str:
        """Return the id of the style of a part that stands inside a paragraph."""
        return RUN_STYLES[part][0]


def run_xml(text: str, style: str | None = None) -> str:
    """Return a run. The hint gives quotation marks and dashes the Chinese font; letters and digits keep the Latin one."""
    if not text:
        return ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    words = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f'<w:r><w:rPr>{named}<w:rFonts w:hint="eastAsia"/></w:rPr>{words}</w:r>'


def _ends(lines: Sequence[Line], layout: PageFormat) -> dict[int, str]:
    """Return where signatures and date stand: two characters from the right, the date two further in (7.3.5.2)."""
    signed = [line for line in lines if line.part is Part.SIGNATURE]
    dated = [line for line in lines if line.part is Part.DATE]
    longest = max((width(line.text) for line in signed), default=0)
    date = max((width(line.text) for line in dated), default=0)
    right = 2.0 if longest >= date else 4 + date - longest
    after = longest - date if longest >= date and signed else 2.0
    places = {id(line): right + (longest - width(line.text)) / 2 for line in signed} | {
        id(line): after for line in dated
    }
    return {key: indent(right=place, width=layout.character) for key, place in places.items()}


def _note_place(text: str, layout: PageFormat) -> str:
    """Return the indents of an attachment's name: two characters in, further lines below its first word (7.3.4)."""
    match = _NUMBERED_NOTE.match(text)
    before = width(match.group()) if match else 0.0
    word = 3 if text.startswith("附件") else 0
    return indent(left=5 + before - word, hanging=before, width=layout.character)


def _title_place(text: str, layout: PageFormat) -> str:
    """Return the indents that let a long title break between words into lines of like length (7.3.1)."""
    character = layout.size(Part.TITLE) * TWIPS_PER_POINT
    room = title_room(text, layout.area[0] / character)
    if not room:
        return ""
    side = round((layout.area[0] - room * character) / 2)
    return f'<w:ind w:left="{max(side, 0)}" w:right="{max(side, 0)}"/>'
