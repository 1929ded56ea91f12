"""How much of a text is copied from the passages that its writer saw."""

import re
import unicodedata

from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import EMPTY, quoted

GRAM = 8
_LETTERS = re.compile(r"[^\W_]+")


def copied(sample: Sample) -> tuple[float | None, str]:
    """Return the share of a text's characters that lie in runs of eight or more that a passage holds and no note does.

    Punctuation, masks and white space do not count, and a run may cross them.
    """
    if not sample.passages:
        return None, "写稿时没有看旧稿，无从照抄。"
    text = _letters(sample.text)
    if not text:
        return None, EMPTY
    sources = [_letters(passage.text) for passage in sample.passages]
    notes = _grams("\n".join(_letters(note.text) for note in sample.notes))
    known = set().union(*map(_grams, sources)) - notes
    covered = bytearray(len(text))
    for start in range(len(text) - GRAM + 1):
        if text[start : start + GRAM] in known:
            covered[start : start + GRAM] = b"\1" * GRAM
    share = covered.count(1) / len(text)
    if not share:
        return 0.0, "没有与旧稿连续八字以上相同的地方。"
    longest = max((longest_shared(text, source) for source in sources), key=len)
    return share, f"与旧稿连续八字以上相同的占全文{share:.0%}，最长{len(longest)}字：{quoted([longest])}。"


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text)))


def _grams(text: str, size: int = GRAM) -> set[str]:
    return {text[start : start + size] for start in range(len(text) - size + 1)}


def longest_shared(text: str, other: str) -> str:
    """Return the first of the longest runs of characters that both texts hold, empty where they share none."""
    best, low, high = "", 1, min(len(text), len(other))
    while low <= high:
        size = (low + high) // 2
        known = _grams(other, size)
        starts = range(len(text) - size + 1)
        run = next(
            (text[start : start + size] for start in starts if text[start : start + size] in known), ""
        )
        best, low, high = (run, size + 1, high) if run else (best, low, size - 1)
    return best
