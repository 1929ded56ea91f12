"""A text made ready for finding facts: folded character by character, and cut into words when asked."""

import re
from functools import cached_property
from itertools import accumulate

_HALF_WIDTH = {0xFF01 + offset: chr(0x21 + offset) for offset in range(94)}
_FOLDED = str.maketrans(
    {code: half for code, half in _HALF_WIDTH.items() if half.isalnum() or half in ".%-~[]"}
    | {ord(dash): "-" for dash in "—–―－‐‑−﹣~～〜∼"}
    | dict.fromkeys((0xA0, 0x2002, 0x2009, 0x202F), " ")
    | {ord(zero): "〇" for zero in "○◯"}
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class FoldedText:
    """A text, its folded copy of the same length, and where its words begin.

    Folding makes full-width letters and digits half-width and every dash and tilde a hyphen, one character for one.
    """

    def __init__(self, text: str, *, singles: bool = False) -> None:
        """Fold the text; lone surrogates, which no dictionary takes, become blanks. ``singles``: 一名 is to count."""
        self.text = text
        self.singles = singles
        self.folded = _SURROGATE.sub(" ", text.translate(_FOLDED))

    @cached_property
    def begins(self) -> bytearray:
        """Return a flag for each position, and for the end: does a dictionary word begin here."""
        import rjieba

        flags = bytearray(len(self.text) + 1)
        for position in accumulate(map(len, rjieba.cut(self.folded, hmm=False)), initial=0):
            flags[position] = 1
        return flags
