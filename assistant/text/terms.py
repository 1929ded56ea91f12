"""The search terms of a Chinese text: words and character bigrams."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"
RUNS = re.compile(rf"(?P<cjk>[{CJK}]+)|\d+(?:[.,]\d+)+|(?:(?![{CJK}])[^\W_])+")


def terms(text: str) -> list[str]:
    """Return the search terms of ``text``: its words, each Chinese run's followed by the run's bigrams.

    Full-width forms count as half-width, capitals as small; punctuation and masks (``*``, ``×``) give no
    term, and no bigram crosses them. A word of two characters and the same bigram are one term, given twice:
    on CMRC 2018 dev that ranks better (hit@1 0.974) than once (0.972) or keeping the two apart (0.971).
    """
    found: list[str] = []
    for run, chinese in _runs(text):
        if chinese:
            found += _segment(run)
            found += map("".join, pairwise(run))
        else:
            found.append(run)
    return found


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order, normalised as `terms` are, without punctuation and masks."""
    return [word for run, chinese in _runs(text) for word in (_segment(run) if chinese else [run])]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the unbroken runs of Chinese characters, letters or digits, and whether each is Chinese."""
    for match in RUNS.finditer(unicodedata.normalize("NFKC", text).lower()):
        yield match.group(), match["cjk"] is not None


def _segment(run: str) -> list[str]:
    """Cut a Chinese run into words, with the dictionary alone.

    Guessing unknown words (HMM) costs 0.9 points of hit@1 on CMRC 2018 dev: names come out cut differently in
    question and passage.
    """
    return _cutter()(run, hmm=False)


@cache
def _cutter() -> "Callable[..., list[str]]":
    import rjieba

    return rjieba.cut
