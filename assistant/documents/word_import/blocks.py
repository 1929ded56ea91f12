"""Paragraphs, tables, text boxes and notes as lines of text, in the order in which one reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.documents.word_import.fields import Fields
from assistant.documents.word_import.fragments import (
    BOX,
    BREAK,
    NOTE,
    NUMBER,
    Dropped,
    Fragment,
    Line,
    shows,
    with_lock,
)
from assistant.documents.word_import.inline import Inline
from assistant.documents.word_import.markup import Element, alternatives, attribute, local, switched, word
from assistant.documents.word_import.numbering import Numbering
from assistant.documents.word_import.package import WordPackage
from assistant.documents.word_import.styles import StyleTable

_NOTE_NAMES = {"footnote": "注", "endnote": "尾注"}
_CONTENTS = "Table of Contents"
# After one of these a number needs no blank: 一、 （一） 1．
_CLOSED = tuple("、．。）】〕）)：")


class Blocks:
    """Reads the body of a document, and what hangs on its paragraphs right after each."""

    def __init__(self, package: WordPackage, dropped: Dropped, fields: Fields) -> None:
        styles = StyleTable(package.related_tree("styles"))
        self._numbering = Numbering(package.related_tree("numbering"), styles)
        self._inline = Inline(styles, dropped, fields=fields)
        self._dropped = dropped.counts
        self._notes = {
            (kind, attribute(note, "id") or ""): note
            for kind in _NOTE_NAMES
            if (root := package.related_tree(f"{kind}s")) is not None
            for note in root.iterfind(word(kind))
        }
        self._counted = dict.fromkeys(_NOTE_NAMES, 0)

    def lines(self, container: Iterable[Element]) -> Iterator[Line]:
        """Yield the lines of a body, a cell, a text box or a note.

        A paragraph whose end is marked as deleted goes on in the next one, which gives the number.
        """
        pending: Line = []
        for block in self._flat(container):
            if local(block) == "tbl":
                if pending:
                    yield pending
                    pending = []
                yield from self._rows(block)
                continue
            was_contents = self._inline.fields.in_contents
            shown = self._inline.paragraph(block)
            is_contents = was_contents or self._inline.fields.in_contents
            if not (is_contents and not shows(shown)):
                if _joins_next(block):
                    self._dropped["deleted"] += 1
                    pending += shown
                else:
                    yield [*self._number(block, pending + shown), *pending, *shown]
                    pending = []
            elif not was_contents:
                self._dropped["contents"] += 1
            yield from self._hanging()
        if pending:
            yield pending

    def _flat(self, container: Iterable[Element]) -> Iterator[Element]:
        """Yield paragraphs and tables, taken out of what is only wrapped around them."""
        for block in container:
            name = local(block)
            if name in ("p", "tbl"):
                yield block
            elif name == "sdt":
                gallery = block.find(f"{word('sdtPr')}/{word('docPartObj')}/{word('docPartGallery')}")
                if attribute(gallery) == _CONTENTS:
                    self._dropped["contents"] += 1
                elif (content := block.find(word("sdtContent"))) is not None:
                    yield from self._flat(content)
            elif name in ("customXml", "ins", "moveTo"):
                yield from self._flat(block)
            elif name == "mc:AlternateContent":
                yield from self._flat(alternatives(block))
            elif name in ("del", "moveFrom"):
                self._dropped["deleted"] += 1
            elif name == "altChunk":
                self._dropped["chunk"] += 1

    def _number(self, paragraph: Element, shown: Line) -> Line:
        number = self._numbering.number(paragraph)
        if not number:
            return []
        follows = "".join(fragment.text for fragment in shown)[:1]
        apart = not number.endswith(_CLOSED) and (
            not number.endswith(".") or (follows.isascii() and follows.isalnum())
        )
        return [Fragment(number + (" " if apart and follows else ""), lock=NUMBER)]

    def _hanging(self) -> Iterator[Line]:
        """Yield the text boxes and notes that hang on what was read since the last time."""
        boxes, self._inline.boxes = self._inline.boxes, []
        notes, self._inline.notes = self._inline.notes, []
        for box in boxes:
            for line in self.lines(box):
                yield with_lock(line, BOX)
        for kind, name in notes:
            # Taken out: a note that refers to itself would never end.
            note = self._notes.pop((kind, name), None)
            if note is not None:
                self._counted[kind] += 1
                yield from self._note(note, f"［{_NOTE_NAMES[kind]}{self._counted[kind]}］")

    def _note(self, note: Element, mark: str) -> Iterator[Line]:
        lines = [with_lock(line, NOTE) for line in self.lines(note) if shows(line)] or [[]]
        if lines[0]:
            lines[0][0] = replace(lines[0][0], text=lines[0][0].text.lstrip())
        lines[0].insert(0, Fragment(mark, lock=NOTE))
        yield from lines

    def _rows(self, table: Element) -> Iterator[Line]:
        for row in self._nested(table, "tr"):
            properties = row.find(word("trPr"))
            if properties is not None and properties.find(word("del")) is not None:
                self._dropped["deleted"] += 1
                continue
            cells = [cell for cell in self._nested(row, "tc") if not _is_merged_away(cell, "hMerge")]
            if len(cells) == 1:
                # A table of one column is a frame around paragraphs.
                if not _is_merged_away(cells[0], "vMerge"):
                    yield from self.lines(cells[0])
                continue
            yield self._row(cells)

    def _nested(self, parent: Element, kind: str) -> Iterator[Element]:
        """Yield the rows of a table or the cells of a row, taken out of what is only wrapped around them."""
        for child in parent:
            name = local(child)
            if name == kind:
                yield child
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
                yield from self._nested(child, kind)

    def _row(self, cells: Iterable[Element]) -> Line:
        line: Line = []
        for place, cell in enumerate(cells):
            if place:
                line.append(Fragment("\t", lock=BREAK))
            line += self._cell(cell)
        while line and line[-1].node is None and line[-1].text == "\t":
            line.pop()
        return line

    def _cell(self, cell: Element) -> Line:
        """Return a cell as one line; the rest of a merged cell is empty, and so is one marked as deleted."""
        if _is_merged_away(cell, "vMerge") or cell.find(f"{word('tcPr')}/{word('cellDel')}") is not None:
            return []
        joined: Line = []
        for line in self.lines(cell):
            if shows(line):
                joined += [Fragment(" ", lock=BREAK)] if joined else []
                joined += [
                    replace(each, text=each.text.replace("\n", " ").replace("\t", " ")) for each in line
                ]
        return joined


def _is_merged_away(cell: Element, name: str) -> bool:
    merged = cell.find(f"{word('tcPr')}/{word(name)}")
    return merged is not None and attribute(merged) in (None, "continue")


def _joins_next(paragraph: Element) -> bool:
    """Tell whether a paragraph's end is marked as deleted or moved away."""
    mark = paragraph.find(f"{word('pPr')}/{word('rPr')}")
    return mark is not None and (
        mark.find(word("del")) is not None or switched(mark.find(word("moveFrom"))) is not None
    )
