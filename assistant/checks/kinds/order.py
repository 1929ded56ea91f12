"""A fixed series whose members stand in another order than the usual one."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule, Words
from assistant.types import Finding

# A new sentence, or one that reasons from the one to the other, and so has an order of its own.
_APART = re.compile(r"[。！？；\n]|必须|必先|才能|才会|首先|前提|基础|才(?=坚定|能|会)|树得牢")
_JOINT = re.compile(r"[、，“”‘’和与及]{0,3}")


class OrderRule(Rule):
    """``members`` in their usual order; at least ``least`` different ones in another order are a finding.

    ``within`` says what makes a series: members next to each other, with nothing but 、 and the like between
    (``series``), or any in one sentence (``sentence``).
    """

    members: Annotated[tuple[Words, ...], Field(min_length=2)]
    least: Annotated[int, Field(ge=2)] = 2
    within: Literal["series", "sentence"] = "series"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Any member."""
        return re.compile("|".join(map(re.escape, sorted(self.members, key=len, reverse=True))))

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield every series out of order."""
        if sum(member in text.text for member in self.members) < self.least:
            return
        for run in self._runs(text):
            ranks = list(dict.fromkeys(self.members.index(match.group()) for match in run))
            if len(ranks) >= self.least and ranks != sorted(ranks):
                yield self.finding(run[0].start(), run[-1].end(), replacement=self._sorted(run))

    def _runs(self, text: Prepared) -> Iterator[list[re.Match[str]]]:
        run: list[re.Match[str]] = []
        for match in self.compiled.finditer(text.text):
            if run and not self._joined(text, run[-1], match):
                yield run
                run = []
            run.append(match)
        if run:
            yield run

    def _joined(self, text: Prepared, before: re.Match[str], after: re.Match[str]) -> bool:
        if self.within == "series":
            return _JOINT.fullmatch(text.text, before.end(), after.start()) is not None
        between = text.text[before.end() : after.start()]
        return len(between) <= 60 and not _APART.search(between)

    def _sorted(self, run: list[re.Match[str]]) -> str | None:
        """Return the series in order, the joints where they were; none where a member stands twice."""
        words = [match.group() for match in run]
        if self.within != "series" or len(set(words)) < len(words):
            return None
        joints = [after.string[before.end() : after.start()] for before, after in pairwise(run)]
        ordered = sorted(words, key=self.members.index)
        return "".join(word + joint for word, joint in zip(ordered, [*joints, ""], strict=True))
