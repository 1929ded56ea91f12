"""What a draft and a reference say differently of the same: another number, name, direction, degree, time, or not."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.units import phrases
from assistant.evaluation.comparison import Contradiction
from assistant.evaluation.comparison_against import Against, Side
from assistant.evaluation.comparison_telling import contradiction

_NOT = re.compile(r"(?:尚|还|仍)?(?:未|没有?|并未|并非|不(?![断仅但同忘懈力良久少时止可得]|一定))(?:能|曾)?")
_IDLE = re.compile("(?:[还仍也]|依然)?(?:存在着?)?|的(?:问题|现象|情况)$")
_SAME_BUT_FOR_NOT = 0.9
_LEAST_CLAUSE = 4


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
        for start, end in _members(mine.text):
            for first, last in _members(theirs.text):
                if _denies(mine.text[start:end], theirs.text[first:last]):
                    spans = (mine.body + start, mine.body + end), (theirs.body + first, theirs.body + last)
                    yield contradiction("negation", draft.text, *spans[0], reference.text, *spans[1])


def _denies(one: str, other: str) -> bool:
    counts = len(_NOT.findall(one)), len(_NOT.findall(other))
    if counts[0] == counts[1] or min(counts):
        return False
    bare = [content(_IDLE.sub("", _NOT.sub("", clause)), without=()) for clause in (one, other)]
    return min(part.weight for part in bare) >= _LEAST_CLAUSE and all(
        held_share(part, evidence([whole.text])) > _SAME_BUT_FOR_NOT for part, whole in (bare, bare[::-1])
    )


def _members(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text's clauses, and of the members of an enumeration within them."""
    return [
        (start + match.start(), start + match.end())
        for start, end in phrases(text)
        for match in re.finditer("[^、]+", text[start:end])
    ]
