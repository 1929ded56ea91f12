"""Relative time: 今年 in a draft where the notes that it rests on say 明年."""

from collections.abc import Iterator, Sequence

from assistant.checks.support import Rest
from assistant.text.facts import contradicted, times
from assistant.types import Finding, Level, Note, Reference


def changed_times(one: Rest, notes: Sequence[Note]) -> Iterator[Finding]:
    """Yield the relative times of a stretch (今年, 明年) that its notes contradict."""
    known = [(ground, time) for ground in one.grounds if ground.bullet for time in times(ground.text)]
    for time in times(one.unit.text):
        start = one.unit.body + time.start
        other = contradicted(time, [each for _, each in known])
        if other is None or any(fact.start <= start < fact.end for fact in one.facts):
            continue
        ground = next(ground for ground, each in known if each is other)
        note = notes[ground.note]
        message = f"“{time.surface}”与要点{note.id}的“{other.surface}”不一致，请核对。"
        refers = Reference("note", note.id, ground.start + other.start, ground.start + other.end)
        yield Finding("fact.changed", Level.ERROR, message, start, start + len(time.surface), refers)
