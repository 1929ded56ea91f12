"""How much of one text's content stands in another: character pairs, synonyms, and what is left of formulas."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.text.terms import CJK
from assistant.text.words import cut_points

_SOURCE = Path(__file__).with_name("formulae.toml")
_CONTENT = re.compile(rf"[{CJK}]+|[A-Za-z]+")
_PLAIN = str.maketrans(
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
)
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
    return text.translate(_PLAIN)


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(_SOURCE.read_text("utf-8"))


@cache
def vocabulary(*names: str) -> re.Pattern[str]:
    """Return a pattern of every word in these lists, the longest first."""
    words = {word for name in names for word in _lists()[name].split()}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    groups: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(_lists()["same"].strip().splitlines()):
        for word in line.split():
            groups[word] = (*groups.get(word, ()), number)
    return re.compile("|".join(sorted(groups, key=lambda word: (-len(word), word)))), groups


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
        first, last = match.span()
        for place in range(first, last):
            places.append(place)
            before = left[place - 1 : place + 1] if place > first else ""
            after = left[place : place + 2] if place + 1 < last else ""
            pairs.append((before, after, left[place]))
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
            pairs.update(run[place : place + 2] for place in range(len(run) - 1))
            letters.update(run)
        groups.update(number for _, _, number in _grouped(flat))
    return Evidence(frozenset(pairs), frozenset(letters - _COMMON), frozenset(groups))


def held(part: Content, whole: Evidence) -> list[float]:
    """Return how well each place of ``part`` stands in ``whole``, 0 to 1."""
    known, letters = whole.pairs, whole.letters
    worth = [
        PAIR if before in known or after in known else LONE if letter in letters else 0.0
        for before, after, letter in part.pairs
    ]
    if shared := {
        place for start, end, group in part.groups if group in whole.groups for place in range(start, end)
    }:
        worth = [
            max(value, SYNONYM) if place in shared else value
            for place, value in zip(part.places, worth, strict=True)
        ]
    return worth


def held_share(part: Content, whole: Evidence) -> float:
    """Return the share of ``part``'s content that stands in ``whole``; 0 without content."""
    return sum(held(part, whole)) / part.weight if part.weight else 0.0
