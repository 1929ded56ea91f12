"""A stretch cut into the pieces that are paired: sentences, items, and the members of a list of shortcomings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.checks.leads import is_connecting
from assistant.checks.units import Unit, cut, phrases
from assistant.evaluation.comparison_against import Side, read_side
from assistant.types import Fact

_ITEMISED = frozenset(("problems", "plan"))
# What can be left out with a lead-in is no lead-in.
_PARTICULAR = frozenset(("number", "title", "document", "person"))
# 主要是学习的系统性不强、压力传导不足、监督存在漏洞等问题：three shortcomings in one sentence.
_LIST = re.compile(r"(?:主要|集中|突出)(?:是|有|表现[在为]?|体现[在为]?)[：:，,]?(?P<list>[^。；：]+)")
_SHORTCOMING = re.compile(
    r"(?:不[^，。、]{1,3}|不足|有待.{2,6}|还?需(?:进一步|要)?.{2,4}|差距|漏洞|短板|薄弱|滞后|弱化|缺失|欠缺|空间)$"
)
_OTHERS = re.compile(r"等(?:方面)?(?:的?(?:问题|不足|情况|现象|短板|差距))?(?=$|[，。])")
_SHORTEST, _LONGEST_TOPIC = 6, 28


@dataclass(frozen=True, slots=True)
class Pieces:
    """A stretch in pieces, spans lying in it: ``leads`` only lead in, ``topics`` name what the next piece tells."""

    side: Side
    leads: frozenset[int]
    topics: frozenset[int]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the pieces in order."""
        return self.side.units


def cut_pieces(compared: str, section: str | None) -> Pieces:
    """Cut a stretch; ``section`` is the section kind's name, if it is one."""
    units = [piece for unit in cut(compared)[1] for piece in _members(unit)]
    both = read_side(compared, units)
    itemised = section in _ITEMISED and any(unit.item for unit in units)
    announced = next((number for number, unit in enumerate(units) if unit.announces), len(units))
    leads = {
        number
        for number, unit in enumerate(units)
        if (itemised or number <= announced) and _leads_in(unit, both.facts[number], itemised=itemised)
    }
    topics = {
        number
        for number, (unit, after) in enumerate(pairwise(units))
        if unit.head
        and unit.item == after.item
        and not both.facts[number]
        and len(unit.text) <= _LONGEST_TOPIC
    }
    return Pieces(both, frozenset(leads if len(leads) < len(units) else ()), frozenset(topics))


def _leads_in(unit: Unit, found: Sequence[Fact], *, itemised: bool) -> bool:
    """Tell whether a piece leads in the items, and says nothing that could be left out."""
    if unit.head or any(fact.kind in _PARTICULAR for fact in found):
        return False
    return is_connecting(unit, found) or (not unit.item and (unit.announces or itemised))


def _members(unit: Unit) -> Iterator[Unit]:
    """Yield the members of a list of shortcomings, with what stands before as a piece that announces; or the piece."""
    if unit.item or unit.announces:
        yield unit
        return
    match = _LIST.search(unit.text)
    start, end = match.span("list") if match else (0, len(unit.text))
    listed = [(start + first, start + last) for first, last in _listed(unit.text[start:end])]
    if len(listed) < 2:
        yield unit
        return
    if start:
        yield _part(unit, 0, start, announces=True)
    edges = [*(first for first, _ in listed), len(unit.text)]
    for first, last in pairwise(edges):
        yield _part(unit, first, last, announces=False)


def _listed(text: str) -> list[tuple[int, int]]:
    """Return the spans of a list's members where each names a shortcoming; nothing where one does not."""
    named = _OTHERS.search(text)
    stretch = text[: named.start()] if named else text
    marks = r"[^、]+" if "、" in stretch else r"[^，]+"
    found = [match.span() for match in re.finditer(marks, stretch.rstrip("。！"))]
    plain = all(
        last - first >= _SHORTEST and _SHORTCOMING.search(stretch[first:last]) for first, last in found
    )
    return found if plain else []


def _part(unit: Unit, start: int, end: int, *, announces: bool) -> Unit:
    body = unit.body + start
    return replace(
        unit,
        start=unit.start if start == 0 else body,
        end=unit.body + end,
        body=body,
        head=unit.head and start == 0,
        announces=announces,
        mark=unit.mark if start == 0 else "",
        text=unit.text[start:end],
    )


def clauses_of(unit: Unit) -> list[tuple[int, int]]:
    """Return the spans of a piece's clauses, in the stretch."""
    return [(unit.body + start, unit.body + end) for start, end in phrases(unit.text)]
