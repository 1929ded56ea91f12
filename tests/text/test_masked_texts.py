"""Texts made of known names: nearly all of what is a person's, a unit's or a number is found, and next to nothing else."""

import pytest

from assistant.text.entities import find_entities
from tests.text.masked_texts import made_texts, measured

ASKED = ("人名", "单位", "电话", "证件", "文号")


@pytest.mark.parametrize(("lists", "least"), [("mended", 0.98), ("second", 0.98), ("third", 0.95)])
def test_known_names_are_found(lists: str, least: float) -> None:
    outcome = measured(made_texts(lists, 300), find_entities)
    assert outcome.share(ASKED) >= least, outcome.missed[:20]
    assert len(outcome.needless) <= outcome.characters / 1000, outcome.needless[:20]


def test_a_name_that_is_not_found_is_counted_as_missed() -> None:
    outcome = measured(made_texts("second", 20), lambda text: ())
    assert outcome.share(ASKED) == 0
    assert outcome.missed


def test_a_credit_code_is_known_by_its_form() -> None:
    found = find_entities("南华县博物馆代码91360782MAH104527X，编号ABC")
    assert "91360782MAH104527X" in [entity.text for entity in found]
