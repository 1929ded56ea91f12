"""The text that a visitor polishes: what was proposed for it, and what he does not want of that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.text.sentences import paragraphs
from assistant.workflow.polishing import RULES
from assistant.writing.changes import Polished, apply
from assistant.writing.polish_rules import Level

# The names of the kinds of changes, in the order in which they are listed.
KINDS = {
    "wording": "词句",
    "punctuation": "标点",
    "structure": "语序",
    "redundancy": "重复",
    "proofreading": "校对",
}


@dataclass(frozen=True, slots=True)
class PolishPaper:
    """``text`` is what stands in the box now, ``polished`` the outcome for the text as it was then.

    ``refused`` are the places, in ``polished.changes``, of what the visitor does not want. ``unfinished`` tells that a model
    broke off.
    """

    text: str = ""
    level: Level = "full"
    polished: Polished | None = None
    refused: tuple[int, ...] = ()
    unfinished: bool = False

    @property
    def result(self) -> str:
        """Return the text with the changes that are wanted."""
        if self.polished is None:
            return self.text
        wanted = (one for at, one in enumerate(self.polished.changes) if at not in self.refused)
        return apply(self.polished.text, wanted)

    @property
    def by_model(self) -> bool:
        """Tell whether any of the result is a model's."""
        done = self.polished
        return done is not None and done.model != RULES and len(self.refused) < len(done.changes)


def decide(paper: PolishPaper, places: Iterable[int], *, wanted: bool) -> PolishPaper:
    """Take changes, or refuse them. Raises `InputError` for one that is not there."""
    count = len(paper.polished.changes) if paper.polished else 0
    asked = set(places)
    if any(not 0 <= place < count for place in asked):
        raise InputError("这处修改已不在，请刷新页面后再选。")
    refused = set(paper.refused) - asked if wanted else set(paper.refused) | asked
    return replace(paper, refused=tuple(sorted(refused)))


def places_of(paper: PolishPaper, kind: str | None) -> Sequence[int]:
    """Return the places of all changes of a kind, or of all."""
    changes = paper.polished.changes if paper.polished else ()
    return [place for place, change in enumerate(changes) if kind in (None, change.kind)]


def next_paragraph(text: str, done: int) -> tuple[int, int]:
    """Return the span of the paragraph that a model works on when it has done ``done``; an empty one at the end."""
    return next(((start, end) for start, end in paragraphs(text) if start >= done), (len(text), len(text)))
