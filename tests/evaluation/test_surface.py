import pytest
import sacrebleu
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from assistant.evaluation.scorers import SCORERS
from assistant.evaluation.surface import BLEU_SIGNATURE, CHRF_SIGNATURE, bleu, chrf
from tests.evaluation.texts import pairs


def test_bleu_is_sacrebleus_on_random_pairs() -> None:
    for candidate, reference in pairs():
        wanted = sacrebleu.sentence_bleu(candidate, [reference], tokenize="zh")
        got = bleu(candidate, reference)
        assert got.score == pytest.approx(wanted.score, abs=5e-5), (candidate, reference)
        assert got.precisions == pytest.approx(tuple(wanted.precisions), abs=5e-5)
        assert got.brevity == pytest.approx(wanted.bp, abs=5e-5)
        assert 0 <= got.score <= 100


def test_chrf_is_sacrebleus_on_random_pairs() -> None:
    for candidate, reference in pairs():
        wanted = sacrebleu.sentence_chrf(candidate, [reference])
        assert chrf(candidate, reference) == pytest.approx(wanted.score, abs=5e-5), (candidate, reference)


def test_signatures_are_sacrebleus_own() -> None:
    for metric, ours in (
        (BLEU(tokenize="zh", effective_order=True), BLEU_SIGNATURE),
        (CHRF(), CHRF_SIGNATURE),
    ):
        metric.sentence_score("甲乙", ["甲乙"])
        assert metric.get_signature().format() == ours
        assert sacrebleu.__version__ in ours
    assert SCORERS["bleu"].signature == f"bleu|{BLEU_SIGNATURE}"
    assert SCORERS["chrf"].signature == f"chrf|{CHRF_SIGNATURE}"


def test_a_short_text_is_marked_down() -> None:
    assert bleu("理论学习", "理论学习有待加强").brevity < 1
    assert bleu("理论学习有待加强", "理论学习").brevity == 1
