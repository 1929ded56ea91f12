"""Words that are often mistyped, where segmentation shows that they are no part of right ones."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field

from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule, Words
from assistant.text.terms import words
from assistant.types import Finding

_REACH = 12
_HAN_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{0,{_REACH}}}$")
_HAN_AFTER = re.compile(rf"[\u4e00-\u9fff]{{0,{_REACH}}}")


class ConfusionsRule(Rule):
    """``swap`` says of each wrong word what is meant; if ``whole``, no dictionary word may run over its edges."""

    swap: Annotated[dict[Words, Words], Field(min_length=1)]
    whole: bool = False

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The wrong words, by their first characters, so that most places fail at once."""
        longest_first = sorted(self.swap, key=lambda word: (word[0], -len(word), word))
        firsts: dict[str, list[str]] = {}
        for word in longest_first:
            firsts.setdefault(word[0], []).append(word[1:])
        return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in firsts.items()))

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the wrong words."""
        for match in self.compiled.finditer(text.text):
            if not self.whole or _stands_alone(text.text, *match.span()):
                meant = self.swap[match.group()]
                message = f"“{match.group()}”疑为“{meant}”之误，请改正。"
                yield self.finding(*match.span(), replacement=meant, message=message)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether words begin at one edge of a span and end at the other."""
    before = _HAN_BEFORE.search(text[max(0, start - _REACH) : start])
    after = _HAN_AFTER.match(text, end)
    left = before[0] if before else ""
    edges = {0}
    place = 0
    for word in words(left + text[start:end] + (after[0] if after else "")):
        place += len(word)
        edges.add(place)
    return {len(left), len(left) + end - start} <= edges
