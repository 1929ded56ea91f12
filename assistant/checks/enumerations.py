"""Numbers that count what the draft itself lists: its items, or the members before them, 食堂、车队、仓库三个领域."""

import re

from assistant.checks.bearings import measure_of
from assistant.checks.counts import quantity
from assistant.types import Fact

_OF_ITEMS = frozenset(("个", "项", "方", "点", "类", "条", "方面", "个方面"))
_OF_MEMBERS = _OF_ITEMS | frozenset(("种", "样", "件", "处", "家", "块", "大"))
_STOP = re.compile(r"[。；;：:！？!?\n]")
_COMMA = re.compile("[，,]")
_ALONE = re.compile("[、]")
_JOINED = re.compile("[、和与及]")
_AGAIN = re.compile(r"(?:这|上述|以上|等|共|共计|合计|前述)*")
# What is said to be so many after the clauses that tell them: ……，两种情况都有.
_SUMMED = re.compile(r"(?:情况|情形|现象|问题|倾向|做法|表现|原因|方式|环节|方面|者|均|都)")
_LONGEST = 120


def counts_items(fact: Fact, items: int, notes: int) -> bool:
    """Tell whether a number only counts the items of the draft or the notes: 三个方面, 五项工作."""
    return measure_of(fact) in _OF_ITEMS and quantity(fact) in (str(items), str(notes))


def counts_members(fact: Fact, draft: str) -> bool:
    """Tell whether a number counts the members that stand right before it, or the clauses before its own."""
    if measure_of(fact) not in _OF_MEMBERS:
        return False
    before = _STOP.split(draft[max(0, fact.start - _LONGEST) : fact.start])[-1]
    *earlier, own = _COMMA.split(before)
    if not _AGAIN.fullmatch(own):
        return quantity(fact) in _sizes(own)
    if not earlier or not _SUMMED.match(draft, fact.end):
        return False
    return quantity(fact) in _sizes(earlier[-1]) | {str(len(earlier))}


def _sizes(listed: str) -> set[str]:
    """Return how many members a list may have, read with 和 as a mark and without; none where it is no list."""
    return {str(len(mark.split(listed))) for mark in (_ALONE, _JOINED) if mark.search(listed)}
