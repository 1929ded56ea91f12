"""BLEU and chrF of one text against one reference, as sacrebleu computes them."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

# What sacrebleu says of itself, written out so that nothing need be imported to know it.
_VERSION = f"version:{version('sacrebleu')}"
BLEU_SIGNATURE = f"nrefs:1|case:mixed|eff:yes|tok:zh|smooth:exp|{_VERSION}"
CHRF_SIGNATURE = f"nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|{_VERSION}"


@dataclass(frozen=True, slots=True)
class Bleu:
    """BLEU from 0 to 100, with the share (0 to 100) of its runs of one to four tokens that the reference holds.

    ``brevity`` is the factor for a text shorter than its reference, 1.0 where it is as long.
    """

    score: float
    precisions: tuple[float, ...]
    brevity: float


def bleu(candidate: str, reference: str) -> Bleu:
    """Return sentence BLEU, each Chinese character a token; runs too long for the text do not count."""
    score = _bleu().sentence_score(candidate, [reference])
    # Rounding errors put an identical text at 100.00000000000004.
    return Bleu(min(100.0, score.score), tuple(score.precisions), score.bp)


def chrf(candidate: str, reference: str) -> float:
    """Return chrF2 from 0 to 100: the overlap of runs of one to six characters, white space left out."""
    return float(_chrf().sentence_score(candidate, [reference]).score)


@cache
def _bleu() -> "BLEU":
    from sacrebleu.metrics.bleu import BLEU

    return BLEU(tokenize="zh", effective_order=True)


@cache
def _chrf() -> "CHRF":
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()
