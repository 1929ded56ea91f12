"""Fusing ranked lists into one. A search is a function; fusion sees only ids."""

from collections.abc import Sequence
from math import fsum

# The method's authors take 60 to fuse many long lists. Of two lists of fifty, 5 lets the top ranks count: more gain from
# good vectors, less harm from weak ones (eval/README.md).
RANK_CONSTANT = 5


def fuse(
    lists: Sequence[tuple[float, Sequence[str]]], *, k: int = RANK_CONSTANT
) -> list[tuple[str, float, tuple[int, ...]]]:
    """Return every id of the weighted lists, best first, with its score and the indexes of the lists that hold it.

    Weighted reciprocal rank fusion: an id's score is the sum of weight / (k + rank) over the lists, ranks from 1.
    Equal scores are ordered by id. Source: Cormack, Clarke and Büttcher, SIGIR 2009.
    """
    shares: dict[str, dict[int, float]] = {}
    for index, (weight, ids) in enumerate(lists):
        for rank, id_ in enumerate(ids, start=1):
            shares.setdefault(id_, {}).setdefault(index, weight / (k + rank))
    fused = [(id_, fsum(share.values()), tuple(share)) for id_, share in shares.items()]
    return sorted(fused, key=lambda entry: (-entry[1], entry[0]))
