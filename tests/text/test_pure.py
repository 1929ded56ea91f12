"""Sentences, numerals, lengths, masks and overlap."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.length import token_bound
from assistant.text.masks import show_masks
from assistant.text.numerals import numeral, ordinal
from assistant.text.overlap import coverage
from assistant.text.sentences import clauses, find_outside_quotes, paragraphs, sentences
from assistant.text.words import is_bare_noun

TEXT = st.text("局学习，；：。！？…“”’（）《》\n \u3000a1*", max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习不够。检查少！", ["学习不够。", "检查少！"]),
        ("他说：“学习不够。”会后散了。", ["他说：“学习不够。”", "会后散了。"]),
        ("存在问题……其他", ["存在问题……", "其他"]),
        ("一行\n二行", ["一行", "二行"]),
        ("投资12.5亿元", ["投资12.5亿元"]),
    ],
)
def test_sentences_end_with_their_marks(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(text)] == expected


@given(TEXT)
def test_spans_cover_all_but_white_space(text: str) -> None:
    for cut in (sentences, clauses, paragraphs):
        spans = cut(text)
        assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@given(st.integers(1, 99))
def test_numerals_count_both_ways(number: int) -> None:
    assert ordinal(numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")]
)
def test_numerals_are_written_as_usual(number: int, text: str) -> None:
    assert numeral(number) == text


def test_the_bound_counts_characters_and_bytes_beyond_the_basic_plane() -> None:
    assert (token_bound("学习a1"), token_bound("𠀀"), token_bound("")) == (4, 4, 0)


def test_a_mask_of_any_length_is_shown_alike() -> None:
    assert show_masks("*局和****人") == "××局和××人"


@pytest.mark.parametrize(
    ("text", "position"), [("“学。”习。", 5), ("《学。》", -1), ("“学。习", 2), ("（学。）习", -1), ("", -1)]
)
def test_marks_inside_quotes_do_not_end(text: str, position: int) -> None:
    assert find_outside_quotes(text, "。", 0, len(text)) == position


@pytest.mark.parametrize(("part", "share"), [("理论学习", 1.0), ("食堂漏水", 0.0), ("", 0.0), ("，。", 0.0)])
def test_coverage_is_the_shared_part(part: str, share: float) -> None:
    assert coverage(part, "加强理论学习") == share


@pytest.mark.parametrize(
    ("phrase", "bare"), [("档案室漏水", True), ("台账不规范", False), ("", False), ("会议较多", False)]
)
def test_a_phrase_that_says_nothing_is_a_bare_noun(phrase: str, *, bare: bool) -> None:
    assert is_bare_noun(phrase) is bare
