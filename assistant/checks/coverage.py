"""How much of each note a draft says, and what it leaves out."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from assistant.checks.certainty import has_its_figures, is_hard, level_if
from assistant.checks.counts import counts_alike
from assistant.checks.grounds import Ground, Grounds, formal
from assistant.checks.likeness import Evidence, content, evidence, held_share
from assistant.checks.support import LEAST_TOLD, Rest
from assistant.checks.units import phrases
from assistant.text.facts import facts, supports
from assistant.types import Coverage, Fact, Finding, Level, Note, Reference

_COVERED, _MISSING, _CLAUSE_LEFT_OUT = 0.6, 0.3, 0.25
_LEAST_CLAUSE = 3
_MOST_LISTED = 20
# A clause counts as left out to the reader only with this much content of which next to nothing stands in the draft.
_LEAST_TO_TELL, _NEXT_TO_NOTHING = 5, 0.12
_SAID_ALL_THE_SAME = 0.7
_CLAIMED = 0.34
_LONGEST_SEARCHED = 20_000
# 一季度查一次 is 每季度查一次, 断了一季度 is 中断一个季度.
_EACH = re.compile("^一个?(?=季|月|年)")
_OTHERWISE = ("每", "一个")


def note_coverage(rests: Sequence[Rest], grounds: Grounds) -> Iterator[Coverage]:
    """Yield how much of each note the units that rest on it say."""
    said: dict[int, list[Rest]] = {}
    for one in rests:
        for number in one.notes:
            said.setdefault(number, []).append(one)
    own: dict[int, list[Ground]] = {}
    for ground in grounds.all:
        own.setdefault(ground.note, []).append(ground)
    for number, note in enumerate(grounds.notes):
        yield _coverage(note, said.get(number, []), own.get(number, []), grounds.note_facts[number])


def _coverage(note: Note, said: Sequence[Rest], own: Sequence[Ground], found: Sequence[Fact]) -> Coverage:
    weight = sum(ground.content.weight for ground in own)
    if not said and (weight >= LEAST_TOLD or found):
        return Coverage(note.id, "missing", tuple(islice(_clauses(note.text), _MOST_LISTED)))
    told = _Told(said)
    held_part = sum(_best_share(ground, told.evidence) * ground.content.weight for ground in own)
    lost = list(islice(_left_out(own, found, told), _MOST_LISTED))
    barely = weight >= LEAST_TOLD and held_part < _MISSING * weight
    if barely and len(lost) == len(list(_clauses(note.text))):
        return Coverage(note.id, "missing", tuple(lost))
    missing = tuple(dict.fromkeys([*lost, *islice(told.without(found), _MOST_LISTED)]))
    return Coverage(note.id, "partly" if missing else "covered", missing[:_MOST_LISTED])


class _Told:
    """What the units that rest on a note say."""

    def __init__(self, said: Sequence[Rest]) -> None:
        self.text = "\n".join(one.unit.text for one in said)
        self._facts = [fact for one in said for fact in one.facts]
        self._said = said

    @cached_property
    def evidence(self) -> Evidence:
        return evidence([self.text])

    @cached_property
    def is_claimed(self) -> bool:
        """Return whether the notes that they rest on say all of it, so that nothing may tell another in other words."""
        return not any(map(_has_words_of_its_own, self._said))

    @cached_property
    def _singles(self) -> list[Fact]:
        return facts(self.text, singles=True) if len(self.text) <= _LONGEST_SEARCHED else []

    @cached_property
    def _values(self) -> set[str]:
        return {fact.value for fact in self._facts}

    def without(self, found: Sequence[Fact]) -> Iterator[str]:
        """Yield the facts of a note that are not told."""
        return (fact.surface for fact in found if not self.tells(fact))

    def may_tell(self, fact: Fact) -> bool:
        """Tell whether a fact of a note is told, or a number with another word for what is counted."""
        return self.tells(fact) or any(has_its_figures(other, fact) for other in self._facts)

    def tells(self, fact: Fact) -> bool:
        """Tell whether a fact of a note is told, in whatever form."""
        if fact.value in self._values or fact.surface in self.text:
            return True
        if fact.kind == "date" and any(
            _EACH.sub(other, fact.surface, count=1) in self.text for other in _OTHERWISE
        ):
            return True
        return any(_says(other, fact) for other in self._facts) or any(
            _says(other, fact) for other in self._singles
        )


def _says(other: Fact, fact: Fact) -> bool:
    if other.kind != fact.kind:
        return False
    return supports(other, fact) or (fact.kind == "number" and counts_alike(other, fact))


def _clauses(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in phrases(text))


def _left_out(own: Sequence[Ground], found: Sequence[Fact], told: _Told) -> Iterator[str]:
    """Yield the clauses of a note that are not told: neither their words nor any fact of theirs."""
    at = 0
    for ground in own:
        for start, end in phrases(ground.text):
            first = ground.start + start
            inside = []
            while at < len(found) and found[at].start < ground.start + end:
                inside += [found[at]] if found[at].start >= first else []
                at += 1
            clause = ground.text[start:end]
            if _is_left_out(clause, told.evidence, ground) and not any(map(told.tells, inside)):
                yield clause


def _best_share(ground: Ground, known: Evidence) -> float:
    raw = held_share(ground.content, known)
    if raw >= _COVERED or not ground.bullet:
        return raw
    return max(raw, held_share(content(ground.formal), known))


def _is_left_out(clause: str, known: Evidence, ground: Ground) -> bool:
    part = content(clause)
    if part.weight < _LEAST_CLAUSE or held_share(part, known) >= _CLAUSE_LEFT_OUT:
        return False
    return not ground.bullet or held_share(content(formal(clause)), known) < _CLAUSE_LEFT_OUT


def uncovered(
    draft: str, coverage: Sequence[Coverage], rests: Sequence[Rest], grounds: Grounds
) -> Iterator[Finding]:
    """Yield the notes that the draft drops, and what it plainly leaves out of the others."""
    whole = _Told(rests)
    end = len(draft)
    for number, (note, one) in enumerate(zip(grounds.notes, coverage, strict=True)):
        refers = Reference("note", note.id, 0, len(note.text))
        if one.state == "missing":
            if any(character.isalnum() for character in note.text):
                grave = _is_lost(note, grounds.note_facts[number], whole)
                message = f"要点{note.id}没有写进草稿，请补上。"
                yield Finding("note.missing", level_if(grave), message, end, end, refers)
        elif told := _worth_telling(one, whole, grounds.note_facts[number]):
            left = "、".join(f"“{words}”" for words in told[:3])
            message = f"要点{note.id}里的{left}没有写进草稿，请核对。"
            yield Finding("note.partly", Level.WARN, message, end, end, refers)


def _is_lost(note: Note, found: Sequence[Fact], whole: _Told) -> bool:
    """Tell whether no particular of a dropped note stands in the draft, or of one without any nothing that may be it."""
    share = held_share(content(note.text), whole.evidence)
    lost = [fact for fact in found if is_hard(fact)]
    if lost:
        return share < _SAID_ALL_THE_SAME and not any(map(whole.may_tell, lost))
    return share < _SAID_ALL_THE_SAME and whole.is_claimed


def _has_words_of_its_own(one: Rest) -> bool:
    """Tell whether a stretch says anything that the notes it rests on do not, which another may say in other words."""
    for start, end in phrases(one.unit.text):
        part = content(one.unit.text[start:end], without=("light", "formula", "topics"))
        if part.weight < _LEAST_CLAUSE:
            continue
        if not any(held_share(part, ground.full) >= _CLAIMED for ground in one.grounds):
            return True
    return False


def _worth_telling(one: Coverage, whole: _Told, found: Sequence[Fact]) -> list[str]:
    """Return what is missing beyond doubt: facts that stand nowhere in the draft, and clauses of which nothing does."""
    surfaces = {fact.surface: fact for fact in found}
    told = []
    for words in one.missing:
        fact = surfaces.get(words)
        if fact is not None:
            if fact.kind in ("number", "date", "title", "document", "quoted") and not whole.tells(fact):
                told.append(words)
            continue
        part = content(words)
        formally = content(formal(words)) if len(words) <= _LEAST_TO_TELL * 20 else part
        if part.weight >= _LEAST_TO_TELL and not any(
            held_share(each, whole.evidence) >= _NEXT_TO_NOTHING for each in (part, formally)
        ):
            told.append(words)
    return told
