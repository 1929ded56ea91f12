"""A verdict on each fact of a draft: borne out by a note, changed, leaked from a passage, or unsupported."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice

from assistant.checks.abbreviations import shortens
from assistant.checks.bearings import Bearings, masked
from assistant.checks.borne_out import CONTEXT, BorneOut, around
from assistant.checks.certainty import contradicts, is_added, is_hard, is_told_somewhere, level_if
from assistant.checks.counts import comparable, quantity
from assistant.checks.directions import roughened
from assistant.checks.grounds import LONGEST_BULLET, Grounds
from assistant.checks.leads import is_own_name, is_own_year, opens
from assistant.checks.likeness import Content, content, share_in
from assistant.checks.results import Text
from assistant.checks.support import Rest
from assistant.types import Fact, Finding, Level, Reference

_NAMED = frozenset(("organisation", "person", "place", "meeting"))
_NAMES = {"number": "数字", "date": "日期", "title": "文件名", "document": "文号", "quoted": "引语"}
_NAMES |= {"organisation": "单位", "person": "人名", "place": "地名", "meeting": "会议"}
# How like the surroundings of two facts must be, and by how much those in a passage likelier than in the note.
_LIKE, _NEARER = 0.5, 0.1
_MOST_EXAMINED = 40


class Verdicts:
    """Judges the facts of a draft against notes and passages."""

    def __init__(self, draft: str, grounds: Grounds, passages: Sequence[Text], given: str) -> None:
        """Keep what is judged against what; ``given`` is what the user said besides the notes."""
        self._draft = draft
        self._notes = Bearings(grounds.notes, grounds.note_facts)
        self._passages = Bearings(passages)
        self._given = Bearings([Text("given", given)])
        self._borne_out = BorneOut(draft, grounds, self._notes, self._given)

    def judge(self, fact: Fact, rest: Rest | None, items: int) -> Finding | None:
        """Return what is wrong with a fact, or none."""
        if masked(self._draft, fact.start, fact.end):
            return None
        if self._borne_out.holds(fact, rest, items):
            return roughened(fact, self._draft, self._rounded(fact, rest), self._notes.texts)
        if rest and opens(rest.unit):
            known = [one for group in self._notes.found for one in group]
            if is_own_year(fact, rest.unit, known) and not self._given.texts[0].text:
                return self._own_year(fact)
            if is_own_name(fact, self._draft, known):
                return None
        if self._is_short_for(fact):
            return None
        changed = self._changed(fact, rest)
        for number, other in self._leaks(fact, changed):
            passage = self._passages.texts[number]
            refers = Reference("passage", passage.id, other.start, other.end)
            message = f"“{fact.surface}”出自旧稿{passage.id}，要点里没有，请核对后删去或补写要点。"
            certain = is_hard(fact) or fact.kind in (*_NAMED, "quoted")
            return Finding("fact.leaked", level_if(certain), message, fact.start, fact.end, refers)
        if changed:
            return changed
        message = f"{_NAMES[fact.kind]}“{fact.surface}”在要点里没有依据，请核对。"
        told = bool(self._notes.holders(fact)) or is_told_somewhere(fact, self._of_like_figures(fact))
        certain = is_hard(fact) and not told
        return Finding("fact.unsupported", level_if(certain), message, fact.start, fact.end)

    @cached_property
    def _by_figures(self) -> Mapping[str, list[Fact]]:
        table: dict[str, list[Fact]] = {}
        for _, other in self._notes.kinds.get("number", ()):
            table.setdefault(quantity(other), []).append(other)
        return table

    def _of_like_figures(self, fact: Fact) -> Sequence[Fact]:
        """Return the numbers of all notes that have a number's figures."""
        return self._by_figures.get(quantity(fact), ())

    def _rounded(self, fact: Fact, rest: Rest | None) -> list[tuple[int, Fact]]:
        """Return where the bullets that a sentence rests on give a number that this one holds of."""
        resting = rest.notes if rest else ()
        return [
            (number, other)
            for number, other in self._notes.holders(fact)
            if number in resting and len(self._notes.texts[number].text) <= LONGEST_BULLET
        ]

    def _is_short_for(self, fact: Fact) -> bool:
        """Tell whether an organisation of the notes is this one in short, or at length: 县供销社 and 县供销合作社."""
        return fact.kind == "organisation" and any(
            shortens(*sorted((fact.value, other.value), key=len))
            for _, other in self._notes.kinds.get("organisation", ())
        )

    def _own_year(self, fact: Fact) -> Finding | None:
        """Return a doubt about the report's own year where a passage is of that year too."""
        for number, other in self._passages.holders(fact):
            refers = Reference("passage", self._passages.texts[number].id, other.start, other.end)
            message = f"“{fact.surface}”与旧稿{refers.id}的年份相同，请核对是不是本次报告的年份。"
            return Finding("fact.leaked", Level.WARN, message, fact.start, fact.end, refers)
        return None

    def _leaks(self, fact: Fact, changed: Finding | None) -> Iterable[tuple[int, Fact]]:
        """Yield where a passage says a fact, of the same matter if it may as well be a changed one of the notes."""
        here = content(around(self._draft, fact))
        note = self._note_of(changed.refers) if changed and changed.refers else ""
        for number, other in self._passages.holders(fact):
            if not changed or not changed.refers:
                yield number, other
                continue
            like = _likeness(here, self._passages.texts[number].text, other.start, other.end)
            if like >= min(_LIKE, _likeness(here, note, changed.refers.start, changed.refers.end) + _NEARER):
                yield number, other

    def _note_of(self, refers: Reference) -> str:
        return next(note.text for note in self._notes.texts if note.id == refers.id)

    def _changed(self, fact: Fact, rest: Rest | None) -> Finding | None:
        """Return that a note says another value of the same matter, if one does."""
        resting = sorted(rest.notes) if rest else ()
        pool = (
            (number, one) for number in resting for one in self._notes.within.get((fact.kind, number), ())
        )
        likely = [pair for pair in islice(pool, _MOST_EXAMINED) if comparable(fact, pair[1])]
        if not likely:
            return None
        here = content(around(self._draft, fact))
        texts = self._notes.texts
        number, other = max(
            likely, key=lambda pair: _likeness(here, texts[pair[0]].text, pair[1].start, pair[1].end)
        )
        note = texts[number]
        message = f"“{fact.surface}”与要点{note.id}的“{other.surface}”不一致，请核对。"
        refers = Reference("note", note.id, other.start, other.end)
        said = rest.facts if rest else ()
        added = is_added(fact, other, said, self._notes.found[number], self._of_like_figures(fact))
        level = level_if(contradicts(fact, other) and not added)
        return Finding("fact.changed", level, message, fact.start, fact.end, refers, other.surface)


def _likeness(here: Content, text: str, start: int, end: int) -> float:
    """Return how much of what stands around a fact stands around another."""
    return share_in(here, text[max(0, start - CONTEXT) : end + CONTEXT])
