import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.terms import terms, words

ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from("农村环境整治*×＊，。12.a"), max_size=60)


def test_a_run_gives_its_words_then_its_bigrams() -> None:
    assert terms("农村环境") == ["农村", "环境", "农村", "村环", "环境"]


def test_a_single_character_is_a_term_of_its_own() -> None:
    assert terms("拟") == ["拟"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＧＤＰ增长３.５％", ["gdp", "增长", "增长", "3.5"]),
        ("投资1,200.5万", ["投资", "投资", "1,200.5", "万"]),
        ("5G、P2P和IPv6", ["5g", "p2p", "和", "ipv6"]),
        ("café", ["café"]),
    ],
)
def test_letters_and_numbers_stay_whole(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("mask", ["*", "****", "＊＊", "××", "，", "　", "\n", "《"])
def test_nothing_is_joined_across_a_mask_or_mark(mask: str) -> None:
    assert terms(f"刘{mask}明") == ["刘", "明"]


@pytest.mark.parametrize("text", ["", "。，！", "****", "××", " \n\t"])
def test_marks_and_masks_give_nothing(text: str) -> None:
    assert terms(text) == words(text) == []


def test_words_are_in_reading_order_and_normalised() -> None:
    assert words("国务院，ＡＩ赋能") == ["国务院", "ai", "赋", "能"]


@given(ANY_TEXT)
def test_any_text_has_terms_without_space_or_mask(text: str) -> None:
    found = terms(text)
    assert found == terms(text)
    assert not [term for term in found if not term or term != term.lower() or set(term) & set("*× \n，。")]


@given(ANY_TEXT)
def test_words_are_the_terms_without_the_bigrams(text: str) -> None:
    found = terms(text)
    assert [word for word in words(text) if word not in found] == []
    assert len("".join(words(text))) <= sum(map(len, found))


@given(st.text("农村人居环境整治提升", min_size=2, max_size=20))
def test_every_pair_of_neighbours_is_a_term(text: str) -> None:
    assert {text[start : start + 2] for start in range(len(text) - 1)} <= set(terms(text))


def test_the_segmenter_is_loaded_only_when_needed() -> None:
    code = "import sys, assistant.text.terms; sys.exit('rjieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
