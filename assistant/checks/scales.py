"""Scales of wording (``scales.toml``): which words stand at which level, with what is quoted or fixed left out."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).with_name("scales.toml")
_QUOTED = r"《[^《》]*》|“[^“”]*”|\"[^\"\n]*\"|‘[^‘’]*’|〖[^〖〗]*〗"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from low to high. ``levels`` pair what a draft and what a note says at each level.

    From level ``alone`` on a word counts though the note has none of the scale; ``step`` levels too high are an error;
    ``bears`` tells what in a note bears out a word though it stands on no scale.
    """

    rule: str
    name: str
    alone: int
    step: int
    draft: re.Pattern[str]
    note: re.Pattern[str]
    bears: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a scale in a text, with its level."""

    level: int
    word: str
    start: int
    end: int


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_SOURCE.read_text("utf-8"))


@cache
def scales() -> tuple[Scale, ...]:
    """Return the scales in order of the file."""
    return tuple(
        Scale(
            record["rule"],
            record["name"],
            record["alone"],
            record["step"],
            _pattern([level["find"] for level in record["levels"]]),
            _pattern(
                ["|".join(filter(None, [level["find"], level.get("also")])) for level in record["levels"]]
            ),
            record.get("bears", {}),
        )
        for record in _data()["scale"]
    )


def _pattern(levels: list[str]) -> re.Pattern[str]:
    """Return one pattern with a group a level, the highest tried first."""
    return re.compile(
        "|".join(f"(?P<l{number}>{find})" for number, find in reversed(list(enumerate(levels))))
    )


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(f"{_QUOTED}|{_data()['fixed']}")


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(_data()["denied"])


def hide(text: str) -> str:
    """Return the text with quotations, titles and fixed terms blanked, every other character in its place."""
    return _hidden().sub(lambda match: " " * len(match.group()), text)


def scale_marks(scale: Scale, hidden: str, *, of_note: bool = False) -> list[Mark]:
    """Return the words of a scale in a text that `hide` returned, those left out that a denial stands before."""
    found = []
    for match in (scale.note if of_note else scale.draft).finditer(hidden):
        if not _denied().search(hidden, max(0, match.start() - 3), match.start()):
            assert match.lastgroup is not None
            found.append(Mark(int(match.lastgroup[1:]), match.group(), *match.span()))
    return found


@cache
def character_words() -> re.Pattern[str]:
    """Return the words of disciplinary and political characterisation."""
    words: str = _data()["character"]["words"]
    return re.compile("|".join(words.split()))


@cache
def harmless() -> re.Pattern[str]:
    """Return what shows that a clause fights, denies or names such conduct and charges nobody with it."""
    return re.compile(_data()["character"]["harmless"])


def bearing(word: str) -> str:
    """Return the pattern of what bears out a characterisation in a note."""
    grounds: dict[str, str] = _data()["character"]["grounds"]
    return "|".join([re.escape(word), *(what for key, what in grounds.items() if word.startswith(key))])
