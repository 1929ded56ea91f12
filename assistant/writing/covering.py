"""Choosing few passages that serve many notes."""

from collections import Counter
from collections.abc import Sequence

from assistant.types import Hit

# How much of a note's need its best passage meets.
SATED = 0.8


def cover(ranked: Sequence[Sequence[Hit]], *, count: int) -> list[Hit]:
    """Return at most ``count`` hits out of one ranked list a note, each passage once, the most useful first.

    A hit is worth 1 / rank to each note that found it, less to a note that is served already, and less again for every
    hit taken from its report: so that every note gets its turn before any gets a second, a passage that serves several
    notes goes first, and no report crowds out the others.
    """
    uses: dict[str, dict[int, float]] = {}
    for note, hits in enumerate(ranked):
        for rank, hit in enumerate(hits, 1):
            uses.setdefault(hit.passage.id, {})[note] = 1 / rank
    left = {hit.passage.id: hit for hits in ranked for hit in hits}
    need = [1.0] * len(ranked)
    taken: Counter[str] = Counter()
    chosen: list[Hit] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda id_: _worth(uses[id_], need, taken[left[id_].passage.report]))
        chosen.append(left.pop(best))
        taken[chosen[-1].passage.report] += 1
        for note, use in uses[best].items():
            need[note] *= 1 - SATED * use
    return chosen


def _worth(uses: dict[int, float], need: Sequence[float], taken: int) -> float:
    return sum(use * need[note] for note, use in uses.items()) / (1 + taken / 2)
