"""What every proofreading rule says of itself, and how it becomes findings.

A kind of rule is a module in ``kinds``: one class that derives from ``Rule``, adds the keys its rules need and says in
``find`` where a text breaks them. ``rulebook.KINDS`` lists them by the name that stands under ``kind`` in a rule file.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.checks.prepared import Prepared
from assistant.types import Finding, Level

Words = Annotated[str, Field(min_length=1)]


class Rule(BaseModel, ABC):
    """A rule as its file states it. ``wrong`` examples break it, ``right`` ones keep it; a test runs them all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Words
    kind: Words
    level: Level
    message: Words
    source: Words
    wrong: Annotated[tuple[Words, ...], Field(min_length=1)]
    right: Annotated[tuple[Words, ...], Field(min_length=1)]
    since: datetime.date | None = None
    """The first day on which the rule is right."""
    until: datetime.date | None = None
    """The last day on which it is."""
    certain: bool = False
    """Whether its replacement may be made without asking."""
    exceptions: tuple[Words, ...] = ()
    """Words in which a finding is none."""
    documents: tuple[Words, ...] = ()
    """The kinds of document it is for; none means all."""
    in_titles: bool = False
    in_quotes: bool = False
    """Whether it looks inside 《…》 and “…” as well."""
    mask_gap: Annotated[int, Field(ge=0)] = 2
    """How many characters must lie between a finding and a redaction."""

    @abstractmethod
    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield what breaks this rule, quiet places included; ``check`` leaves them out."""

    @classmethod
    def check(cls, text: Prepared, rules: Sequence[Self]) -> Iterator[Finding]:
        """Yield what breaks these rules of one kind, quiet places left out."""
        for rule in rules:
            for finding in rule.find(text):
                if rule.allows(text, finding.start, finding.end):
                    yield finding

    def allows(self, text: Prepared, start: int, end: int) -> bool:
        """Tell whether a finding there may be reported: not beside a mask, in code, a title, a quotation or an exception."""
        return not (
            text.near_mask(start, end, gap=self.mask_gap)
            or text.code.touches(start, end)
            or (not self.in_titles and text.in_title(start, end))
            or (not self.in_quotes and text.in_quotes(start, end))
            or any(excepted(text.text, words, start, end) for words in self.exceptions)
        )

    def finding(
        self, start: int, end: int, *, replacement: str | None = None, message: str | None = None
    ) -> Finding:
        """Return a finding of this rule at a span."""
        return Finding(self.id, self.level, message or self.message, start, end, replacement=replacement)


def excepted(text: str, words: str, start: int, end: int) -> bool:
    """Tell whether ``words`` stand in the text so that they share a character with the span."""
    return text.find(words, max(0, start - len(words) + 1), end + len(words) - 1) >= 0
