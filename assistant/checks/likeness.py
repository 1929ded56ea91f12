"""How much of one text's content stands in another: character pairs, synonyms, and what is left of formulas."""

import re
import tomllib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add
from pathlib import Path

from assistant.text.terms import CJK
from assistant.text.words import cut_points

_SOURCE = Path(__file__).with_name("formulae.toml")
_CONTENT = re.compile(rf"[{CJK}]+|[A-Za-z]+")
_PLAIN = str.maketrans(
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
)
_TO_PLAIN = re.compile("[０-９A-Z]")
# What a lone character, a synonym and a pair of neighbours are worth as evidence.
LONE, SYNONYM, PAIR = 0.4, 0.9, 1.0
# Numerals, and characters that half of all words hold: alone they say nothing.
_COMMON = frozenset("一二三四五六七八九十百千万亿两几年月日人大小多少个次不有是的了在中上下出来去行为成作事")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a stretch, with formulas left out.

    ``places`` are the positions of its characters, ``pairs`` each character's with its neighbour before, with the one
    behind, and alone, ``groups`` the spans of words that have synonyms and the number of their group.
    """

    text: str
    places: tuple[int, ...]
    pairs: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[int, int, int], ...]

    @property
    def weight(self) -> int:
        """Return the number of characters of content."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands in a text, to find content in: pairs of neighbours, characters, and synonym groups."""

    pairs: frozenset[str]
    letters: frozenset[str]
    groups: frozenset[int]


def flattened(text: str) -> str:
    """Return the text with digits half-width and letters small, every character in its place."""
    return text.translate(_PLAIN) if _TO_PLAIN.search(text) else text


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(_SOURCE.read_text("utf-8"))


@cache
def vocabulary(*names: str) -> re.Pattern[str]:
    """Return a pattern of every word in these lists, the longest first."""
    return _any_of({word for name in names for word in _lists()[name].split()})


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of all words, the longest first; where no two characters begin one, none is tried."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    longer, alone = [word for word in ordered if len(word) > 1], [word for word in ordered if len(word) == 1]
    first, second = (_one_of({word[place] for word in longer}) for place in (0, 1))
    tried = [f"(?={first}{second})(?:{'|'.join(map(re.escape, longer))})"] if longer else []
    return re.compile("|".join([*tried, _one_of(alone)] if alone else tried))


def _one_of(characters: Iterable[str]) -> str:
    return f"[{''.join(sorted(map(re.escape, characters)))}]"


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    groups: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(_lists()["same"].strip().splitlines()):
        for word in line.split():
            groups[word] = (*groups.get(word, ()), number)
    return _any_of(groups), groups


def _grouped(text: str) -> Iterator[tuple[int, int, int]]:
    pattern, groups = _synonyms()
    for match in pattern.finditer(text):
        for number in groups[match.group()]:
            yield (*match.span(), number)


@cache
def _kept() -> frozenset[str]:
    return frozenset(_lists()["kept"].split())


def _without(flat: str, names: tuple[str, ...]) -> str:
    """Return a text with blanks for the words of these lists.

    地址 and 上会 are words of their own, whatever 地 and 上 are, and so are 共享 and 提前: half a word is none.
    """
    words = vocabulary(*names, "kept")
    found = [match.span() for match in words.finditer(flat) if match.group() not in _kept()]
    light = {place for span in found for place in range(*span)}
    halves = _halves(flat) if any(end - start == 1 for start, end in found) else {}
    light -= {start for start, end in found if end - start == 1 and halves.get(start, start) not in light}
    return "".join(" " if place in light else character for place, character in enumerate(flat))


def _halves(flat: str) -> dict[int, int]:
    """Return, for each place of a dictionary word of two characters, the place of the other."""
    points = sorted(cut_points(flat))
    pairs = [start for start, end in pairwise(points) if end - start == 2]
    return {start: start + 1 for start in pairs} | {start + 1: start for start in pairs}


def content(text: str, *, without: tuple[str, ...] = ("light",)) -> Content:
    """Return the content of a text: what is left without the words of the lists ``without``."""
    flat = flattened(text)
    left = _without(flat, without)
    places: list[int] = []
    pairs: list[tuple[str, str, str]] = []
    for match in _CONTENT.finditer(left):
        run = match.group()
        both = [*map(add, run, run[1:])]
        places.extend(range(*match.span()))
        pairs.extend(zip(["", *both], [*both, ""], run, strict=True))
    return Content(flat, tuple(places), tuple(pairs), tuple(_grouped(flat)))


def evidence(texts: Iterable[str]) -> Evidence:
    """Return what stands in these texts taken together."""
    pairs: set[str] = set()
    letters: set[str] = set()
    groups: set[int] = set()
    for text in texts:
        flat = flattened(text)
        for match in _CONTENT.finditer(flat):
            run = match.group()
            pairs.update(map(add, run, run[1:]))
            letters.update(run)
        groups.update(number for _, _, number in _grouped(flat))
    return Evidence(frozenset(pairs), frozenset(letters - _COMMON), frozenset(groups))


def together(parts: Iterable[Evidence]) -> Evidence:
    """Return what stands in several texts, read one by one."""
    every = list(parts)
    return Evidence(
        frozenset().union(*(one.pairs for one in every)),
        frozenset().union(*(one.letters for one in every)),
        frozenset().union(*(one.groups for one in every)),
    )


def held(part: Content, whole: Evidence) -> list[float]:
    """Return how well each place of ``part`` stands in ``whole``, 0 to 1."""
    known, letters = whole.pairs, whole.letters
    worth = [
        PAIR if before in known or after in known else LONE if letter in letters else 0.0
        for before, after, letter in part.pairs
    ]
    return _with_synonyms(part, worth, whole.groups) if part.groups else worth


def _with_synonyms(part: Content, worth: list[float], groups: Container[int]) -> list[float]:
    """Return the worth of each place, of one in a word with a synonym there no less than the synonym's."""
    shared = {place for start, end, group in part.groups if group in groups for place in range(start, end)}
    if not shared:
        return worth
    return [
        max(value, SYNONYM) if place in shared else value
        for place, value in zip(part.places, worth, strict=True)
    ]


def held_share(part: Content, whole: Evidence) -> float:
    """Return the share of ``part``'s content that stands in ``whole``; 0 without content."""
    return sum(held(part, whole)) / part.weight if part.weight else 0.0


def share_in(part: Content, text: str) -> float:
    """Return `held_share` in a text that is looked at but once: nothing is made of it to look things up in."""
    flat = flattened(text)
    worth = [
        PAIR
        if (before and before in flat) or (after and after in flat)
        else LONE
        if letter not in _COMMON and letter in flat
        else 0.0
        for before, after, letter in part.pairs
    ]
    if part.groups:
        worth = _with_synonyms(part, worth, {number for _, _, number in _grouped(flat)})
    return sum(worth) / part.weight if part.weight else 0.0
