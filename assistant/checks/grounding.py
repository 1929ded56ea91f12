"""Whether every sentence of a draft has its grounds, and every note its place."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.checks.altered import altered_names
from assistant.checks.bindings import doubled_numbers, swapped_numbers
from assistant.checks.characters import characterisations
from assistant.checks.clauses import unsupported
from assistant.checks.consistency import inconsistencies, overfull
from assistant.checks.copying import copy_findings
from assistant.checks.coverage import note_coverage, uncovered
from assistant.checks.directions import turned
from assistant.checks.escalation import Escalation
from assistant.checks.form import form_findings
from assistant.checks.grounds import LONGEST_BULLET, Grounds
from assistant.checks.moments import changed_times
from assistant.checks.names import leaked_names
from assistant.checks.periods import periods
from assistant.checks.results import Grounding, Text
from assistant.checks.support import Rest, rest
from assistant.checks.units import cut
from assistant.checks.verdicts import Verdicts
from assistant.checks.widening import widenings
from assistant.text.facts import facts
from assistant.types import Fact, Finding, Level, Note, Sentence

_PROBLEMS, _PLAN = "problems", "plan"


def check_grounding(
    draft: str,
    notes: Sequence[Note],
    *,
    passages: Sequence[Text] = (),
    section: str | None = None,
    given: str = "",
) -> Grounding:
    """Check a draft against the notes it should rest on and the passages it may not take facts from.

    ``section`` is a section kind's name ("problems" has a form of its own); ``given`` is what the user said besides the
    notes, such as the unit and the year. Spans of sentences and findings lie in ``draft``, those of references in the
    note or passage named.
    """
    grounds = Grounds(notes)
    found = facts(draft)
    spans, units = cut(draft)
    rests = rest(units, found, grounds)
    coverage = tuple(note_coverage(rests, grounds))
    findings = [
        *_verdicts(draft, found, rests, grounds, passages, given),
        *_own_contradictions(draft, found, grounds),
        *unsupported(draft, rests, grounds),
        *uncovered(draft, coverage, rests, grounds),
        *_escalations(rests, grounds, section),
        *copy_findings(draft, passages, [note.text for note in notes]),
    ]
    swapped = [one.start for one in findings if one.rule == "fact.changed"]
    findings += [
        one
        for one in overfull(draft, found)
        if "其中" in draft[one.start : one.end] or not any(one.start <= at < one.end for at in swapped)
    ]
    if section == _PROBLEMS:
        findings += form_findings(rests, grounds)
    findings.sort(key=lambda finding: (finding.start, finding.end, finding.rule))
    return Grounding(tuple(_sentences(draft, spans, rests, notes)), coverage, tuple(findings))


def _sentences(
    draft: str, spans: Sequence[tuple[int, int]], rests: Sequence[Rest], notes: Sequence[Note]
) -> Iterator[Sentence]:
    parts: dict[int, list[Rest]] = defaultdict(list)
    for one in rests:
        parts[one.unit.sentence].append(one)
    for number, (start, end) in enumerate(spans):
        own = [one for one in parts[number] if not one.connecting or one.grounds]
        ids = dict.fromkeys(notes[index].id for one in own for index in one.notes)
        weight = sum(one.content.weight for one in own)
        score = sum(one.score * one.content.weight for one in own) / weight if weight else 0.0
        yield Sentence(draft[start:end], start, end, tuple(ids), round(score if ids else 0.0, 3))


def _verdicts(
    draft: str,
    found: Sequence[Fact],
    rests: Sequence[Rest],
    grounds: Grounds,
    passages: Sequence[Text],
    given: str,
) -> Iterator[Finding]:
    verdicts = Verdicts(draft, grounds, passages, given)
    starts = [one.unit.start for one in rests]
    items = max((one.unit.item for one in rests), default=0)
    judged = []
    known = "\n".join([given, *(note.text for note in grounds.notes)])
    for fact in found:
        at = bisect_right(starts, fact.start) - 1
        finding = verdicts.judge(fact, rests[at] if at >= 0 else None, items)
        if finding:
            judged.append(finding)
    yield from judged
    for one in rests:
        yield from swapped_numbers(draft, one, grounds.notes)
        yield from doubled_numbers(draft, one, grounds.notes)
        yield from changed_times(one, grounds.notes)
        yield from turned(draft, one, grounds.notes, known)
    others = [*leaked_names(draft, grounds.notes, passages), *altered_names(draft, grounds.notes, given)]
    for name in others:
        if not any(
            one.level is Level.ERROR and one.start < name.end and name.start < one.end for one in judged
        ):
            yield name


def _own_contradictions(draft: str, found: Sequence[Fact], grounds: Grounds) -> Iterator[Finding]:
    """Yield the contradictions within a draft, but for those between two numbers of a document that it rests on."""
    long = zip(grounds.notes, grounds.note_facts, strict=True)
    known = {fact.value for note, of_note in long if len(note.text) > LONGEST_BULLET for fact in of_note}
    values = {fact.start: fact.value for fact in found}
    for finding in inconsistencies(draft, found):
        other = finding.refers.start if finding.refers else finding.start
        if not {values.get(finding.start), values.get(other)} <= known:
            yield finding


def _escalations(rests: Sequence[Rest], grounds: Grounds, section: str | None) -> Iterator[Finding]:
    escalation = Escalation(grounds, ahead=section == _PLAN)
    known = "\n".join(note.text for note in grounds.notes)
    by_note: dict[int, list[Rest]] = defaultdict(list)
    for one in rests:
        yield from escalation.findings(one)
        yield from periods(one, grounds.notes)
        yield from characterisations(one, one.unit.text, known)
        for number in one.notes:
            by_note[number].append(one)
    for number, said in by_note.items():
        yield from widenings(grounds.notes[number], said)
