"""Fixes that need no asking: found until none is left, listed against the text as it was, and made."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.checks.proofreading import at_least, proofread
from assistant.checks.rulebook import Rules
from assistant.types import Finding, Level

# One fix may lay bare another: quotation marks set right, the brackets between them.
_ROUNDS = 8


def certain_fixes(
    text: str,
    *,
    rules: Rules,
    level: Level = Level.INFO,
    allowed: Callable[[str, Finding], bool] | None = None,
    date: datetime.date | None = None,
    kind: str | None = None,
) -> list[Finding]:
    """Return the changes of certain rules, in order of place, none overlapping: made once, they leave none to make.

    Where one change lays bare another, the two are one. Spans lie in ``text``. Findings below ``level`` are no changes,
    nor are those that ``allowed`` refuses, given the text as it then stands.
    """

    def is_certain(change: Finding, current: str) -> bool:
        sure = change.replacement is not None and rules[change.rule].certain and at_least(change, level)
        return sure and (allowed is None or allowed(current, change))

    changes: list[Finding] = []
    current = text
    for _ in range(_ROUNDS):
        found = proofread(current, rules=rules, date=date, kind=kind)
        step = [change for change in found if is_certain(change, current)]
        if not step:
            break
        changes = _composed(changes, step, current)
        current = apply_certain(text, changes)
    return [change for change in changes if text[change.start : change.end] != change.replacement]


def apply_certain(text: str, findings: Sequence[Finding]) -> str:
    """Return the text with the span of each finding replaced, in order of place, and nothing else changed."""
    pieces = []
    position = 0
    for finding in findings:
        pieces += [text[position : finding.start], finding.replacement or ""]
        position = finding.end
    return "".join([*pieces, text[position:]])


@dataclass
class _Group:
    """Changes made and changes to make that share characters of the text as it now stands."""

    start: int
    end: int
    made: list[Finding] = field(default_factory=list)
    step: list[Finding] = field(default_factory=list)


def _composed(made: Sequence[Finding], step: Sequence[Finding], current: str) -> list[Finding]:
    """Return the changes that lead from the original straight to what ``step`` makes of ``current``."""
    changes = []
    shift = 0
    for group in _groups(made, step):
        start = group.start - shift
        shift += sum(_growth(change) for change in group.made)
        end = group.end - shift
        within = [replace(c, start=c.start - group.start, end=c.end - group.start) for c in group.step]
        words = apply_certain(current[group.start : group.end], within)
        first = (group.made or group.step)[0]
        changes.append(replace(first, start=start, end=end, replacement=words))
    return changes


def _groups(made: Sequence[Finding], step: Sequence[Finding]) -> list[_Group]:
    """Return what touches, by its span in the text as it now stands."""
    shift = 0
    parts = [_Group(change.start, change.end, step=[change]) for change in step]
    for change in made:
        stands = change.start + shift
        parts.append(_Group(stands, stands + len(change.replacement or ""), made=[change]))
        shift += _growth(change)
    groups: list[_Group] = []
    for part in sorted(parts, key=lambda part: (part.start, part.end)):
        last = groups[-1] if groups else None
        if last and (
            part.start < last.end or (part.start == last.end and part.start in (part.end, last.start))
        ):
            last.end = max(last.end, part.end)
            last.made += part.made
            last.step += part.step
        else:
            groups.append(part)
    return groups


def _growth(change: Finding) -> int:
    return len(change.replacement or "") - (change.end - change.start)
