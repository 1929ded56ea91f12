"""Wording stronger than the notes bear out: scope, progress, obligation, degree and frequency."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.acts import (
    FOLLOWING,
    is_of_another_act,
    is_of_another_verb,
    is_vague,
    precedes,
    speaks_of,
    status_marks,
)
from assistant.checks.certainty import level_if
from assistant.checks.grounds import Ground, Grounds
from assistant.checks.leads import opens
from assistant.checks.note_clauses import STATUS, NoteClause, note_clauses, numbers_in, related_clauses
from assistant.checks.scales import Mark, Scale, hide, scale_marks, scales
from assistant.checks.support import Rest
from assistant.checks.units import phrases
from assistant.types import Finding, Level, Note, Reference

_SCOPE = "escalation.scope"
_WEAK_TOTAL = frozenset(("均", "都", "各", "确保"))
_FAR_LOWER = 3
_BEGUN, _TOTAL = 1, 6
_SAME_VERB = 4
_LONGEST_TOPIC = 28
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause of a draft: its unit, its span there, and the clauses of the notes that speak of the same."""

    one: Rest
    start: int
    text: str
    near: Sequence[NoteClause]
    clauses: Sequence[NoteClause]

    def span(self, mark: Mark) -> tuple[int, int]:
        """Return where a word stands in the draft."""
        start = self.one.unit.body + self.start + mark.start
        return start, start + len(mark.word)


class Escalation:
    """Compares a draft's clauses with those of the notes that they rest on."""

    def __init__(self, grounds: Grounds, *, ahead: bool = False) -> None:
        """Keep the grounds; their clauses are read when first asked for. ``ahead``: the draft is of things to come."""
        self._ahead = ahead
        self._grounds = grounds
        self._read: dict[int, list[NoteClause]] = {}

    def findings(self, one: Rest) -> Iterator[Finding]:
        """Yield what a unit says more strongly than its notes."""
        if not one.grounds or (one.connecting and not one.topic):
            return
        text = hide(one.unit.text)
        if not any(scale.draft.search(text) for scale in scales()):
            return
        clauses = [clause for ground in one.grounds for clause in self._clauses(ground)]
        planned = False
        for start, end in phrases(text):
            found: list[tuple[int, Mark]] = []
            for index, scale in enumerate(scales()):
                said = scale_marks(scale, text[start:end])
                if scale.rule == STATUS:
                    said, planned = status_marks(said, text[start:end], planned=planned)
                found += [(index, mark) for mark in said]
            if found:
                clause = one.unit.text[start:end]
                place = _Place(one, start, clause, related_clauses(clause, clauses), clauses)
                judged = (self._judge(index, mark, place) for index, mark in found)
                yield from (finding for finding in judged if finding)

    def _clauses(self, ground: Ground) -> list[NoteClause]:
        key = id(ground)
        if key not in self._read:
            self._read[key] = list(note_clauses(ground))
        return self._read[key]

    def _judge(self, index: int, mark: Mark, place: _Place) -> Finding | None:
        scale = scales()[index]
        known = _known(scale, index, mark, place)
        if not known:
            return self._alone(scale, mark, place)
        word, clause = max(known, key=lambda pair: pair[0].level)
        if _is_borne_out(scale, mark, place) or _counts_all(scale, mark, place):
            return None
        refers = _reference(self._grounds.notes, clause, word)
        if mark.level > word.level:
            grave = mark.level - word.level >= scale.step
            if not grave and mark.level < scale.alone and _sums_up(place.one):
                return None
            if scale.rule == STATUS and is_of_another_act(word, clause, mark, place.text):
                return None
            level = level_if(grave and not _is_weak(mark, place.one) and _is_bound(mark, word, clause, place))
            message = (
                f"{scale.name}升级：要点{refers.id}为“{word.word}”，草稿写成“{mark.word}”，请改回要点的说法。"
            )
            return Finding(scale.rule, level, message, *place.span(mark), refers)
        if scale.rule == _SCOPE and word.level - mark.level >= _FAR_LOWER and place.near:
            message = f"范围变小：要点{refers.id}为“{word.word}”，草稿写成“{mark.word}”，请核对。"
            return Finding(scale.rule, Level.WARN, message, *place.span(mark), refers)
        return None

    def _alone(self, scale: Scale, mark: Mark, place: _Place) -> Finding | None:
        one = place.one
        done = self._ahead and scale.rule == STATUS and mark.word[0] == "已"
        if not done and mark.level < scale.alone:
            return None
        if mark.word in _WEAK_TOTAL or _is_borne_out(scale, mark, place):
            return None
        if _counts_all(scale, mark, place):
            return None
        note = self._grounds.notes[one.grounds[0].note]
        refers = Reference("note", note.id, one.grounds[0].start, one.grounds[0].end)
        message = f"“{mark.word}”在要点{note.id}里没有依据，程度有所加重，请删去或改回要点的说法。"
        said = place.text.replace(mark.word, "")
        bound = any(speaks_of(said, clause, _MOSTLY) for clause in place.near)
        return Finding(scale.rule, level_if(bound), message, *place.span(mark), refers)


def _known(scale: Scale, index: int, mark: Mark, place: _Place) -> list[tuple[Mark, NoteClause]]:
    """Return the words of a scale in the notes that a draft's word answers to, before the same thing where there are such."""
    known = [(word, clause) for clause in place.near for word in clause.marks[index]]
    if scale.rule == STATUS:
        # 试点 kept beside 已 is a trial that has begun.
        known = [pair for pair in known if pair[0].level != _BEGUN or pair[0].word not in place.text]
        said = place.text[max(0, mark.start - _SAME_VERB) : mark.end + _SAME_VERB]
        known = [pair for pair in known if not is_of_another_verb(pair[0], pair[1].marks[index], said)]
    elif not known and not (place.near and scale.rule == _SCOPE):
        known = [(word, clause) for clause in place.clauses for word in clause.marks[index]]
    following = place.text[mark.end : mark.end + FOLLOWING]
    return [pair for pair in known if precedes(pair[0], pair[1], following)] or known


def _is_borne_out(scale: Scale, mark: Mark, place: _Place) -> bool:
    """Tell whether a note has the word itself, or says the same though not on the scale; of progress, the same clause."""
    if scale.rule == STATUS:
        return any(mark.word in clause.text for clause in place.near)
    bears = scale.bears.get(mark.word)
    return any(
        mark.word in ground.formal or mark.word in ground.text or (bears and re.search(bears, ground.text))
        for ground in place.one.grounds
    )


def _sums_up(one: Rest) -> bool:
    """Tell whether a stretch only names the topic of an item, which sums up what stands behind it."""
    unit = one.unit
    return one.topic or opens(unit) or (unit.head and not one.facts and len(unit.text) <= _LONGEST_TOPIC)


def _counts_all(scale: Scale, mark: Mark, place: _Place) -> bool:
    """Tell whether a total is that of a count which the note's clause gives alone too: 剩余2个问题全部销号."""
    if scale.rule != _SCOPE or mark.level < _TOTAL:
        return False
    numbers = numbers_in(place.one.unit.text)
    before = numbers_in(place.text[: mark.start])
    return any(clause.numbers & before and numbers_in(clause.ground.text) <= numbers for clause in place.near)


def _is_bound(mark: Mark, word: Mark, clause: NoteClause, place: _Place) -> bool:
    """Tell whether a draft's word and a note's surely say how far one and the same thing goes."""
    if is_vague(word):
        return False
    if _sums_up(place.one) and not place.one.facts:
        return speaks_of(place.text.replace(mark.word, ""), clause, _MOSTLY)
    following = place.text[mark.end : mark.end + FOLLOWING]
    return precedes(word, clause, following) or speaks_of(place.text, clause)


def _is_weak(mark: Mark, one: Rest) -> bool:
    """Tell whether a total stands beside numbers, which say themselves how many there are."""
    return mark.word in _WEAK_TOTAL and any(fact.kind == "number" for fact in one.facts)


def _reference(notes: Sequence[Note], clause: NoteClause, word: Mark) -> Reference:
    note = notes[clause.ground.note]
    if clause.start < 0:
        return Reference("note", note.id, clause.ground.start, clause.ground.end)
    start = clause.start + word.start
    if note.text[start : start + len(word.word)] != word.word:
        start = note.text.find(word.word)
    return Reference("note", note.id, start, start + len(word.word))
