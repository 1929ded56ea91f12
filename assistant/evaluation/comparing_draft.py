"""Compare a draft with a reference: what is said, left out, added, contradicted, and what nothing bears out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.checks.bearings import Bearings, masked
from assistant.checks.counts import told_otherwise
from assistant.checks.grounds import LONGEST_BULLET
from assistant.checks.likeness import Evidence, content, evidence, held_share
from assistant.checks.units import cut
from assistant.evaluation.aligning import align
from assistant.evaluation.comparison import Comparison, Contradiction, Group, Piece, Said, Stretch
from assistant.evaluation.comparison_contradictions import contradictions
from assistant.evaluation.comparison_pieces import Pieces, clauses_of, cut_pieces
from assistant.evaluation.comparison_stretch import Place, locate
from assistant.evaluation.comparison_traits import draft_scores, found_slips, traits
from assistant.text.facts import facts
from assistant.types import Fact, Note

# A clause is left out where next to nothing of it stands in its partners, nor much in the other side's whole.
_LEFT, _LEFT_ELSEWHERE = 0.25, 0.5
_LEAST_CLAUSE = 4
# What no one can look up is no datum: a term in quotation marks.
_DATA = frozenset(("number", "date", "title", "document", "organisation", "person", "place", "meeting"))


def compare(
    draft: str, reference: str, *, notes: Sequence[Note] = (), section: str | None = None
) -> Comparison:
    """Compare a draft with a reference; either may be one section or a whole report.

    ``section`` is a section kind's name, title or alias; it is found in a whole report by the report's anatomy. Without
    it, the texts themselves must tell what is to be compared. Raises `InputError` where they do not.
    """
    ours, theirs, name = locate(draft, reference, section)
    mine, other = (
        cut_pieces(draft[ours.start : ours.end], name),
        cut_pieces(reference[theirs.start : theirs.end], name),
    )
    pairs = _paired(mine, other)
    found = [_shifted(one, ours.start, theirs.start) for one in contradictions(mine.side, other.side, pairs)]
    groups = _groups(pairs)
    draft_stretch = _stretch(draft, ours, mine, other, groups, ours=True)
    reference_stretch = _stretch(reference, theirs, other, mine, groups, ours=False)
    return Comparison(
        draft=draft_stretch,
        reference=reference_stretch,
        notes=tuple(notes),
        section=name,
        scope=f"比的是{ours.words}与{theirs.words}。",
        groups=groups,
        contradictions=tuple(found),
        unfounded=tuple(_unfounded(draft, ours, reference, notes, found)),
        covered=_share_said(reference_stretch),
        shared=_share_said(draft_stretch),
        scores=draft_scores(draft_stretch.compared, reference_stretch.compared, notes, name),
        traits=traits(draft_stretch, reference_stretch, name),
        findings=found_slips(draft, ours.start, ours.end),
    )


def _paired(mine: Pieces, other: Pieces) -> dict[tuple[int, int], float]:
    """Return the pairs of pieces that speak of the same: lead-ins left out, topic sentences with what they name."""
    ours = [number for number in range(len(mine.units)) if number not in mine.leads]
    theirs = [number for number in range(len(other.units)) if number not in other.leads]
    found = align([mine.units[one].text for one in ours], [other.units[one].text for one in theirs])
    pairs = {(ours[one], theirs[two]): likeness for (one, two), likeness in found.items()}
    for topic in mine.topics - {one for one, _ in pairs}:
        pairs |= {(topic, two): pairs[one, two] for one, two in list(pairs) if one == topic + 1}
    for topic in other.topics - {two for _, two in pairs}:
        pairs |= {(one, topic): pairs[one, two] for one, two in list(pairs) if two == topic + 1}
    return pairs


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


def _stretch(
    text: str, place: Place, mine: Pieces, other: Pieces, groups: Sequence[Group], *, ours: bool
) -> Stretch:
    pieces = []
    everything = evidence([other.side.text])
    for number, unit in enumerate(mine.units):
        own = [group for group in groups if number in (group.draft if ours else group.reference)]
        partners = [one for group in own for one in (group.reference if ours else group.draft)]
        known = evidence(other.units[one].text for one in partners)
        left = [
            (start, end)
            for start, end in clauses_of(unit)
            if own and number not in mine.topics and _is_left(mine.side.text[start:end], (known, everything))
        ]
        said = (
            Said.LEAD
            if number in mine.leads
            else Said.NOT
            if not own
            else Said.PARTLY
            if left
            else Said.WHOLE
        )
        spans = tuple((place.start + start, place.start + end) for start, end in left)
        numbers = tuple(group.number for group in own)
        pieces.append(
            Piece(place.start + unit.start, place.start + unit.end, unit.item, said, numbers, spans)
        )
    return Stretch(text, place.start, place.end, tuple(pieces), place.whole)


def _is_left(clause: str, known: Sequence[Evidence]) -> bool:
    """Tell whether a clause says something that the partners leave out, and the other side's whole mostly too."""
    part = content(clause)
    if content(clause, without=("light", "formula")).weight < _LEAST_CLAUSE:
        return False
    partners, everything = known
    return held_share(part, partners) < _LEFT and held_share(part, everything) < _LEFT_ELSEWHERE


def _share_said(stretch: Stretch) -> float | None:
    """Return the share of a stretch's content that the other side says; lead-ins do not count."""
    total = said = 0
    for piece in stretch.pieces:
        if piece.said is Said.LEAD:
            continue
        weight = content(stretch.text[piece.start : piece.end]).weight
        total += weight
        if piece.said is not Said.NOT:
            said += weight - sum(content(stretch.text[start:end]).weight for start, end in piece.left)
    return round(said / total, 4) if total else None


def _unfounded(
    draft: str, place: Place, reference: str, notes: Sequence[Note], told: Sequence[Contradiction]
) -> Iterator[Fact]:
    """Yield the data of the draft that neither notes nor reference hold, and that contradict nothing."""
    pieces = [Note("reference", reference[unit.start : unit.end]) for unit in cut(reference)[1]]
    known = Bearings([*notes, *pieces])
    for fact in facts(draft):
        if fact.kind not in _DATA or not (place.start <= fact.start and fact.end <= place.end):
            continue
        if masked(draft, fact.start, fact.end) or known.holders(fact):
            continue
        if any(one.start < fact.end and fact.start < one.end for one in told):
            continue
        if not _is_told_otherwise(fact, draft, known):
            yield fact


def _is_told_otherwise(fact: Fact, draft: str, known: Bearings) -> bool:
    return fact.kind == "number" and any(
        len(text.text) <= LONGEST_BULLET and told_otherwise(fact, draft, found, text.text)
        for text, found in zip(known.texts, known.found, strict=True)
    )


def _shifted(one: Contradiction, ours: int, theirs: int) -> Contradiction:
    return replace(
        one,
        start=one.start + ours,
        end=one.end + ours,
        reference_start=one.reference_start + theirs,
        reference_end=one.reference_end + theirs,
    )
