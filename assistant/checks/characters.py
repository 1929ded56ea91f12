"""Characterisations: words that charge somebody with misconduct."""

import re
from collections.abc import Iterator

from assistant.checks.certainty import level_if
from assistant.checks.scales import bearing, character_words, harmless
from assistant.checks.support import Rest
from assistant.checks.units import phrases
from assistant.types import Finding

_TITLE = re.compile("《[^《》]*》")
# What describes an act that a note may tell by what was done; the others judge whoever did it.
_DESCRIBES = re.compile("违规$|违法$|擅自$|[造作掺]假$|虚报$|违反|违背")


def characterisations(one: Rest, draft_text: str, notes_text: str) -> Iterator[Finding]:
    """Yield the words that charge somebody with misconduct which no note speaks of."""
    hidden = _TITLE.sub(lambda match: " " * len(match.group()), draft_text)
    for start, end in phrases(hidden):
        if harmless().search(hidden, start, end):
            continue
        for match in character_words().finditer(hidden, start, end):
            if not re.search(bearing(match.group()), notes_text):
                message = f"要点没有“{match.group()}”这样的定性，请改用要点的说法。"
                first = one.unit.body + match.start()
                level = level_if(not _DESCRIBES.match(match.group()))
                yield Finding("escalation.character", level, message, first, first + len(match.group()))
