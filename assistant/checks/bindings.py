"""Numbers that changed places within a note: 诉求240条，解决221条 written as 诉求221条，解决240条."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from assistant.checks.bearings import masked, measure_of
from assistant.checks.counts import counts_alike
from assistant.checks.grounds import Ground
from assistant.checks.likeness import flattened
from assistant.checks.support import Rest
from assistant.text.terms import CJK
from assistant.types import Fact, Finding, Level, Note, Reference

# How far the words reach that a number belongs to, and by how much they must speak for the other place.
_BEFORE, _BEHIND = 14, 10
_MARGIN = 1.0
_MOST_NUMBERS = 10
_PAIR = 2
_BREAK = re.compile(r"[，。；：！？、,;（）()\n]")
_RUN = re.compile(rf"[{CJK}]+")
# A word for what was to be and for what came of it tells two numbers apart.
_ROLES = frozenset(("任务", "计划", "目标", "应该", "应当", "完成", "实际"))
_ROLE = 0.6
_LENGTHS = frozenset(("年", "月", "周", "天", "小时", "分钟", "个工作日", "季度"))
_SMALL = re.compile(r"[的了着共有为达是个中仅只就又也均并已]")
_FROM, _TO = re.compile("[由从自]$"), re.compile("[至到为成达]$")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A number with the words that stand before and behind it in its clause, as characters and pairs."""

    fact: Fact
    before: frozenset[str]
    behind: frozenset[str]
    side: str


def swapped_numbers(draft: str, one: Rest, notes: Sequence[Note]) -> Iterator[Finding]:
    """Yield the pairs of a note's numbers that stand in a unit each with the words of the other."""
    here = [fact for fact in one.facts if fact.kind == "number"]
    if len(here) < 2 or len(here) > _MOST_NUMBERS:
        return
    bound = {fact.value: _bind(fact, draft, here) for fact in here}
    for ground in one.grounds:
        there = [fact for fact in ground.facts if fact.kind == "number"]
        if not ground.bullet or not 1 < len(there) <= _MOST_NUMBERS:
            continue
        text = notes[ground.note].text
        known = [_bind(fact, text, there) for fact in there if _told(fact, bound)]
        for first, second in combinations(known, 2):
            pair = _told(first.fact, bound), _told(second.fact, bound)
            if _cannot_change(first, pair[0], second, pair[1]):
                continue
            if first.fact.value != second.fact.value and pair[0] and pair[1] and pair[0] is not pair[1]:
                yield from _judge(draft, (first, second), (pair[0], pair[1]), ground, notes)


def _cannot_change(first: _Bound, said: _Bound | None, second: _Bound, other: _Bound | None) -> bool:
    """Tell whether two numbers kept their measure words and these count different things: 8人 and 不足一半."""
    if not said or not other:
        return False
    if [one.fact.value[-1:] for one in (said, other)].count("%") == 1:
        return counts_alike(said.fact, first.fact) and counts_alike(other.fact, second.fact)
    if (said.fact.value, other.fact.value) != (first.fact.value, second.fact.value):
        return False
    measures = {measure_of(first.fact), measure_of(second.fact)}
    return len(measures) > 1 and not measures <= _LENGTHS


def doubled_numbers(draft: str, one: Rest, notes: Sequence[Note]) -> Iterator[Finding]:
    """Yield the number given twice where the note gives two: 发现9个，改了8个 written as 发现9个，整改9个."""
    here = [fact for fact in one.facts if fact.kind == "number"]
    for ground in one.grounds if 1 < len(here) <= _MOST_NUMBERS else ():
        there = [fact for fact in ground.facts if fact.kind == "number"] if ground.bullet else []
        if not 1 < len(there) <= _MOST_NUMBERS:
            continue
        note = notes[ground.note]
        for own, left in permutations(there, 2):
            twice = [fact for fact in here if fact.value == own.value]
            if len(twice) != _PAIR or not _is_left(own, left, there, here):
                continue
            likeness = [_alike(_bind(fact, draft, here), _bind(own, note.text, there)) for fact in twice]
            if likeness[0] > 0 and not likeness[1] and not masked(draft, twice[1].start, twice[1].end):
                fact = twice[1]
                message = f"“{fact.surface}”与要点{note.id}的“{left.surface}”不一致，请核对。"
                refers = Reference("note", note.id, left.start, left.end)
                yield Finding(
                    "fact.changed", Level.ERROR, message, fact.start, fact.end, refers, left.surface
                )


def _is_left(own: Fact, left: Fact, there: Sequence[Fact], here: Sequence[Fact]) -> bool:
    """Tell whether a number of the note stands nowhere in the draft's sentence, the other but once in the note."""
    if measure_of(own) != measure_of(left) or left.start < own.start:
        return False
    return sum(fact.value == own.value for fact in there) == 1 and not any(
        counts_alike(fact, left) for fact in here
    )


def _told(fact: Fact, bound: dict[str, _Bound]) -> _Bound | None:
    """Return the draft's number of the same figures."""
    if fact.value in bound:
        return bound[fact.value]
    figures = re.sub(r"[^\d.]", "", fact.value)
    same = [one for value, one in bound.items() if re.sub(r"[^\d.]", "", value) == figures]
    return same[0] if len(same) == 1 else None


def _judge(
    draft: str,
    there: tuple[_Bound, _Bound],
    here: tuple[_Bound, _Bound],
    ground: Ground,
    notes: Sequence[Note],
) -> Iterator[Finding]:
    straight = _alike(here[0], there[0]) + _alike(here[1], there[1])
    crossed = _alike(here[0], there[1]) + _alike(here[1], there[0])
    if crossed < straight + _MARGIN:
        return
    note = notes[ground.note]
    for mine, own, other in ((here[0], there[0], there[1]), (here[1], there[1], there[0])):
        fact = mine.fact
        if masked(draft, fact.start, fact.end):
            return
        message = f"“{fact.surface}”在要点{note.id}里说的是另一件事，两个数可能写反了，请核对。"
        refers = Reference("note", note.id, own.fact.start, own.fact.end)
        yield Finding("fact.changed", Level.ERROR, message, fact.start, fact.end, refers, other.fact.surface)


def _bind(fact: Fact, text: str, numbers: Sequence[Fact]) -> _Bound:
    """Return a number with its words, up to the next mark or number."""
    left = max([max(0, fact.start - _BEFORE), *(one.end for one in numbers if one.end <= fact.start)])
    right = min([fact.end + _BEHIND, *(one.start for one in numbers if one.start >= fact.end)])
    before = _BREAK.split(text[left : fact.start])
    bare = (
        len(before) > 1 and not _SMALL.sub("", before[-1]) and not re.search("[（(]", text[left : fact.start])
    )
    words = before[-2] if bare else before[-1]
    behind = _BREAK.split(text[fact.end : right], maxsplit=1)[0]
    raw = text[max(0, fact.start - 1) : fact.start]
    side = "from" if _FROM.search(raw) else "to" if _TO.search(raw) else ""
    return _Bound(fact, _features(words), _features(behind), side)


def _features(text: str) -> frozenset[str]:
    runs = _RUN.findall(_SMALL.sub("", flattened(text)))
    return frozenset(run[place : place + 2] for run in runs for place in range(max(1, len(run) - 1)))


def _alike(one: _Bound, other: _Bound) -> float:
    """Return how much two numbers' words agree; words on the other side count for half."""
    same = _overlap(one.before, other.before) + _overlap(one.behind, other.behind)
    across = _overlap(one.before, other.behind) + _overlap(one.behind, other.before)
    sides = (1.0 if one.side == other.side else -1.0) if one.side and other.side else 0.0
    role = _ROLE if _ROLES & one.before & other.before else 0.0
    return same + 0.5 * across + sides + role


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
