"""What a judge's answers amount to: marks, wins that stand in both orders, bias to a place, agreement with scorers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from assistant.evaluation.judge_replies import CRITERIA
from assistant.evaluation.run_file import Outcome, RunFile, RunJudgement, RunScorer, RunVerdict
from assistant.evaluation.run_scores import values

OUTCOMES_OF_JUDGE: dict[Outcome, str] = {
    "parsed": "可用",
    "unparsable": "读不懂",
    "timeout": "超时",
    "failed": "失败",
}
# Two values nearer than this are the same.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Marked:
    """A system's mean marks by criterion, over the ``n`` drafts whose rating could be read."""

    system: str
    n: int
    means: dict[str, float]


@dataclass(frozen=True, slots=True)
class Duel:
    """A system against the judge's base, over the pairs that were answered in both orders.

    ``inconsistent`` are those where the two orders say different things: they are nobody's win.
    """

    system: str
    wins: int
    losses: int
    ties: int
    inconsistent: int

    @property
    def pairs(self) -> int:
        """Return how many pairs were answered in both orders."""
        return self.wins + self.losses + self.ties + self.inconsistent


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a scorer prefers the same draft of two as the judge, where both prefer one; ``n`` is how many such pairs."""

    scorer: RunScorer
    by_marks: float | None
    marks_n: int
    by_preference: float | None
    preference_n: int


@dataclass(frozen=True, slots=True)
class JudgeResults:
    """All of it. ``consistency`` is the share of pairs that both orders say the same of.

    ``first_share`` is how often the draft shown first won, of the answers that named a winner: 0.5 is without bias.
    """

    outcomes: dict[Outcome, int]
    marked: tuple[Marked, ...]
    duels: tuple[Duel, ...]
    pairs: int
    consistency: float | None
    first_share: float | None
    decided: int
    agreement: tuple[Agreement, ...]


def judge_results(run: RunFile) -> JudgeResults | None:
    """Return what the judge of a run said, or none where there was no judge."""
    said = run.judgement
    if said is None:
        return None
    duels = tuple(_duels(said))
    pairs = sum(duel.pairs for duel in duels)
    places = Counter(verdict.winner for verdict in said.verdicts)
    decided = places["first"] + places["second"]
    outcomes = Counter(rating.outcome for rating in said.ratings)
    outcomes.update(verdict.outcome for verdict in said.verdicts)
    return JudgeResults(
        outcomes={name: outcomes[name] for name in OUTCOMES_OF_JUDGE},
        marked=tuple(_marked(run, said)),
        duels=duels,
        pairs=pairs,
        consistency=1 - sum(duel.inconsistent for duel in duels) / pairs if pairs else None,
        first_share=places["first"] / decided if decided else None,
        decided=decided,
        agreement=tuple(_agreements(run, said)),
    )


def _marked(run: RunFile, said: RunJudgement) -> Iterator[Marked]:
    for system in run.systems:
        read = [rating.marks for rating in said.ratings if rating.system == system.name and rating.marks]
        if read:
            means = {name: sum(marks[name] for marks in read) / len(read) for name in CRITERIA}
            yield Marked(system.name, len(read), means)


def _both_orders(said: RunJudgement) -> dict[tuple[str, str], list[int]]:
    """Return by case and system what its answers say: 1 for it, -1 for the base, 0 for neither; two where both were read."""
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    for verdict in said.verdicts:
        if verdict.winner is not None:
            other = verdict.second if verdict.first == said.base else verdict.first
            told[verdict.case, other].append(_leaning(verdict, other))
    return {key: answers for key, answers in told.items() if len(answers) == 2}


def _leaning(verdict: RunVerdict, system: str) -> int:
    if verdict.winner == "tie":
        return 0
    winner = verdict.first if verdict.winner == "first" else verdict.second
    return 1 if winner == system else -1


def _duels(said: RunJudgement) -> Iterator[Duel]:
    told = _both_orders(said)
    for system in dict.fromkeys(system for _, system in told):
        answers = [pair for (_, name), pair in told.items() if name == system]
        same = Counter(one for one, two in answers if one == two)
        yield Duel(system, same[1], same[-1], same[0], len(answers) - same.total())


def _agreements(run: RunFile, said: RunJudgement) -> Iterator[Agreement]:
    scored = values(run)
    preferred = list(_preferred(said))
    rated = list(_rated(said))
    for scorer in run.scorers:
        marks, marks_n = _agreed(scorer, rated, scored)
        preference, preference_n = _agreed(scorer, preferred, scored)
        yield Agreement(scorer, marks, marks_n, preference, preference_n)


Leaning = tuple[str, str, str, float]


def _preferred(said: RunJudgement) -> Iterator[Leaning]:
    """Yield case, a system, the base, and what both orders say of them alike."""
    for (case, system), (one, two) in _both_orders(said).items():
        if one == two and said.base is not None:
            yield case, system, said.base, one


def _rated(said: RunJudgement) -> Iterator[Leaning]:
    """Yield every two drafts of a case with the difference of their marks."""
    by_case: dict[str, dict[str, int]] = defaultdict(dict)
    for rating in said.ratings:
        if rating.marks:
            by_case[rating.case][rating.system] = sum(rating.marks.values())
    for case, totals in by_case.items():
        for one, two in combinations(totals, 2):
            yield case, one, two, totals[one] - totals[two]


def _agreed(
    scorer: RunScorer, leanings: Iterable[Leaning], scored: Mapping[tuple[str, str, str], float | None]
) -> tuple[float | None, int]:
    """Return the share of leanings that a scorer shares, and of how many: those where both lean to one side."""
    agreed = count = 0
    for case, one, two, leaning in leanings:
        left, right = scored.get((one, case, scorer.name)), scored.get((two, case, scorer.name))
        if left is None or right is None or abs(left - right) < TOLERANCE or leaning == 0:
            continue
        better = (left > right) == (scorer.better == "higher")
        count += 1
        agreed += better == (leaning > 0)
    return (agreed / count if count else None), count
