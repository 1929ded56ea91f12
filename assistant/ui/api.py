"""What programs may call, over HTTP and as MCP tools: the same use cases, with named and typed parameters."""

from typing import Literal

from gradio.events import api

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.arguments import checked_arguments
from assistant.ui.handling import answering

Level = Literal["light", "full"]


def register(settings: Settings) -> None:
    """Register the endpoints: draft, polish, check, evaluate, search."""
    use = UseCases(settings)
    for function in (use.draft, use.polish, use.check, use.evaluate, use.search):
        api(answering(checked_arguments(function)), api_name=function.__name__)


class UseCases:
    """The functions behind the endpoints. Their docstrings are read by the models that use the tools.

    No text may have more than 100,000 characters. A parameter that is null is its default.
    """

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
            notes: the notes in Chinese, one a line, at most 100,000 characters; nothing else may be stated in the draft.
            section: the kind of section: problems (存在的问题), work (主要工作), plan (下一步打算), lead (导语) or closing (结语).
            unit: the unit that reports, as it is to stand in the text; empty if it is not to be named.
            year: the year reported on, 1900 to 2200; 0 if it is not to be named.
            passages: whether to look at similar passages of the old reports, for their wording only.

        """
        from assistant.workflow.desk import DraftPaper
        from assistant.workflow.drafting import draft as run
        from assistant.workflow.events import Finished
        from assistant.workflow.forms import draft_form
        from assistant.workflow.papers import paper_request

        paper = DraftPaper(section, unit, year or None, notes, passages)
        [done] = [event for event in run(paper_request(paper), self.settings) if isinstance(event, Finished)]
        return draft_form(done.draft)

    def polish(self, text: str, level: Level = "full") -> dict:  # type: ignore[type-arg]
        """Polish a Chinese official text. No fact is changed: changes that would are listed as refused.

        Args:
            text: the text in Chinese, at most 100,000 characters; paragraphs are separated by line ends.
            level: light mends plain colloquialisms and punctuation only, full rewrites for formal style.

        """
        from assistant.workflow.forms import polished_form
        from assistant.workflow.polishing import polish_text
        from assistant.writing.changes import Polished

        events = polish_text(text, self.settings, level=level)
        [done] = [event for event in events if isinstance(event, Polished)]
        return polished_form(done)

    def check(self, text: str, notes: str = "", section: str = "") -> dict:  # type: ignore[type-arg]
        """Proofread a Chinese official text and, given notes, check that every statement rests on them.

        Args:
            text: the text in Chinese, at most 100,000 characters; findings name places in it as character offsets.
            notes: the notes that it should rest on, one a line; empty for proofreading only.
            section: the kind of section (problems, work, plan, lead, closing), which counts only with notes; empty if it is none.

        """
        from assistant.documents.notes import parse_notes
        from assistant.workflow.checking import CheckRequest, project_rules, section_named
        from assistant.workflow.checking import check as run
        from assistant.workflow.forms import grounding_form

        known = parse_notes(notes, name="要点") if notes.strip() else None
        request = CheckRequest(text, known, section=section_named(section or None))
        return grounding_form(run(request, project_rules()))

    def evaluate(self, draft: str, reference: str, notes: str = "", section: str = "") -> dict:  # type: ignore[type-arg]
        """Compare a draft of a Chinese official text with a reference: what is left out, added, told otherwise or unfounded.

        Args:
            draft: the draft, one section or a whole report, at most 100,000 characters.
            reference: the reference, one section or a whole report, at most 100,000 characters.
            notes: the notes that the draft was written from, one a line; may be empty.
            section: the kind of section to compare (problems, work, plan, lead, closing); empty if the texts tell.

        """
        from assistant.documents.notes import parse_notes
        from assistant.evaluation.comparing_draft import compare
        from assistant.evaluation.comparison_form import comparison_form

        known = parse_notes(notes, name="要点") if notes.strip() else ()
        done = compare(draft, reference, notes=known, section=section or None)
        return comparison_form(done)

    def search(self, query: str, count: int = 5) -> list[dict]:  # type: ignore[type-arg]
        """Find passages of the old reports that are near a question.

        Args:
            query: what to look for: a few words or a sentence in Chinese.
            count: how many passages at most, 1 to 50.

        """
        from assistant.workflow.forms import hit_form
        from assistant.workflow.shelf import search as run

        if not 1 <= count <= 50:
            raise InputError("count 应为 1 至 50 的数，请改正。")
        return [hit_form(hit) for hit in run(query, self.settings, count=count)]
