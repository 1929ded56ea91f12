from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]

from assistant.evaluation.rouge import Measure, character_tokens, rouge_l, rouge_n, word_tokens
from tests.evaluation.texts import EDGES, pairs

Cut = Callable[[str], Sequence[str]]
CUTS = [pytest.param(character_tokens, id="char"), pytest.param(word_tokens, id="word")]
TOKENS = st.lists(st.sampled_from("甲乙丙") | st.sampled_from(["甲乙", "12", "3.5", ""]), max_size=12)


class Given:
    """A tokenizer for rouge_score."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut

    def tokenize(self, text: str) -> list[str]:
        return list(self.cut(text))


def figures(measure: Measure) -> tuple[float, float, float]:
    return measure.precision, measure.recall, measure.f


@pytest.mark.parametrize("cut", CUTS)
def test_equal_to_googles_on_random_pairs(cut: Cut) -> None:
    theirs = RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Given(cut))
    for candidate, reference in pairs():
        wanted = theirs.score(reference, candidate)
        one, other = cut(candidate), cut(reference)
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


@given(TOKENS, TOKENS, st.integers(1, 4))
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


def test_characters_stand_alone_and_numbers_stay_whole() -> None:
    assert character_tokens("２０２４年，完成3.5亿元，用APP") == ("2024", *"年完成", "3.5", *"亿元用", "app")
    assert character_tokens(" *** 。\n") == ()


def test_words_come_from_the_dictionary_without_marks() -> None:
    assert word_tokens("理论学习，有待加强。") == ("理论", "学习", "有待", "加强")


def test_a_subsequence_keeps_the_order() -> None:
    assert rouge_l("甲乙丙丁", "丁甲乙").shared == 2
    assert rouge_n("甲乙丙丁", "丁甲乙", 1).shared == 3
    assert rouge_n("甲甲甲", "甲", 1) == Measure(1 / 3, 1.0, 0.5, 1, 3, 1)
