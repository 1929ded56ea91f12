"""Metrics of one ranked list of ids against graded judgements, and their means. Pure functions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import fsum, log2


def hit(ranked: Sequence[str], grades: Mapping[str, float], *, cut: int) -> float:
    """Return 1.0 when one of the first ``cut`` ids is relevant (its grade is above 0), else 0.0."""
    return float(any(grades.get(id_, 0) > 0 for id_ in ranked[:cut]))


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, float], *, cut: int) -> float:
    """Return 1 / rank of the first relevant id among the first ``cut``, or 0.0."""
    return next((1 / rank for rank, id_ in enumerate(ranked[:cut], 1) if grades.get(id_, 0) > 0), 0.0)


def normalised_gain(ranked: Sequence[str], grades: Mapping[str, float], *, cut: int) -> float:
    """Return nDCG: the discounted gain of the first ``cut`` ids over that of the best order there is, 0.0 to 1.0.

    The gain of an id is its grade (none below 0), its discount log2(rank + 1), as in trec_eval and BEIR.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:cut])
    return min(1.0, _gain([grades.get(id_, 0) for id_ in ranked[:cut]]) / best) if best else 0.0


def _gain(grades: Sequence[float]) -> float:
    return fsum(max(0.0, grade) / log2(rank + 1) for rank, grade in enumerate(grades, 1))


METRICS: dict[str, Callable[[Sequence[str], Mapping[str, float]], float]] = {
    "hit@1": partial(hit, cut=1),
    "hit@5": partial(hit, cut=5),
    "MRR@10": partial(reciprocal_rank, cut=10),
    "nDCG@10": partial(normalised_gain, cut=10),
}


def means(
    ranked: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Return each metric's mean over the queries of ``ranked``, of which there must be one; all are 0.0 to 1.0."""
    return {
        name: fsum(metric(ids, judgements[query]) for query, ids in ranked.items()) / len(ranked)
        for name, metric in METRICS.items()
    }
