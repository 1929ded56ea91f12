"""The scorers by name, and a sample put on them."""

from collections.abc import Sequence

from assistant.errors import InputError
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import Scorer
from assistant.evaluation.scorer_form import form_scorers
from assistant.evaluation.scorer_grounds import grounds_scorers
from assistant.evaluation.scorer_likeness import likeness_scorers
from assistant.types import Score

__all__ = ["SCORERS", "Scorer", "score_sample"]

SCORERS: dict[str, Scorer] = {
    scorer.name: scorer for scorer in (*likeness_scorers(), *grounds_scorers(), *form_scorers())
}


def score_sample(sample: Sample, names: Sequence[str] | None = None) -> tuple[Score, ...]:
    """Return the sample's scores on the scorers named, or on all, in that order.

    Raises `InputError` for an unknown name, and for ROUGE-1 without a ROUGE of longer runs: unrelated reports of this
    kind share more than four characters in ten.
    """
    wanted = list(SCORERS) if names is None else list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in SCORERS]:
        raise InputError(f"没有叫“{unknown[0]}”的评分项，可用的有：{'、'.join(SCORERS)}，请从中选。")
    rouge = [name for name in wanted if name.startswith("rouge")]
    if rouge and all(name.startswith("rouge1.") for name in rouge):
        raise InputError("ROUGE-1 单独看没有意义，请同时选 rouge2.char 或 rougeL.char。")
    return tuple(SCORERS[name].score(sample) for name in wanted)
