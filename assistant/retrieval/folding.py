"""Folding hits that say the same: of reports that are nearly the same, one passage is enough."""

from collections.abc import Collection, Sequence

from assistant.text.overlap import pairs
from assistant.types import Hit

# Share of the character pairs of both texts that they must have in common to be one.
SAME = 0.8


def fold(hits: Sequence[Hit], *, near: Collection[str]) -> list[Hit]:
    """Return the ranked ``hits`` without those that say what a better one says, where either's report is in ``near``."""
    if not near:
        return list(hits)
    kept: list[tuple[Hit, bool, set[str]]] = []
    for hit in hits:
        marked = hit.passage.report in near
        said = pairs(hit.passage.text)
        if not any((marked or other) and _same(said, better) for _, other, better in kept):
            kept.append((hit, marked, said))
    return [hit for hit, _, _ in kept]


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= SAME * len(one | other)
