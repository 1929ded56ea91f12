"""校对: a text on the left, on the right what is wrong in it, each with its fix where there is one."""

from typing import Any

import gradio as gr

from assistant.settings import Settings
from assistant.ui.check_view import CheckShown, check_view
from assistant.ui.handling import guarded
from assistant.ui.layout import QUIET, drop, kept, outbox, side_by_side, view
from assistant.ui.page import Page
from assistant.ui.sitting import Sitting, handed_over, seated, sit_down, take_file, within_limit
from assistant.workflow.check_papers import CheckPaper, check_paper, mend_certain, mend_finding
from assistant.workflow.saved_files import text_file
from assistant.writing.templates import load_templates

Seat = Sitting[CheckPaper]
Update = dict[str, Any]
NOTES_HINT = "每行一条；写了就核对每句话有没有出处"


class CheckTab:
    """The handlers of the tab."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """Lay a visitor's paper on the desk as he left it."""
        seat = sit_down(self.settings, request, "check", CheckPaper)
        paper = seat.paper
        boxes = kept(paper.text), kept(paper.notes), paper.section
        return seat, *boxes, self.view(seat, error=seat.error)

    def view(self, seat: Seat, *, remark: str = "", error: str = "") -> str:
        """Return the text with its findings, and what stands beside it."""
        return check_view(CheckShown(seat.paper, remark, error, tuple(seat.desk.versions())))

    def asked(self, seat: Seat | None, text: str, notes: str, section: str) -> None:
        """Write down what stands in the boxes, so that it is there after a reload."""
        if seat:
            seat.fill_in(text=text, notes=notes, section=section)

    def checked(self, seat: Seat | None, text: str, notes: str, section: str) -> str:
        """Check the text."""
        paper = CheckPaper(within_limit(text), within_limit(notes), section or "")
        seat = seated(seat)
        with seat.desk.lock:
            seat.keep(check_paper(paper), "校对")
            return self.view(seat)

    def acted(self, seat: Seat, event: gr.EventData) -> tuple[str, str]:
        """Mend one finding, or all that need no asking; the text before is kept."""
        with seat.desk.lock:
            if event.act == "mend":
                seat.keep(mend_finding(seat.paper, int(event.place)), "改正")
                return self.view(seat), seat.paper.text
            paper, made, refused = mend_certain(seat.paper)
            seat.keep(paper, "改正")
            left = f"另有{refused}处会改动事实，没有改。" if refused else ""
            return self.view(seat, remark=f"已改正{made}处，改前的文字在“稿次”里。{left}"), paper.text

    def read(self, file: str | None, seat: Seat | None) -> tuple[Any, None]:
        """Put a file's text into the box; what stood there is kept as a version."""
        if not file:
            return gr.skip(), None
        text, seat = take_file(file), seated(seat)
        if seat.paper.text.strip():
            seat.desk.keep(seat.paper, "放入文件之前")
        return text, None

    def restored(self, seat: Seat, event: gr.EventData) -> tuple[Any, ...]:
        """Put an earlier version back, the present one kept."""
        seat.restore(str(event.id))
        paper = seat.paper
        done = self.view(seat, remark="已恢复这一稿；之前的文字在“稿次”里。")
        return done, paper.text, paper.notes, paper.section

    def downloaded(self, seat: Seat, event: gr.EventData) -> Update:
        """Make a file of the text, and hand it over."""
        checked = seat.paper.checked
        text = checked.text if checked else seat.paper.text
        return handed_over(text_file(text, str(event.kind), title="校对稿", model=None))


def build_check(page: Page) -> None:
    """Build the tab and wire it."""
    seat = gr.State()
    titles = [(template.front.title, name) for name, template in load_templates().items()]
    with side_by_side() as (left, right):
        with left:
            text = gr.Textbox(label="文稿", lines=14, max_lines=26, placeholder="把要校对的文稿粘贴到这里")
            file = drop("从文件读入文稿")
            with gr.Accordion("对照要点核对（可不填）", open=False):
                notes = gr.Textbox(label="对照的要点", lines=5, max_lines=14, placeholder=NOTES_HINT)
                section = gr.Dropdown([("不限", ""), *titles], value="", label="是哪一节", filterable=False)
            go = gr.Button("校对", variant="primary", elem_id="check-go")
        with right:
            paper, files = view("check"), outbox()
    tab = CheckTab(page.settings)
    boxes: list[Any] = [text, notes, section]
    asked = [seat, *boxes]
    page.blocks.load(guarded(tab.opened), None, [*asked, paper], **QUIET)
    gr.on([box.change for box in boxes], guarded(tab.asked), asked, None, trigger_mode="always_last", **QUIET)
    go.click(guarded(tab.checked), asked, [paper], trigger_mode="once", **QUIET)
    file.upload(guarded(tab.read), [file, seat], [text, file], **QUIET)
    paper.act(guarded(tab.acted), [seat], [paper, text], **QUIET)
    paper.restore(guarded(tab.restored), [seat], [paper, *boxes], **QUIET)
    paper.download(guarded(tab.downloaded), [seat], [files], **QUIET)
