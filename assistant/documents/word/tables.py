"""Tables of Markdown to tables of Word."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from assistant.documents.word.titles import width

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_SHORT = 12
_MOST_COLUMNS = 60
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def row_cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row of a table of Markdown, none for a line that is no row."""
    words = line.strip()
    if not words.startswith("|") or len(_BAR.findall(words)) < 2:
        return ()
    cells = _BAR.split(words[1:-1] if _BAR.fullmatch(words[-1]) and words[-2:] != "\\|" else words[1:])
    return tuple(cell.strip().replace("\\|", "|").replace("\t", " ") for cell in cells)


def table_rows(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the tables among some lines begin and end: a row, a rule, more rows."""
    index = 0
    while index + 1 < len(lines):
        cells = row_cells(lines[index])
        if cells and len(cells) <= _MOST_COLUMNS and _RULE.fullmatch(lines[index + 1].strip()):
            end = index + 2
            while end < len(lines) and row_cells(lines[end]):
                end += 1
            yield index, end
            index = end
        else:
            index += 1


def table_xml(rows: Sequence[Sequence[str]], style: str, area: int, marks: Sequence[str]) -> str:
    """Return a table as wide as the text, ``area`` twips; ``marks`` go before the words of each row's first cell."""
    count = max(len(row) for row in rows)
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    longest = [max(2.0, *(min(width(row[place]), 30) for row in full)) for place in range(count)]
    widths = [round(area * each / sum(longest)) for each in longest]
    centred = [max(width(row[place]) for row in full) <= _SHORT for place in range(count)]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    body = "".join(
        _row(row, widths, [each or not place for each in centred], style, marks[place], heads=not place)
        for place, row in enumerate(full)
    )
    properties = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(
    row: Sequence[str], widths: Sequence[int], centred: Sequence[bool], style: str, mark: str, *, heads: bool
) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{across}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{"center" if middle else "both"}"/></w:pPr>'
        f"{'' if place else mark}{_run(cell)}</w:p></w:tc>"
        for place, (cell, across, middle) in enumerate(zip(row, widths, centred, strict=True))
    )
    head = "<w:tblHeader/>" if heads else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _run(text: str) -> str:
    if not text:
        return ""
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
