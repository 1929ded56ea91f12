"""What a draft and a reference say differently of the same: another number, name, direction, degree, time, or not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checks.altered import altered_names
from assistant.checks.bindings import swapped_numbers
from assistant.checks.directions import turned
from assistant.checks.escalation import Escalation
from assistant.checks.grounds import Grounds
from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.moments import changed_times
from assistant.checks.periods import periods
from assistant.checks.support import Rest
from assistant.checks.units import Unit, phrases
from assistant.checks.verdicts import Verdicts
from assistant.evaluation.comparison import Contradiction
from assistant.text.facts import facts
from assistant.types import Fact, Finding, Level, Note

_KINDS = {
    "number": "数字",
    "date": "日期",
    "name": "名称",
    "direction": "升降",
    "degree": "程度",
    "time": "时间",
}
_KINDS |= {"negation": "肯定与否定"}
_CONTEXT = 14
# How much of what stands around two figures must be the same for them to speak of one matter.
_SAME_MATTER = 0.5
_LEAST_AROUND = 3
_NOT = re.compile(
    r"(?:尚|还|仍)?(?:未|没有?|并未|并非|不(?![断仅但同忘懈力良久少时止可得]|一定))(?:能|曾|够)?"
)
_ALIKE = 0.9
_LEAST_CLAUSE = 4


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


def contradictions(draft: Side, reference: Side, pairs: Iterable[tuple[int, int]]) -> list[Contradiction]:
    """Return the contradictions between paired units, in order of the draft; spans lie in the two texts."""
    pairs = list(pairs)
    there = _Against(draft, reference, pairs)
    back = _Against(reference, draft, [(other, one) for one, other in pairs])
    found = [
        *there.changes(),
        *there.degrees(),
        *map(_turned_round, back.degrees()),
        *_negations(draft, reference, pairs),
    ]
    kept: list[Contradiction] = []
    for one in sorted(found, key=lambda each: (each.start, each.end)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept


class _Against:
    """A text's units resting on the units of another, as a draft rests on notes."""

    def __init__(self, ours: Side, theirs: Side, pairs: Sequence[tuple[int, int]]) -> None:
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
                if finding and finding.rule == "fact.changed" and self._is_same_matter(finding):
                    yield self._told(finding, _kind_of(fact))
            swapped = [(finding, "number") for finding in swapped_numbers(text, one, self.notes)]
            turns = [(finding, "direction") for finding in turned(text, one, self.notes, known)]
            times = [
                (finding, "time") for finding in (*changed_times(one, self.notes), *periods(one, self.notes))
            ]
            for finding, kind in (*swapped, *turns, *times):
                if finding.level is Level.ERROR and _is_here(finding):
                    yield self._told(finding, kind)
        for finding in altered_names(text, self.notes, ""):
            if _is_here(finding):
                yield self._told(finding, "name")

    def degrees(self) -> Iterator[Contradiction]:
        """Yield the words of a scale that say clearly more than those of the other side."""
        escalation = Escalation(self.grounds)
        for one in self.rests:
            for finding in escalation.findings(one):
                if finding.level is Level.ERROR and "升级：" in finding.message and _is_here(finding):
                    yield self._told(finding, "degree")

    def _is_same_matter(self, finding: Finding) -> bool:
        refers = finding.refers
        if refers is None:
            return False
        note = self.notes[int(refers.id)].text
        here = content(_around(self.ours.text, finding.start, finding.end))
        there = content(_around(note, refers.start, refers.end))
        return min(here.weight, there.weight) >= _LEAST_AROUND and (
            min(held_share(here, evidence([there.text])), held_share(there, evidence([here.text])))
            >= _SAME_MATTER
        )

    def _told(self, finding: Finding, kind: str) -> Contradiction:
        refers = finding.refers
        assert refers is not None
        body = self.theirs.units[int(refers.id)].body
        start, end = body + refers.start, body + refers.end
        return _contradiction(kind, self.ours.text, finding.start, finding.end, self.theirs.text, start, end)


def _is_here(finding: Finding) -> bool:
    return finding.refers is not None and finding.refers.start < finding.refers.end


def _kind_of(fact: Fact) -> str:
    return fact.kind if fact.kind in ("number", "date") else "name"


def _around(text: str, start: int, end: int) -> str:
    before = re.split(r"[。；！？\n]", text[max(0, start - _CONTEXT) : start])[-1]
    return before + " " + re.split(r"[。；！？\n]", text[end : end + _CONTEXT], maxsplit=1)[0]


def _contradiction(
    kind: str, draft: str, start: int, end: int, reference: str, first: int, last: int
) -> Contradiction:
    message = f"{_KINDS[kind]}不一致：参考稿为“{reference[first:last]}”，草稿为“{draft[start:end]}”。"
    return Contradiction(kind, start, end, first, last, message)


def _turned_round(one: Contradiction) -> Contradiction:
    """Return a contradiction found from the reference's side as the draft's."""
    said = re.fullmatch(r"(.*参考稿为“)(.*)(”，草稿为“)(.*)(”。)", one.message, re.DOTALL)
    message = f"{said[1]}{said[4]}{said[3]}{said[2]}{said[5]}" if said else one.message
    return replace(
        one,
        start=one.reference_start,
        end=one.reference_end,
        reference_start=one.start,
        reference_end=one.end,
        message=message,
    )


def _negations(draft: Side, reference: Side, pairs: Sequence[tuple[int, int]]) -> Iterator[Contradiction]:
    """Yield the clauses that say the same but that one of the two denies it."""
    for one, other in pairs:
        mine, theirs = draft.units[one], reference.units[other]
        for start, end in phrases(mine.text):
            for first, last in phrases(theirs.text):
                if _denies(mine.text[start:end], theirs.text[first:last]):
                    spans = (mine.body + start, mine.body + end), (theirs.body + first, theirs.body + last)
                    yield _contradiction("negation", draft.text, *spans[0], reference.text, *spans[1])


def _denies(one: str, other: str) -> bool:
    counts = len(_NOT.findall(one)), len(_NOT.findall(other))
    if counts[0] == counts[1] or min(counts):
        return False
    bare = content(_NOT.sub("", one), without=()), content(_NOT.sub("", other), without=())
    return min(part.weight for part in bare) >= _LEAST_CLAUSE and all(
        held_share(part, evidence([whole.text])) >= _ALIKE for part, whole in (bare, bare[::-1])
    )
