"""评测: a draft and what it is to be held against on the left, the comparison on the right."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.errors import InputError
from assistant.evaluation.compare_papers import ComparePaper, compared_page
from assistant.retrieval.registry import ReportEntry
from assistant.settings import Settings
from assistant.text.masks import show_masks
from assistant.ui.evaluate_view import evaluate_view
from assistant.ui.handling import guarded
from assistant.ui.layout import QUIET, drop, kept, outbox, side_by_side, view
from assistant.ui.page import Page
from assistant.ui.sitting import Sitting, handed_over, seated, sit_down, take_file, within_limit
from assistant.workflow.papers import has_shelf
from assistant.workflow.saved_files import MadeFile
from assistant.workflow.shelf import shelf_reports
from assistant.writing.templates import load_templates

OWN = [("自己写入或放入文件", "")]
Seat = Sitting[ComparePaper]
Update = dict[str, Any]


class EvaluateTab:
    """The handlers of the tab."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """Put what the visitor left into the boxes."""
        seat = sit_down(self.settings, request, "compare", ComparePaper)
        paper = seat.paper
        boxes = (
            kept(paper.text),
            kept(paper.reference),
            self._choices(paper.report),
            kept(paper.notes),
            paper.section,
        )
        return seat, *boxes, evaluate_view(error=seat.error), self._own(paper.report)

    def seen(self, report: str) -> Update:
        """Offer the reports that there are now."""
        return self._choices(report)

    def _choices(self, report: str) -> Update:
        entries = shelf_reports(self.settings) if has_shelf(self.settings) else []
        known = any(entry.id == report for entry in entries)
        choices = [*OWN, *((_told(entry), entry.id) for entry in entries)]
        return gr.update(choices=choices, value=report if known else "")

    def chosen(self, report: str) -> Update:
        """Show the boxes for a reference of one's own only where they count."""
        return self._own(report)

    def _own(self, report: str) -> Update:
        return gr.update(visible=not report)

    def asked(self, seat: Seat | None, *boxes: str) -> None:
        """Write down what stands in the boxes, so that it is there after a reload."""
        if seat:
            seat.put(_paper(boxes))

    def evaluated(self, seat: Seat | None, *boxes: str) -> tuple[str, str]:
        """Compare."""
        seat = seated(seat)
        seat.put(_paper([within_limit(box) for box in boxes]))
        page = compared_page(seat.paper, self.settings)
        return evaluate_view(page), page

    def read(self, file: str | None) -> tuple[Any, None]:
        """Put a file's text into its box."""
        return (take_file(file), None) if file else (gr.skip(), None)

    def downloaded(self, page: str | None) -> Update:
        """Hand over the comparison's page."""
        if not page:
            raise InputError("还没有评测结果，请先评测再下载。")
        return handed_over(MadeFile("评测结果.html", "text/html;charset=utf-8", page.encode()))


def _told(entry: ReportEntry) -> str:
    """Return what a report is called, and what it is where its name does not tell."""
    title = show_masks(entry.title or entry.kind or "")
    year = f"{entry.year}年" if entry.year and str(entry.year) not in title else ""
    return entry.name if not title or title in entry.name else f"{entry.name}　{year}{title}"


def _paper(boxes: Sequence[str | None]) -> ComparePaper:
    return ComparePaper(*(box or "" for box in boxes))


def build_evaluate(page: Page) -> None:
    """Build the tab and wire it."""
    seat, made = gr.State(), gr.State()
    titles = [(template.front.title, name) for name, template in load_templates().items()]
    with side_by_side() as (left, right):
        with left:
            text = gr.Textbox(label="草稿", lines=8, max_lines=16, placeholder="把要评的草稿粘贴到这里")
            file = drop("从文件读入草稿")
            report = gr.Dropdown(OWN, value="", label="参考稿")
            with gr.Column(elem_classes="own") as own:
                reference = gr.Textbox(
                    label="参考稿的文字", lines=6, max_lines=16, placeholder="定稿，或往年的同一节"
                )
                other = drop("从文件读入参考稿")
            with gr.Accordion("更多设置", open=False):
                notes = gr.Textbox(label="起草所据的要点（可不填）", lines=4, max_lines=12)
                section = gr.Dropdown(
                    [("从文稿里看", ""), *titles], value="", label="比哪一节", filterable=False
                )
            go = gr.Button("评测", variant="primary", elem_id="evaluate-go")
        with right:
            shown, files = view("evaluate"), outbox()
    tab = EvaluateTab(page.settings)
    boxes: list[Any] = [text, reference, report, notes, section]
    asked = [seat, *boxes]
    page.blocks.load(guarded(tab.opened), None, [*asked, shown, own], **QUIET)
    gr.on([box.change for box in boxes], guarded(tab.asked), asked, None, trigger_mode="always_last", **QUIET)
    report.change(guarded(tab.chosen), [report], [own], **QUIET)
    shown.opened(guarded(tab.seen), [report], [report], **QUIET)
    go.click(guarded(tab.evaluated), asked, [shown, made], trigger_mode="once", **QUIET)
    file.upload(guarded(tab.read), [file], [text, file], **QUIET)
    other.upload(guarded(tab.read), [other], [reference, other], **QUIET)
    shown.download(guarded(tab.downloaded), [made], [files], **QUIET)
