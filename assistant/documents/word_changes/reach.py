"""What of the markup a change reaches, and what keeps it from being made."""

import re
from collections.abc import Iterator, Sequence

from assistant.documents.word_import.fragments import Fragment
from assistant.documents.word_import.markup import Element, local
from assistant.documents.word_import.word_text import WordPiece

# Where Word allows revisions around runs.
_PARENTS = ("p", "hyperlink", "sdtContent", "smartTag", "customXml", "dir", "bdo")
# What parts the text of paragraphs and cells.
_ENDS = re.compile(r"[\t\n]")
_REVISIONS = ("ins", "del", "moveFrom", "moveTo")
ACROSS = "跨越超链接、内容控件或已有修订的文字"


def least(text: str, start: int, end: int, after: str) -> tuple[int, int, str]:
    """Return a change of ``text[start:end]`` without what it leaves as it is at its beginning and end."""
    while start < end and after and text[start] == after[0]:
        start, after = start + 1, after[1:]
    while start < end and after and text[end - 1] == after[-1]:
        end, after = end - 1, after[:-1]
    return start, end, after


def split(text: str, start: int, end: int, after: str) -> Iterator[tuple[int, int, str]]:
    """Yield the least changes that make a change, one in each paragraph or cell where it has as many of them as before."""
    before = text[start:end]
    alike = _ENDS.findall(before) == _ENDS.findall(after)
    for old, new in zip(_ENDS.split(before), _ENDS.split(after), strict=True) if alike else [(before, after)]:
        if old != new:
            yield least(text, start, start + len(old), new)
        start += len(old) + 1


def hindrance(fragment: Fragment) -> str:
    """Return why a fragment cannot be changed, or nothing."""
    if fragment.lock:
        return fragment.lock
    run = None if fragment.node is None else fragment.node.getparent()
    if run is None or local(run) != "r" or local(run.getparent()) not in _PARENTS:
        return ACROSS
    return ""


def parted(covered: Sequence[WordPiece]) -> str:
    """Tell whether a change would go over the edge of something, or over somebody's mark."""
    first, last = (covered[place].fragment.node.getparent() for place in (0, -1))
    if any(piece.fragment.node.getparent().getparent() is not first.getparent() for piece in covered):
        return ACROSS
    between = first
    while between is not None and between is not last:
        if local(between) in _REVISIONS:
            return ACROSS
        between = between.getnext()
    return ""


def ranges(covered: Sequence[WordPiece], start: int, end: int) -> list[tuple[Element, int, int]]:
    """Return the stretches of markup that show ``start`` to ``end``; what does not show between two goes with them."""
    found: list[tuple[Element, int, int]] = []
    for piece in covered:
        node, offset = piece.fragment.node, piece.fragment.offset
        first = offset + max(0, start - piece.start)
        last = offset + min(end, piece.end) - piece.start
        if found and found[-1][0] is node:
            first = found.pop()[1]
        found.append((node, first, last))
    return found
