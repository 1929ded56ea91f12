"""A text held against another as a draft against its notes: the checks of facts and of wording, and what they tell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checks.altered import altered_names
from assistant.checks.bearings import measure_of
from assistant.checks.bindings import swapped_numbers
from assistant.checks.directions import turned
from assistant.checks.escalation import Escalation
from assistant.checks.grounds import Grounds
from assistant.checks.likeness import Content, content, evidence, held_share
from assistant.checks.moments import changed_times
from assistant.checks.periods import periods
from assistant.checks.support import Rest
from assistant.checks.units import Unit
from assistant.checks.verdicts import Verdicts
from assistant.evaluation.comparison import Contradiction
from assistant.text.facts import facts, supports
from assistant.types import Fact, Finding, Level, Note, Reference

_KINDS = {
    "number": "数字",
    "date": "日期",
    "name": "名称",
    "direction": "升降",
    "level": "级别",
    "degree": "程度",
    "time": "时间",
    "negation": "肯定与否定",
}
_IN_CONTEXT = frozenset(("degree", "direction", "level", "time"))
_CONTEXT = 14
_FIGURE = re.compile(r"[\d.,，]+")
_LEVEL = re.compile("级$|^全[国省市县区]$")
# How much of what stands around two figures must be the same for them to speak of one matter.
_SAME_MATTER = 0.5
_LEAST_AROUND = 3


@dataclass(frozen=True, slots=True)
class Side:
    """The units of a text, with the facts in each; spans lie in ``text``."""

    text: str
    units: tuple[Unit, ...]
    facts: tuple[tuple[Fact, ...], ...]


def side(text: str, units: Sequence[Unit]) -> Side:
    """Return a text with its units and their facts."""
    found = facts(text)
    within = [tuple(fact for fact in found if unit.start <= fact.start < unit.end) for unit in units]
    return Side(text, tuple(units), tuple(within))


class Against:
    """A text's units resting on the units of another, as a draft rests on notes."""

    def __init__(self, ours: Side, theirs: Side, pairs: Sequence[tuple[int, int]]) -> None:
        """Let each unit of ``ours`` rest on those of ``theirs`` that it is paired with."""
        self.ours, self.theirs = ours, theirs
        self.notes = [Note(str(number), unit.text) for number, unit in enumerate(theirs.units)]
        self.grounds = Grounds(self.notes)
        partners: dict[int, list[int]] = {}
        for one, other in pairs:
            partners.setdefault(one, []).append(other)
        self.rests = [self._rest(number, numbers) for number, numbers in sorted(partners.items())]

    def _rest(self, number: int, partners: Sequence[int]) -> Rest:
        unit = self.ours.units[number]
        grounds = [ground for other in partners for ground in self.grounds.all if ground.note == other]
        return Rest(unit, content(unit.text), self.ours.facts[number], grounds, score=1.0)

    def changes(self) -> Iterator[Contradiction]:
        """Yield the figures, dates, names, directions and times that differ."""
        text = self.ours.text
        verdicts = Verdicts(text, self.grounds, (), "")
        known = "\n".join(note.text for note in self.notes)
        for one in self.rests:
            for fact in one.facts:
                finding = verdicts.judge(fact, one, len(self.ours.units))
                if finding and (other := self._counterpart(fact, finding, one)):
                    yield self._told(replace(finding, refers=other), _kind_of(fact))
            swapped = [(self._moved(finding), "number") for finding in swapped_numbers(text, one, self.notes)]
            turns = [
                (finding, "level" if _LEVEL.search(text, finding.start, finding.end) else "direction")
                for finding in turned(text, one, self.notes, known)
            ]
            times = [(finding, "time") for finding in changed_times(one, self.notes)]
            for finding, kind in (*swapped, *turns, *times):
                if self._differs(finding):
                    yield self._told(finding, kind)
        for finding in altered_names(text, self.notes, ""):
            if self._differs(finding):
                yield self._told(finding, "name")

    def stronger(self) -> Iterator[Contradiction]:
        """Yield the words of a scale that say clearly more, and the periods that are shorter, than the other side's."""
        escalation = Escalation(self.grounds)
        for one in self.rests:
            for finding in escalation.findings(one):
                if "升级：" in finding.message and self._differs(finding):
                    yield self._told(finding, "degree")
            for finding in periods(one, self.notes):
                if self._differs(finding):
                    yield self._told(finding, "time")

    def _differs(self, finding: Finding) -> bool:
        refers = finding.refers
        if refers is None or finding.level is not Level.ERROR or refers.start >= refers.end:
            return False
        note = self.notes[int(refers.id)].text
        return note[refers.start : refers.end] != self.ours.text[finding.start : finding.end]

    def _moved(self, finding: Finding) -> Finding:
        """Return a number that changed places beside the one that stands there on the other side."""
        if finding.refers is None or finding.replacement is None:
            return finding
        said = self.ours.text[finding.start : finding.end]
        if _FIGURE.sub("", said) != _FIGURE.sub("", finding.replacement):
            return replace(finding, refers=None)
        at = self.notes[int(finding.refers.id)].text.find(finding.replacement)
        refers = replace(finding.refers, start=at, end=at + len(finding.replacement))
        return replace(finding, refers=refers if at >= 0 else None)

    def _counterpart(self, fact: Fact, finding: Finding, rest: Rest) -> Reference | None:
        """Return what the other side says of the same matter in place of a fact: like in words around, told nowhere here."""
        if fact.kind not in ("number", "date"):
            return finding.refers if finding.rule == "fact.changed" and self._differs(finding) else None
        here = content(_around(self.ours.text, fact.start, fact.end))
        best, least = None, _SAME_MATTER
        for number in rest.notes if here.weight >= _LEAST_AROUND else ():
            unit = self.theirs.units[number]
            for other in self.theirs.facts[number]:
                if not _comparable(fact, other) or any(supports(one, other) for one in rest.facts):
                    continue
                there = content(_around(self.theirs.text, other.start, other.end))
                likeness = _alike(here, there)
                if likeness >= least and there.weight >= _LEAST_AROUND:
                    start, end = other.start - unit.body, other.end - unit.body
                    best, least = Reference("note", str(number), start, end), likeness
        return best

    def _told(self, finding: Finding, kind: str) -> Contradiction:
        refers = finding.refers
        if refers is None:
            raise ValueError(finding)
        body = self.theirs.units[int(refers.id)].body
        start, end = body + refers.start, body + refers.end
        return contradiction(kind, self.ours.text, finding.start, finding.end, self.theirs.text, start, end)


def _kind_of(fact: Fact) -> str:
    return fact.kind if fact.kind in ("number", "date") else "name"


def _around(text: str, start: int, end: int) -> str:
    before = re.split(r"[。；！？\n]", text[max(0, start - _CONTEXT) : start])[-1]
    return before + " " + re.split(r"[。；！？\n]", text[end : end + _CONTEXT], maxsplit=1)[0]


def _comparable(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind and (one.kind == "date" or measure_of(one) == measure_of(other))


def _alike(one: Content, other: Content) -> float:
    """Return how much two stretches share, the lesser of the two shares; what stands in both texts."""
    return min(held_share(one, evidence([other.text])), held_share(other, evidence([one.text])))


def contradiction(
    kind: str, draft: str, start: int, end: int, reference: str, first: int, last: int
) -> Contradiction:
    """Return a contradiction with its message; a word of a scale is shown in its clause."""
    said, other = (
        _clause(text, *span) if kind in _IN_CONTEXT else text[slice(*span)]
        for text, span in ((draft, (start, end)), (reference, (first, last)))
    )
    message = f"{_KINDS[kind]}不一致：参考稿为“{other}”，草稿为“{said}”。"
    return Contradiction(kind, start, end, first, last, message)


def _clause(text: str, start: int, end: int) -> str:
    """Return the words of the clause around a span, no more than a reader needs."""
    before = re.split(r"[，。；：、\n]", text[max(0, start - _CONTEXT) : start])[-1]
    return before + text[start:end] + re.split(r"[，。；：、\n]", text[end : end + _CONTEXT], maxsplit=1)[0]
