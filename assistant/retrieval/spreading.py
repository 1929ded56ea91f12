"""Spreading results over reports, so that no report crowds out the others."""

from collections import Counter
from collections.abc import Sequence

from assistant.types import Hit

SETBACK = 10


def spread(hits: Sequence[Hit], *, count: int, setback: int = SETBACK) -> list[Hit]:
    """Return ``count`` of the ranked ``hits``, the best one first.

    Each hit already taken from a report sets the report's other hits back by ``setback`` ranks, so they come in only
    where other reports' hits rank much lower or have run out.
    """
    left = list(enumerate(hits))
    taken: Counter[str] = Counter()
    chosen: list[Hit] = []
    while left and len(chosen) < count:
        best = min(left, key=lambda entry: (entry[0] + setback * taken[entry[1].passage.report], entry[0]))
        left.remove(best)
        taken[best[1].passage.report] += 1
        chosen.append(best[1])
    return chosen
