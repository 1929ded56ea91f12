"""A quantifier of the notes lost or widened before the same thing: 有的乡镇 → 各乡镇, 少部分医务人员 → 医务人员."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.certainty import level_if
from assistant.checks.support import Rest
from assistant.text.terms import CJK
from assistant.types import Finding, Level, Note, Reference

# What a note says of part of a group, and the two characters of the group's name behind it.
_PART = re.compile(
    rf"(?P<word>极?个别|极?少数|少部分|小部分|一小部分|部分|有的|有些|一些|若干|几个|(?<![\d.第])(?:\d{{1,2}}|[两二三四五六七八九十])个)(?:的)?(?P<thing>[{CJK}]{{2,4}})"
)
_ALL = re.compile(
    r"(?:各个?|所有|全体|全部|每一?个|整个|广大|沿线|一?大批|全[馆线校局院县市省镇乡村区厂站所行])[^，。；、]{0,2}$"
)
_EVERYONE = re.compile(r"[^，。；]{0,6}?(?:整体|普遍|全都|均(?![衡价值])|都(?!市)|一律|无一)")
_LOW = re.compile(
    r"个别|少数|部分|有的|有些|一些|若干|几[个名家]|多数|不少|一批|(?:\d+|[两二三四五六七八九十]+)(?:余|多)?(?:个|名|家|位|人|户|所|件|份)"
)
_TITLE = re.compile("《[^《》]*》|“[^“”]*”")
_BEFORE = 6
_MOST_SAID = 12


def widenings(note: Note, said: Sequence[Rest]) -> Iterator[Finding]:
    """Yield where the units that rest on a note speak of all where it speaks of part."""
    if len(note.text) > 300 or len(said) > _MOST_SAID:
        return
    hidden = _TITLE.sub(lambda match: " " * len(match.group()), note.text)
    for match in _PART.finditer(hidden):
        thing = match["thing"][:2]
        if hidden.count(thing) > 1:
            continue
        refers = Reference("note", note.id, match.start("word"), match.end("word"))
        places = [
            (one, found.start()) for one in said for found in re.finditer(re.escape(thing), one.unit.text)
        ]
        if not places or any(_is_limited(one.unit.text, at) for one, at in places):
            continue
        yield from _judge(match["word"], thing, places, refers, said)


def _is_limited(text: str, at: int) -> bool:
    return bool(_LOW.search(text[max(0, at - _BEFORE) : at]))


def _judge(
    word: str, thing: str, places: Sequence[tuple[Rest, int]], refers: Reference, said: Sequence[Rest]
) -> Iterator[Finding]:
    for one, at in places:
        text = one.unit.text
        before = _ALL.search(text[max(0, at - _BEFORE) : at])
        if before or _EVERYONE.match(text, at + len(thing)):
            start = one.unit.body + at
            message = f"范围升级：要点{refers.id}为“{word}”，草稿写成全体，请改回要点的说法。"
            span = (start - (len(before.group()) if before else 0), start + len(thing))
            told = not one.topic and (bool(one.facts) or not one.unit.head)
            yield Finding("escalation.scope", level_if(told), message, *span, refers)
            return
    if word[-1] != "个" and not any(_LOW.search(one.unit.text) for one in said):
        one, at = places[-1]
        start = one.unit.body + at
        message = f"要点{refers.id}说的是“{word}{thing}”，草稿漏了“{word}”，请补上。"
        yield Finding("escalation.scope", Level.WARN, message, start, start + len(thing), refers)
