"""A number kept, and what is said of it turned: 增长6.4% → 下降6.4%; 省级一等奖 → 国家级一等奖; 43人 → 40余人."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.bearings import AMOUNT, masked, measure_of
from assistant.checks.counts import quantity
from assistant.checks.results import Text
from assistant.checks.support import Rest
from assistant.types import Fact, Finding, Level, Note, Reference

_UP = "增加|增长|上升|提高|提升|上涨|增多|上调|增|升|涨|高出?|多"
_DOWN = "减少|下降|降低|下滑|下跌|减|降|跌|低|少"
_TURN = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>(?<!不){_DOWN}))(?:了|出)?(?:约|近|超过?)?$")
_REACH = 6
_STATED = re.compile("国家级|省级|市级|县级|区级|全国|全省|全市|全县|全区")
_SIGNS = "国省市县区"
_THING = 2
_TO = re.compile("^[至到为]")


def turned(draft: str, one: Rest, notes: Sequence[Note], known: str) -> Iterator[Finding]:
    """Yield the changes of a number whose direction the notes give the other way, and levels that they give otherwise."""
    yield from _directions(draft, one, notes)
    yield from _levels(one, notes, known)


def _directions(draft: str, one: Rest, notes: Sequence[Note]) -> Iterator[Finding]:
    for fact in one.facts:
        here = _turn(draft, fact)
        if not here or masked(draft, fact.start, fact.end):
            continue
        there = [
            (ground.note, other, match)
            for ground in one.grounds
            if ground.bullet
            for other in ground.facts
            if _same(fact, other) and (match := _turn(notes[ground.note].text, other))
        ]
        if there and all(match.lastgroup != here.lastgroup for _, _, match in there):
            number, other, match = there[0]
            word, said = here[here.lastgroup or 0], match[match.lastgroup or 0]
            message = f"“{word}”与要点{notes[number].id}的“{said}”方向相反，请核对。"
            refers = Reference("note", notes[number].id, match.start(), other.end)
            yield Finding("fact.changed", Level.ERROR, message, here.start(), fact.end, refers)


def _turn(text: str, fact: Fact) -> re.Match[str] | None:
    """Return the word for up or down right before a number."""
    if fact.kind != "number":
        return None
    return _TURN.search(text, max(0, fact.start - _REACH), fact.start)


def _same(fact: Fact, other: Fact) -> bool:
    return (
        other.kind == "number"
        and quantity(fact) == quantity(other)
        and (measure_of(fact) or "*").startswith(measure_of(other) or "*")
    )


def _levels(one: Rest, notes: Sequence[Note], known: str) -> Iterator[Finding]:
    text = one.unit.text
    for match in _STATED.finditer(text):
        sign = match.group().strip("全级")[0]
        thing = text[match.end() : match.end() + _THING]
        if match.group() in known or sign + thing in known or len(thing) < _THING:
            continue
        pattern = re.compile(rf"全?(?P<sign>[{_SIGNS}])家?级?的?{re.escape(thing)}")
        for ground in one.grounds:
            other = pattern.search(ground.text) if ground.bullet else None
            if other and other["sign"] != sign:
                note = notes[ground.note]
                message = f"“{match.group()}”与要点{note.id}的“{other.group()}”不一致，请核对。"
                refers = Reference("note", note.id, ground.start + other.start(), ground.start + other.end())
                start = one.unit.body + match.start()
                yield Finding("fact.changed", Level.ERROR, message, start, start + len(match.group()), refers)
                break


_ROUGH = re.compile("[约近余]|左右|上下|多(?!个)")
_RAISED = re.compile("超|逾|以上|至少|突破|往上|开外|出头|不止|打底")
_BEFORE = re.compile("(?:(?<![节合预签条公])约|将?近|接近|超过?|突破)[为达有至]$")
_EXACT = re.compile(r"[\d.]+(?!余)[^\d]*")


def roughened(
    fact: Fact, draft: str, holders: Sequence[tuple[int, Fact]], notes: Sequence[Note | Text]
) -> Finding | None:
    """Return that a draft makes a number rough which the notes give exactly, raised or not."""
    if fact.kind != "number":
        return None
    start = fact.start
    if said := _BEFORE.search(draft, max(0, start - _REACH), start):
        start = said.start()
    surface = draft[start : fact.end]
    if not (_ROUGH.search(surface) or _RAISED.search(surface)):
        return None
    if not holders or any(not _is_exact(other, notes[number].text) for number, other in holders):
        return None
    number, other = holders[0]
    note = notes[number]
    message = f"要点{note.id}为“{other.surface}”，草稿写成“{surface}”，请改回准数。"
    level = Level.ERROR if _RAISED.search(surface) else Level.WARN
    refers = Reference("note", note.id, other.start, other.end)
    return Finding("fact.changed", level, message, start, fact.end, refers)


def _is_exact(fact: Fact, text: str) -> bool:
    around = text[max(0, fact.start - 2) : fact.end + 2]
    marked = _ROUGH.search(around) or _RAISED.search(around) or re.search("[来几]|[不未]", fact.surface)
    return not marked and bool(AMOUNT.match(fact.value)) and bool(_EXACT.fullmatch(fact.value))
