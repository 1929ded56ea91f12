"""What a check finds in the probes: recall per operator, precision per rule, false alarms, all with intervals."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Grounding
from assistant.evaluation.probes import FAULTS, HARMLESS, REWRITES, Probe
from assistant.types import Finding, Level

Check = Callable[[Probe], Grounding]
_NORMAL_95 = 1.959964
_SERIOUS = (Level.ERROR, Level.WARN)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``total`` cases, with the bounds of its Wilson interval at 95 %; 0 to 1, none of none is 0."""

    count: int
    total: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A probe and the errors and warnings that a check found in it."""

    probe: Probe
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Alarms:
    """Of the harmless probes the share with an error, and that with a warning or an error."""

    errors: Share
    warnings: Share


@dataclass(frozen=True, slots=True)
class ProbeScores:
    """Scores of a check on the probes.

    ``recall`` has the operators and ``families`` what they break; ``precision`` has the rules over the drafts with a fault;
    ``alarms`` has the rewrites, and ``any_alarm`` the pairs that have one in any of their rewrites.
    """

    pairs: int
    faults: int
    rewrites: int
    recall: dict[str, Share]
    families: dict[str, Share]
    precision: dict[str, Share]
    alarms: dict[str, Alarms]
    all_alarms: Alarms
    any_alarm: Alarms


def wilson(count: int, total: int) -> Share:
    """Return a share with its interval (E. B. Wilson, 1927)."""
    if total == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    share, square = count / total, _NORMAL_95**2
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _NORMAL_95 * sqrt(share * (1 - share) / total + square / (4 * total**2)) / (1 + square / total)
    return Share(count, total, share, max(0.0, middle - half), min(1.0, middle + half))


def grounding_of(probe: Probe) -> Grounding:
    """Check a probe's draft against its notes and passages."""
    return check_grounding(probe.draft, probe.notes, passages=probe.passages, section=probe.section)


def judge(probes: Iterable[Probe], *, check: Check = grounding_of) -> Iterator[Judged]:
    """Yield each probe with what a check finds in it; hints are left out."""
    for probe in probes:
        yield Judged(probe, tuple(finding for finding in check(probe).findings if finding.level in _SERIOUS))


def touches(probe: Probe, finding: Finding) -> bool:
    """Tell whether a finding lies on what was planted, or names a note from which something was left out."""
    if finding.refers and finding.refers.kind == "note" and finding.rule.startswith("note."):
        return finding.refers.id in probe.concerned
    if probe.start is None or probe.end is None:
        return False
    return finding.start < probe.end and probe.start < finding.end


def fits(finding: Finding, rules: Iterable[str]) -> bool:
    """Tell whether a finding's rule, or the part of it before the dot, is among the rules."""
    return not {finding.rule, finding.rule.partition(".")[0]}.isdisjoint(rules)


def found(judged: Judged) -> bool:
    """Tell whether the planted fault is found: by a rule made for it, where it stands."""
    rules = FAULTS[judged.probe.operator].rules
    return any(fits(finding, rules) and is_right(judged.probe, finding) for finding in judged.findings)


def is_right(probe: Probe, finding: Finding) -> bool:
    """Tell whether a finding in a draft with a fault comes from the fault, by whatever rule."""
    return touches(probe, finding) or fits(finding, FAULTS[probe.operator].anywhere)


def scores(judged: Sequence[Judged]) -> ProbeScores:
    """Return the scores of a check that has judged the probes."""
    faults = [one for one in judged if one.probe.family != HARMLESS]
    harmless = [one for one in judged if one.probe.family == HARMLESS]
    right = Counter(f.rule for one in faults for f in one.findings if is_right(one.probe, f))
    given = Counter(finding.rule for one in faults for finding in one.findings)
    return ProbeScores(
        pairs=len({one.probe.pair for one in judged}),
        faults=len(faults),
        rewrites=len(harmless),
        recall=_recalls(faults, lambda one: one.probe.operator, FAULTS),
        families=_recalls(
            faults, lambda one: one.probe.family, dict.fromkeys(f.family for f in FAULTS.values())
        ),
        precision={rule: wilson(right[rule], given[rule]) for rule in sorted(given)},
        alarms={
            name: _alarms([[one] for one in harmless if one.probe.operator == name]) for name in REWRITES
        },
        all_alarms=_alarms([[one] for one in harmless]),
        any_alarm=_alarms(_by_pair(harmless)),
    )


def _recalls(
    faults: Sequence[Judged], key: Callable[[Judged], str], names: Iterable[str]
) -> dict[str, Share]:
    groups = defaultdict(list)
    for one in faults:
        groups[key(one)].append(found(one))
    return {name: wilson(sum(groups[name]), len(groups[name])) for name in names}


def _by_pair(harmless: Sequence[Judged]) -> list[list[Judged]]:
    groups = defaultdict(list)
    for one in harmless:
        groups[one.probe.pair].append(one)
    return list(groups.values())


def _alarms(groups: Sequence[Sequence[Judged]]) -> Alarms:
    errors = sum(
        any(finding.level is Level.ERROR for one in group for finding in one.findings) for group in groups
    )
    some = sum(any(one.findings for one in group) for group in groups)
    return Alarms(wilson(errors, len(groups)), wilson(some, len(groups)))
