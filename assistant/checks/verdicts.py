"""A verdict on each fact of a draft: borne out by a note, changed, leaked from a passage, or unsupported."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.checks.abbreviations import shortens
from assistant.checks.bearings import Bearings, masked
from assistant.checks.certainty import contradicts, is_added, is_hard, is_told_somewhere, level_if
from assistant.checks.counts import comparable, told_otherwise
from assistant.checks.derived import is_worked_out
from assistant.checks.directions import roughened
from assistant.checks.enumerations import counts_items, counts_members
from assistant.checks.grounds import LONGEST_BULLET, Grounds, bare
from assistant.checks.leads import is_own_name, is_own_year, opens
from assistant.checks.likeness import Content, content, evidence, held_share
from assistant.checks.results import Text
from assistant.checks.support import Rest
from assistant.types import Fact, Finding, Level, Reference

_RANGE = re.compile(r"[至到—~～-]")
_NAMED = frozenset(("organisation", "person", "place", "meeting"))
_NAMES = {"number": "数字", "date": "日期", "title": "文件名", "document": "文号", "quoted": "引语"}
_NAMES |= {"organisation": "单位", "person": "人名", "place": "地名", "meeting": "会议"}
# How like the surroundings of two facts must be, and by how much those in a passage likelier than in the note.
_LIKE, _NEARER = 0.5, 0.1
_CONTEXT, _VERBATIM = 14, 4
# What share of a number's surroundings must stand around it in a note that the sentence does not rest on; in a whole
# report, where every number comes up somewhere, more.
_NEAR_MATTER, _SAME_MATTER, _LITTLE = 0.2, 0.4, 3
_MOST_EXAMINED = 40
# 近两年 is a period, or how long something has lasted.
_LATELY = "近"


class Verdicts:
    """Judges the facts of a draft against notes and passages."""

    def __init__(self, draft: str, grounds: Grounds, passages: Sequence[Text], given: str) -> None:
        """Keep what is judged against what; ``given`` is what the user said besides the notes."""
        self._draft = draft
        self._grounds = grounds
        self._notes = Bearings(grounds.notes, grounds.note_facts)
        self._passages = Bearings(passages)
        self._given = Bearings([Text("given", given)])

    def judge(self, fact: Fact, rest: Rest | None, items: int) -> Finding | None:
        """Return what is wrong with a fact, or none."""
        if masked(self._draft, fact.start, fact.end):
            return None
        if self._is_borne_out(fact, rest, items):
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
        numbers = (other for _, other in self._notes.kinds.get("number", ()))
        told = bool(self._notes.holders(fact)) or is_told_somewhere(fact, numbers)
        certain = is_hard(fact) and not told
        return Finding("fact.unsupported", level_if(certain), message, fact.start, fact.end)

    def _rounded(self, fact: Fact, rest: Rest | None) -> list[tuple[int, Fact]]:
        """Return where the bullets that a sentence rests on give a number that this one holds of."""
        return [
            (number, other)
            for number, other in self._notes.holders(fact)
            if rest and number in rest.notes and len(self._notes.texts[number].text) <= LONGEST_BULLET
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
        here = content(self._around(fact))
        for number, other in self._passages.holders(fact):
            if not changed or not changed.refers:
                yield number, other
                continue
            like = _likeness(here, self._passages.texts[number].text, other.start, other.end)
            note = next(note.text for note in self._notes.texts if note.id == changed.refers.id)
            if like >= min(_LIKE, _likeness(here, note, changed.refers.start, changed.refers.end) + _NEARER):
                yield number, other

    def _is_borne_out(self, fact: Fact, rest: Rest | None, items: int) -> bool:
        holders = self._notes.holders(fact)
        if any(self._speaks_of_it(fact, rest, number, other) for number, other in holders):
            return True
        if fact.kind == "number" and rest and self._is_counted_otherwise(fact, rest):
            return True
        if fact.kind == "number" and rest and self._is_worked_out(fact, rest):
            return True
        if self._given.texts[0].text and self._given.holders(fact):
            return True
        if fact.kind == "quoted" and self._stands_unquoted(fact):
            return True
        if fact.kind == "date" and fact.value.startswith(_LATELY):
            return self._is_borne_out(replace(fact, kind="number"), rest, items)
        return fact.kind == "number" and (
            counts_items(fact, max(items, 1), len(self._notes.texts)) or counts_members(fact, self._draft)
        )

    def _is_counted_otherwise(self, fact: Fact, rest: Rest) -> bool:
        """Tell whether a note the sentence rests on says the number with another word for the same: 3个 and 3名."""
        spelled = _RANGE.sub("、", fact.surface)
        for number in rest.notes:
            text = self._notes.texts[number].text
            if len(text) > LONGEST_BULLET:
                continue
            if spelled != fact.surface and spelled in text:
                return True
            if told_otherwise(fact, self._draft, self._notes.found[number], text):
                return True
        return False

    def _is_worked_out(self, fact: Fact, rest: Rest) -> bool:
        before = self._draft[max(0, fact.start - _CONTEXT) : fact.start]
        return any(
            is_worked_out(fact, before, self._notes.found[number], self._notes.texts[number].text)
            for number in rest.notes
        )

    def _stands_unquoted(self, fact: Fact) -> bool:
        words = bare(fact.surface)
        return words in self._grounds.bare or words in self._grounds.bare_formal

    def _speaks_of_it(self, fact: Fact, rest: Rest | None, number: int, other: Fact) -> bool:
        """Tell whether a note says a number of the same matter; what is no number says itself of what it speaks."""
        if fact.kind != "number" or rest is None:
            return True
        note = self._notes.texts[number].text
        document = len(note) > LONGEST_BULLET
        if number in rest.notes and not document:
            return True
        if self._draft[max(0, fact.start - _VERBATIM) : fact.end + _VERBATIM] in note:
            return True
        here = content(self._around(fact, 24))
        around = note[max(0, other.start - 40) : other.end + 40]
        least = _SAME_MATTER if document else _NEAR_MATTER
        return here.weight < _LITTLE or held_share(here, evidence([around])) >= least

    def _around(self, fact: Fact, width: int = _CONTEXT) -> str:
        """Return what stands around a fact in its sentence."""
        before = re.split(r"[。！？\n]", self._draft[max(0, fact.start - width) : fact.start])[-1]
        after = re.split(r"[。！？\n]", self._draft[fact.end : fact.end + width], maxsplit=1)[0]
        return before + " " + after

    def _changed(self, fact: Fact, rest: Rest | None) -> Finding | None:
        """Return that a note says another value of the same matter, if one does."""
        resting = set(rest.notes) if rest else set()
        pool = [(number, one) for number, one in self._notes.kinds.get(fact.kind, ()) if number in resting]
        likely = [pair for pair in pool[:_MOST_EXAMINED] if comparable(fact, pair[1])]
        if not likely:
            return None
        here = content(self._around(fact))
        texts = self._notes.texts
        number, other = max(
            likely, key=lambda pair: _likeness(here, texts[pair[0]].text, pair[1].start, pair[1].end)
        )
        note = texts[number]
        message = f"“{fact.surface}”与要点{note.id}的“{other.surface}”不一致，请核对。"
        refers = Reference("note", note.id, other.start, other.end)
        numbers = [one for _, one in self._notes.kinds.get("number", ())]
        said = rest.facts if rest else ()
        added = is_added(fact, other, said, self._notes.found[number], numbers)
        level = level_if(contradicts(fact, other) and not added)
        return Finding("fact.changed", level, message, fact.start, fact.end, refers, other.surface)


def _likeness(here: Content, text: str, start: int, end: int) -> float:
    """Return how much of what stands around a fact stands around another."""
    return held_share(here, evidence([text[max(0, start - _CONTEXT) : end + _CONTEXT]]))
