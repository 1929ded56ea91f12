"""Which pieces of two texts speak of the same, by what they share that is not said everywhere.

A best assignment of pieces one to one comes first (Kuhn 1955, Munkres 1957, by shortest augmenting paths); what is left
joins the group that it is most like, so that several pieces may answer to one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, log

from assistant.checks.likeness import content
from assistant.text.facts import facts
from assistant.writing.topics import Family, family_of, load_families

# Chosen on the pairs labelled in tests/evaluation/labelled_pairs.py.
PAIRED = 0.24
JOINED = 0.34
_SMOOTH = 3.0
_FAMILY = 0.06
_FACT = 2.0


@dataclass(frozen=True, slots=True)
class Features:
    """What a piece says: weighted by how few pieces say it once all are known; and its topic family, if any."""

    counts: frozenset[str]
    family: str | None


def features(text: str, families: tuple[Family, ...]) -> Features:
    """Return the features of a piece: character pairs and synonym groups of its content, and its facts."""
    part = content(text, without=("light", "formula"))
    found = {pair for before, after, _ in part.pairs for pair in (before, after) if pair}
    found |= {f"#{group}" for _, _, group in part.groups}
    found |= {f"={fact.kind}:{fact.value}" for fact in facts(text)}
    family = family_of(text, families)
    return Features(frozenset(found), family.name if family else None)


class Likeness:
    """How alike the pieces of two texts are."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        """Read the pieces, and weigh what they say by how rarely it is said on either side."""
        families = load_families()
        self._ours = [features(text, families) for text in ours]
        self._theirs = [features(text, families) for text in theirs]
        spread = _spread(self._ours), _spread(self._theirs)
        most = max(len(ours), len(theirs), 1)
        self._weights = {
            feature: (_FACT if feature[0] == "=" else 1.0)
            * log(1 + most / max(side[feature] for side in spread))
            / log(1 + most)
            for feature in spread[0].keys() | spread[1].keys()
        }

    def between(self, ours: int, theirs: int) -> float:
        """Return how alike two pieces are, 0 to 1: the mean of what either holds of the other, short ones damped."""
        one, other = self._ours[ours], self._theirs[theirs]
        shared = self._weight(one.counts & other.counts)
        if not shared:
            return 0.0
        sizes = sorted((self._weight(one.counts), self._weight(other.counts)))
        likeness = 0.7 * shared / (sizes[0] + _SMOOTH) + 0.3 * shared / (sizes[1] + _SMOOTH)
        return min(1.0, likeness + (_FAMILY if one.family and one.family == other.family else 0.0))

    def _weight(self, found: Iterable[str]) -> float:
        return sum(self._weights[feature] for feature in found)


def _spread(pieces: Sequence[Features]) -> Counter[str]:
    return Counter(feature for piece in pieces for feature in piece.counts)


def align(ours: Sequence[str], theirs: Sequence[str]) -> dict[tuple[int, int], float]:
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
