"""What programs may call, over HTTP and as MCP tools: the same use cases, with named and typed parameters."""

from typing import Literal

from gradio.events import api

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.handling import answering

MOST_CHARACTERS = 100_000
Level = Literal["light", "full"]


def register(settings: Settings) -> None:
    """Register the endpoints: draft, polish, check, search."""
    use = UseCases(settings)
    for function in (use.draft, use.polish, use.check, use.search):
        api(answering(function), api_name=function.__name__)


class UseCases:
    """The functions behind the endpoints. Their docstrings are read by the models that use the tools."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def draft(
        self,
        notes: str,
        section: str = "problems",
        unit: str = "",
        year: int = 0,
        passages: bool = False,  # noqa: FBT001, FBT002 - called by position
    ) -> dict:  # type: ignore[type-arg]
        """Draft one section of a Chinese official report (公文) from bullet notes, and check it against them.

        Args:
            notes: the notes, one a line; nothing else may be stated in the draft.
            section: the kind of section, such as problems, work, plan, lead or closing.
            unit: the unit that reports, empty if it is not to be named.
            year: the year reported on, 0 if it is not to be named.
            passages: whether to look at similar passages of the old reports.

        """
        from assistant.workflow.desk import DraftPaper
        from assistant.workflow.drafting import draft as run
        from assistant.workflow.events import Finished
        from assistant.workflow.forms import draft_form
        from assistant.workflow.papers import paper_request

        paper = DraftPaper(section, unit, year or None, _limited(notes), passages)
        [done] = [event for event in run(paper_request(paper), self.settings) if isinstance(event, Finished)]
        return draft_form(done.draft)

    def polish(self, text: str, level: Level = "full") -> dict:  # type: ignore[type-arg]
        """Polish a Chinese official text. No fact is changed: changes that would are listed as refused.

        Args:
            text: the text.
            level: light mends plain colloquialisms and punctuation only, full rewrites for formal style.

        """
        from assistant.workflow.forms import polished_form
        from assistant.workflow.polishing import polish_text
        from assistant.writing.changes import Polished

        events = polish_text(_limited(text), self.settings, level=level)
        [done] = [event for event in events if isinstance(event, Polished)]
        return polished_form(done)

    def check(self, text: str, notes: str = "", section: str = "") -> dict:  # type: ignore[type-arg]
        """Proofread a Chinese official text and, given notes, check that every statement rests on them.

        Args:
            text: the text.
            notes: the notes that it should rest on, one a line; empty for proofreading only.
            section: the kind of section, such as problems; empty if it is none.

        """
        from assistant.documents.notes import parse_notes
        from assistant.workflow.checking import CheckRequest, project_rules, section_named
        from assistant.workflow.checking import check as run
        from assistant.workflow.forms import grounding_form

        known = parse_notes(_limited(notes), name="要点") if notes.strip() else None
        request = CheckRequest(_limited(text), known, section=section_named(section or None))
        return grounding_form(run(request, project_rules()))

    def search(self, query: str, count: int = 5) -> list[dict]:  # type: ignore[type-arg]
        """Find passages of the old reports that are near a question.

        Args:
            query: what to look for.
            count: how many passages at most, 1 to 50.

        """
        from assistant.workflow.forms import hit_form
        from assistant.workflow.shelf import search as run

        if not 1 <= count <= 50:
            raise InputError("count 应为 1 至 50 的数，请改正。")
        return [hit_form(hit) for hit in run(_limited(query), self.settings, count=count)]


def _limited(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"文字超过{MOST_CHARACTERS // 10_000}万字，请分几次提交。")
    return text
