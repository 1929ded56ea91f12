"""From the paper on a visitor's desk to a request, and from a text back to a checked draft on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.checks.results import Grounding
from assistant.checks.rulebook import Rules
from assistant.documents.notes import parse_notes
from assistant.errors import InputError
from assistant.settings import Settings
from assistant.types import Draft, Finding, Hit
from assistant.workflow.checking import project_rules, proofread_too
from assistant.workflow.desk import DraftPaper
from assistant.workflow.requests import DraftRequest, ground
from assistant.workflow.shelf import index_folder
from assistant.writing.templates import SectionTemplate, find_template, load_templates

FIRST_YEAR, LAST_YEAR = 1900, 2200


def section_of(paper: DraftPaper) -> SectionTemplate:
    """Return the section kind of a paper. Raises `InputError`."""
    return find_template(paper.section, load_templates())


def paper_request(paper: DraftPaper) -> DraftRequest:
    """Return what a paper asks for. Raises `InputError` for a year, or notes, that will not do."""
    if paper.year is not None and not FIRST_YEAR <= paper.year <= LAST_YEAR:
        raise InputError(f"年份应为{FIRST_YEAR}至{LAST_YEAR}，请改正，或不写。")
    return DraftRequest(
        section_of(paper),
        parse_notes(paper.notes, name="要点"),
        unit=paper.unit or None,
        year=paper.year,
        passages=paper.passages,
        source=paper.notes,
    )


def checker(request: DraftRequest) -> Callable[[Draft], Draft]:
    """Return what proofreads a draft and checks it against notes and passages; the rules are read once.

    A draft that comes from a writer has been checked against them, and is only proofread.
    """
    rules = project_rules()
    return lambda draft: _checked(request, draft, rules)


def _checked(request: DraftRequest, draft: Draft, rules: Rules) -> Draft:
    """Return a draft with the findings of both checks; sentences that the writer itself tied to notes stay so."""
    known = Grounding(draft.sentences, draft.coverage, draft.findings) if draft.coverage else None
    done = proofread_too(known or ground(request, draft.text, draft.passages), draft.text, rules)
    return replace(
        draft,
        notes=request.notes,
        sentences=draft.sentences or done.sentences,
        coverage=done.coverage,
        findings=done.findings,
    )


def bare_draft(request: DraftRequest, text: str, *, model: str, passages: Sequence[Hit] = ()) -> Draft:
    """Return a text as a draft that is still to be checked."""
    return Draft(text, model, request.template.front.name, request.notes, (), tuple(passages), 0.0)


def recheck(paper: DraftPaper, text: str) -> DraftPaper:
    """Check the text as the visitor has it now against the notes as they are now. Raises `InputError`."""
    request = paper_request(paper)
    known = paper.draft
    draft = bare_draft(
        request, text, model=known.model if known else "", passages=known.passages if known else ()
    )
    done = checker(request)(draft)
    drafts = tuple(done if at == paper.chosen else other for at, other in enumerate(paper.drafts)) or (done,)
    return replace(paper, text=text, drafts=drafts, unfinished=False)


def choose(paper: DraftPaper, number: int) -> DraftPaper:
    """Lay another candidate on the desk, as the checks last saw it; the same one again if there is no such number."""
    if not 0 <= number < len(paper.drafts):
        return paper
    return replace(paper, chosen=number, text=paper.drafts[number].text)


def has_shelf(settings: Settings) -> bool:
    """Tell whether there is an index to draw passages from, good or not; it is not opened."""
    return index_folder(settings).is_dir()


def grave(findings: Sequence[Finding]) -> int:
    """Return how many findings are more than a remark."""
    return sum(finding.level.value != "info" for finding in findings)
