"""Fixed terms whose numbers count nothing (两个维护, 八项规定, 党的二十大), and the measure words."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Measures:
    """The measure words: a pattern for them, those that no lone Chinese numeral has, those that 一 or 二 may have.

    ``same`` and ``scale`` tell what is written as what, ``equal`` what agrees though written apart.
    """

    pattern: str
    digits: frozenset[str]
    vague: frozenset[str]
    second: frozenset[str]
    same: dict[str, str]
    scale: dict[str, tuple[str, Fraction]]
    equal: dict[str, tuple[str, Fraction]]


@cache
def measures() -> Measures:
    """Return the measure words of measures.toml."""
    data = _load("measures.toml")
    return Measures(
        pattern=any_of([*data["any"], *(word + r"(?![A-Za-z\d])" for word in data["letters"])]),
        digits=frozenset(data["digits"]),
        vague=frozenset(data["vague"]),
        second=frozenset(data["second"]),
        same=data["same"],
        scale={name: (unit, Fraction(times)) for name, (unit, times) in data["scale"].items()},
        equal={name: (unit, Fraction(times)) for name, (unit, times) in data["equal"].items()},
    )


@cache
def fixed_terms() -> re.Pattern[str]:
    """Return a pattern that finds every fixed term of fixed.toml."""
    data = _load("fixed.toml")
    return re.compile("|".join([*data["patterns"], _word(any_of(data["words"]))]))


def _word(words: str) -> str:
    """Return a pattern for words that are no piece of a longer numeral or a weekday: 一点 of 一点六亿, 三公 of 每周三公示."""
    return rf"(?<![\d.一二三四五六七八九十百千万亿])(?<![每逐本上下]周)(?<!星期){words}(?!(?<=点)[〇零一二三四五六七八九])"


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for the longest of ``words``, sorted under their first characters so that it is fast."""
    heads: dict[str, set[str]] = {}
    for word in words:
        heads.setdefault(word[0], set()).add(word[1:])
    return "(?:" + "|".join(re.escape(head) + _rest(tails) for head, tails in sorted(heads.items())) + ")"


def _rest(tails: set[str]) -> str:
    longer = sorted(tails - {""}, key=lambda tail: (-len(tail), tail))
    if not longer:
        return ""
    return f"(?:{'|'.join(longer)})" + ("?" if "" in tails else "")


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("assistant.text") / name).read_text("utf-8"))
