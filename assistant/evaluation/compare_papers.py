"""What a visitor has compared: a draft, a reference of his own or of the shelf, and notes."""

from dataclasses import dataclass

from assistant.documents.notes import parse_notes
from assistant.errors import InputError
from assistant.settings import Settings
from assistant.workflow.shelf import stored_report


@dataclass(frozen=True, slots=True)
class ComparePaper:
    """What stands in the boxes. ``report`` is the id of a report of the shelf; it counts before ``reference``."""

    text: str = ""
    reference: str = ""
    report: str = ""
    notes: str = ""
    section: str = ""


def compared_page(paper: ComparePaper, settings: Settings) -> str:
    """Compare what a paper holds, and return the comparison's page. Raises `InputError`, `CorpusError`."""
    # What compares is slow to import.
    from assistant.evaluation.comparing_draft import compare
    from assistant.evaluation.draft_page import render

    if not paper.text.strip():
        raise InputError("没有草稿，请先写入、粘贴，或放入文件。")
    name, reference = _reference(paper, settings)
    notes = parse_notes(paper.notes, name="要点") if paper.notes.strip() else ()
    comparison = compare(paper.text, reference, notes=notes, section=paper.section or None)
    return render(comparison, reference_name=name)


def _reference(paper: ComparePaper, settings: Settings) -> tuple[str, str]:
    """Return the reference's name and text."""
    if paper.report:
        report = stored_report(paper.report, settings)
        return report.name, report.text
    if not paper.reference.strip():
        raise InputError("没有参考稿，请从语料里选一篇，或写入、粘贴，或放入文件。")
    return "参考稿", paper.reference
