"""Runs as a page of its own: means, charts, paired differences, the judge, and the drafts of each case side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.comparing import Column, Compared, Interval, columns, compared, interval
from assistant.evaluation.judge_replies import CRITERIA
from assistant.evaluation.judge_results import OUTCOMES_OF_JUDGE, JudgeResults, judge_results
from assistant.evaluation.run_file import RunCase, RunDraft, RunFile, RunRating, RunScore, RunScorer
from assistant.evaluation.run_means import (
    ARROWS,
    OUTCOMES,
    MeanRow,
    figure,
    mean_rows,
    outcome_counts,
    outcome_lines,
    weaknesses,
)
from assistant.evaluation.run_scores import values
from assistant.evaluation.systems import OFFLINE
from assistant.evaluation.tables import VERDICTS
from assistant.text.masks import show_masks
from assistant.writing.templates import load_templates

PAGES = Path(__file__).parent / "pages"
GROUPS = {"likeness": "与参考稿相近", "grounds": "有据", "form": "成文"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A mean in a chart. Places are percents of the chart's width."""

    label: str
    mean: float
    place: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A scorer's means with their intervals."""

    scorer: RunScorer
    bars: tuple[Bar, ...]
    most: float


@dataclass(frozen=True, slots=True)
class Panel:
    """What a system wrote for a case, with its scores and marks."""

    column: Column
    draft: RunDraft
    scores: tuple[RunScore, ...]
    rating: RunRating | None


@dataclass(frozen=True, slots=True)
class CasePanels:
    """A case and what each system wrote for it."""

    case: RunCase
    section: str
    panels: tuple[Panel, ...]


def run_page(runs: Mapping[str, RunFile]) -> str:
    """Return the page of one or more runs, which go by their names: HTML that loads nothing and runs no script."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    sides = columns(runs)
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": figure, "masks": show_masks}
    return environment.get_template("run.html").render(
        runs=runs,
        sides=sides,
        written=[outcome_counts(side)["written"] for side in sides],
        groups=_groups(mean_rows(sides)),
        charts=list(_charts(sides)),
        comparisons=_comparisons(sides),
        judges=_judges(runs),
        cases=list(_cases(sides)),
        titles={scorer.name: scorer for run in runs.values() for scorer in run.scorers},
        notes=[*outcome_lines(sides), *_weak(runs)],
        arrows=ARROWS,
        verdicts=VERDICTS,
        outcomes=OUTCOMES,
        answers=OUTCOMES_OF_JUDGE,
        criteria=CRITERIA,
    )


def _weak(runs: Mapping[str, RunFile]) -> list[str]:
    told = {label: weaknesses(run) for label, run in runs.items()}
    return [f"{label}：{text}" if len(runs) > 1 else text for label, text in told.items() if text]


def _groups(rows: Sequence[MeanRow]) -> dict[str, list[MeanRow]]:
    found = dict.fromkeys(row.scorer.group for row in rows)
    return {GROUPS.get(group, group): [row for row in rows if row.scorer.group == group] for group in found}


def _charts(sides: Sequence[Column]) -> Iterator[Chart]:
    scored = [values(side.run) for side in sides]
    scorers = {scorer.name: scorer for side in sides for scorer in side.run.scorers}
    for name, scorer in scorers.items():
        found: list[tuple[str, Interval]] = []
        for side, by_key in zip(sides, scored, strict=True):
            known = [
                value
                for (system, _, scale), value in by_key.items()
                if (system, scale) == (side.system, name) and value is not None
            ]
            if known:
                found.append((side.label, interval(known)))
        if found:
            # A scale that ends at 100 is drawn as far as it is used.
            most = scorer.most if scorer.most == 1 else max(each.high for _, each in found) or 1.0
            yield Chart(scorer, tuple(_bar(label, each, most) for label, each in found), most)


def _bar(label: str, found: Interval, most: float) -> Bar:
    place, low, high = (round(100 * value / most, 2) for value in (found.mean, found.low, found.high))
    return Bar(label, found.mean, place, low, high)


def _comparisons(sides: Sequence[Column]) -> list[Compared]:
    """Return each system against the offline writer, or against the first where there is none."""
    base = next((side for side in sides if side.system == OFFLINE), sides[0])
    return [compared(base, side) for side in sides if side is not base]


def _judges(runs: Mapping[str, RunFile]) -> list[tuple[str, RunFile, JudgeResults]]:
    return [(label, run, results) for label, run in runs.items() if (results := judge_results(run))]


def _cases(sides: Sequence[Column]) -> Iterator[CasePanels]:
    titles = {name: template.front.title for name, template in load_templates().items()}
    lists = {id(side.run): _Lists(side.run) for side in sides}
    known = {(case.id, case.sha): case for side in sides for case in side.run.cases}
    for key, case in sorted(known.items()):
        panels = [
            panel
            for side in sides
            if key in lists[id(side.run)].cases
            if (panel := lists[id(side.run)].panel(side, case.id))
        ]
        yield CasePanels(case, titles.get(case.section, case.section), tuple(panels))


class _Lists:
    """A run's drafts, scores and ratings by system and case."""

    def __init__(self, run: RunFile) -> None:
        self.cases = {(case.id, case.sha) for case in run.cases}
        self._drafts = {(draft.system, draft.case): draft for draft in run.drafts}
        self._scores = _grouped(run.scores)
        said = run.judgement.ratings if run.judgement else ()
        self._ratings = {(rating.system, rating.case): rating for rating in said}

    def panel(self, side: Column, case: str) -> Panel | None:
        """Return what a system wrote for a case, none where an unfinished run did not come to it."""
        key = (side.system, case)
        draft = self._drafts.get(key)
        if draft is None:
            return None
        return Panel(side, draft, tuple(self._scores.get(key, ())), self._ratings.get(key))


def _grouped(scores: Iterable[RunScore]) -> dict[tuple[str, str], list[RunScore]]:
    found: dict[tuple[str, str], list[RunScore]] = {}
    for score in scores:
        found.setdefault((score.system, score.case), []).append(score)
    return found
