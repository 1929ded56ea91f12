"""A comparison in the form of JSON, and in the words of its one-line summary."""

from typing import Any

from assistant.evaluation.comparison import ComparedPiece, ComparedStretch, Comparison, Said
from assistant.evaluation.scorers import SCORERS
from assistant.types import Fact, Score
from assistant.workflow.forms import finding_form


def summary(comparison: Comparison) -> str:
    """Return what a reader wants to know first, in one Chinese sentence."""
    pieces = comparison.missing
    counts = (
        ("漏写", sum(piece.said is Said.NOT for piece in pieces)),
        ("写得不全", sum(piece.said is Said.PARTLY for piece in pieces)),
        ("多写", len(comparison.extra)),
        ("说法不一", len(comparison.contradictions)),
        ("无出处的数据", len(comparison.unfounded)),
    )
    found = "、".join(f"{what}{count}处" for what, count in counts if count)
    share = "" if comparison.covered is None else f"参考稿的内容写到了{comparison.covered:.0%}，"
    return f"{share}{found}。" if found else f"{share}没有发现漏写、多写和说法不一。"


def comparison_form(comparison: Comparison) -> dict[str, Any]:
    """Return all that a comparison says; spans lie in the texts as given."""
    return {
        "section": comparison.section,
        "scope": comparison.scope,
        "hint": comparison.hint or None,
        "summary": summary(comparison),
        "covered": comparison.covered,
        "shared": comparison.shared,
        "draft": _stretch_form(comparison.draft),
        "reference": _stretch_form(comparison.reference),
        "notes": [{"id": note.id, "text": note.text} for note in comparison.notes],
        "groups": [
            {
                "number": group.number,
                "draft": list(group.draft),
                "reference": list(group.reference),
                "likeness": group.likeness,
            }
            for group in comparison.groups
        ],
        "contradictions": [
            {
                "kind": one.kind,
                "message": one.message,
                "draft": [one.start, one.end],
                "reference": [one.reference_start, one.reference_end],
            }
            for one in comparison.contradictions
        ],
        "unfounded": [_fact_form(fact) for fact in comparison.unfounded],
        "scores": [_score_form(score) for score in comparison.scores],
        "traits": [
            {
                "name": trait.name,
                "title": trait.title,
                "unit": trait.unit,
                "draft": trait.draft,
                "reference": trait.reference,
            }
            for trait in comparison.traits
        ],
        "findings": [finding_form(finding) for finding in comparison.findings],
    }


def _stretch_form(stretch: ComparedStretch) -> dict[str, Any]:
    return {
        "text": stretch.text,
        "start": stretch.start,
        "end": stretch.end,
        "pieces": [_piece_form(piece, stretch.text) for piece in stretch.pieces],
    }


def _piece_form(piece: ComparedPiece, text: str) -> dict[str, Any]:
    return {
        "start": piece.start,
        "end": piece.end,
        "text": text[piece.start : piece.end],
        "item": piece.item,
        "said": piece.said.value,
        "group": piece.group,
        "left": [list(span) for span in piece.left],
    }


def _fact_form(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "surface": fact.surface,
        "value": fact.value,
        "start": fact.start,
        "end": fact.end,
    }


def _score_form(score: Score) -> dict[str, Any]:
    scorer = SCORERS[score.scorer]
    return {
        "scorer": score.scorer,
        "title": scorer.title,
        "value": score.value,
        "better": scorer.better,
        "group": scorer.group,
        "explanation": score.explanation,
        "signature": scorer.signature,
    }
