"""How often: 每季度 raised to 每周."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.certainty import level_if
from assistant.checks.grounds import Ground, formal
from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.support import Rest
from assistant.checks.units import phrases
from assistant.types import Finding, Level, Note, Reference

_DAYS = {
    "日": 1,
    "天": 1,
    "周": 7,
    "星期": 7,
    "旬": 10,
    "月": 30,
    "季": 91,
    "季度": 91,
    "学期": 150,
    "半年": 182,
    "年": 365,
}
_COUNTS = {
    "": 1,
    "一": 1,
    "1": 1,
    "两": 2,
    "2": 2,
    "二": 2,
    "双": 2,
    "三": 3,
    "3": 3,
    "四": 4,
    "4": 4,
    "六": 6,
    "6": 6,
}
_EVERY = re.compile(
    r"(?:每|逐|按)(?P<count>[一1两2二双三3四4六6]?)个?(?P<unit>半年|季度|学期|星期|[日天周旬月季年])(?!轻|以来|来|度)"
)
_COLLOQUIAL = re.compile(
    r"(?P<count>[一1两2二三3四4六6]|半)个?(?P<unit>季度|学期|星期|[天周旬月年])(?=.{0,6}[一两1-9二三][次回遍])"
)
_PERIOD = re.compile(r"[每逐按]|[月季周旬天日]|学期")
_PAUSE = re.compile("[，。；,;]")


# What share of a clause must stand in a note's for both to speak of the same.
_SAME = 0.4
_Known = tuple[int, Ground, re.Match[str]]


def _days(match: re.Match[str]) -> int:
    if match["count"] == "半":
        return 182
    return _COUNTS[match["count"]] * _DAYS[match["unit"]]


def periods(one: Rest, notes: Sequence[Note]) -> Iterator[Finding]:
    """Yield the periods of a unit that are shorter than every period in the notes it rests on."""
    known = [
        (_days(match), ground, match)
        for ground in one.grounds
        for pattern in (_EVERY, _COLLOQUIAL)
        for match in pattern.finditer(ground.text)
    ]
    if not known:
        yield from _inserted(one, notes)
        return
    longest = {days for days, _, _ in known}
    for match in _EVERY.finditer(one.unit.text):
        if _days(match) >= min(longest):
            if _days(match) not in longest:
                yield _other(one, match, known, notes)
            continue
        _, ground, other = min(known, key=lambda entry: entry[0])
        note = notes[ground.note]
        refers = Reference("note", note.id, ground.start + other.start(), ground.start + other.end())
        message = f"频次升级：要点{note.id}为“{other.group()}”，草稿写成“{match.group()}”，请改回要点的说法。"
        start = one.unit.body + match.start()
        level = level_if(_is_bound(one, match, ground, other))
        yield Finding("escalation.frequency", level, message, start, start + len(match.group()), refers)


def _is_bound(one: Rest, match: re.Match[str], ground: Ground, other: re.Match[str]) -> bool:
    """Tell whether the clauses in which two periods stand speak of the same."""
    here = _clause_around(one.unit.text, match.start())
    there = _clause_around(ground.text, other.start())
    return held_share(content(here), evidence([there, formal(there)])) >= _SAME


def _clause_around(text: str, at: int) -> str:
    return next((text[start:end] for start, end in phrases(text) if start <= at < end), text)


def _other(one: Rest, match: re.Match[str], known: Sequence[_Known], notes: Sequence[Note]) -> Finding:
    """Return a doubt about a period longer than those of the notes."""
    _, ground, other = known[0]
    refers = Reference(
        "note", notes[ground.note].id, ground.start + other.start(), ground.start + other.end()
    )
    message = f"“{match.group()}”与要点{refers.id}的“{other.group()}”不一致，请核对。"
    start = one.unit.body + match.start()
    return Finding("escalation.frequency", Level.WARN, message, start, start + len(match.group()), refers)


def _inserted(one: Rest, notes: Sequence[Note]) -> Iterator[Finding]:
    """Yield the periods that make a count of the notes one of each month: 约谈63人次 written as 每月约谈63人次."""
    numbers = [fact for fact in one.facts if fact.kind == "number"]
    bullets = [ground for ground in one.grounds if ground.bullet]
    if not bullets or any(_PERIOD.search(ground.text) for ground in one.grounds):
        return
    for match in _EVERY.finditer(one.unit.text):
        start = one.unit.body + match.start()
        behind = one.unit.text[match.end() :]
        pause = _PAUSE.search(behind)
        end = one.unit.body + match.end() + (pause.start() if pause else len(behind))
        if match["unit"] != "年" and any(start < fact.start < end for fact in numbers):
            note = notes[bullets[0].note]
            refers = Reference("note", note.id, bullets[0].start, bullets[0].end)
            message = f"要点{note.id}没有说“{match.group()}”，请删去或改回要点的说法。"
            span = (start, start + len(match.group()))
            yield Finding("escalation.frequency", Level.ERROR, message, *span, refers)
