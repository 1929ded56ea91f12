"""A Word file as it was opened again, with what each of its paragraphs is."""

from dataclasses import dataclass

from assistant.documents.word.anatomy import Line, read_lines_of
from assistant.documents.word.layout import PageFormat, Part
from assistant.documents.word.looks import Properties, StyleSheet
from assistant.documents.word.notes import APART
from assistant.documents.word.opening import WordFile
from assistant.documents.word.paragraphs import OpenedParagraph, OpenedRun, opened_paragraphs

_LEVELS = (Part.HEADING1, Part.HEADING2, Part.HEADING3, Part.HEADING4)


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with what it is; ``index`` is its place among all, ``shift`` what stands before its first word."""

    paragraph: OpenedParagraph
    line: Line
    index: int
    shift: int

    def part_at(self, offset: int) -> Part:
        """Return what stands at an offset of the paragraph's text."""
        at = offset - self.shift
        inner = (each.part for each in self.line.stretches if each.start <= at < each.end)
        return next(inner, self.line.part)


class Opened:
    """The file, its styles, and its paragraphs: the written ones with their parts, and all of them in order."""

    def __init__(self, data: bytes, layout: PageFormat, *, name: str = "文件") -> None:
        self.file = WordFile(data, name=name)
        self.styles = StyleSheet(self.file)
        self.layout = layout
        apart = set(APART.values())
        self.all = [each for each in opened_paragraphs(self.file, self.styles) if each.style not in apart]
        self.placed = self._placed()

    def of(self, *parts: Part) -> list[Placed]:
        """Return the paragraphs that are one of these parts."""
        return [each for each in self.placed if each.line.part in parts]

    def runs(self) -> "list[tuple[Placed, OpenedRun]]":
        """Return the runs of the text with their paragraphs."""
        return [(each, run) for each in self.placed for run in each.paragraph.runs]

    def _placed(self) -> list[Placed]:
        starts: dict[int, int] = {}
        position = 0
        for index, paragraph in enumerate(self.all):
            text = paragraph.text
            if text.strip():
                starts[position + len(text) - len(text.lstrip())] = index
            position += len(text) + 1
        lines = {line.start: line for line in read_lines_of("\n".join(each.text for each in self.all))}
        return [
            Placed(self.all[index], self._told(lines[start], self.all[index].look), index, self._shift(index))
            for start, index in starts.items()
            if start in lines
        ]

    def _shift(self, index: int) -> int:
        text = self.all[index].text
        return len(text) - len(text.lstrip())

    def _told(self, line: Line, look: Properties) -> Line:
        """Return the line as a heading where its words do not say so but its style does: its number is automatic."""
        level = look.get("outlineLvl", "9")
        if line.part is Part.BODY and not line.stretches and level in "0123" and "numPr" in look:
            return Line(_LEVELS[int(level)], line.text, line.start, level=int(level) + 1)
        return line
