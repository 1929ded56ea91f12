"""The means of a run by system and scorer, and where a writer falls short of the floors."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evaluation.comparing import Column, Compared, compared
from assistant.evaluation.run_file import RunFile, RunScorer
from assistant.evaluation.systems import FLOORS, OFFLINE

ARROWS = {"higher": "↑", "lower": "↓"}
OUTCOMES: dict[Literal["written", "skipped", "failed"], str] = {
    "written": "写成",
    "skipped": "不适用",
    "failed": "失败",
}


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over the ``n`` cases that have a value; none where none has. ``best`` marks the best of its row."""

    value: float | None
    n: int
    best: bool = False


@dataclass(frozen=True, slots=True)
class MeanRow:
    """A scorer and the mean of each column on it."""

    scorer: RunScorer
    means: tuple[Mean, ...]


def mean_rows(columns: Sequence[Column]) -> list[MeanRow]:
    """Return a row per scorer of the runs, in order, with a mean per column."""
    scorers = {scorer.name: scorer for column in columns for scorer in column.run.scorers}
    return [
        MeanRow(scorer, _marked([_mean(column, scorer.name) for column in columns], scorer))
        for scorer in scorers.values()
    ]


def _mean(column: Column, scorer: str) -> Mean:
    found = [
        score.value
        for score in column.run.scores
        if (score.system, score.scorer) == (column.system, scorer) and score.value is not None
    ]
    return Mean(sum(found) / len(found) if found else None, len(found))


def _marked(means: Sequence[Mean], scorer: RunScorer) -> tuple[Mean, ...]:
    known = [mean.value for mean in means if mean.value is not None]
    if not known or min(known) == max(known):
        return tuple(means)
    best = max(known) if scorer.better == "higher" else min(known)
    return tuple(Mean(mean.value, mean.n, best=mean.value == best) for mean in means)


def figure(value: float | None, *, signed: bool = False) -> str:
    """Return a value as tables show it: two decimals from 10 on, else three; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.{_decimals(value)}f}"
    if float(text) == 0:
        return text.removeprefix("-")
    return ("+" if signed and value > 0 else "") + text.replace("-", "−")


def _decimals(value: float) -> int:
    return 2 if abs(value) >= 10 else 3


def outcome_counts(column: Column) -> dict[Literal["written", "skipped", "failed"], int]:
    """Return how many cases of a column were written, skipped and failed."""
    counts = Counter(draft.outcome for draft in column.run.drafts if draft.system == column.system)
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def outcome_lines(columns: Iterable[Column]) -> list[str]:
    """Return a Chinese sentence for each column that did not write every case, with the reasons.

    Before them one on runs that are not finished, and one on runs of different cases, whose means do not compare.
    """
    columns = list(columns)
    runs = {id(column.run): column.run for column in columns}.values()
    heads = []
    if any(not run.complete for run in runs):
        heads.append("有一次评测没有做完，平均分只含已经做了的题。")
    if len({frozenset(case.sha for case in run.cases) for run in runs}) > 1:
        heads.append("几次评测的题目不同，平均分不能直接相比，请看逐题配对比较。")
    return heads + [
        f"{column.label}：{count}题{OUTCOMES[outcome]}（{_reasons(column, outcome)}），不计入平均。"
        for column in columns
        for outcome, count in outcome_counts(column).items()
        if outcome != "written" and count
    ]


def _reasons(column: Column, outcome: str) -> str:
    reasons = dict.fromkeys(
        (draft.reason or "").rstrip("。")
        for draft in column.run.drafts
        if (draft.system, draft.outcome) == (column.system, outcome)
    )
    return "；".join(list(reasons)[:3])


def against_floors(run: RunFile, *, writer: str = OFFLINE) -> list[Compared]:
    """Return a writer of a run held against each floor that has a case in common with it, the floor as base."""
    systems = {system.name: system.title for system in run.systems}
    if writer not in systems:
        return []
    mine = Column(run, writer, systems[writer])
    found = [compared(Column(run, name, systems[name]), mine) for name in FLOORS if name in systems]
    return [each for each in found if any(one.n for one in each.differences)]


def weaknesses(run: RunFile, *, writer: str = OFFLINE) -> str:
    """Say in Chinese where a writer of a run does worse than a floor, as its paired differences over the cases tell."""
    results = against_floors(run, writer=writer)
    if not results:
        return ""
    told = "；".join(map(_weakness, results))
    return f"{results[0].other.label}的弱处（逐题配对，差别显著的才算）：{told}。"


def section_means(column: Column, scorer: str) -> dict[str, Mean]:
    """Return a column's mean on a scorer by section, the lowest first."""
    sections = {case.id: case.section for case in column.run.cases}
    found: dict[str, list[float]] = {}
    for score in column.run.scores:
        if (score.system, score.scorer) == (column.system, scorer) and score.value is not None:
            found.setdefault(sections[score.case], []).append(score.value)
    means = {name: Mean(sum(known) / len(known), len(known)) for name, known in found.items()}
    return dict(sorted(means.items(), key=lambda pair: pair[1].value or 0.0))


def _weakness(result: Compared) -> str:
    lost = [each for each in result.differences if each.verdict == "worse"]
    better = sum(each.verdict == "better" for each in result.differences)
    even = sum(each.verdict == "even" for each in result.differences)
    rest = f"好{better}项、不相上下{even}项"
    if not lost:
        return f"对“{result.base.label}”没有不如的，{rest}"
    named = "、".join(
        f"{each.scorer.title}（{figure(each.other)}，对方{figure(each.base)}）"
        for each in lost
        if each.interval
    )
    return f"对“{result.base.label}”有{len(lost)}项不如：{named}；{rest}"
