"""Which notes each stretch of a draft rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from assistant.checks.counts import gives_numbers
from assistant.checks.grounds import Ground, Grounds, fact_keys
from assistant.checks.leads import is_connecting
from assistant.checks.likeness import Content, Evidence, content, evidence, held, held_share, share_in
from assistant.checks.topics import is_topic
from assistant.checks.units import Unit
from assistant.types import Fact

# Shares of content, found on the formal wordings of 60 notes against their own and all other notes: own ones lie at
# 0.57 and above, others' mostly below 0.45.
RESTS = 0.36
HELD_BY_NOTE = 0.5
_PLAINLY = 0.75
_MORE = 0.15
_MORE_PLACES = 2.5
_LEAST_GAIN = 1.5
_WITH_FACT = 0.15
_FACT_WORTH = 0.12
_MOST_NOTES = 6
_BY_PLACE = 0.1
# Less content than this tells no note from another: 就这些.
LEAST_TOLD = 2
_MOST_SEARCHED = 400


@dataclass
class Rest:
    """What a unit rests on: grounds, best first; the share of its content held; and whether it says anything at all."""

    unit: Unit
    content: Content
    facts: tuple[Fact, ...]
    grounds: list[Ground] = field(default_factory=list)
    score: float = 0.0
    connecting: bool = False
    topic: bool = False

    @cached_property
    def evidence(self) -> Evidence:
        """Return what stands in the unit."""
        return evidence([self.unit.text])

    @property
    def notes(self) -> list[int]:
        """Return the numbers of the notes, best first."""
        return list(dict.fromkeys(ground.note for ground in self.grounds))


def rest(units: Sequence[Unit], found: Sequence[Fact], grounds: Grounds) -> list[Rest]:
    """Return what each unit rests on. ``found`` holds the draft's facts in order."""
    rests, at = [], 0
    for unit in units:
        first = at
        while at < len(found) and found[at].start < unit.end:
            at += 1
        rests.append(_resting(unit, tuple(found[first:at]), grounds))
    _place_items(rests, grounds)
    _ground_topics(rests)
    _find_told(rests, grounds)
    return rests


def _resting(unit: Unit, found: tuple[Fact, ...], grounds: Grounds) -> Rest:
    part = content(unit.text)
    result = Rest(unit, part, found)
    keys = fact_keys(found)
    best = [0.0] * part.weight
    chosen: set[int] = set()
    left = set(keys)
    pool = _pool(part, grounds.candidates(part, keys), grounds)
    gains = {number: sum(cover) for number, cover in pool.items()}
    while pool and len(result.grounds) < _MOST_NOTES:
        if chosen:
            gains = {number: _gain(cover, best) for number, cover in pool.items()}
        if max(gains.values()) < _LEAST_GAIN and not any(left & grounds.all[one].keys for one in pool):
            break
        number = max(pool, key=lambda one: gains[one] + 2 * len(left & grounds.all[one].keys))
        cover, ground, gain = pool.pop(number), grounds.all[number], gains.pop(number)
        if _suffices(gain, part, ground, left, unit.text, first=not chosen):
            chosen.add(number)
            result.grounds.append(ground)
            best = list(map(max, best, cover))
            left -= ground.keys
    result.score = min(1.0, sum(best) / part.weight) if part.weight else float(bool(result.grounds))
    plainly = bool(result.grounds) and result.score >= RESTS and not (unit.announces and not unit.item)
    result.connecting = not plainly and is_connecting(unit, found)
    return result


def _pool(part: Content, candidates: Sequence[int], grounds: Grounds) -> dict[int, list[float]]:
    """Return how each candidate holds the content; their formal wordings are asked where their own words do not do."""
    pool = {number: held(part, grounds.all[number].raw) for number in candidates}
    if any(sum(cover) >= _PLAINLY * part.weight for cover in pool.values()):
        return pool
    if not any(grounds.all[number].bullet for number in candidates):
        return pool
    return {number: held(part, grounds.all[number].full) for number in candidates}


def _gain(cover: Sequence[float], best: Sequence[float]) -> float:
    return sum([new - old for new, old in zip(cover, best, strict=True) if new > old])


def _suffices(
    gain: float,
    part: Content,
    ground: Ground,
    left: set[tuple[str, str]],
    text: str,
    *,
    first: bool,
) -> bool:
    """Tell whether a ground holds a stretch, or holds more of it than the grounds before."""
    relative = gain / part.weight if part.weight else 0.0
    shared = len(left & ground.keys)
    if first:
        if relative + _FACT_WORTH * shared >= RESTS and (gain >= _LEAST_GAIN or shared):
            return True
        if shared and relative >= _WITH_FACT:
            return True
    elif (relative >= _MORE and gain >= _MORE_PLACES) or (shared and gain >= 1):
        return True
    return gain >= _LEAST_GAIN and share_in(ground.content, text) >= HELD_BY_NOTE


def _place_items(rests: Sequence[Rest], grounds: Grounds) -> None:
    """Let an item that rests on nothing rest on the note of its own place, where items and notes are as many."""
    items = {one.unit.item for one in rests} - {0}
    if len(items) != len(grounds.notes) or len(grounds.all) != len(grounds.notes):
        return
    taken = {number for one in rests for number in one.notes}
    for one in rests:
        number = one.unit.item - 1
        if one.grounds or not one.unit.item or number in taken or one.connecting:
            continue
        ground = grounds.all[number]
        score = held_share(one.content, ground.full)
        if score >= _BY_PLACE:
            one.grounds.append(ground)
            one.score = score


def _ground_topics(rests: Sequence[Rest]) -> None:
    """Let a topic sentence rest on what the sentence behind it in its item rests on."""
    for one, after in pairwise(rests):
        if one.facts or not after.grounds or one.unit.item != after.unit.item:
            continue
        if one.grounds and one.score >= RESTS:
            continue
        if is_topic(one.unit, after.unit.text, "\n".join(ground.text for ground in after.grounds)):
            one.topic = True
            one.grounds = [after.grounds[0]]


def _find_told(rests: Sequence[Rest], grounds: Grounds) -> None:
    """Let the stretch that says most of a note rest on it, where none rests on it yet: by its words, or by its facts."""
    taken = {number for one in rests for number in one.notes}
    for ground in grounds.all:
        if ground.note in taken or not ground.bullet or len(rests) > _MOST_SEARCHED:
            continue
        part = content(ground.formal)
        told = [(_told(ground, part, one), one) for one in rests]
        best, one = max(told, key=lambda pair: pair[0], default=(0.0, None))
        if one is None or best < HELD_BY_NOTE:
            one = _teller(ground, rests) or _namer(ground, part, rests, grounds)
        if one is not None:
            one.grounds.append(ground)


def _teller(ground: Ground, rests: Sequence[Rest]) -> Rest | None:
    """Return the stretch that gives all numbers of a note beside a word of it."""
    for one in rests:
        if gives_numbers(one.facts, ground.facts) and one.evidence.pairs & ground.raw.pairs:
            return one
    return None


def _namer(ground: Ground, part: Content, rests: Sequence[Rest], grounds: Grounds) -> Rest | None:
    """Return the stretch that has a word of a note which stands in no other: 考勤机, 网格员; not of one with numbers."""
    if any(fact.kind == "number" for fact in ground.facts):
        return None
    own = grounds.own_words(ground, part)
    return next((one for one in rests if any(word in one.unit.text for word in own)), None)


def _told(ground: Ground, part: Content, one: Rest) -> float:
    if part.weight >= LEAST_TOLD:
        known = Evidence(one.evidence.pairs, frozenset(), one.evidence.groups)
        return held_share(part, known)
    keys = fact_keys(one.facts)
    return len(ground.keys & keys) / len(ground.keys) if ground.keys else 0.0
