"""The guard against what never ends."""

import re

import pytest

from tests import ending


def test_a_regular_expression_that_explodes_is_stopped() -> None:
    with pytest.raises(ending.EndlessError), ending.ends(0.05):
        re.fullmatch(r"(a|a)*b", "a" * 60)


def test_what_ends_is_left_alone() -> None:
    with ending.ends():
        assert re.fullmatch(r"a*b", "a" * 60) is None
