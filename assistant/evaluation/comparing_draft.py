"""Compare a draft with a reference: what is said, left out, added, contradicted, and what nothing bears out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.checks.bearings import Bearings, masked
from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.units import cut
from assistant.evaluation.aligning import paired_pieces
from assistant.evaluation.comparison import (
    ComparedPiece,
    ComparedStretch,
    Comparison,
    Contradiction,
    Group,
    Said,
)
from assistant.evaluation.comparison_contradictions import contradictions
from assistant.evaluation.comparison_kinds import kinds_apart
from assistant.evaluation.comparison_leaving import Leaving, told_otherwise_anywhere
from assistant.evaluation.comparison_pieces import Pieces, cut_pieces
from assistant.evaluation.comparison_stretch import ComparedPlace, locate
from assistant.evaluation.comparison_traits import draft_scores, found_slips, share_said, traits
from assistant.text.facts import facts
from assistant.types import Fact, Note

# What no one can look up is no datum: a term in quotation marks.
_DATA = frozenset(("number", "date", "title", "document", "organisation", "person", "place", "meeting"))
# How much two topic sentences must share, that nothing else pairs.
_SAME_TOPIC = 0.9
# The report's own year and unit, where the text leads in.
_OWN = frozenset(("date", "organisation"))


def compare(
    draft: str, reference: str, *, notes: Sequence[Note] = (), section: str | None = None
) -> Comparison:
    """Compare a draft with a reference; either may be one section or a whole report.

    ``section`` is a section kind's name, title or alias; it is found in a whole report by the report's anatomy. Without
    it, the texts themselves must tell what is to be compared. Raises `InputError` where they do not.
    """
    ours, theirs, name = locate(draft, reference, section)
    mine, other = (cut_pieces(place.text[place.start : place.end], name) for place in (ours, theirs))
    pairs = _paired(mine, other)
    contradicted = contradictions(mine.side, other.side, pairs)
    groups = _groups(pairs)
    told = tuple(_shifted(one, ours.start, theirs.start) for one in contradicted)
    drafted = _stretch(
        ours, mine, Leaving(other, [(one.start, one.end) for one in contradicted], groups, ours=True)
    )
    said = [(one.reference_start, one.reference_end) for one in contradicted]
    referred = _stretch(theirs, other, Leaving(mine, said, groups, ours=False))
    return Comparison(
        draft=drafted,
        reference=referred,
        notes=tuple(notes),
        section=name,
        scope=f"比的是{ours.words}与{theirs.words}。",
        groups=groups,
        contradictions=told,
        unfounded=tuple(_unfounded(drafted, reference, notes, told)),
        covered=share_said(referred),
        shared=share_said(drafted),
        scores=draft_scores(drafted.compared, referred.compared, notes, name),
        traits=traits(drafted, referred, name),
        findings=found_slips(draft, ours.start, ours.end),
        hint=kinds_apart(ours, theirs, name),
    )


def _paired(mine: Pieces, other: Pieces) -> dict[tuple[int, int], float]:
    """Return the pairs of pieces that speak of the same; a topic sentence goes with the piece that it names."""
    ours, theirs = (
        [number for number in range(len(side.units)) if number not in side.leads | side.topics]
        for side in (mine, other)
    )
    found = paired_pieces([_told(mine, one) for one in ours], [_told(other, one) for one in theirs])
    pairs: dict[tuple[int, int], float] = {}
    for (one, two), likeness in found.items():
        for place in (ours[one], ours[one] - 1) if ours[one] - 1 in mine.topics else (ours[one],):
            for there in (
                (theirs[two], theirs[two] - 1) if theirs[two] - 1 in other.topics else (theirs[two],)
            ):
                pairs[place, there] = likeness
    return pairs | _paired_topics(mine, other, pairs)


def _paired_topics(
    mine: Pieces, other: Pieces, pairs: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """Return the topic sentences that name the same, where one of the two is paired with nothing yet."""
    known = {one for one, _ in pairs}, {two for _, two in pairs}
    shares = {
        (one, two): _same_words(mine.units[one].text, other.units[two].text)
        for one in mine.topics
        for two in other.topics
        if one not in known[0] or two not in known[1]
    }
    return {pair: share for pair, share in shares.items() if share >= _SAME_TOPIC}


def _same_words(one: str, other: str) -> float:
    """Return how much of the shorter of two topic sentences stands in the other, formulas included."""
    short, long = sorted((one, other), key=len)
    return held_share(content(short, without=()), evidence([long]))


def _told(side: Pieces, number: int) -> str:
    """Return what a piece says, with the topic sentence before it."""
    topic = side.units[number - 1].text if number - 1 in side.topics else ""
    return topic + side.units[number].text


def _groups(pairs: dict[tuple[int, int], float]) -> tuple[Group, ...]:
    """Return the pairs joined where they share a unit, in order of the reference."""
    left = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    groups: list[Group] = []
    while left:
        joined = [left.pop(0)]
        while more := [
            pair for pair in left if any(pair[0] == one[0] or pair[1] == one[1] for one in joined)
        ]:
            joined += more
            left = [pair for pair in left if pair not in more]
        likeness = sum(pairs[pair] for pair in joined) / len(joined)
        draft, reference = ({pair[place] for pair in joined} for place in (0, 1))
        groups.append(
            Group(len(groups) + 1, tuple(sorted(draft)), tuple(sorted(reference)), round(likeness, 3))
        )
    return tuple(groups)


def _stretch(place: ComparedPlace, mine: Pieces, leaving: Leaving) -> ComparedStretch:
    pieces = []
    for number, unit in enumerate(mine.units):
        group = leaving.groups.get(number)
        left = leaving.left(mine, number, group) if group and number not in mine.topics else []
        lead = number in mine.leads
        said = Said.LEAD if lead else Said.NOT if not group else Said.PARTLY if left else Said.WHOLE
        spans = tuple((place.start + start, place.start + end) for start, end in left)
        start, end = place.start + unit.start, place.start + unit.end
        pieces.append(ComparedPiece(start, end, unit.item, said, group.number if group else None, spans))
    return ComparedStretch(place.text, place.start, place.end, tuple(pieces), place.whole)


def _unfounded(
    draft: ComparedStretch, reference: str, notes: Sequence[Note], told: Sequence[Contradiction]
) -> Iterator[Fact]:
    """Yield the data of the draft that neither notes nor reference hold, and that contradict nothing."""
    pieces = [Note("reference", reference[unit.start : unit.end]) for unit in cut(reference)[1]]
    known = Bearings([*notes, *pieces])
    leads = [piece for piece in draft.pieces if piece.said is Said.LEAD]
    for fact in facts(draft.text):
        own = any(piece.start <= fact.start < piece.end for piece in leads) and fact.kind in _OWN
        if own or fact.kind not in _DATA or not (draft.start <= fact.start and fact.end <= draft.end):
            continue
        if masked(draft.text, fact.start, fact.end) or known.holders(fact):
            continue
        if any(one.start < fact.end and fact.start < one.end for one in told):
            continue
        if not told_otherwise_anywhere(fact, draft.text, known):
            yield fact


def _shifted(one: Contradiction, ours: int, theirs: int) -> Contradiction:
    return replace(
        one,
        start=one.start + ours,
        end=one.end + ours,
        reference_start=one.reference_start + theirs,
        reference_end=one.reference_end + theirs,
    )
