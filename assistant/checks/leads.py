"""The report's own year and the unit's own name, which the words that open a draft give and no note has."""

import re
from collections.abc import Sequence

from assistant.checks.likeness import content
from assistant.checks.units import Unit
from assistant.types import Fact

_YEAR = re.compile(r"(?:19|20)\d\d年")
_OWN_YEAR = re.compile(r"(?:19|20)\d\d年(?:度|[上下]半年)?")
_AS_ITS_SUBJECT = re.compile(
    r"(?:机关)?(?:党组|党委|党工委|党总支|党支部|领导班子|班子)|(?:坚持|认真|深入|切实|紧紧|围绕|全面|严格|将|以)|(?:党风廉政|党建|有关|工作|今年|上半年|20)"
)
_PAUSE = re.compile("[，,；;]")


def opens(unit: Unit) -> bool:
    """Tell whether a stretch opens the draft or leads in its items."""
    return not unit.item and (unit.start == 0 or unit.announces)


def is_own_year(fact: Fact, unit: Unit, known: Sequence[Fact]) -> bool:
    """Tell whether a date can be the year of the report: in front of the opening words, where no note has a year."""
    if (
        fact.kind != "date"
        or not _OWN_YEAR.fullmatch(fact.value)
        or _PAUSE.search(unit.text, 0, max(0, fact.start - unit.body))
    ):
        return False
    return not any(one.kind == "date" and _YEAR.search(one.value) for one in known)


def is_own_name(fact: Fact, draft: str, known: Sequence[Fact]) -> bool:
    """Tell whether an organisation can be the reporting unit: it is the subject, and no note has a name of its kind."""
    if fact.kind != "organisation" or not _AS_ITS_SUBJECT.match(draft, fact.end):
        return False
    return not any(one.kind == "organisation" and one.value[-1:] == fact.value[-1:] for one in known)


def is_connecting(unit: Unit, found: Sequence[Fact]) -> bool:
    """Tell whether a stretch only leads in, turns or closes: nothing but formulas, the unit's own name and a year."""
    if any(fact.kind not in ("organisation", "date") for fact in found):
        return False
    text = unit.text
    for fact in found:
        start, end = fact.start - unit.body, fact.end - unit.body
        if start >= 0:
            text = text[:start] + " " * (end - start) + text[end:]
    size = sum(character.isalnum() for character in text)
    allowed = 0.34 if unit.announces and not unit.item else 0.12
    return content(text, without=("light", "formula")).weight <= max(2, allowed * size)
