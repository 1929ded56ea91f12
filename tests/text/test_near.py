"""How alike two texts are, on the reports of the corpus and what an edit makes of them."""

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.near import BANDS, BINS, bands, signature, similarity
from tests.conftest import ROOT

REPORTS = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]
SIGNATURES = [signature(text) for text in REPORTS]
ANY_TEXT = st.text("局党组学习，。：一二a1\U00020000\ud800\n \u3000*", max_size=60)
ADDED = st.text("局党组学习抓得紧责任压力，。", max_size=40)


@given(ANY_TEXT)
def test_a_text_is_wholly_like_itself(text: str) -> None:
    made = signature(text)
    assert len(made) == 4 * BINS
    assert similarity(made, signature(text)) == 1.0


@given(ANY_TEXT, st.text(" \n\u3000*×", min_size=1, max_size=5), st.data())
def test_white_space_and_masks_do_not_count(text: str, noise: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert signature(text[:place] + noise + text[place:]) == signature(text)


@given(ANY_TEXT, ANY_TEXT)
def test_likeness_is_mutual_and_a_share(one: str, other: str) -> None:
    share = similarity(signature(one), signature(other))
    assert share == similarity(signature(other), signature(one))
    assert 0.0 <= share <= 1.0


@given(st.sampled_from(range(len(REPORTS))), ADDED, st.integers(0, 40), st.data())
def test_a_small_edit_leaves_a_report_nearly_the_same(
    number: int, added: str, removed: int, data: st.DataObject
) -> None:
    text = REPORTS[number]
    place = data.draw(st.integers(0, len(text)))
    edited = signature(text[:place] + added + text[place + removed :])
    assert similarity(SIGNATURES[number], edited) >= 0.8
    assert set(enumerate(bands(SIGNATURES[number]))) & set(enumerate(bands(edited)))


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(range(len(REPORTS)), 2)))
def test_other_reports_of_the_genre_are_not_alike(one: int, other: int) -> None:
    assert similarity(SIGNATURES[one], SIGNATURES[other]) <= 0.3


def test_the_share_is_about_that_of_the_grams() -> None:
    text = REPORTS[1]
    half = text[: len(text) // 2]
    assert similarity(signature(text), signature(half)) == pytest.approx(0.5, abs=0.15)


def test_bands_are_numbers_that_a_database_holds() -> None:
    for made in SIGNATURES:
        found = bands(made)
        assert len(found) == BANDS
        assert all(-(2**63) <= number < 2**63 for number in found)
        assert bands(made) == found


def test_signatures_are_the_same_on_every_machine() -> None:
    digest = hashlib.sha256(signature("市林业局2024年工作总结")).hexdigest()
    assert digest[:16] == "da5aaf27ad287d83"


@pytest.mark.parametrize(("one", "other"), [("学", "习"), ("", "学习"), ("学习材料", "学习资料")])
def test_the_shortest_texts_differ(one: str, other: str) -> None:
    assert similarity(signature(one), signature(other)) < 0.2
