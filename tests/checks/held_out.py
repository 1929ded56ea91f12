"""Measure the grounding check on notes rewritten by hand: ``python -m tests.checks.held_out FILE…``.

What counts as found: a finding at the fault's own place (for a fault that leaves something out, one of a note) that the
clean draft does not have.
"""

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.types import Finding, Level
from tests.checks.samples import check


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check found in one clean draft, and the levels at each of its faults: error, warn or none."""

    pair: str
    clean: tuple[Finding, ...]
    faults: tuple[tuple[str, str], ...]


def findings(draft: str, pair: dict[str, Any]) -> list[Finding]:
    """Return the errors and warnings of a draft."""
    passages = tuple(pair.get("passages", ()))
    grounding = check(draft, *pair["notes"], passages=passages, section=pair["section"])
    return [one for one in grounding.findings if one.level is not Level.INFO]


def changed(draft: str, fault: dict[str, Any]) -> tuple[int, int]:
    """Return the span of what a fault changed, in the draft that holds it."""
    old, new = fault["old"], fault["new"]
    same = next((at for at in range(min(len(old), len(new))) if old[at] != new[at]), min(len(old), len(new)))
    rest = min(len(old), len(new)) - same
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    start = draft.index(old)
    return start + same, start + len(new) - tail


def told(pair: dict[str, Any], fault: dict[str, Any]) -> list[Finding]:
    """Return the findings that tell a planted fault."""
    draft = pair["draft"].strip()
    planted = draft.replace(fault["old"], fault["new"])
    clean = {(one.rule, draft[one.start : one.end]) for one in findings(draft, pair)}
    found = findings(planted, pair)
    if fault["kind"] in {"note", "dropped"}:
        return [one for one in found if one.rule.startswith("note.")]
    start, end = changed(draft, fault)
    fresh = [one for one in found if (one.rule, planted[one.start : one.end]) not in clean]
    return [one for one in fresh if one.start < end and start < one.end]


def measure(path: Path) -> list[Outcome]:
    """Return what the check finds in each pair of a file."""
    pairs = tomllib.loads(path.read_text("utf-8"))["pair"]
    return [
        Outcome(
            pair["id"],
            tuple(findings(pair["draft"].strip(), pair)),
            tuple((fault["kind"], _highest(told(pair, fault))) for fault in pair["fault"]),
        )
        for pair in pairs
    ]


def _highest(found: list[Finding]) -> str:
    levels = {str(one.level) for one in found}
    return next((level for level in ("error", "warn") if level in levels), "none")


def _report(path: Path) -> str:
    outcomes = measure(path)
    drafts = {one["id"]: one["draft"].strip() for one in tomllib.loads(path.read_text("utf-8"))["pair"]}
    rules = Counter((str(one.level), one.rule) for outcome in outcomes for one in outcome.clean)
    levels = Counter(level for outcome in outcomes for _, level in outcome.faults)
    alarmed = {
        level: sum(any(one.level is level for one in outcome.clean) for outcome in outcomes)
        for level in (Level.ERROR, Level.WARN)
    }
    lines = [f"{path.name}: {len(outcomes)} pairs; clean drafts with an error {alarmed[Level.ERROR]}, "]
    lines[0] += f"with a warning {alarmed[Level.WARN]}; faults {dict(levels)}"
    lines += [f"  {count:3} {level} {rule}" for (level, rule), count in rules.most_common()]
    for outcome in outcomes:
        lines += [
            f"  {outcome.pair}: {one.level} {one.rule} “{drafts[outcome.pair][one.start : one.end]}” {one.message}"
            for one in outcome.clean
        ]
        lines += [
            f"  {outcome.pair}: fault {kind}: {level}" for kind, level in outcome.faults if level != "error"
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(_report(Path(name)) + "\n")
