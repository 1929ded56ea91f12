"""设置与状态: what is in use and in order, and what would be sent. It changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from assistant.errors import GongwenError, InputError
from assistant.models.endpoint import chat_endpoint
from assistant.settings import Settings
from assistant.ui.handling import guarded, page_words
from assistant.ui.layout import QUIET, side_by_side, view
from assistant.ui.page import Page
from assistant.ui.sitting import within_limit
from assistant.ui.status_view import draft_preview, error_preview, status_view, text_preview, without_path
from assistant.ui.visiting import visitor_name
from assistant.workflow.desk import Desk, DraftPaper, visitor_folder
from assistant.workflow.doctor import Condition, diagnose
from assistant.workflow.papers import paper_request


@dataclass(slots=True)
class Looked:
    """What was found when the visitor last looked."""

    conditions: list[Condition] = field(default_factory=list)


class StatusTab:
    """The handlers of the tab."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self, looked: Looked | None) -> Iterator[tuple[Any, ...]]:
        """Look at everything when the tab is first opened."""
        if looked is None:
            yield from self.again(None)

    def again(self, looked: Looked | None) -> Iterator[tuple[Any, ...]]:
        """Look at everything anew, showing what is found as it is found."""
        looked = Looked()
        yield looked, status_view((), ended=False)
        for condition in diagnose(self.settings):
            if (told := without_path(condition, self.settings.data)) is None:
                continue
            looked.conditions.append(told)
            if not condition.aside:
                yield looked, status_view(looked.conditions, ended=False)
        yield looked, status_view(looked.conditions, ended=True)

    def preview_text(self, looked: Looked | None, text: str) -> str:
        """Show how a text would be sent."""
        from assistant.workflow.masking import leaving_text

        if not (text := within_limit(text)).strip():
            raise InputError("还没有写要试的文字，请先写一段。")
        try:
            preview = text_preview(leaving_text(text, self.settings))
        except GongwenError as error:
            preview = error_preview(str(error))
        return self._below(looked, preview)

    def preview_draft(self, looked: Looked | None, request: gr.Request) -> str:
        """Show what 起草 would send for the notes on the visitor's desk."""
        try:
            preview = self._draft(visitor_name(request))
        except GongwenError as error:
            preview = error_preview(page_words(str(error)))
        return self._below(looked, preview)

    def _draft(self, visitor: str) -> str:
        from assistant.workflow.drafting import preview_masked

        desk = Desk(visitor_folder(self.settings.data, visitor), "draft", DraftPaper)
        paper = desk.load() or DraftPaper()
        if not paper.notes.strip():
            raise InputError("“起草”页还没有要点，请先在那里写好，再来看要发什么。")
        request = paper_request(paper)
        endpoint = chat_endpoint(self.settings)
        prompts = preview_masked(request, self.settings) if endpoint else ()
        return draft_preview(prompts, to=endpoint.address if endpoint else None)

    def _below(self, looked: Looked | None, preview: str) -> str:
        return status_view(looked.conditions if looked else (), ended=True, preview=preview)


def build_status(page: Page) -> None:
    """Build the tab and wire it."""
    looked = gr.State()
    with side_by_side() as (left, right):
        with left:
            text = gr.Textbox(
                label="试一段文字，看发出去是什么样",
                lines=7,
                max_lines=16,
                placeholder="如：某某市发展和改革委员会张三，电话13800000000",
            )
            go = gr.Button("看这段怎么发", variant="primary", elem_id="status-go")
            notes = gr.Button("看“起草”要发什么", elem_id="status-draft")
        with right:
            shown = view("status")
    tab = StatusTab(page.settings)
    shown.opened(guarded(tab.opened), [looked], [looked, shown], trigger_mode="once", **QUIET)
    shown.act(guarded(tab.again), [looked], [looked, shown], trigger_mode="once", **QUIET)
    go.click(guarded(tab.preview_text), [looked, text], [shown], **QUIET)
    notes.click(guarded(tab.preview_draft), [looked], [shown], **QUIET)
