from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.aligning import assign, paired_pieces
from tests.evaluation.labelled_pairs import HELD_OUT, LABELLED, R002, R004, SECOND, Labelled


def counted(cases: Sequence[Labelled]) -> tuple[int, int, int]:
    """Return how many pairs were found rightly, wrongly, and not at all."""
    found = [(set(paired_pieces(case.draft, case.reference)), case) for case in cases]
    right = sum(len(pairs & case.same) for pairs, case in found)
    wrong = sum(len(pairs - case.same - case.either) for pairs, case in found)
    return right, wrong, sum(len(case.same) for case in cases) - right


@pytest.mark.parametrize(
    ("cases", "recall"),
    [
        pytest.param(LABELLED, 0.9, id="labelled"),
        pytest.param(SECOND, 0.8, id="second"),
        pytest.param(HELD_OUT, 0.8, id="held out"),
    ],
)
def test_pairs_are_those_that_a_reader_would_make(cases: Sequence[Labelled], recall: float) -> None:
    right, wrong, lost = counted(cases)
    assert right / (right + wrong) >= 0.95
    assert right / (right + lost) >= recall


@pytest.mark.parametrize("case", [*LABELLED, *SECOND, *HELD_OUT], ids=lambda case: case.name)
def test_pairs_are_the_same_from_either_side(case: Labelled) -> None:
    turned = {
        (one, other): likeness for (other, one), likeness in paired_pieces(case.reference, case.draft).items()
    }
    assert turned == pytest.approx(paired_pieces(case.draft, case.reference))


def test_pieces_in_another_order_are_paired_alike() -> None:
    pieces = (*R002, *R004)
    order = (3, 0, 5, 2, 1, 4)
    assert set(paired_pieces([pieces[place] for place in order], pieces)) == set(enumerate(order))


def test_nothing_is_paired_with_nothing() -> None:
    assert paired_pieces((), R002) == paired_pieces(R002, ()) == paired_pieces(("", "。"), R002) == {}


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 20), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(tables, st.integers(1, 12))
def test_the_assignment_is_the_best_there_is(table: list[list[int]], least: int) -> None:
    found = assign(table, least=least)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert all(table[row][column] >= least for row, column in found)
    height, width = len(table), len(table[0])
    wide = [[*row, *[0] * height] for row in table]
    best = max(
        sum(value for row, column in enumerate(chosen) if (value := wide[row][column]) >= least)
        for chosen in permutations(range(width + height), height)
    )
    assert sum(table[row][column] for row, column in found) == best
