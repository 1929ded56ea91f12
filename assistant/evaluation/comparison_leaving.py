"""Which clauses of a piece the other side leaves out: by their words, or by what they give in figures."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.checks.bearings import Bearings, masked
from assistant.checks.counts import told_otherwise
from assistant.checks.grounds import LONGEST_BULLET
from assistant.checks.likeness import Content, Evidence, content, evidence, held_share, together
from assistant.evaluation.comparison import Group
from assistant.evaluation.comparison_pieces import Pieces, clauses_of
from assistant.types import Fact, Note

# A clause is left out where next to nothing of it stands in its partners, nor much in the other side's whole; one that
# gives figures also where none of them is told and some of its words stand nowhere.
_LEFT, _LEFT_ELSEWHERE, _LEFT_WITH_FIGURES = 0.28, 0.5, 0.9
# A clause that another one holds so far, and clearly more than this one, says that one.
_SPENT, _CLEARLY = 0.8, 0.3
_LEAST_CLAUSE, _LONGEST_TOPIC = 3, 16
_JUDGEMENT = re.compile("[还仍]?(?:不够|有差距|有待)|问题|现象|存在着?")
_DIGIT = re.compile(r"\d")
_FIGURES = frozenset(("number", "date", "title", "document"))


class Leaving:
    """A side of a comparison, asked what of the other's pieces it leaves out."""

    def __init__(
        self, side: Pieces, differing: Sequence[tuple[int, int]], groups: Sequence[Group], *, ours: bool
    ) -> None:
        """Keep what is said here. ``differing`` are spans of the other side that this one says otherwise.

        ``ours`` tells that the pieces asked about are the draft's.
        """
        self.groups = {
            number: group for group in groups for number in (group.draft if ours else group.reference)
        }
        self._side = side
        self._differing = differing
        self._ours = ours
        self._everything = evidence([side.side.text])
        self._known = Bearings([Note("other", unit.text) for unit in side.units])

    def left(self, other: Pieces, number: int, group: Group) -> list[tuple[int, int]]:
        """Return the spans of the clauses of a piece that are left out here."""
        partners = group.reference if self._ours else group.draft
        asked = group.draft if self._ours else group.reference
        said = [other.side.text[slice(*span)] for one in asked for span in clauses_of(other.units[one])]
        clauses = [
            self._side.side.text[slice(*span)]
            for one in partners
            for span in clauses_of(self._side.units[one])
        ]
        spans = clauses_of(other.units[number])
        found = [
            span
            for span in spans
            if self._is_left(other, number, span, _free(clauses, said, other.side.text[slice(*span)]))
        ]
        if (
            found
            and len(found) < len(spans)
            and found[0] == spans[0]
            and _names_a_topic(other, number, *spans[0])
        ):
            return found[1:]
        return found

    def _is_left(self, other: Pieces, number: int, span: tuple[int, int], known: Evidence) -> bool:
        clause = other.side.text[slice(*span)]
        if content(clause, without=("light", "formula")).weight < _LEAST_CLAUSE:
            return False
        part = _content(clause)
        elsewhere = held_share(part, self._everything)
        if elsewhere < _LEFT_WITH_FIGURES and self._lacks_figures(other, number, *span):
            return True
        plain = held_share(content(_JUDGEMENT.sub("", clause), without=()), known)
        return max(held_share(part, known), plain) < _LEFT and elsewhere < _LEFT_ELSEWHERE

    def _lacks_figures(self, other: Pieces, number: int, start: int, end: int) -> bool:
        """Tell whether a clause gives figures, and this side none of them nor others in their place."""
        if any(first < end and start < last for first, last in self._differing):
            return False
        text = other.side.text
        given = [
            fact
            for fact in other.side.facts[number]
            if start <= fact.start < end and fact.kind in _FIGURES and _DIGIT.search(fact.value)
        ]
        return bool(given) and not any(
            masked(text, fact.start, fact.end)
            or self._known.holders(fact)
            or told_otherwise_anywhere(fact, text, self._known)
            for fact in given
        )


def _free(clauses: Sequence[str], said: Sequence[str], clause: str) -> Evidence:
    """Return the evidence of the clauses that may say ``clause``: not those that another one said has to itself."""
    rest = [one for one in said if one != clause]
    return together(
        _evidence(one)
        for one in clauses
        if not _is_spent(one, rest, max(_SPENT, _share(one, clause) + _CLEARLY))
    )


def _is_spent(clause: str, others: Sequence[str], least: float) -> bool:
    return any(_share(clause, other) >= least for other in others)


# Every clause of a group is held against every other, for each piece of the group anew.
@lru_cache(maxsize=8192)
def _share(one: str, other: str) -> float:
    return held_share(_content(one), _evidence(other))


@lru_cache(maxsize=1024)
def _content(clause: str) -> Content:
    return content(clause)


@lru_cache(maxsize=1024)
def _evidence(clause: str) -> Evidence:
    return evidence([clause])


def _names_a_topic(pieces: Pieces, number: int, start: int, end: int) -> bool:
    """Tell whether the first clause of an item only names what the others tell: no figure, and short."""
    told = any(start <= fact.start < end for fact in pieces.side.facts[number])
    return pieces.units[number].head and end - start <= _LONGEST_TOPIC and not told


def told_otherwise_anywhere(fact: Fact, text: str, known: Bearings) -> bool:
    """Tell whether a number is told in other words in one of the texts known: 3名 for 3个."""
    return fact.kind == "number" and any(
        len(one.text) <= LONGEST_BULLET and told_otherwise(fact, text, found, one.text)
        for one, found in zip(known.texts, known.found, strict=True)
    )
