"""Whether the notes bear a fact of a draft out: as it is, in other words, worked out, or counted from the draft itself."""

import re
from dataclasses import replace

from assistant.checks.bearings import Bearings
from assistant.checks.counts import told_otherwise
from assistant.checks.derived import is_worked_out
from assistant.checks.enumerations import counts_items, counts_members
from assistant.checks.grounds import LONGEST_BULLET, Grounds, bare
from assistant.checks.likeness import Content, content, share_in
from assistant.checks.support import Rest
from assistant.types import Fact

CONTEXT = 14
_RANGE = re.compile(r"[至到—~～-]")
_VERBATIM, _WIDE, _NEAR = 4, 24, 40
# What share of a number's surroundings must stand around it in a note that the sentence does not rest on; in a whole
# report, where every number comes up somewhere, more.
_NEAR_MATTER, _SAME_MATTER, _LITTLE = 0.2, 0.4, 3
# 近两年 is a period, or how long something has lasted.
_LATELY = "近"


class BorneOut:
    """Tells what the notes, or what the user said besides them, bear out."""

    def __init__(self, draft: str, grounds: Grounds, notes: Bearings, given: Bearings) -> None:
        """Keep the draft and what may bear its facts out."""
        self._draft = draft
        self._grounds = grounds
        self._notes = notes
        self._given = given

    def holds(self, fact: Fact, rest: Rest | None, items: int) -> bool:
        """Tell whether a fact is borne out; ``rest`` is what its sentence rests on, ``items`` how many items there are."""
        if self._is_spoken_of(fact, rest):
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
            return self.holds(replace(fact, kind="number"), rest, items)
        return fact.kind == "number" and (
            counts_items(fact, max(items, 1), len(self._notes.texts)) or counts_members(fact, self._draft)
        )

    def _is_spoken_of(self, fact: Fact, rest: Rest | None) -> bool:
        """Tell whether a note says a number of the same matter; what is no number says itself of what it speaks."""
        holders = self._notes.holders(fact)
        if fact.kind != "number" or rest is None or not holders:
            return bool(holders)
        here, resting = content(around(self._draft, fact, _WIDE)), set(rest.notes)
        words = self._draft[max(0, fact.start - _VERBATIM) : fact.end + _VERBATIM]
        texts = {number: self._notes.texts[number].text for number, _ in holders}
        if here.weight < _LITTLE or any(
            (number in resting and len(text) <= LONGEST_BULLET) or words in text
            for number, text in texts.items()
        ):
            return True
        return any(_is_of_its_matter(here, texts[number], other) for number, other in holders)

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
        before = self._draft[max(0, fact.start - CONTEXT) : fact.start]
        return any(
            is_worked_out(fact, before, self._notes.found[number], self._notes.texts[number].text)
            for number in rest.notes
        )

    def _stands_unquoted(self, fact: Fact) -> bool:
        words = bare(fact.surface)
        return words in self._grounds.bare or words in self._grounds.bare_formal


def _is_of_its_matter(here: Content, text: str, other: Fact) -> bool:
    """Tell whether enough of what stands around a number stands around one of a note."""
    least = _SAME_MATTER if len(text) > LONGEST_BULLET else _NEAR_MATTER
    return share_in(here, text[max(0, other.start - _NEAR) : other.end + _NEAR]) >= least


def around(draft: str, fact: Fact, width: int = CONTEXT) -> str:
    """Return what stands around a fact in its sentence."""
    before = re.split(r"[。！？\n]", draft[max(0, fact.start - width) : fact.start])[-1]
    after = re.split(r"[。！？\n]", draft[fact.end : fact.end + width], maxsplit=1)[0]
    return before + " " + after
