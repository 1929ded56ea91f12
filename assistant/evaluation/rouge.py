"""ROUGE over tokens of one's own choosing, and the two kinds of token that suit Chinese.

Source: Lin, “ROUGE: A Package for Automatic Evaluation of Summaries” (2004). With the same tokens the figures are those
of Google's rouge_score for one reference.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.terms import CJK, words

_CHARACTERS = re.compile(rf"[{CJK}]|\d+(?:[.,]\d+)+|(?:(?![{CJK}])[^\W_])+")


@dataclass(frozen=True, slots=True)
class Measure:
    """The share of the candidate that the reference holds, of the reference that the candidate holds, and their mean.

    All are 0.0 to 1.0; the mean is harmonic. ``shared`` counts what both hold, ``candidate`` and ``reference`` what each does.
    """

    precision: float
    recall: float
    f: float
    shared: int = 0
    candidate: int = 0
    reference: int = 0


def rouge_n(candidate: Sequence[str], reference: Sequence[str], n: int) -> Measure:
    """Return the overlap of the runs of ``n`` tokens, each counted as often as it stands in both."""
    ours, theirs = _grams(candidate, n), _grams(reference, n)
    both = ours.keys() & theirs.keys()
    shared = sum(map(min, map(ours.__getitem__, both), map(theirs.__getitem__, both)))
    return _measure(shared, max(0, len(candidate) - n + 1), max(0, len(reference) - n + 1))


def _grams(tokens: Sequence[str], n: int) -> Counter[Hashable]:
    return Counter(tokens if n == 1 else zip(*(tokens[start:] for start in range(n)), strict=False))


def rouge_l(candidate: Sequence[str], reference: Sequence[str]) -> Measure:
    """Return the overlap by the longest common subsequence of tokens."""
    from rapidfuzz.distance import LCSseq

    ids: dict[str, int] = {}
    # Tokens compare as numbers here, for rapidfuzz compares longer strings by their hash alone.
    ours, theirs = ([ids.setdefault(token, len(ids)) for token in side] for side in (candidate, reference))
    return _measure(LCSseq.similarity(ours, theirs), len(ours), len(theirs))


def _measure(shared: int, candidate: int, reference: int) -> Measure:
    precision, recall = shared / max(candidate, 1), shared / max(reference, 1)
    f = 2 * shared / (candidate + reference) if shared else 0.0
    return Measure(precision, recall, f, shared, candidate, reference)


@lru_cache(maxsize=16)
def character_tokens(text: str) -> tuple[str, ...]:
    """Return the Chinese characters of a text one by one, and each unbroken run of letters or digits as one token.

    Text is normalised (NFKC, small letters) first; punctuation, masks and white space give no token.
    """
    return tuple(_CHARACTERS.findall(unicodedata.normalize("NFKC", text).lower()))


@lru_cache(maxsize=16)
def word_tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, normalised as `character_tokens` are and cut with the dictionary alone."""
    return tuple(words(text))
