"""Comments: what was found about a stretch of the text, hung on it as Word does."""

import posixpath
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.word_changes.cutting import SPACE, part_run, top_level
from assistant.documents.word_changes.tracking import UNWRITABLE, Signature
from assistant.documents.word_import.fragments import NUMBER
from assistant.documents.word_import.markup import Element, attribute, local, new, serialise, word
from assistant.documents.word_import.word_text import WordPiece, WordText, read_word

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True, slots=True)
class WordComment:
    """What to say of ``text[start:end]``, where the text is the file's as `read_word` gives it."""

    start: int
    end: int
    text: str


def annotate(data: bytes, comments: Sequence[WordComment], signature: Signature) -> bytes:
    """Hang comments on a .docx, besides those it has.

    One on what is not in the body itself, such as a note or a text box, hangs on the paragraph that this belongs to.
    Raises what `read_word` raises.
    """
    if not comments:
        return data
    read = read_word(data)
    path = read.package.related("comments")
    parts: dict[str, bytes] = {}
    if path is None:
        path = posixpath.join(posixpath.dirname(read.package.main), _free_name(read))
        parts = read.package.with_part("comments", path, _TYPE)
        root = new("comments")
    else:
        root = read.package.tree(path)
    first = 1 + max((int(attribute(each, "id") or 0) for each in root.iterfind(word("comment"))), default=-1)
    anchors = _Anchors(read)
    for number, comment in enumerate(comments, first):
        anchors.add(number, comment)
        root.append(_comment(number, comment.text, signature))
    anchors.set()
    parts |= {path: serialise(root), read.package.main: serialise(read.root)}
    return read.package.rewritten(parts)


def _free_name(read: WordText) -> str:
    number = 1
    folder = posixpath.dirname(read.package.main)
    while read.package.has(posixpath.join(folder, name := f"comments{number if number > 1 else ''}.xml")):
        number += 1
    return name


def _comment(number: int, text: str, signature: Signature) -> Element:
    """Return a comment; a line of its text is a paragraph."""
    comment = new("comment", **signature.attributes(number), initials=signature.author[:2])
    for place, line in enumerate(UNWRITABLE.sub("", text).split("\n")):
        paragraph = new("p")
        if place == 0:
            mark = new("r")
            mark.append(new("annotationRef"))
            paragraph.append(mark)
        run, shown = new("r"), new("t")
        shown.text = line
        shown.set(SPACE, "preserve")
        run.append(shown)
        paragraph.append(run)
        comment.append(paragraph)
    return comment


class _Anchors:
    """Where comments begin and end in a text."""

    def __init__(self, read: WordText) -> None:
        # What stands in another part of the file, such as a footnote, cannot bear a comment here.
        self._pieces = [piece for piece in read.pieces if _in_body(piece)]
        self._starts = [piece.start for piece in self._pieces]
        self._ends = [piece.end for piece in self._pieces]
        self._numbers = {
            place
            for piece in read.pieces
            if piece.fragment.lock == NUMBER
            for place in range(piece.start, piece.end)
        }
        self._edges: list[tuple[int, bool, int]] = []

    def add(self, number: int, comment: WordComment) -> None:
        """Note where a comment begins and ends: on what of its stretch lies in the body, else on what is next to it."""
        if not self._pieces:
            return
        first = bisect_right(self._ends, comment.start)
        behind = bisect_left(self._starts, max(comment.end, comment.start + 1))
        if first < behind:
            start = max(comment.start, self._starts[first])
            end = min(max(comment.end, start + 1), self._ends[behind - 1])
        else:
            # An automatic number stands before its paragraph, all else behind the one it belongs to.
            follows = comment.start in self._numbers or first == 0
            piece = self._pieces[min(first, len(self._pieces) - 1) if follows else first - 1]
            start, end = (piece.start, piece.start + 1) if follows else (piece.end - 1, piece.end)
        self._edges += [(start, True, number), (end, False, number)]

    def set(self) -> None:
        """Set all marks, the last first: what stands before a cut keeps its place."""
        for position, is_start, number in sorted(self._edges, reverse=True):
            if is_start:
                self._begin(position, number)
            else:
                self._end(position, number)

    def _begin(self, position: int, number: int) -> None:
        piece = self._pieces[bisect_right(self._ends, position)]
        mark = new("commentRangeStart", id=str(number))
        if _parted(piece, position - piece.start) and position > piece.start:
            top_level(piece.fragment.node).addnext(mark)
        else:
            top_level(piece.fragment.node).addprevious(mark)

    def _end(self, position: int, number: int) -> None:
        piece = self._pieces[bisect_left(self._starts, position) - 1]
        _parted(piece, position - piece.start)
        reference = new("r")
        reference.append(new("commentReference", id=str(number)))
        left = top_level(piece.fragment.node)
        left.addnext(reference)
        left.addnext(new("commentRangeEnd", id=str(number)))


def _in_body(piece: WordPiece) -> bool:
    return piece.fragment.node is not None and top_level(piece.fragment.node) is not None


def _parted(piece: WordPiece, offset: int) -> bool:
    """Part the run of a piece at an offset, unless the piece may not be touched; tell whether it was."""
    node = piece.fragment.node
    if piece.fragment.lock or local(node.getparent()) != "r":
        return False
    part_run(node, piece.fragment.offset + offset)
    return True
