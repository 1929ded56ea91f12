"""Paired comparisons: what they say of differences that are known."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.evaluation.comparing import Compared, columns, compared, interval
from assistant.evaluation.run_file import RunFile, RunScore
from assistant.evaluation.run_pairs import named_runs, paired_columns
from assistant.evaluation.run_storage import write_new
from tests.evaluation.runs_kit import CASES, made_run

VALUES = st.lists(st.sampled_from([-2.0, -0.5, 0.0, 0.25, 1.0]), min_size=1, max_size=9)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFile:
    return made_run(tmp_path_factory.mktemp("compared"), "notes", "offline")


def scored(
    run: RunFile, scorer: str, notes: Sequence[float | None], offline: Sequence[float | None]
) -> RunFile:
    """Return a run of as many cases as there are values, with these values on one scorer and none on another."""
    cases = tuple(run.cases[0].model_copy(update={"id": f"c{n}", "sha": f"s{n}"}) for n in range(len(notes)))
    scores = tuple(
        RunScore(system=system, case=case.id, scorer=scorer, value=value, answer="", explanation="")
        for system, column in (("notes", notes), ("offline", offline))
        for case, value in zip(cases, column, strict=True)
    )
    return run.model_copy(update={"cases": cases, "scores": scores})


def result_of(run: RunFile) -> Compared:
    base, other = columns({"": run})
    return compared(base, other)


@given(VALUES)
def test_few_cases_are_tested_exactly(differences: list[float]) -> None:
    ways = [
        abs(sum(sign * value for sign, value in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    exact = sum(way >= abs(sum(differences)) - 1e-9 for way in ways) / len(ways)
    assert interval(differences).p == pytest.approx(exact)


@given(VALUES)
def test_the_interval_holds_the_mean_and_lies_within_the_values(differences: list[float]) -> None:
    found = interval(differences)
    assert min(differences) - 1e-9 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= max(differences) + 1e-9


@given(VALUES)
def test_swapping_the_sides_changes_the_sign_alone(differences: list[float]) -> None:
    one, two = interval(differences), interval([-value for value in differences])
    assert (two.mean, two.low, two.high) == pytest.approx((-one.mean, -one.high, -one.low))
    assert two.p == pytest.approx(one.p)


def test_many_cases_are_tested_by_draws_that_come_near_the_exact_value() -> None:
    chance = Random(1)
    differences = [chance.gauss(0.3, 1) for _ in range(14)]
    ways = [
        abs(sum(sign * value for sign, value in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=14)
    ]
    exact = sum(way >= abs(sum(differences)) for way in ways) / len(ways)
    assert interval(differences).p == pytest.approx(exact, abs=0.02)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    chance = Random(2)
    samples = [[chance.gauss(0.5, 1) for _ in range(30)] for _ in range(200)]
    held = sum((found := interval(sample, draws=1000)).low <= 0.5 <= found.high for sample in samples)
    assert 176 <= held <= 198


def test_without_a_difference_significance_is_seldom() -> None:
    chance = Random(3)
    samples = [[chance.gauss(0, 1) for _ in range(20)] for _ in range(200)]
    assert sum(interval(sample, draws=1000).p <= 0.05 for sample in samples) <= 20


def test_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    chance = Random(4)
    differences = [chance.gauss(0, 1) for _ in range(40)]
    assert interval(differences) == interval(differences)
    assert interval(differences, seed=1) != interval(differences, seed=2)


@pytest.mark.parametrize(("scorer", "verdict"), [("structure", "better"), ("leaks", "worse")])
def test_more_is_better_or_worse_as_the_scorer_says(run: RunFile, scorer: str, verdict: str) -> None:
    result = result_of(scored(run, scorer, [0.1] * 12, [0.5, *[0.4] * 11]))
    [difference] = [each for each in result.differences if each.scorer.name == scorer]
    assert difference.interval is not None
    assert difference.interval.mean == pytest.approx(0.3083333)
    assert (difference.n, difference.verdict) == (12, verdict)


def test_a_difference_that_chance_explains_is_none(run: RunFile) -> None:
    result = result_of(scored(run, "structure", [0.1, 0.9, 0.4], [0.3, 0.8, 0.6]))
    [difference] = [each for each in result.differences if each.n]
    assert difference.verdict == "even"


def test_a_case_without_a_value_on_one_side_is_no_pair(run: RunFile) -> None:
    result = result_of(scored(run, "structure", [0.0, None, 0.2], [0.5, 1.0, None]))
    [difference] = [each for each in result.differences if each.n]
    assert (difference.n, difference.base, difference.other) == (1, 0.0, 0.5)


def test_a_scorer_without_values_says_nothing(run: RunFile) -> None:
    result = result_of(scored(run, "structure", [None], [None]))
    assert {(each.n, each.interval, each.verdict) for each in result.differences} == {(0, None, "none")}


def test_looking_at_more_scorers_asks_more_of_each(run: RunFile) -> None:
    result = result_of(run)
    told = [(each.interval.p, each.holm) for each in result.differences if each.interval]
    assert all(p <= holm <= 1 for p, holm in told if holm is not None)
    least = min(told)
    assert least[1] == pytest.approx(min(1.0, least[0] * len(told)))
    ranked = [holm for _, holm in sorted(told)]
    assert ranked == sorted(holm or 0 for holm in ranked)


def test_runs_of_other_cases_are_compared_on_the_common_ones_with_a_warning(
    run: RunFile, tmp_path: Path
) -> None:
    changed = made_run(tmp_path, "notes", text=CASES.replace("43人次", "44人次"))
    base, other = columns({"一": run}, ("notes",))[0], columns({"二": changed}, ("notes",))[0]
    result = compared(base, other)
    assert result.warnings == ("两次评测的题目不同（3题和3题），只比较两边完全一样的2题。",)
    assert {each.n for each in result.differences} == {2}
    assert {each.interval.mean for each in result.differences if each.interval} == {0.0}


def test_runs_scored_by_other_scorers_are_warned_of(run: RunFile) -> None:
    scorers = tuple(scorer.model_copy(update={"signature": "旧"}) for scorer in run.scorers)
    base, other = columns({"一": run, "二": run.model_copy(update={"scorers": scorers})}, ("notes",))
    assert compared(base, other).warnings == (
        "两次评测的评分方法不同，分数不可比，请先用 gongwen eval score 把两边重新评分。",
    )


def test_an_unfinished_run_is_warned_of(run: RunFile) -> None:
    base, other = columns({"一": run, "二": run.model_copy(update={"complete": False})}, ("notes",))
    assert compared(base, other).warnings == ("有一次评测没有做完，只比较已经做了的题。",)


def test_who_is_compared_with_whom(run: RunFile) -> None:
    def shown(runs: dict[str, RunFile], *names: str) -> list[tuple[str, str]]:
        return [(base.label, other.label) for base, other in paired_columns(runs, names)]

    again = run.model_copy(update={"complete": False})
    assert shown({"": run}) == [("离线写作", "要点原样")]
    assert shown({"": run}, "notes", "offline") == [("要点原样", "离线写作")]
    assert shown({"一": run, "二": again}) == [
        ("要点原样（一）", "要点原样（二）"),
        ("离线写作（一）", "离线写作（二）"),
    ]
    assert shown({"一": run, "二": again}, "offline") == [("离线写作（一）", "离线写作（二）")]


def test_with_nothing_to_compare_it_says_what_to_write(run: RunFile) -> None:
    with pytest.raises(InputError, match="没有可比的两方"):
        paired_columns({"": run}, ["notes"])
    with pytest.raises(InputError, match="评测里没有系统“model”，有的是：notes、offline"):
        paired_columns({"": run}, ["notes", "model"])


def test_runs_of_one_name_are_told_apart(run: RunFile, tmp_path: Path) -> None:
    paths = [tmp_path / folder / "run.json" for folder in ("一", "二")]
    for path in paths:
        write_new(path, run.text())
    assert list(named_runs(paths)) == ["run", "2.run"]
