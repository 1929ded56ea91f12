"""Tracked changes: deletions and insertions as Word marks them, to be accepted or rejected there."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from assistant.documents.word_changes.cutting import SPACE, isolated, part_run
from assistant.documents.word_changes.reach import hindrance, parted, ranges, split
from assistant.documents.word_import.fragments import BREAK
from assistant.documents.word_import.markup import Element, local, new, serialise, word
from assistant.documents.word_import.word_text import WordPiece, WordText, read_word
from assistant.errors import InputError

# What XML cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
ODD = "含有不能写入 Word 的字符的文字"


@dataclass(frozen=True, slots=True)
class WordChange:
    """A wish to put ``after`` for ``text[start:end]``, where the text is the file's as `read_word` gives it."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file with changes marked in it, its text with these accepted, and those that were not made, by place and why."""

    data: bytes
    text: str
    refused: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who marks changes and comments, and when."""

    author: str
    moment: datetime

    def attributes(self, number: int) -> dict[str, str]:
        """Return what a mark bears. Word takes the time for local, whatever its ``Z`` says."""
        return {
            "id": str(number),
            "author": self.author,
            "date": self.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }


def track(data: bytes, changes: Sequence[WordChange], signature: Signature) -> Tracked:
    """Mark changes in a .docx; they may come in any order and must not overlap.

    Accepting all gives ``text``, rejecting all what the file said. What a change would put its mark through, such as an
    automatic number, a field or somebody's mark, is left alone and told: ``refused`` has the change's place in ``changes``.
    Raises ``ValueError`` for changes that overlap, `InputError` for the strict variant of the format, and what `read_word` raises.
    """
    read = read_word(data)
    if read.package.is_strict:
        raise InputError(
            "这份文稿是“严格 Open XML”格式，不能直接写入修订，请在 Word 里另存为普通 .docx 后再试。"
        )
    marks = _Marks(read, signature)
    refused: list[tuple[int, str]] = []
    pieces: list[str] = []
    position = len(read.text)
    # From the end on: what is cut off goes to new elements, what stands before a cut keeps its place.
    for place, change in sorted(
        enumerate(changes), key=lambda each: (each[1].start, each[1].end), reverse=True
    ):
        if not 0 <= change.start <= change.end <= position:
            raise ValueError(f"change at {change.start} overlaps another or lies outside the text")
        why = marks.make(change)
        if why:
            refused.append((place, why))
            pieces.append(read.text[change.start : position])
        else:
            pieces.append(change.after + read.text[change.end : position])
        position = change.start
    text = read.text[:position] + "".join(reversed(pieces))
    marked = read.package.rewritten({read.package.main: serialise(read.root)})
    return Tracked(marked, text, tuple(sorted(refused)))


def _highest(root: Element) -> int:
    """Return the highest number that any mark in the text bears."""
    numbers = (each.get(word("id")) for each in root.iter() if isinstance(each.tag, str))
    return max((int(number) for number in numbers if number and number.lstrip("-").isdigit()), default=0)


class _Marks:
    """The text of a file, and the marks made in it so far."""

    def __init__(self, read: WordText, signature: Signature) -> None:
        self._read = read
        self._signature = signature
        self._number = _highest(read.root)
        self._starts = [piece.start for piece in read.pieces]
        self._ends = [piece.end for piece in read.pieces]

    def make(self, change: WordChange) -> str:
        """Mark a change, or return why it cannot be: all of it or nothing."""
        if UNWRITABLE.search(change.after):
            return ODD
        parts = list(split(self._read.text, change.start, change.end, change.after))
        if any("\n" in after for *_, after in parts):
            return BREAK
        why = next((reason for part in parts if (reason := self._hindrance(*part))), "")
        for start, end, after in () if why else reversed(parts):
            if start < end:
                self._replace(start, end, after)
            elif after:
                self._insert(start, after)
        return why

    def _hindrance(self, start: int, end: int, after: str) -> str:
        if start == end:
            near = self._beside(start)
            reasons = [hindrance(piece.fragment) for piece in near]
            free = not after or not all(reasons)
            return "" if free else next((reason for reason in reasons if reason != BREAK), BREAK)
        covered = self._covered(start, end)
        return next((reason for piece in covered if (reason := hindrance(piece.fragment))), "") or parted(
            covered
        )

    def _covered(self, start: int, end: int) -> Sequence[WordPiece]:
        return self._read.pieces[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def _beside(self, position: int) -> Sequence[WordPiece]:
        """Return the piece that a position ends or lies in, and the one behind it."""
        place = bisect_left(self._starts, position)
        before = self._read.pieces[max(place - 1, 0) : place]
        return (*before, *self._read.pieces[bisect_right(self._ends, position) :][:1])

    def _replace(self, start: int, end: int, after: str) -> None:
        covered = self._covered(start, end)
        runs = [isolated(*each) for each in reversed(ranges(covered, start, end))]
        runs.reverse()
        last = runs[0]
        for run in runs:
            last = self._delete(run, last)
        if after:
            last.addnext(self._inserted(after, runs[0]))

    def _delete(self, run: Element, before: Element) -> Element:
        """Mark a run as deleted, together with the run right before it if that is; return the mark."""
        if local(before) == "del" and run.getprevious() is before:
            mark = before
        else:
            mark = self._mark("del")
            run.addprevious(mark)
        mark.append(run)
        for text in run.iterfind(word("t")):
            text.tag = word("delText")
            text.set(SPACE, "preserve")
        return mark

    def _insert(self, position: int, after: str) -> None:
        """Mark an insertion, formatted like what stands before it, else like what follows."""
        near = [piece for piece in self._beside(position) if not hindrance(piece.fragment)]
        piece = next(
            (each for each in near if local(each.fragment.node.getparent().getparent()) == "p"), near[0]
        )
        node, offset = piece.fragment.node, piece.fragment.offset + max(0, position - piece.start)
        right = part_run(node, offset)
        run = node.getparent()
        inserted = self._inserted(after, run)
        if offset and (right is node or right.getparent() is not run):
            run.addnext(inserted)
        else:
            right.getparent().addprevious(inserted)

    def _inserted(self, text: str, like: Element) -> Element:
        """Return the mark of an insertion; its run has the formatting of another."""
        mark, run = self._mark("ins"), new("r")
        properties = like.find(word("rPr"))
        if properties is not None:
            run.append(deepcopy(properties))
            for earlier in run.iterfind(f"{word('rPr')}/{word('rPrChange')}"):
                earlier.getparent().remove(earlier)
        for number, part in enumerate(text.split("\t")):
            run.extend([new("tab")] if number else [])
            if part:
                shown = new("t")
                shown.text = part
                shown.set(SPACE, "preserve")
                run.append(shown)
        mark.append(run)
        return mark

    def _mark(self, name: str) -> Element:
        self._number += 1
        return new(name, **self._signature.attributes(self._number))
