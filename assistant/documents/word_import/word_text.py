"""A Word file as text, and where each stretch of it stands in the markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.word_import.blocks import Blocks
from assistant.documents.word_import.fields import Fields
from assistant.documents.word_import.fragments import BREAK, Dropped, Fragment, Line
from assistant.documents.word_import.markup import Element, word
from assistant.documents.word_import.package import WordPackage

_PAGE_NUMBER = re.compile(r"[\d\s\u3000第页共/／·.—–―－-]+")


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A stretch of the text and the fragment that it is."""

    start: int
    end: int
    fragment: Fragment


@dataclass(frozen=True, slots=True)
class WordText:
    """A Word file as read: its text, the pieces that make it up without a gap, and what was dropped.

    ``root`` is the markup of the main part, which ``pieces`` point into.
    """

    text: str
    pieces: tuple[WordPiece, ...]
    dropped: tuple[str, ...]
    root: Element
    package: WordPackage


def read_word(data: bytes) -> WordText:
    """Read a .docx, revisions as accepted, footnotes after their paragraph, tables a row a line.

    A damaged file raises ``BadZipFile``, ``KeyError``, ``SyntaxError``, ``ValueError`` or whatever its layers raise.
    """
    package = WordPackage(data)
    root = package.tree(package.main)
    body = root.find(word("body"))
    if body is None:
        raise ValueError("no body")
    dropped, lines = _read(package, body)
    text, pieces = _joined(lines)
    comments = package.related_tree("comments")
    dropped.counts["comment"] = 0 if comments is None else len(comments.findall(word("comment")))
    dropped.counts["edge"] = sum(
        _says_something(package.tree(path))
        for kind in ("header", "footer")
        for path in package.all_related(kind)
    )
    return WordText(text, pieces, dropped.told(), root, package)


def _says_something(edge: Element) -> bool:
    """Tell whether a page's head or foot has more than a page number."""
    return bool(_PAGE_NUMBER.sub("", "".join(node.text or "" for node in edge.iter(word("t")))))


def _read(package: WordPackage, body: Element) -> tuple[Dropped, list[Line]]:
    for trusted in (True, False):
        dropped, fields = Dropped(), Fields(trusted=trusted)
        lines = list(Blocks(package, dropped, fields).lines(body))
        if fields.all_ended:
            break
    return dropped, lines


def _joined(lines: Sequence[Line]) -> tuple[str, tuple[WordPiece, ...]]:
    texts: list[str] = []
    pieces: list[WordPiece] = []
    position = 0
    for number, line in enumerate(lines):
        for fragment in [Fragment("\n", lock=BREAK), *line] if number else line:
            end = position + len(fragment.text)
            texts.append(fragment.text)
            pieces.append(WordPiece(position, end, fragment))
            position = end
    return "".join(texts), tuple(pieces)
