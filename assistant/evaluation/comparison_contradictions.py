"""What a draft and a reference say differently of the same: another number, name, direction, degree, time, or the opposite."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.evaluation.comparison import Contradiction
from assistant.evaluation.comparison_against import Against, Side
from assistant.evaluation.comparison_denials import denials
from assistant.evaluation.comparison_opposites import opposed
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
    # What was told of a figure or a name is not told once more of the word beside it.
    for group in (found, _opposites(draft, reference, pairs)):
        for one in sorted(group, key=_place):
            if not any(_overlap(one, other) for other in kept):
                kept.append(one)
    return sorted(kept, key=_place)


def _place(one: Contradiction) -> tuple[int, int]:
    return one.start, one.end


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


def _opposites(draft: Side, reference: Side, pairs: Sequence[tuple[int, int]]) -> Iterator[Contradiction]:
    """Yield the words that gave their place to ones for the opposite."""
    ours, there = ([unit.text for unit in side.units] for side in (draft, reference))
    for (one, (start, end)), (other, (first, last)) in opposed(ours, there, pairs):
        mine, theirs = draft.units[one].body, reference.units[other].body
        spans = (mine + start, mine + end), (theirs + first, theirs + last)
        yield contradiction("opposite", draft.text, *spans[0], reference.text, *spans[1])
