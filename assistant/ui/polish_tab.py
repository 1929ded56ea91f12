"""润色: a text on the left, on the right what would be changed in it, each to be taken or refused."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.settings import Settings
from assistant.ui.handling import guarded
from assistant.ui.layout import QUIET, drop, kept, outbox, side_by_side, view
from assistant.ui.page import Page
from assistant.ui.polish_run import PolishShown, run_polish
from assistant.ui.polish_view import Around, polish_view
from assistant.ui.sitting import Sitting, handed_over, seated, sit_down, take_file, within_limit
from assistant.workflow.polish_papers import PolishPaper, decide, places_of
from assistant.workflow.saved_files import text_file

LEVELS = [("全面润色", "full"), ("只改明显的", "light")]
Seat = Sitting[PolishPaper]
Update = dict[str, Any]


class PolishTab:
    """The handlers of the tab."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """Lay a visitor's paper on the desk as he left it."""
        seat = sit_down(self.settings, request, "polish", PolishPaper)
        remark = "上次没有润色完，已润色的段落在这里。" if seat.paper.unfinished else ""
        shown = PolishShown(seat.paper, remark=remark, error=seat.error)
        return seat, kept(seat.paper.text), seat.paper.level, self.view(seat, shown)

    def view(self, seat: Seat, shown: PolishShown | None = None) -> str:
        """Return the text with its changes, and what stands beside it."""
        shown = shown or PolishShown(seat.paper)
        versions = tuple(seat.desk.versions()) if shown.ended else ()
        return polish_view(shown, Around(self.settings.ai_label, versions))

    def asked(self, seat: Seat | None, text: str, level: Any) -> None:
        """Write down what stands in the box, so that it is there after a reload."""
        if seat:
            seat.fill_in(text=text, level=level)

    def polished(self, seat: Seat | None, text: str, level: Any) -> Iterator[tuple[Any, ...]]:
        """Polish, showing what is done as it comes; the buttons for polishing and stopping take turns."""
        seat = seated(seat)
        paper = replace(seat.paper, text=within_limit(text), level=level)
        with closing(self._run(seat, paper)) as run:
            for shown in run:
                go, stop = gr.update(visible=shown.ended), gr.update(visible=not shown.ended)
                yield self.view(seat, shown), go, stop

    def _run(self, seat: Seat, paper: PolishPaper) -> Generator[PolishShown, None, None]:
        if seat.paper.polished:
            seat.desk.keep(seat.paper, "再润色之前")
        with seat.working(), closing(run_polish(paper, self.settings, seat.stop)) as run:
            for shown in run:
                seat.paper = shown.paper
                if shown.ended:
                    seat.desk.keep(shown.paper, "润色")
                yield shown

    def stopped(self, seat: Seat) -> None:
        """Stop the polishing; what is done stays."""
        seat.stop.set()

    def read(self, file: str | None, seat: Seat | None) -> tuple[Any, None]:
        """Put a file's text into the box; what stood there is kept as a version."""
        if not file:
            return gr.skip(), None
        text, seat = take_file(file), seated(seat)
        if seat.paper.text.strip():
            seat.desk.keep(seat.paper, "放入文件之前")
        return text, None

    def acted(self, seat: Seat, event: gr.EventData) -> str:
        """Take or refuse a change, or all of a kind."""
        with seat.desk.lock:
            if event.act == "toggle":
                place = int(event.place)
                seat.put(decide(seat.paper, [place], wanted=place in seat.paper.refused))
            else:
                places = places_of(seat.paper, event.kind or None)
                seat.put(decide(seat.paper, places, wanted=bool(event.wanted)))
            return self.view(seat)

    def restored(self, seat: Seat, event: gr.EventData) -> tuple[Any, ...]:
        """Put an earlier version back, the present one kept."""
        seat.restore(str(event.id))
        shown = PolishShown(seat.paper, remark="已恢复这一稿；之前的文字在“稿次”里。")
        return self.view(seat, shown), seat.paper.text, seat.paper.level

    def downloaded(self, seat: Seat, event: gr.EventData) -> Update:
        """Make a file of the result, and hand it over."""
        done = seat.paper.polished
        model = done.model if done and self.settings.ai_label and seat.paper.by_model else None
        return handed_over(text_file(seat.paper.result, str(event.kind), title="润色稿", model=model))


def build_polish(page: Page) -> None:
    """Build the tab and wire it."""
    seat = gr.State()
    with side_by_side() as (left, right):
        with left:
            text = gr.Textbox(label="原文", lines=14, max_lines=26, placeholder="把要润色的文稿粘贴到这里")
            file = drop("从文件读入文稿")
            level = gr.Radio(LEVELS, value="full", label="润色到什么程度")
            go = gr.Button("润色", variant="primary", elem_id="polish-go")
            stop = gr.Button("停止", variant="stop", visible=False, elem_id="polish-stop")
        with right:
            paper, files = view("polish"), outbox()
    tab = PolishTab(page.settings)
    asked = [seat, text, level]
    page.blocks.load(guarded(tab.opened), None, [*asked, paper], **QUIET)
    gr.on([text.change, level.change], guarded(tab.asked), asked, None, trigger_mode="always_last", **QUIET)
    go.click(guarded(tab.polished), asked, [paper, go, stop], trigger_mode="once", **QUIET)
    stop.click(guarded(tab.stopped), [seat], None, **QUIET)
    file.upload(guarded(tab.read), [file, seat], [text, file], **QUIET)
    paper.act(guarded(tab.acted), [seat], [paper], **QUIET)
    paper.restore(guarded(tab.restored), [seat], [paper, text, level], **QUIET)
    paper.download(guarded(tab.downloaded), [seat], [files], **QUIET)
