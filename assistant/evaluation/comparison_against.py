"""A text held against another as a draft against its notes: the checks of facts and of wording, and what they tell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checks.altered import altered_names
from assistant.checks.bearings import measure_of
from assistant.checks.bindings import swapped_numbers
from assistant.checks.counts import counts_alike
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
from assistant.evaluation.comparison_telling import clause_at, contradiction, words_around
from assistant.text.facts import facts, supports
from assistant.types import Fact, Finding, Level, Note, Reference

# Plans end their clauses in it whatever they promise.
_CUSTOMARY = frozenset(("确保",))
_FIGURE = re.compile(r"[\d.,，]+")
_LEVEL = re.compile("全?[国省市县区]家?级?")
# How much of what stands around two figures must be the same for them to speak of one matter.
_SAME_MATTER, _LEAST_SAME = 0.5, 0.3
# How like a miswritten name must be, how long a clause is shown, how much must stand around a figure.
_LIKE, _LONGEST, _LEAST_AROUND = 0.7, 40, 3


@dataclass(frozen=True, slots=True)
class Side:
    """The units of a text, with the facts in each; spans lie in ``text``."""

    text: str
    units: tuple[Unit, ...]
    facts: tuple[tuple[Fact, ...], ...]


def read_side(text: str, units: Sequence[Unit]) -> Side:
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
            turns = [self._levelled(finding) for finding in turned(text, one, self.notes, known)]
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
                if "升级：" in finding.message and self._differs(finding) and self._is_same_clause(finding):
                    yield self._told(finding, "degree")
            for finding in periods(one, self.notes):
                if self._differs(finding) and self._is_same_clause(finding):
                    yield self._told(finding, "time")

    def _differs(self, finding: Finding) -> bool:
        refers = finding.refers
        if refers is None or finding.level is not Level.ERROR or refers.start >= refers.end:
            return False
        whole = self.notes[int(refers.id)].text
        return whole[refers.start : refers.end] not in (whole, self.ours.text[finding.start : finding.end])

    def _is_same_clause(self, finding: Finding) -> bool:
        """Tell whether the clauses around two words say the same but for these."""
        if finding.refers is None:
            return False
        note = self.notes[int(finding.refers.id)].text
        if _CUSTOMARY & {self.ours.text[finding.start : finding.end], note[slice(*_span(finding.refers))]}:
            return False
        clauses = (
            clause_at(self.ours.text, finding.start, finding.end),
            clause_at(note, *_span(finding.refers)),
        )
        one, other = (content(clause, without=()) for clause in clauses)
        shares = sorted((held_share(one, evidence([clauses[1]])), held_share(other, evidence([clauses[0]]))))
        return shares[0] >= _LEAST_SAME and shares[1] >= _SAME_MATTER and max(map(len, clauses)) <= _LONGEST

    def _is_like_name(self, finding: Finding) -> bool:
        if not finding.refers:
            return False
        other = self.notes[int(finding.refers.id)].text[slice(*_span(finding.refers))]
        here = content(self.ours.text[finding.start : finding.end], without=())
        return _alike(here, content(other, without=())) >= _LIKE

    def _levelled(self, finding: Finding) -> tuple[Finding, str]:
        """Return a direction as it is; of a level given otherwise no more than the level."""
        said = _LEVEL.fullmatch(self.ours.text, finding.start, finding.end)
        if finding.refers is None or not said:
            return finding, "direction"
        other = _LEVEL.match(self.notes[int(finding.refers.id)].text, finding.refers.start)
        end = other.end() if other else finding.refers.end
        return replace(finding, refers=replace(finding.refers, end=end)), "level"

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
            same = finding.rule == "fact.changed" and self._differs(finding) and self._is_like_name(finding)
            return finding.refers if same else None
        here = content(words_around(self.ours.text, fact.start, fact.end))
        best, least = None, _SAME_MATTER
        for number in rest.notes if here.weight >= _LEAST_AROUND else ():
            unit = self.theirs.units[number]
            for other in self.theirs.facts[number]:
                if not _comparable(fact, other) or self._is_told(other, number, rest):
                    continue
                there = content(words_around(self.theirs.text, other.start, other.end))
                likeness = _alike(here, there)
                if likeness >= least and there.weight >= _LEAST_AROUND:
                    start, end = other.start - unit.body, other.end - unit.body
                    best, least = Reference("note", str(number), start, end), likeness
        return best

    def _is_told(self, other: Fact, number: int, rest: Rest) -> bool:
        """Tell whether a fact of the other side is told here as often as there."""
        here = sum(_says(one, other) for one in rest.facts)
        return here >= sum(_says(one, other) for one in self.theirs.facts[number])

    def _told(self, finding: Finding, kind: str) -> Contradiction:
        refers = finding.refers
        if refers is None:
            raise ValueError(finding)
        body = self.theirs.units[int(refers.id)].body
        start, end = body + refers.start, body + refers.end
        return contradiction(kind, self.ours.text, finding.start, finding.end, self.theirs.text, start, end)


def _span(refers: Reference) -> tuple[int, int]:
    return refers.start, refers.end


def _kind_of(fact: Fact) -> str:
    return fact.kind if fact.kind in ("number", "date") else "name"


def _says(one: Fact, other: Fact) -> bool:
    return supports(one, other) or (one.kind == other.kind == "number" and counts_alike(one, other))


def _comparable(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind and (one.kind == "date" or measure_of(one) == measure_of(other))


def _alike(one: Content, other: Content) -> float:
    """Return how much two stretches share, the lesser of the two shares; what stands in both texts."""
    return min(held_share(one, evidence([other.text])), held_share(other, evidence([one.text])))
