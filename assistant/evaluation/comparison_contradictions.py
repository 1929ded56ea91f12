"""What a draft and a reference say differently of the same: another number, name, direction, degree, time, or not."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.evaluation.comparison import Contradiction
from assistant.evaluation.comparison_against import Against, Side
from assistant.evaluation.comparison_denials import denials
from assistant.evaluation.comparison_telling import contradiction


def contradictions(draft: Side, reference: Side, pairs: Iterable[tuple[int, int]]) -> list[Contradiction]:
    """Return the contradictions between paired units, in order of the draft; spans lie in the two texts."""
    pairs = list(pairs)
    there = Against(draft, reference, pairs)
    back = Against(reference, draft, [(other, one) for one, other in pairs])
    found = [
        *there.changes(),
        *there.stronger(),
        *(_turned_round(one, draft.text, reference.text) for one in back.stronger()),
        *_negations(draft, reference, pairs),
    ]
    kept: list[Contradiction] = []
    for one in sorted(found, key=lambda each: (each.start, each.end)):
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return kept


def _overlap(one: Contradiction, other: Contradiction) -> bool:
    """Tell whether two contradictions share a place on either side: one of them is enough."""
    return (one.start < other.end and other.start < one.end) or (
        one.reference_start < other.reference_end and other.reference_start < one.reference_end
    )


def _turned_round(one: Contradiction, draft: str, reference: str) -> Contradiction:
    """Return a contradiction found from the reference's side as the draft's."""
    return contradiction(
        one.kind, draft, one.reference_start, one.reference_end, reference, one.start, one.end
    )


def _negations(draft: Side, reference: Side, pairs: Sequence[tuple[int, int]]) -> Iterator[Contradiction]:
    """Yield the clauses that say the same but that one of the two denies it."""
    for one, other in pairs:
        mine, theirs = draft.units[one], reference.units[other]
        for (start, end), (first, last) in denials(mine.text, theirs.text):
            spans = (mine.body + start, mine.body + end), (theirs.body + first, theirs.body + last)
            yield contradiction("negation", draft.text, *spans[0], reference.text, *spans[1])
