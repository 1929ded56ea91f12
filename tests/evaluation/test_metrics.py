from math import isclose, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.metrics import METRICS, hit, means, normalised_gain, reciprocal_rank

IDS = [f"d{number}" for number in range(15)]
RANKINGS = st.lists(st.sampled_from(IDS), unique=True)
GRADES = st.dictionaries(st.sampled_from(IDS), st.sampled_from([-1.0, 0.0, 1.0, 2.0, 3.0]))


def test_hit_looks_no_further_than_the_cut() -> None:
    assert hit(["a", "b"], {"b": 1}, cut=1) == 0
    assert hit(["a", "b"], {"b": 1}, cut=2) == 1
    assert hit([], {"b": 1}, cut=5) == 0


def test_a_grade_of_nought_or_less_is_not_relevant() -> None:
    assert hit(["a", "b"], {"a": 0, "b": -1}, cut=5) == 0
    assert reciprocal_rank(["a", "b"], {"a": 0, "b": 1}, cut=5) == 1 / 2


def test_reciprocal_rank_counts_the_first_relevant_one_alone() -> None:
    assert reciprocal_rank(["x", "y", "a", "b"], {"a": 1, "b": 3}, cut=10) == 1 / 3
    assert reciprocal_rank([*IDS[:10], "a"], {"a": 1}, cut=10) == 0


def test_one_relevant_text_gains_by_its_rank() -> None:
    assert normalised_gain(["a"], {"a": 1}, cut=10) == 1
    assert isclose(normalised_gain(["x", "a"], {"a": 1}, cut=10), 1 / log2(3))
    assert isclose(normalised_gain(["x", "y", "a"], {"a": 1}, cut=10), 1 / 2)
    assert normalised_gain([*IDS[:10], "a"], {"a": 1}, cut=10) == 0


def test_grades_weigh_linearly() -> None:
    # By hand: ranked 1, 0, 3, 2 for grades 3, 2, 1.
    gained = 1 + 0 + 3 / 2 + 2 / log2(5)
    best = 3 + 2 / log2(3) + 1 / 2
    grades = {"a": 3, "b": 2, "c": 1}
    assert isclose(normalised_gain(["c", "x", "a", "b"], grades, cut=10), gained / best)


def test_more_relevant_texts_than_the_cut_can_still_be_perfect() -> None:
    grades = dict.fromkeys(IDS, 1.0)
    assert normalised_gain(IDS, grades, cut=10) == 1
    assert isclose(normalised_gain(["x", *IDS], grades, cut=2), (1 / log2(3)) / (1 + 1 / log2(3)))


def test_means_are_over_the_queries_that_were_asked() -> None:
    judged = {"q1": {"a": 1.0}, "q2": {"b": 1.0}, "q3": {"c": 1.0}}
    found = means({"q1": ["a"], "q2": ["x", "b"]}, judged)
    assert found == {
        "hit@1": 0.5,
        "hit@5": 1.0,
        "MRR@10": 0.75,
        "nDCG@10": pytest.approx((1 + 1 / log2(3)) / 2),
    }


@given(RANKINGS, GRADES)
def test_every_metric_lies_between_nought_and_one(ranked: list[str], grades: dict[str, float]) -> None:
    for metric in METRICS.values():
        assert 0 <= metric(ranked, grades) <= 1


@given(RANKINGS, GRADES)
def test_the_wider_cut_never_scores_less(ranked: list[str], grades: dict[str, float]) -> None:
    for metric in (hit, reciprocal_rank):
        assert metric(ranked, grades, cut=5) <= metric(ranked, grades, cut=10)


@given(RANKINGS, GRADES, st.data())
def test_moving_a_better_text_up_never_scores_less(
    ranked: list[str], grades: dict[str, float], data: st.DataObject
) -> None:
    rank = data.draw(st.integers(0, max(0, len(ranked) - 2)))
    pair = ranked[rank : rank + 2]
    raised = [*ranked[:rank], *sorted(pair, key=lambda id_: -grades.get(id_, 0)), *ranked[rank + 2 :]]
    for metric in METRICS.values():
        assert metric(raised, grades) >= metric(ranked, grades) - 1e-12


@given(GRADES)
def test_the_best_order_scores_one(grades: dict[str, float]) -> None:
    best = sorted(grades, key=lambda id_: -grades[id_])
    expected = float(any(grade > 0 for grade in grades.values()))
    assert {name: metric(best, grades) for name, metric in METRICS.items()} == dict.fromkeys(
        METRICS, expected
    )
