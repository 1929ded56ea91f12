"""Proofreading: every rule run over a text."""

import datetime
from collections.abc import Iterable

from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule, excepted
from assistant.checks.rulebook import Rules
from assistant.documents.metadata import read_metadata
from assistant.types import Finding, Level

_GRAVITY = {Level.ERROR: 0, Level.WARN: 1, Level.INFO: 2}


def proofread(
    text: str, *, rules: Rules, date: datetime.date | None = None, kind: str | None = None
) -> list[Finding]:
    """Return what the rules find in a text, in order of place; of findings that overlap the gravest stays.

    ``date`` is the day the text speaks from: rules that were not yet or no longer right then are silent. Without it
    the end of the year that the text gives itself counts, or else the present. ``kind`` is the kind of document
    (工作报告, 通知…), without it what the title says; a rule for some kinds is silent where none is known.
    """
    prepared = Prepared(text)
    said = read_metadata(prepared.report)
    day = date or (datetime.date(said.year, 12, 31) if said.year else datetime.date.max)
    found: list[Finding] = []
    for family, members in rules.by_kind().items():
        valid = [rule for rule in members if _applies(rule, day, kind or said.kind or "")]
        found += family.check(prepared, valid)
    kept = [
        finding
        for finding in found
        if not any(excepted(text, words, finding.start, finding.end) for words in rules.exceptions)
    ]
    return without_overlaps(kept, rules)


def at_least(finding: Finding, level: Level) -> bool:
    """Tell whether a finding is as grave as ``level`` or graver."""
    return _GRAVITY[finding.level] <= _GRAVITY[level]


def _applies(rule: Rule, day: datetime.date, kind: str) -> bool:
    return (
        (rule.since is None or rule.since <= day)
        and (rule.until is None or day <= rule.until)
        and (not rule.documents or kind.endswith(rule.documents))
    )


def without_overlaps(findings: Iterable[Finding], rules: Rules) -> list[Finding]:
    """Return findings in order of place, no two overlapping: the gravest stays, then the certain, then the longest."""
    ranked = sorted(
        findings,
        key=lambda f: (_GRAVITY[f.level], not rules[f.rule].certain, f.start - f.end, f.start, f.rule),
    )
    taken: set[int] = set()
    kept = []
    for finding in ranked:
        span = range(finding.start, finding.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(finding)
    return sorted(kept, key=lambda finding: (finding.start, finding.end))
