"""Sentences and clauses of Chinese text, as spans."""

import re
from collections.abc import Iterator

# A sentence ends after its marks and the closing quotation marks and brackets behind them, or at a line's end.
_SENTENCE = re.compile(r"[^。！？!?…\n]*(?:[。！？!?…]+[”’）》」』】\"')]*|(?=\n)|$)")
_CLAUSE = re.compile(r"[^，,；;：:\n]*(?:[，,；;：:]+|(?=\n)|$)")
_OPEN = {"“": "”", "《": "》", "（": "）", "(": ")", "‘": "’", "〈": "〉", "「": "」"}


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its ends; an empty one stands at ``start``."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start, start) if left == len(piece) else (start + left, start + len(piece.rstrip()))


def _spans(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    while position < end:
        match = pattern.match(text, position, end)
        stop = match.end() if match and match.end() > position else position + 1
        span = trim(text, position, stop)
        if span[0] < span[1]:
            yield span
        position = stop


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences in ``text[start:end]``, white space between them left out."""
    return list(_spans(_SENTENCE, text, start, len(text) if end is None else end))


def clauses(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the clauses in ``text[start:end]``, each with the comma, colon or semicolon behind it."""
    return list(_spans(_CLAUSE, text, start, len(text) if end is None else end))


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the non-empty lines in ``text[start:end]``, trimmed."""
    stop = len(text) if end is None else end
    found = []
    for match in re.finditer(r"[^\n]+", text[start:stop]):
        span = trim(text, start + match.start(), start + match.end())
        if span[0] < span[1]:
            found.append(span)
    return found


def find_outside_quotes(text: str, marks: str, start: int, end: int) -> int:
    """Return where the first of ``marks`` stands outside quotation marks, titles and brackets, or -1.

    A mark of opening whose partner is missing before ``end`` is taken as plain text.
    """
    position = start
    while position < end:
        character = text[position]
        if character in marks:
            return position
        partner = _OPEN.get(character)
        closing = text.find(partner, position + 1, end) if partner else -1
        position = closing + 1 if closing >= 0 else position + 1
    return -1
