"""The rules of polishing: its own (``polishing.toml``), and those for notes (``formal.toml``) that hold in running text."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assistant.text.formal_rules import FormalRule, apart, formal_rules

Level = Literal["light", "full"]
_SOURCE = Path(__file__).with_name("polishing.toml")


@dataclass(frozen=True, slots=True)
class PolishRule:
    """A rewriting of running text. A clause without one of ``needs`` holds no match, and is not searched.

    A pattern sees one clause, marks of a sentence included in its neighbours only; ``sentence`` rules see the whole
    sentence. ``examples`` pairs a text with what the full level makes of it; ``keep`` holds texts that stay.
    """

    id: str
    kind: str
    light: bool
    needs: frozenset[str]
    sentence: bool
    find: re.Pattern[str]
    put: str
    chosen: dict[str, str]
    reason: str
    examples: dict[str, str]
    keep: tuple[str, ...]
    whole_words: bool
    formal: FormalRule | None = None

    def located(self, clause: str, context: str) -> Iterator[tuple[int, int, str]]:
        """Yield the spans of ``clause`` to be replaced, with what stands for them."""
        if self.formal:
            yield from self.formal.located(clause, context=context)
            return
        for match in self.find.finditer(clause):
            word = match.group(match.lastindex or 0)
            yield (*match.span(), self.chosen[word] if self.chosen else match.expand(self.put))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_SOURCE.read_text("utf-8"))


@cache
def polish_rules(level: Level) -> tuple[PolishRule, ...]:
    """Return the rules of a level, in order of precedence: where two claim one place the earlier has it."""
    return tuple(rule for rule in (*_own(), *_borrowed()) if rule.light or level == "full")


def _own() -> Iterator[PolishRule]:
    for record in _data()["rule"]:
        find = record["find"]
        for name, macro in _data()["macros"].items():
            find = find.replace(f"{{{name}}}", macro)
        yield PolishRule(
            id=record["id"],
            kind=record.get("kind", "wording"),
            light=record.get("light", False),
            needs=frozenset(record["needs"]),
            sentence=record.get("sentence", False),
            find=re.compile(apart(find)),
            put=record.get("put", ""),
            chosen=record.get("map", {}),
            reason=record.get("reason", ""),
            examples=record.get("examples", {}),
            keep=tuple(record.get("keep", ())),
            whole_words=record.get("words", True),
        )


def _borrowed() -> Iterator[PolishRule]:
    running: dict[str, dict[str, str]] = _data()["running"]
    needs = running["light"] | running["full"]
    for rule in formal_rules():
        if rule.id in needs:
            yield PolishRule(
                id=rule.id,
                kind="wording",
                light=rule.id in running["light"],
                needs=frozenset(needs[rule.id]),
                sentence=False,
                find=re.compile(""),
                put="",
                chosen={},
                reason="",
                examples={},
                keep=(),
                whole_words=True,
                formal=rule,
            )


@cache
def claims(level: Level) -> dict[str, int]:
    """Return, for each character that a rule may need, the rules that need it, as bits by their place in the order."""
    found: dict[str, int] = {}
    for place, rule in enumerate(polish_rules(level)):
        for character in rule.needs:
            found[character] = found.get(character, 0) | 1 << place
    return found


@cache
def false_words() -> frozenset[str]:
    """Return what segmentation takes for a word although in these texts it is none: 书签 in 责任书签了."""
    return frozenset(_data()["false_words"])


@cache
def carriers() -> frozenset[str]:
    """Return the words that come and go without a statement: 情况, 进行."""
    return frozenset(_data()["carriers"].split())


@cache
def opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return pairs of patterns: words, and words for the opposite."""
    return tuple((re.compile(one), re.compile(other)) for one, other in _data()["opposites"])
