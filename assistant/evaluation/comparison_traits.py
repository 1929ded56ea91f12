"""Style and structure of two stretches side by side, and the scores of the draft with what they mean."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.checks.likeness import content
from assistant.checks.proofreading import at_least, proofread
from assistant.checks.rulebook import shipped_rules
from assistant.evaluation.comparison import ComparedStretch, Said, Trait
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorers import SCORERS, score_sample
from assistant.text.facts import facts
from assistant.text.sentences import sentences
from assistant.types import Finding, Level, Note, Score
from assistant.writing.polishing import polish

_COLLOQUIAL = frozenset(("wording", "redundancy"))
# Scorers that ask which passages a writer saw, which nobody knows of a finished draft.
_OF_PASSAGES = frozenset(("leaks", "overlap"))
_PLACE = re.compile(r"\s+")


def found_slips(text: str, start: int, end: int) -> tuple[Finding, ...]:
    """Return the errors and warnings of proofreading in a stretch; spans lie in the whole text."""
    return tuple(one for one in _slips(text) if start <= one.start and one.end <= end)


# A draft is asked for its slips twice, and one reference is compared with several drafts.
@lru_cache(maxsize=8)
def _slips(text: str) -> tuple[Finding, ...]:
    return tuple(one for one in proofread(text, rules=shipped_rules()) if at_least(one, Level.WARN))


def traits(draft: ComparedStretch, reference: ComparedStretch, section: str | None) -> tuple[Trait, ...]:
    """Return style and structure side by side."""
    mine, theirs = (_measured(stretch) for stretch in (draft, reference))
    lead = section in ("problems", "plan")
    rows = (
        ("length", "字数", "字"),
        ("sentences", "句数", "句"),
        ("average", "平均句长", "字"),
        ("items", "分项", "项"),
        *([("lead", "总括句领起", "")] if lead else []),
        ("numbers", "数字", "个"),
        ("colloquial", "口语或重复的说法", "处"),
        ("slips", "校对发现", "处"),
    )
    return tuple(Trait(name, title, unit, mine[name], theirs[name]) for name, title, unit in rows)


def content_said(stretch: ComparedStretch) -> dict[Said, int]:
    """Return how much of a stretch's content is said, left out of a piece that is said, and not said; lead-ins aside."""
    sizes = dict.fromkeys((Said.WHOLE, Said.PARTLY, Said.NOT), 0)
    for piece in stretch.pieces:
        if piece.said is not Said.LEAD:
            weight = content(stretch.text[piece.start : piece.end]).weight
            left = sum(content(stretch.text[start:end]).weight for start, end in piece.left)
            sizes[Said.NOT if piece.said is Said.NOT else Said.WHOLE] += weight - left
            sizes[Said.PARTLY] += left
    return sizes


def share_said(stretch: ComparedStretch) -> float | None:
    """Return the share of a stretch's content that the other side says."""
    sizes = content_said(stretch)
    total = sum(sizes.values())
    return round(sizes[Said.WHOLE] / total, 4) if total else None


def _measured(stretch: ComparedStretch) -> dict[str, float]:
    text = stretch.compared
    length, count = len(_PLACE.sub("", text)), len(sentences(text))
    return {
        "length": length,
        "sentences": count,
        "average": round(length / count, 1) if count else 0.0,
        "items": len({piece.item for piece in stretch.pieces} - {0}),
        "lead": float(any(piece.said is Said.LEAD and not piece.item for piece in stretch.pieces)),
        "numbers": sum(fact.kind == "number" for fact in facts(text)),
        "colloquial": sum(change.kind in _COLLOQUIAL for change in polish(text, level="full")),
        "slips": len(found_slips(stretch.text, stretch.start, stretch.end)),
    }


def draft_scores(draft: str, reference: str, notes: Sequence[Note], section: str | None) -> tuple[Score, ...]:
    """Return the scores that apply: those on notes only with notes, that on structure only for a section."""
    names = [
        name
        for name, scorer in SCORERS.items()
        if name not in _OF_PASSAGES
        and (notes or scorer.group != "grounds")
        and (section is not None or name != "structure")
    ]
    sample = Sample(draft, section or "", notes=tuple(notes), reference=reference)
    return tuple(score for score in score_sample(sample, names) if score.value is not None)
