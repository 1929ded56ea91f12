"""ROUGE over tokens of one's own choosing, and the two kinds of token that suit Chinese.

Source: Lin, “ROUGE: A Package for Automatic Evaluation of Summaries” (2004). With the same tokens the figures are those
of Google's rouge_score for one reference.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.text.terms import CJK, words

if TYPE_CHECKING:
    import numpy as np

_CHARACTERS = re.compile(rf"[{CJK}]|\d+(?:[.,]\d+)+|(?:(?![{CJK}])[^\W_])+")
_RUN = re.compile(rf"\d+(?:[.,]\d+)+|(?:(?![{CJK}])[^\W_])+")
# Text of these alone needs no slow normalising: its marks give no token, and its runs are found at a glance.
_PLAIN = re.compile("[\x00-\x7f\u4e00-\u9fff，。；：、（）“”‘’《》〈〉！？—…·\u3000〔〕【】％～－＋×]*")
_PLAIN_RUN = re.compile(r"[0-9a-z](?:(?<=[0-9])[0-9]*(?:[.,][0-9]+)+|[0-9a-z]*)")
# Private characters, each in the place of a token of its own.
_FIRST, _LAST = "\U000f0000", "\U0010ffff"
_PRIVATE = re.compile(f"[{_FIRST}-{_LAST}]")
_NO_TOKEN = re.compile(f"[^{CJK}{_FIRST}-{_LAST}]+")
# From here on a text can hold every character, a million of them.
_ANY = 0xE000
_BITS, _LONGEST = 21, 3


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
    """Return the overlap of the runs of ``n`` tokens, 1 to 3, each counted as often as it stands in both.

    In a text given as such each character is a token.
    """
    if not 1 <= n <= _LONGEST:
        raise ValueError(n)
    ours, theirs = (_runs(line, n) for line in _lines(candidate, reference))
    return _measure(_shared(ours, theirs), len(ours), len(theirs))


def _runs(line: str, n: int) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Return the runs of ``n`` characters in order of worth, each as one number."""
    import numpy

    codes = numpy.frombuffer(line.encode("utf-32-le", "surrogatepass"), numpy.uint32).astype(numpy.int64)
    runs = codes[: max(0, len(codes) - n + 1)]
    for place in range(1, n):
        runs = runs << _BITS | codes[place : place + len(runs)]
    return numpy.sort(runs)


def _shared(ours: "np.ndarray[Any, Any]", theirs: "np.ndarray[Any, Any]") -> int:
    """Return how many numbers two sorted rows have in common: the k-th of one worth has its fellow if there are k there."""
    import numpy

    held = theirs.searchsorted(ours, "right") - theirs.searchsorted(ours)
    return int((numpy.arange(len(ours)) - ours.searchsorted(ours) < held).sum())


def rouge_l(candidate: Sequence[str], reference: Sequence[str]) -> Measure:
    """Return the overlap by the longest common subsequence of tokens; in a text as such each character is a token."""
    from rapidfuzz.distance import LCSseq

    # Of tokens in a list rapidfuzz compares the hashes alone, of a text the characters.
    ours, theirs = _lines(candidate, reference)
    return _measure(LCSseq.similarity(ours, theirs), len(ours), len(theirs))


def _lines(candidate: Sequence[str], reference: Sequence[str]) -> tuple[str, str]:
    """Return two rows of tokens as texts in which each character stands for a token, the same for the same."""
    if isinstance(candidate, str) and isinstance(reference, str):
        return candidate, reference
    signs: dict[str, str] = {}
    ours, theirs = (
        "".join([signs.setdefault(token, chr(_ANY + len(signs))) for token in side])
        for side in (candidate, reference)
    )
    return ours, theirs


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
def character_lines(candidate: str, reference: str) -> tuple[str, str]:
    """Return the `character_tokens` of two texts as texts in which each character is a token.

    A run of letters or digits is a private character, the same for the same in both.
    """
    signs: dict[str, str] = {}

    def sign(run: re.Match[str]) -> str:
        return signs.setdefault(run.group(), chr(ord(_FIRST) + len(signs)))

    ours, theirs = (_line(text, sign) for text in (candidate, reference))
    return ours, theirs


def _line(text: str, sign: Callable[[re.Match[str]], str]) -> str:
    if _PLAIN.fullmatch(text):
        signed = _PLAIN_RUN.sub(sign, text.replace("，", ",").lower())
    else:
        signed = _RUN.sub(sign, _PRIVATE.sub(" ", unicodedata.normalize("NFKC", text).lower()))
    return _NO_TOKEN.sub("", signed)


@lru_cache(maxsize=16)
def word_lines(candidate: str, reference: str) -> tuple[str, str]:
    """Return the `word_tokens` of two texts as texts in which each character is a token, the same for the same."""
    return _lines(word_tokens(candidate), word_tokens(reference))


@lru_cache(maxsize=16)
def word_tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text, normalised as `character_tokens` are and cut with the dictionary alone."""
    return tuple(words(text))
