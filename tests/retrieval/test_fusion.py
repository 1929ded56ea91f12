import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import fuse

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
WEIGHTS = st.floats(0.001, 10)
LISTS = st.lists(st.tuples(WEIGHTS, IDS), max_size=5)


def order(lists: list[tuple[float, list[str]]]) -> list[str]:
    return [id_ for id_, _, _ in fuse(lists)]


def test_score_is_the_sum_of_weighted_reciprocal_ranks() -> None:
    fused = fuse([(1.0, ["a", "b"]), (0.5, ["b"])], k=60)
    assert [(id_, found_in) for id_, _, found_in in fused] == [("b", (0, 1)), ("a", (0,))]
    assert [score for _, score, _ in fused] == pytest.approx([1 / 62 + 0.5 / 61, 1 / 61])


def test_k_is_how_much_the_top_ranks_stand_out() -> None:
    assert fuse([(1.0, ["a"])], k=0)[0][1] == 1.0


def test_a_weight_below_the_first_gap_never_changes_the_best() -> None:
    assert order([(1.0, ["a", "b", "c"]), (0.016, ["c", "b", "a"])])[0] == "a"
    assert order([(1.0, ["a", "b", "c"]), (1.2, ["c", "b", "a"])])[0] == "c"


@given(IDS, WEIGHTS)
def test_one_list_keeps_its_order(ids: list[str], weight: float) -> None:
    assert order([(weight, ids)]) == ids


@given(LISTS)
def test_every_id_comes_once_with_the_lists_that_hold_it(lists: list[tuple[float, list[str]]]) -> None:
    fused = fuse(lists)
    assert sorted(id_ for id_, _, _ in fused) == sorted({id_ for _, ids in lists for id_ in ids})
    assert all(found == tuple(i for i, (_, ids) in enumerate(lists) if id_ in ids) for id_, _, found in fused)


@given(LISTS)
def test_scores_fall_and_ties_go_by_id(lists: list[tuple[float, list[str]]]) -> None:
    keys = [(-score, id_) for id_, score, _ in fuse(lists)]
    assert keys == sorted(keys)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(
    lists: list[tuple[float, list[str]]], chance: random.Random
) -> None:
    shuffled = chance.sample(lists, len(lists))
    assert [entry[:2] for entry in fuse(shuffled)] == [entry[:2] for entry in fuse(lists)]


@given(IDS, IDS, WEIGHTS)
def test_a_list_without_weight_changes_no_order(ids: list[str], other: list[str], weight: float) -> None:
    fused = order([(weight, ids), (0.0, other)])
    assert [id_ for id_ in fused if id_ in ids] == ids
