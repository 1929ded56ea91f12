"""Paired differences of two systems over the same cases: bootstrap intervals, and significance by random swaps.

Sources: Efron and Tibshirani, An Introduction to the Bootstrap, 1993 (percentile intervals); Noreen, Computer-Intensive
Methods for Testing Hypotheses, 1989 (approximate randomisation); Holm, A simple sequentially rejective multiple test
procedure, 1979.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import InputError
from assistant.evaluation.run_file import RunFile, RunScorer
from assistant.evaluation.run_scores import values

if TYPE_CHECKING:
    import numpy as np

SEED = 20240601
DRAWS = 10_000
# Up to so many cases every way of swapping is tried.
FEW = 13
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Column:
    """A system of a run, as one side of a comparison."""

    run: RunFile
    system: str
    label: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval, and the two-sided probability that chance alone takes it so far from 0."""

    mean: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much ``other`` is above ``base`` on a scorer, over the ``n`` cases where both have a value.

    ``holm`` is ``p`` made greater for the number of scorers looked at; ``verdict`` says what the difference is worth to
    ``other``. Without a common case there is no interval.
    """

    scorer: RunScorer
    n: int
    base: float | None
    other: float | None
    interval: Interval | None
    holm: float | None = None
    verdict: Literal["better", "worse", "even", "none"] = "none"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two systems on every scorer. ``warnings`` are Chinese sentences on what does not match."""

    base: Column
    other: Column
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]
    signature: str


def columns(runs: Mapping[str, RunFile], names: Sequence[str] = ()) -> list[Column]:
    """Return the systems of the runs as columns, all or those named, run by run.

    ``runs`` go by the name they are to be told apart with. Raises `InputError` for a system that no run has.
    """
    known = {system.name for run in runs.values() for system in run.systems}
    if missing := [name for name in names if name not in known]:
        raise InputError(f"评测里没有系统“{missing[0]}”，有的是：{'、'.join(sorted(known))}。")
    return [
        Column(run, system.name, f"{system.title}（{label}）" if len(runs) > 1 else system.title)
        for label, run in runs.items()
        for system in run.systems
        if not names or system.name in names
    ]


def compared(base: Column, other: Column) -> Compared:
    """Compare two systems, of one run or of two, over the cases that both runs hold alike."""
    common, warnings = _common(base, other)
    left, right = values(base.run), values(other.run)
    scorers = {scorer.name: scorer for scorer in other.run.scorers}
    differences = [
        _difference(
            scorers[scorer.name],
            [
                (left.get((base.system, case, scorer.name)), right.get((other.system, case, scorer.name)))
                for case in common
            ],
        )
        for scorer in base.run.scorers
        if scorer.name in scorers
    ]
    return Compared(
        base,
        other,
        tuple(_with_holm(differences)),
        tuple(warnings),
        f"cases:{len(common)}|bootstrap:percentile,{DRAWS}|test:paired randomisation,two-sided,"
        f"{DRAWS} (all up to {FEW} cases)|holm over scorers|seed:{SEED}",
    )


def _common(base: Column, other: Column) -> tuple[list[str], list[str]]:
    """Return the ids of the cases that both runs hold alike, and what to warn of."""
    left = {case.id: case.sha for case in base.run.cases}
    right = {case.id: case.sha for case in other.run.cases}
    common = [id_ for id_, sha in left.items() if right.get(id_) == sha]
    warnings = []
    if left != right:
        warnings.append(
            f"两次评测的题目不同（{len(left)}题和{len(right)}题），只比较两边完全一样的{len(common)}题。"
        )
    if {s.name: s.signature for s in base.run.scorers} != {s.name: s.signature for s in other.run.scorers}:
        warnings.append("两次评测的评分方法不同，分数不可比，请先用 gongwen eval score 把两边重新评分。")
    if not base.run.complete or not other.run.complete:
        warnings.append("有一次评测没有做完，只比较已经做了的题。")
    return common, warnings


def _difference(scorer: RunScorer, pairs: Sequence[tuple[float | None, float | None]]) -> Difference:
    both = [(one, two) for one, two in pairs if one is not None and two is not None]
    if not both:
        return Difference(scorer, 0, None, None, None)
    base, other = (sum(side) / len(both) for side in zip(*both, strict=True))
    return Difference(scorer, len(both), base, other, interval([two - one for one, two in both]))


def interval(differences: Sequence[float], *, seed: int = SEED, draws: int = DRAWS) -> Interval:
    """Return the mean of paired differences, its interval and its significance; the same for the same seed."""
    import numpy

    given = numpy.asarray(differences, dtype=float)
    chance = numpy.random.default_rng(seed)
    means = given[chance.integers(0, len(given), (draws, len(given)))].mean(axis=1)
    low, high = numpy.percentile(means, [2.5, 97.5])
    return Interval(float(given.mean()), float(low), float(high), _chance(given, chance, draws))


def _chance(given: "np.ndarray[Any, Any]", chance: "np.random.Generator", draws: int) -> float:
    """Return how often swapping the sides of pairs at random brings the mean as far from 0 as it is."""
    import numpy

    count, whole = len(given), len(given) <= FEW
    if whole:
        ways = numpy.arange(2**count)[:, None] >> numpy.arange(count)
        signs = 1 - 2 * (ways & 1)
    else:
        signs = chance.choice([-1, 1], (draws, count))
    # A hair's breadth, so that rounding does not part equal sums.
    reached = numpy.abs(signs @ given) >= abs(given.sum()) - 1e-9
    return float(reached.mean() if whole else (reached.sum() + 1) / (draws + 1))


def _with_holm(differences: Sequence[Difference]) -> Iterator[Difference]:
    """Yield the differences in their order with Holm's p and what they are worth."""
    ranked = sorted(each.interval.p for each in differences if each.interval)
    adjusted: dict[float, float] = {}
    highest = 0.0
    for rank, p in enumerate(ranked):
        highest = max(highest, min(1.0, p * (len(ranked) - rank)))
        adjusted.setdefault(p, highest)
    for each in differences:
        if each.interval is None:
            yield each
            continue
        holm = adjusted[each.interval.p]
        yield replace(each, holm=holm, verdict=_verdict(each.scorer, each.interval.mean, holm))


def _verdict(scorer: RunScorer, mean: float, holm: float) -> Literal["better", "worse", "even"]:
    if holm > LEVEL or mean == 0:
        return "even"
    return "better" if (mean > 0) == (scorer.better == "higher") else "worse"
