"""What the drafting tab does when something is pressed, typed or dropped."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.draft_actions import (
    chosen_instead,
    laid_again,
    open_desk,
    rechecked,
    refuse_while_writing,
    rewritten,
    surroundings,
    take_back,
    with_file,
    write,
)
from assistant.ui.draft_run import Shown
from assistant.ui.draft_view import bench
from assistant.ui.handling import warn
from assistant.ui.sitting import seated, within_limit
from assistant.ui.visiting import Visit, visitor_name
from assistant.workflow.desk import DraftPaper
from assistant.workflow.papers import has_shelf
from assistant.workflow.saved_files import made_file

Update = dict[str, Any]


class DraftHandlers:
    """The handlers. What a visitor has lies in his `Visit`, never here."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """Lay a visitor's paper on the desk as he left it."""
        visit, shown = open_desk(self.settings, visitor_name(request))
        paper = shown.paper
        shelf = self._with_shelf(paper)
        shown_fields = (paper.section, paper.unit, paper.year, paper.notes, shelf, paper.count)
        return visit, *shown_fields, self.bench(visit, shown)

    def _with_shelf(self, paper: DraftPaper) -> Update:
        there = has_shelf(self.settings)
        info = None if there else "语料里还没有旧稿，可在“语料”页收入。"
        return gr.update(value=paper.passages and there, info=info)

    def bench(self, visit: Visit, shown: Shown) -> str:
        """Return the paper and what stands beside it."""
        visit.turn += 1
        return bench(shown, surroundings(self.settings, visit, ended=shown.ended), turn=visit.turn)

    def asked(self, visit: Visit, *fields: Any) -> None:
        """Write down what is asked for, so that it is there after a reload."""
        if visit is None:
            return
        with visit.desk.lock:
            if visit.writing:
                visit.later = fields
            else:
                take_back(visit, _paper(visit.paper, fields))

    def drafted(self, visit: Visit, *fields: Any) -> Iterator[tuple[Any, ...]]:
        """Write, showing the text as it comes.

        The button for stopping comes below the one for writing, not in its place: a double click must not stop.
        """
        paper = _paper(seated(visit).paper, fields)
        within_limit(paper.notes)
        try:
            with closing(write(visit, paper, self.settings)) as run:
                for shown in run:
                    busy = not shown.ended
                    go = gr.update(interactive=not busy, value="正在起草……" if busy else "起草")
                    yield self.bench(visit, shown), go, gr.update(visible=busy)
        finally:
            # Even if the browser has left in the middle.
            self._late(visit)

    def _late(self, visit: Visit) -> None:
        """Write down what was asked for while a text was being written."""
        with visit.desk.lock:
            if visit.later and not visit.writing:
                take_back(visit, _paper(visit.paper, visit.later))
                visit.later = ()

    def stopped(self, visit: Visit) -> None:
        """Stop the writing; what is written stays."""
        visit.stop.set()

    def read(self, file: str | None, notes: str) -> tuple[str, None]:
        """Add a file's text to the notes, and forget the file."""
        try:
            return with_file(notes, file), None
        except InputError as error:
            warn(str(error))
            return notes, None

    def edited(self, visit: Visit, event: gr.EventData) -> None:
        """Write down the text as it is being changed.

        A text that the browser ``found`` again after the page was opened may be older than the one that lay on the desk,
        which is kept.
        """
        with seated(visit).desk.lock:
            if visit.writing:
                return
            if event.found and visit.paper.text.strip():
                visit.desk.keep(visit.paper, "找回之前")
            take_back(visit, replace(visit.paper, text=event.text))

    def checked(self, visit: Visit, event: gr.EventData) -> str:
        """Check the text as it is now."""
        with seated(visit).desk.lock:
            refuse_while_writing(visit)
            return self.bench(visit, rechecked(visit, within_limit(event.text)))

    def redone(self, visit: Visit, event: gr.EventData) -> Iterator[str]:
        """Have the item that the caret is in written again."""
        with seated(visit).desk.lock:
            refuse_while_writing(visit)
            take_back(visit, replace(visit.paper, text=within_limit(event.text)))
        try:
            with closing(rewritten(visit, event.at, event.words, self.settings)) as run:
                for shown in run:
                    yield self.bench(visit, shown)
        finally:
            self._late(visit)

    def chosen(self, visit: Visit, event: gr.EventData) -> str:
        """Lay another candidate on the desk."""
        with seated(visit).desk.lock:
            refuse_while_writing(visit)
            return self.bench(visit, chosen_instead(visit, int(event.number), within_limit(event.text)))

    def restored(self, visit: Visit, event: gr.EventData) -> tuple[Any, ...]:
        """Put an earlier version back, with what was asked for."""
        with seated(visit).desk.lock:
            refuse_while_writing(visit)
            shown = laid_again(visit, str(event.id), event.text)
        paper = shown.paper
        return self.bench(visit, shown), paper.section, paper.unit, paper.year, paper.notes

    def downloaded(self, visit: Visit, event: gr.EventData) -> Update:
        """Make a file of the text as it is now, and hand it over."""
        file = made_file(replace(visit.paper, text=event.text), str(event.kind), label=self.settings.ai_label)
        return {"name": file.name, "type": file.media_type, "data": base64.b64encode(file.data).decode()}


def _paper(paper: DraftPaper, fields: Sequence[Any]) -> DraftPaper:
    """Return a paper with what is asked for; ``fields`` are in the order that `_fields` makes them."""
    section, unit, year, notes, passages, count = fields
    return replace(
        paper,
        section=section,
        unit=(unit or "").strip(),
        year=int(year) if year else None,
        notes=notes or "",
        passages=passages,
        count=int(count or 1),
    )
