"""The text that a visitor has checked: what was found in it, and what becomes of it when findings are mended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checks.rulebook import Rules
from assistant.documents.notes import parse_notes
from assistant.errors import InputError
from assistant.types import Draft, Finding, Level
from assistant.workflow.checking import CheckRequest, check, project_rules, section_named
from assistant.workflow.correcting import correct

# Whose text it is does not matter here; a draft needs a name.
WRITER = "人工"


@dataclass(frozen=True, slots=True)
class CheckPaper:
    """``text`` and ``notes`` stand in the boxes now; ``checked`` is the text as the checks last saw it, with their findings.

    ``certain`` are the places in ``checked.findings`` of what `mend_certain` would change.
    """

    text: str = ""
    notes: str = ""
    section: str = ""
    checked: Draft | None = None
    certain: tuple[int, ...] = ()


def check_paper(paper: CheckPaper) -> CheckPaper:
    """Check the text, against the notes if there are any. Raises `InputError`, `SettingsError`."""
    if not paper.text.strip():
        raise InputError("没有要校对的文字，请先写入、粘贴，或放入文件。")
    notes = parse_notes(paper.notes, name="要点") if paper.notes.strip() else None
    section = section_named(paper.section or None) if notes else None
    rules = project_rules()
    found = check(CheckRequest(paper.text, notes, section=section), rules)
    checked = Draft(
        text=paper.text,
        model=WRITER,
        section=section or "",
        notes=notes or (),
        sentences=found.sentences,
        passages=(),
        seconds=0.0,
        coverage=found.coverage,
        findings=found.findings,
    )
    return replace(paper, checked=checked, certain=_certain(paper.text, found.findings, rules))


def _certain(text: str, findings: Sequence[Finding], rules: Rules) -> tuple[int, ...]:
    """Return the places of the findings that certain changes mend."""
    changes = correct(text, rules=rules, level=Level.WARN).changes
    return tuple(
        place
        for place, one in enumerate(findings)
        if one.replacement is not None
        and any(change.start <= one.start and one.end <= change.end for change in changes)
    )


def mend_finding(paper: CheckPaper, place: int) -> CheckPaper:
    """Put in what one finding proposes, and check again. Raises `InputError` for a text that was changed since."""
    checked = paper.checked
    if checked is None or checked.text != paper.text or not 0 <= place < len(checked.findings):
        raise InputError("正文在校对之后改过，请先再校对一次，再逐处改正。")
    finding = checked.findings[place]
    if finding.replacement is None:
        raise InputError("这一处没有现成的改法，请直接改正文。")
    text = paper.text[: finding.start] + finding.replacement + paper.text[finding.end :]
    return check_paper(replace(paper, text=text))


def mend_certain(paper: CheckPaper) -> tuple[CheckPaper, int, int]:
    """Make every change that needs no asking; return the paper checked again, how many were made, how many refused.

    Refused is what would change a fact.
    """
    done = correct(paper.text, rules=project_rules(), level=Level.WARN)
    return check_paper(replace(paper, text=done.text)), len(done.changes), len(done.refused)
