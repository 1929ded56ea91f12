"""A text made ready for finding what to mask: folded, cut into tagged words, and what is taken already."""

import re
import tomllib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HAN = "\u3400-\u4dbf\u4e00-\u9fff々〇"
_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_FOLDED = {code: half for code, half in _HALF_WIDTH.items() if chr(half).isalnum() or chr(half) in ".%-@_/:"}
_FOLDED |= {ord(dash): ord("-") for dash in "—–―‐‑−﹣"} | {ord(dot): ord("·") for dot in "•‧・"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that tells who, where or which: ``kind`` is one of `KINDS`, ``text`` the text of the span."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its part of speech."""

    text: str
    tag: str
    start: int
    end: int


class Scan:
    """A text for the finders. ``folded`` is as long as the text, letters and digits half-width."""

    def __init__(self, text: str) -> None:
        """Cut the text into words twice: by the dictionary alone, and guessing names too."""
        import rjieba

        self.text = text
        self.folded = _SURROGATE.sub(" ", text.translate(_FOLDED))
        self.words: list[Word] = []
        self.owner = array("l", [0]) * len(text)
        for word, tag in rjieba.tag(self.folded, hmm=False):
            start = self.words[-1].end if self.words else 0
            end = start + len(word)
            self.owner[start:end] = array("l", [len(self.words)]) * (end - start)
            self.words.append(Word(word, tag, start, end))
        self.guessed = _guessed_names(rjieba.tag(self.folded))
        self.taken = bytearray(len(text))

    def word_at(self, position: int) -> Word:
        """Return the word that holds the character at a position."""
        return self.words[self.owner[position]]

    def begins(self, position: int) -> bool:
        """Tell whether a word begins at a position; the text's end counts."""
        return position >= len(self.owner) or self.word_at(position).start == position

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words that touch a span."""
        return self.words[self.owner[start] : self.owner[end - 1] + 1] if start < end else []

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether nothing in a span is taken."""
        return self.taken.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        """Mark a span as taken, so that no later finder touches it."""
        self.taken[start:end] = b"\1" * (end - start)

    def entity(self, kind: str, start: int, end: int) -> Entity:
        """Return a span of the text as an entity."""
        return Entity(kind, start, end, self.text[start:end])


def _guessed_names(tagged: Iterable[tuple[str, str]]) -> set[tuple[int, int]]:
    position, spans = 0, set()
    for word, tag in tagged:
        if tag.startswith("nr"):
            spans.add((position, position + len(word)))
        position += len(word)
    return spans


@cache
def entity_lists() -> dict[str, Any]:
    """Return what entities.toml holds."""
    return _load("entities.toml")


@cache
def verbs() -> frozenset[str]:
    """Return the verbs and adjectives that lead to names and stand in none."""
    return frozenset(entity_lists()["verbs"].split())


@cache
def place_lists() -> dict[str, str]:
    """Return what places.toml holds."""
    return _load("places.toml")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant.text") / name).read_text("utf-8"))


def longest_of(words: Iterable[str]) -> str:
    """Return a pattern that takes the longest of some words, sorted under their first characters so that it is fast."""
    heads: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        heads.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(head)}(?:{'|'.join(rest)})" for head, rest in heads.items()) + ")"
