"""A regular expression, and perhaps what to write instead."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule, Words
from assistant.types import Finding, Level

# So many of a kind are no slip any more, where the right form is rarer.
_HABIT = 3


def _compiles(pattern: str | None) -> str | None:
    try:
        re.compile(pattern or "", re.MULTILINE)  # as it is used, so that re need not compile it again
    except re.error as error:
        raise ValueError(f"不是正则表达式：{error}") from error
    return pattern


class PatternRule(Rule):
    r"""Whatever ``pattern`` matches, or its group ``at`` alone, is a finding.

    What to write instead is a ``replacement`` template (``\1``, ``\g<name>``), a ``swap`` of whole words, or a
    ``translate`` of single characters. A swap alone needs no pattern. ``needs`` are literals one of which every match
    holds: a line without any is not searched.
    """

    pattern: Annotated[str | None, AfterValidator(_compiles)] = None
    needs: tuple[Words, ...] = ()
    replacement: str | None = None
    swap: dict[Words, str] = Field(default_factory=dict)
    translate: dict[Words, str] = Field(default_factory=dict)
    habit: bool = False
    """Whether a text that always writes it so has but a habit, to hint at and no more."""

    @model_validator(mode="after")
    def _is_whole(self) -> "PatternRule":
        if self.pattern is None and not self.swap:
            raise ValueError("pattern 和 swap 至少要写一个")
        if self.certain and self.replacement is None and not self.swap and not self.translate:
            raise ValueError("certain 为真时要写 replacement、swap 或 translate")
        return self

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled; ``^`` and ``$`` match at lines."""
        words = "|".join(map(re.escape, sorted(self.swap, key=len, reverse=True)))
        return re.compile(words if self.pattern is None else self.pattern, re.MULTILINE)

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield every match."""
        found = list(self._matches(text))
        habits = self._habits(text, found) if self.habit else set()
        for finding in found:
            habitual = text.text[finding.start] in habits
            yield replace(finding, level=Level.INFO) if habitual else finding

    def _matches(self, text: Prepared) -> Iterator[Finding]:
        group = "at" if "at" in self.compiled.groupindex else 0
        needs = self.needs or (tuple(self.swap) if self.pattern is None else ())
        stretches = text.lines_with(needs) if needs else [(0, len(text.text))]
        matches = (match for stretch in stretches for match in self.compiled.finditer(text.text, *stretch))
        for match in matches:
            replacement = self._replacement(match, match.group(group))
            if match.group(group) and replacement != match.group(group):
                yield self.finding(*match.span(group), replacement=replacement)

    def _habits(self, text: Prepared, found: Sequence[Finding]) -> set[str]:
        """Return the first characters that the text writes oftener than what they should be."""
        wrong = Counter(text.text[finding.start] for finding in found)
        right = {text.text[finding.start]: (finding.replacement or "")[:1] for finding in found}
        return {
            mark
            for mark, count in wrong.items()
            if count >= _HABIT and (not right[mark] or count > text.text.count(right[mark]))
        }

    def _replacement(self, match: re.Match[str], words: str) -> str | None:
        if self.swap:
            return self.swap.get(words)
        if self.translate:
            return "".join(self.translate.get(character, character) for character in words)
        return None if self.replacement is None else match.expand(self.replacement)
