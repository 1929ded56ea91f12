"""Which pieces of two texts speak of the same, by what they share that is not said everywhere.

A best assignment of pieces one to one comes first (Kuhn 1955, Munkres 1957, by shortest augmenting paths); what is left
joins the group that it is most like, so that several pieces may answer to one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, log

from assistant.checks.likeness import Content, content
from assistant.text.facts import facts
from assistant.writing.topics import Family, family_of, load_families

# Chosen on the pairs of tests/evaluation/labelled_pairs.py.
PAIRED = 0.12
JOINED = 0.18
_SMOOTH = 3.0
_FAMILY = 0.06
_SHORTER, _LONGER = 0.7, 0.3
# What a fact, and what a pair within a formula (全面从严治党) is worth beside any other pair.
_FACT, _FORMULA = 2.0, 0.4
# How bad a thing is says nothing of what it is.
_JUDGEMENT = re.compile(
    "(?:不够?|还需|有待)?(?:及时|规范|深入|到位|健全|完善|扎实|经常|严格|明显|突出|缺乏|缺少|滞后|薄弱|管理)"
)


@dataclass(frozen=True, slots=True)
class Features:
    """What a piece says: character pairs, synonym groups and facts, each with its worth; and its topic family, if any."""

    worth: Mapping[str, float]
    family: str | None


def features(text: str, families: tuple[Family, ...]) -> Features:
    """Return the features of a piece; words that only judge or join are none."""
    bare = _JUDGEMENT.sub("，", text)
    worth = dict.fromkeys(_pairs(content(bare)), _FORMULA)
    worth |= dict.fromkeys(_pairs(content(bare, without=("light", "formula"))), 1.0)
    worth |= {f"={fact.kind}:{fact.value}": _FACT for fact in facts(text)}
    family = family_of(text, families)
    return Features(worth, family.name if family else None)


def _pairs(part: Content) -> set[str]:
    """Return the pairs of a content, and in place of those within a word that has synonyms the word's group."""
    said = set(part.places)
    groups = [one for one in part.groups if said & set(range(one[0], one[1]))]
    inside = {place for start, end, _ in groups for place in range(start, end - 1)}
    found = {f"#{group}" for _, _, group in groups}
    for place, (before, after, _) in zip(part.places, part.pairs, strict=True):
        found |= {before} if before and place - 1 not in inside else set()
        found |= {after} if after and place not in inside else set()
    return found


class Likeness:
    """How alike the pieces of two texts are."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        """Read the pieces, and weigh what they say by how rarely it is said on either side."""
        families = load_families()
        self._ours = [features(text, families) for text in ours]
        self._theirs = [features(text, families) for text in theirs]
        spread = _spread(self._ours) | _spread(self._theirs)
        most = max(len(ours), len(theirs), 1)
        self._rarity = {feature: log(1 + most / count) / log(1 + most) for feature, count in spread.items()}
        self._sizes = [[self._size(piece) for piece in side] for side in (self._ours, self._theirs)]

    def between(self, ours: int, theirs: int) -> float:
        """Return how alike two pieces are, 0 to 1: what the shorter shares with the other counts more."""
        one, other = self._ours[ours], self._theirs[theirs]
        both = one.worth.keys() & other.worth.keys()
        shared = sum(self._rarity[name] * min(one.worth[name], other.worth[name]) for name in both)
        if not shared:
            return 0.0
        short, long = sorted((self._sizes[0][ours], self._sizes[1][theirs]))
        likeness = _SHORTER * shared / (short + _SMOOTH) + _LONGER * shared / (long + _SMOOTH)
        return min(1.0, likeness + (_FAMILY if one.family and one.family == other.family else 0.0))

    def _size(self, piece: Features) -> float:
        return sum(self._rarity[name] * worth for name, worth in piece.worth.items())


def _spread(pieces: Sequence[Features]) -> Counter[str]:
    return Counter(feature for piece in pieces for feature in piece.worth)


def paired_pieces(ours: Sequence[str], theirs: Sequence[str]) -> dict[tuple[int, int], float]:
    """Return the pairs of pieces that speak of the same, with their likeness."""
    likeness = Likeness(ours, theirs)
    table = [[likeness.between(one, other) for other in range(len(theirs))] for one in range(len(ours))]
    pairs = {(one, other): table[one][other] for one, other in assign(table, least=PAIRED)}
    left = [one for one in range(len(ours)) if all(pair[0] != one for pair in pairs)]
    right = [other for other in range(len(theirs)) if all(pair[1] != other for pair in pairs)]
    joined = [
        max(((table[one][other], one, other) for other in range(len(theirs))), default=None) for one in left
    ]
    joined += [
        max(((table[one][other], one, other) for one in range(len(ours))), default=None) for other in right
    ]
    return pairs | {(one[1], one[2]): one[0] for one in joined if one and one[0] >= JOINED}


def assign(table: Sequence[Sequence[float]], *, least: float) -> list[tuple[int, int]]:
    """Return the assignment of rows to columns of the greatest sum, of cells of at least ``least`` only."""
    if not table or not table[0]:
        return []
    turned = len(table) > len(table[0])
    rows = [list(column) for column in zip(*table, strict=True)] if turned else [list(row) for row in table]
    costs = [[-value if value >= least else 0.0 for value in row] for row in rows]
    found = [(row, column) for row, column in _cheapest(costs) if rows[row][column] >= least]
    return sorted((column, row) if turned else (row, column) for row, column in found)


def _cheapest(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the cheapest full assignment of the rows, which are no more than the columns."""
    search = _Search(costs)
    for row in range(len(costs)):
        search.place(row)
    return [(row, column) for column, row in enumerate(search.taken[:-1]) if row >= 0]


class _Search:
    """Rows placed one by one, each by the shortest augmenting path; the last column stands for none."""

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self.costs = costs
        self.width = len(costs[0])
        self.rows = [0.0] * len(costs)
        self.columns = [0.0] * (self.width + 1)
        self.taken = [-1] * (self.width + 1)

    def place(self, row: int) -> None:
        self.taken[self.width] = row
        column = self.width
        gaps, before, seen = [inf] * self.width, [self.width] * self.width, [False] * (self.width + 1)
        while self.taken[column] >= 0:
            seen[column] = True
            column = self._step(column, gaps, before, seen)
        while column != self.width:
            self.taken[column] = self.taken[before[column]]
            column = before[column]
        self.taken[self.width] = -1

    def _step(self, column: int, gaps: list[float], before: list[int], seen: list[bool]) -> int:
        """Take in the nearest column not yet seen and return it."""
        row = self.taken[column]
        nearest, least = -1, inf
        for other in range(self.width):
            if seen[other]:
                continue
            gap = self.costs[row][other] - self.rows[row] - self.columns[other]
            if gap < gaps[other]:
                gaps[other], before[other] = gap, column
            if gaps[other] < least:
                nearest, least = other, gaps[other]
        for other in range(self.width + 1):
            if seen[other]:
                self.rows[self.taken[other]] += least
                self.columns[other] -= least
            elif other < self.width:
                gaps[other] -= least
        return nearest
