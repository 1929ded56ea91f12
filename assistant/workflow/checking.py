"""Check a text: its language always, and where notes are given what it rests on. No model, no network, no index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.checks.grounding import check_grounding
from assistant.checks.kinds.consistency import CountsRule
from assistant.checks.proofreading import at_least, proofread
from assistant.checks.results import Grounding, Text
from assistant.checks.rulebook import Rules, load_rules
from assistant.documents.reading import read_text
from assistant.types import Finding, Level, Note
from assistant.workflow.lines import read_lines
from assistant.writing.templates import find_template, load_templates

PROJECT_FILE = "gongwen.toml"
# One event with two numbers, as the grounding check tells it.
_TWO_NUMBERS = "fact.inconsistent"


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text to be checked, perhaps against notes, and passages whose facts it may not take.

    Without ``notes`` it is proofread only. ``section`` is a section kind's name; ``given`` is what else the user said,
    such as unit and year.
    """

    text: str
    notes: tuple[Note, ...] | None = None
    passages: tuple[Text, ...] = ()
    section: str | None = None
    given: str = ""


def check(request: CheckRequest, rules: Rules) -> Grounding:
    """Proofread a text and, where there are notes, check it against them: one list of findings, in order of place."""
    if request.notes is None:
        return Grounding((), (), tuple(proofread(request.text, rules=rules)))
    grounding = check_grounding(
        request.text,
        request.notes,
        passages=request.passages,
        section=request.section,
        given=request.given,
    )
    return proofread_too(grounding, request.text, rules)


def proofread_too(grounding: Grounding, text: str, rules: Rules) -> Grounding:
    """Return what a grounding check says of a text and what proofreading does: one list of findings, in order of place."""
    told = [finding for finding in grounding.findings if finding.rule == _TWO_NUMBERS]
    language = [finding for finding in proofread(text, rules=rules) if not _is_told(finding, told, rules)]
    findings = sorted([*grounding.findings, *language], key=lambda finding: finding.start)
    return Grounding(grounding.sentences, grounding.coverage, tuple(findings))


def _is_told(finding: Finding, told: Sequence[Finding], rules: Rules) -> bool:
    """Tell whether a finding of two numbers for one event is among the grounding check's."""
    return isinstance(rules[finding.rule], CountsRule) and any(
        finding.start < other.end and other.start < finding.end for other in told
    )


def project_rules(config: Path | None = None) -> Rules:
    """Return the rules with ``config`` laid over them, or with the project file of the current folder if there is one.

    Raises `SettingsError`.
    """
    project = Path(PROJECT_FILE)
    return load_rules(config or (project if project.is_file() else None))


def shown(findings: Sequence[Finding], level: Level) -> tuple[Finding, ...]:
    """Return the findings that are as grave as ``level`` or graver."""
    return tuple(finding for finding in findings if at_least(finding, level))


def read_passages(path: Path) -> tuple[Text, ...]:
    """Read passages: a .jsonl file has an object ``{id, text}`` a line, any other file is one passage named like it.

    Raises `InputError`.
    """
    if path.suffix.lower() != ".jsonl":
        return (Text(path.name, read_text(path)),)
    return tuple(Text(str(each.id), each.text) for each in read_lines(path, _Piece))


def check_batch(path: Path, rules: Rules) -> Iterator[tuple[str | int, Grounding]]:
    """Check every line of a .jsonl file, its id and result out; the whole file is read first. Raises `InputError`."""
    requests = [(task.id, _request(task)) for task in read_lines(path, _Task)]
    for id_, request in requests:
        yield id_, check(request, rules)


def section_named(name: str | None) -> str | None:
    """Return a section kind's own name, given that or what else it is called. Raises `InputError`."""
    return None if name is None else find_template(name, load_templates()).front.name


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    text: str


class _Task(BaseModel):
    """A line of a batch."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    draft: str
    notes: Sequence[_Piece] | None = None
    passages: Sequence[_Piece] = ()
    section: str | None = None

    @model_validator(mode="after")
    def _has_notes(self) -> Self:
        if self.passages and self.notes is None:
            raise ValueError("有 passages 而没有 notes，请补上要点，或去掉旧稿。")
        return self


def _request(task: _Task) -> CheckRequest:
    notes = None if task.notes is None else tuple(Note(str(note.id), note.text) for note in task.notes)
    return CheckRequest(
        text=task.draft,
        notes=notes,
        passages=tuple(Text(str(each.id), each.text) for each in task.passages),
        section=section_named(task.section),
    )
