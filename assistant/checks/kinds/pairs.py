"""Words that do not go together: a verb and its object, named apart and met side by side."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field

from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule, Words
from assistant.types import Finding


class PairsRule(Rule):
    """A verb of ``verbs`` before an object of ``objects`` is a finding; each verb's value is what to write instead.

    Quotation marks around the object may stand or be missing, and 了 or up to ``gap`` characters of the same clause
    may stand between verb and object.
    """

    verbs: Annotated[dict[Words, str], Field(min_length=1)]
    objects: Annotated[tuple[Words, ...], Field(min_length=1)]
    gap: Annotated[int, Field(ge=0, le=12)] = 0

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The verbs, what may stand between, and the objects."""
        verbs = "|".join(map(re.escape, sorted(self.verbs, key=len, reverse=True)))
        objects = "|".join(map(re.escape, sorted(self.objects, key=len, reverse=True)))
        between = rf"[^\s，。；：、！？“”《》（）]{{0,{self.gap}}}?" if self.gap else ""
        return re.compile(rf"(?P<verb>{verbs})(?P<rest>[了好]?{between}[“‘]?(?:{objects})[”’]?)")

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield every verb with an object that it does not go with."""
        if not any(words in text.text for words in self.objects):
            return
        for match in self.compiled.finditer(text.text):
            better = self.verbs[match["verb"]]
            yield self.finding(*match.span(), replacement=better + match["rest"] if better else None)
