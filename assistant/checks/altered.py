"""Names of the notes altered by what sets them apart: 县纪委 → 市纪委, 王建军 → 王建国, 董事会 → 监事会."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.altered_places import Found, altered_departments, altered_places
from assistant.checks.bearings import masked
from assistant.checks.grounds import LONGEST_BULLET
from assistant.checks.people import name_places
from assistant.text.terms import CJK
from assistant.types import Finding, Level, Note, Reference

_LEVELS = "省市州县区镇乡校院"
_LEVELLED = re.compile(
    rf"(?P<level>[{_LEVELS}])(?P<thing>纪委|监委|委(?=[组宣统政巡党教办机])|(?:委|政府)(?![托派员任会屈曲]|(?:和|、|及|[^，。；]{{0,6}}(?:决策|部署|领导|精神|要求|工作)))|[{CJK}]{{2}})"
)
_ITS_OWN = re.compile(r"[^，。；]{0,4}?(?:将|坚持|认真|深入|切实|党组|党委|紧紧|围绕)")
_BOARDS = re.compile("董事会|监事会|股东会|股东大会|经理层|职代会|职工代表大会|理事会")
_LIKE = 2
_LONGEST_DRAFT = 20_000


def altered_names(draft: str, notes: Sequence[Note], given: str) -> Iterator[Finding]:
    """Yield the names of a draft that stand in no note where a note has one like it that the draft has not."""
    bullets = [note for note in notes if len(note.text) <= LONGEST_BULLET]
    if not bullets or len(draft) > _LONGEST_DRAFT or len(bullets) < len(notes):
        return
    known = "\n".join([*(note.text for note in notes), given])
    for start, end, name, others in _altered(draft, known):
        for note, other in ((note, other) for note in bullets for other in others):
            at = note.text.find(other)
            if at >= 0 and other not in draft and not masked(draft, start, end):
                message = f"“{name}”与要点{note.id}的“{other}”不一致，请核对。"
                refers = Reference("note", note.id, at, at + len(other))
                yield Finding("fact.changed", Level.ERROR, message, start, end, refers, other)
                break


def _altered(draft: str, known: str) -> Iterator[Found]:
    for kind in (_levels, _boards, _people, altered_places, altered_departments):
        yield from kind(draft, known)


def _levels(draft: str, known: str) -> Iterator[Found]:
    for match in _LEVELLED.finditer(draft):
        name, thing = match.group(), match["thing"]
        if name in known or _ITS_OWN.match(draft, match.end()):
            continue
        others = [level + thing for level in _LEVELS if level != match["level"] and level + thing in known]
        if others:
            yield *match.span(), name, others


def _boards(draft: str, known: str) -> Iterator[Found]:
    there = sorted(set(_BOARDS.findall(known)))
    for match in _BOARDS.finditer(draft) if there else ():
        if match.group() not in there:
            yield *match.span(), match.group(), there


def _people(draft: str, known: str) -> Iterator[Found]:
    """Yield the names of which two characters are those of a name in the notes, the surname among them or the given one."""
    there = {known[start:end] for start, end in name_places(known)}
    for start, end in name_places(draft) if there else ():
        name = draft[start:end]
        if name in known:
            continue
        alike = [
            other
            for other in there
            if sum(one == two for one, two in zip(name, other, strict=True)) >= _LIKE and name[0] == other[0]
        ]
        if alike:
            yield start, end, name, alike
