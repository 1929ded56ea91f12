"""Scorers that hold a text against its reference: ROUGE, BLEU and chrF."""

from collections.abc import Callable, Iterator
from functools import partial

from assistant.evaluation.rouge import Measure, character_lines, rouge_l, rouge_n, word_lines
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import Scorer, own, says_nothing, scorer
from assistant.evaluation.surface import BLEU_SIGNATURE, CHRF_SIGNATURE, bleu, chrf

_NO_REFERENCE = "没有参考稿，无从比较。"
Compared = Callable[[str, str], tuple[float, str]]
_EMPTY = "稿子是空的，与参考稿没有一处相同。"
_CUT = {"char": (character_lines, "单字"), "word": (word_lines, "词")}
_TOKENS = {
    "char": "tok:han-characters+runs(nfkc,lower,no-punctuation)",
    "word": "tok:rjieba-words(nfkc,lower,no-punctuation,no-hmm)",
}


def likeness_scorers() -> Iterator[Scorer]:
    """Yield the scorers of likeness."""
    for kind in _CUT:
        for variant in ("1", "2", "L"):
            yield _rouge(variant, kind)
    yield _surface("bleu", "BLEU", BLEU_SIGNATURE, _bleu)
    yield _surface("chrf", "chrF", CHRF_SIGNATURE, _chrf)


def _rouge(variant: str, kind: str) -> Scorer:
    return scorer(
        f"rouge{variant}.{kind}",
        f"ROUGE-{variant}（{'按字' if kind == 'char' else '按词'}）",
        partial(_compared, scored=partial(_rouge_score, variant=variant, kind=kind)),
        better="higher",
        group="likeness",
        signature=own(f"f1|{_TOKENS[kind]}"),
    )


def _surface(name: str, title: str, signature: str, scored: Compared) -> Scorer:
    return scorer(
        name,
        title,
        partial(_compared, scored=scored),
        better="higher",
        group="likeness",
        signature=signature,
        most=100.0,
    )


def _compared(sample: Sample, *, scored: Compared) -> tuple[float | None, str]:
    if sample.reference is None or says_nothing(sample.reference):
        return None, _NO_REFERENCE
    if says_nothing(sample.text):
        return 0.0, _EMPTY
    return scored(sample.text, sample.reference)


def _rouge_score(text: str, reference: str, *, variant: str, kind: str) -> tuple[float, str]:
    cut, unit = _CUT[kind]
    ours, theirs = cut(text, reference)
    if variant == "L":
        measure, what = rouge_l(ours, theirs), f"按先后次序能对上的{unit}"
    else:
        measure, what = rouge_n(ours, theirs, int(variant)), unit if variant == "1" else f"相邻两{unit[-1]}"
    return measure.f, _told(measure, what)


def _told(measure: Measure, what: str) -> str:
    if not measure.shared:
        return f"{what}没有与参考稿相同的。"
    return (
        f"{what}有{measure.shared}处与参考稿相同，"
        f"占参考稿的{measure.recall:.0%}、本稿的{measure.precision:.0%}。"
    )


def _bleu(text: str, reference: str) -> tuple[float, str]:
    found = bleu(text, reference)
    shares = "、".join(f"{share:.0f}%" for share in found.precisions)
    short = f"；本稿比参考稿短，按{found.brevity:.0%}折算" if found.brevity < 1 else ""
    return found.score, f"一至四字的连续片段与参考稿相同的分别占{shares}{short}（满分100）。"


def _chrf(text: str, reference: str) -> tuple[float, str]:
    value = chrf(text, reference)
    return value, f"一至六字的连续片段与参考稿的重合度为{value:.0f}，更看重参考稿写到了多少（满分100）。"
