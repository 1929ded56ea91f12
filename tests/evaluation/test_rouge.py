from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]

from assistant.evaluation.rouge import (
    Measure,
    character_lines,
    character_tokens,
    rouge_l,
    rouge_n,
    word_lines,
    word_tokens,
)
from tests.evaluation.texts import EDGES, pairs

Cut = Callable[[str], Sequence[str]]
CUTS = [
    pytest.param(character_tokens, character_lines, id="char"),
    pytest.param(word_tokens, word_lines, id="word"),
]
TOKENS = st.lists(st.sampled_from("甲乙丙") | st.sampled_from(["甲乙", "12", "3.5", ""]), max_size=12)


class Given:
    """A tokenizer for rouge_score."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut

    def tokenize(self, text: str) -> list[str]:
        return list(self.cut(text))


def figures(measure: Measure) -> tuple[float, float, float]:
    return measure.precision, measure.recall, measure.f


@pytest.mark.parametrize(("cut", "lines"), CUTS)
def test_equal_to_googles_on_random_pairs(cut: Cut, lines: Callable[[str, str], tuple[str, str]]) -> None:
    theirs = RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Given(cut))
    for candidate, reference in pairs():
        wanted = theirs.score(reference, candidate)
        one, other = lines(candidate, reference)
        got = {
            "rouge1": rouge_n(one, other, 1),
            "rouge2": rouge_n(one, other, 2),
            "rougeL": rouge_l(one, other),
        }
        for name, measure in got.items():
            assert figures(measure) == pytest.approx(tuple(wanted[name]), abs=5e-5), (
                name,
                candidate,
                reference,
            )


def test_the_random_pairs_hold_the_edge_cases_and_are_not_all_alike() -> None:
    scores = [
        rouge_n(character_tokens(one), character_tokens(other), 2).f
        for one, other in pairs()[len(EDGES) ** 2 :]
    ]
    assert {(one, one) for one in EDGES} | {("", "的"), ("的", "")} <= set(pairs())
    assert len(scores) == 500
    assert sum(score == 1 for score in scores) > 20
    assert sum(0 < score < 0.2 for score in scores) > 20
    assert sum(0.2 < score < 1 for score in scores) > 60


@given(TOKENS, TOKENS, st.integers(1, 3))
def test_measures_of_any_tokens(one: list[str], other: list[str], n: int) -> None:
    for measure, back in (
        (rouge_n(one, other, n), rouge_n(other, one, n)),
        (rouge_l(one, other), rouge_l(other, one)),
    ):
        assert 0 <= measure.f <= 1
        assert (measure.precision, measure.recall) == (back.recall, back.precision)
        assert min(measure.precision, measure.recall) <= measure.f <= max(measure.precision, measure.recall)
    if one:
        assert figures(rouge_l(one, one)) == (1.0, 1.0, 1.0)
    assert rouge_l(one, other).shared <= rouge_n(one, other, 1).shared


RAW = st.text("会议12３.,．，aＢ_é²〇々*…\n \U000f0000", max_size=14)


@given(RAW, RAW)
@example("３，4", "3,4")
@example("1.2a3.5b", "\U000f0000\U000f0001")
def test_a_line_has_a_character_for_each_token(one: str, other: str) -> None:
    lines = character_lines(one, other)
    tokens = character_tokens(one), character_tokens(other)
    signs = dict(zip("".join(lines), sum(tokens, ()), strict=True))
    assert len(signs) == len(set(sum(tokens, ())))
    assert tuple(tuple(signs[sign] for sign in line) for line in lines) == tokens
    for n in (1, 2, 3):
        assert rouge_n(*lines, n) == rouge_n(*tokens, n)


@given(TOKENS, TOKENS, st.integers(1, 3))
def test_runs_are_counted_as_often_as_they_stand_in_both(one: list[str], other: list[str], n: int) -> None:
    ours, theirs = (
        Counter(tuple(side[at : at + n]) for at in range(len(side) - n + 1)) for side in (one, other)
    )
    assert rouge_n(one, other, n).shared == (ours & theirs).total()


def test_longer_runs_are_not_counted() -> None:
    with pytest.raises(ValueError, match="4"):
        rouge_n("甲", "甲", 4)


def test_characters_stand_alone_and_numbers_stay_whole() -> None:
    assert character_tokens("２０２４年，完成3.5亿元，用APP") == ("2024", *"年完成", "3.5", *"亿元用", "app")
    assert character_tokens(" *** 。\n") == ()


def test_words_come_from_the_dictionary_without_marks() -> None:
    assert word_tokens("理论学习，有待加强。") == ("理论", "学习", "有待", "加强")


def test_a_subsequence_keeps_the_order() -> None:
    assert rouge_l("甲乙丙丁", "丁甲乙").shared == 2
    assert rouge_n("甲乙丙丁", "丁甲乙", 1).shared == 3
    assert rouge_n("甲甲甲", "甲", 1) == Measure(1 / 3, 1.0, 0.5, 1, 3, 1)
