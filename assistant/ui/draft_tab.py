"""起草: what is asked for on the left; the paper, and what it rests on, on the right."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.models.endpoint import chat_endpoint
from assistant.settings import Settings
from assistant.ui.draft_actions import keep, open_desk, rechecked, rewritten, surroundings, take_back, write
from assistant.ui.draft_run import Shown
from assistant.ui.draft_view import bench
from assistant.ui.handling import guarded, warn
from assistant.ui.page import Page
from assistant.ui.theme import STATIC
from assistant.ui.visiting import Visit, visitor_name
from assistant.workflow.desk import DraftPaper
from assistant.workflow.papers import choose, has_shelf
from assistant.workflow.saved_files import made_file
from assistant.writing.templates import load_templates

NOTES_HINT = "每行一条，例如：\n理论学习抓得不够紧\n责任书签了没人查，谈话43人次\n基层减负还有差距"
Update = dict[str, Any]


class DraftTab:
    """The handlers of the tab. What a visitor has lies in his `Visit`, never here."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """Lay a visitor's paper on the desk as he left it."""
        visit, error = open_desk(self.settings, visitor_name(request))
        paper = visit.paper
        shown = Shown(
            paper,
            None,
            error=error,
            remark="上次没有写完，写出的部分在这里。" if paper.unfinished and paper.text else "",
        )
        return (
            visit,
            paper.section,
            paper.unit,
            paper.year,
            paper.notes,
            self._with_shelf(paper),
            paper.count,
            self.bench(visit, shown),
        )

    def _with_shelf(self, paper: DraftPaper) -> Update:
        there = has_shelf(self.settings)
        info = None if there else "语料里还没有旧稿，可在“语料”页收入。"
        return gr.update(value=paper.passages and there, interactive=there, info=info)

    def bench(self, visit: Visit, shown: Shown) -> str:
        """Return the paper and what stands beside it."""
        visit.turn += 1
        return bench(shown, surroundings(self.settings, visit, ended=shown.ended), turn=visit.turn)

    def asked(self, visit: Visit, *fields: Any) -> None:
        """Write down what is asked for, so that it is there after a reload."""
        if visit and not visit.writing:
            take_back(visit, _paper(visit.paper, fields))

    def drafted(self, visit: Visit, *fields: Any) -> Iterator[tuple[Any, ...]]:
        """Write, showing the text as it comes; the buttons for writing and stopping take turns."""
        with closing(write(visit, _paper(visit.paper, fields), self.settings)) as run:
            for shown in run:
                busy = not shown.ended
                yield self.bench(visit, shown), gr.update(visible=not busy), gr.update(visible=busy)

    def stopped(self, visit: Visit) -> None:
        """Stop the writing; what is written stays."""
        visit.stop.set()

    def read(self, file: str | None, notes: str) -> tuple[str, None]:
        """Add a file's text to the notes, and forget the file."""
        if not file:
            return notes, None
        try:
            text = read_text(Path(file)).strip()
        except InputError as error:
            warn(str(error))
            return notes, None
        finally:
            Path(file).unlink(missing_ok=True)
        return (f"{notes.rstrip()}\n{text}" if notes.strip() else text), None

    def edited(self, visit: Visit, event: gr.EventData) -> None:
        """Write down the text as it is being changed."""
        if not visit.writing:
            take_back(visit, replace(visit.paper, text=event.text))

    def checked(self, visit: Visit, event: gr.EventData) -> str:
        """Check the text as it is now."""
        return self.bench(visit, rechecked(visit, event.text))

    def redone(self, visit: Visit, event: gr.EventData) -> Iterator[str]:
        """Have the item that the caret is in written again."""
        visit.paper = replace(visit.paper, text=event.text)
        for shown in rewritten(visit, event.at, event.words, self.settings):
            yield self.bench(visit, shown)

    def chosen(self, visit: Visit, event: gr.EventData) -> str:
        """Lay another candidate on the desk, the text before it kept."""
        keep(visit, replace(visit.paper, text=event.text or visit.paper.text), "修改")
        take_back(visit, choose(visit.paper, int(event.number)))
        return self.bench(visit, Shown(visit.paper, None))

    def restored(self, visit: Visit, event: gr.EventData) -> tuple[Any, ...]:
        """Put an earlier version back, the present one kept."""
        if event.text.strip():
            keep(visit, replace(visit.paper, text=event.text), "恢复之前")
        visit.paper = paper = visit.desk.restore(str(event.id))
        shown = Shown(paper, None, remark="已恢复这一稿；之前的文字在“稿次”里。")
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


def build(page: Page) -> None:
    """Build the tab and wire it."""
    tab, visit = DraftTab(page.settings), gr.State()
    with gr.Row(elem_classes="work"):
        with gr.Column(scale=0, min_width=320, elem_classes="asked"):
            fields, file, go, stop = _fields(page.settings)
        with gr.Column(scale=1, min_width=320):
            paper = gr.HTML(
                js_on_load=(STATIC / "bench.js").read_text("utf-8"), apply_default_css=False, elem_id="bench"
            )
            outbox = gr.HTML(
                html_template=" ",
                js_on_load=(STATIC / "outbox.js").read_text("utf-8"),
                apply_default_css=False,
                elem_classes="outbox",
            )
    _wire(page, tab, visit, fields, file, go, stop, paper, outbox)


def _fields(settings: Settings) -> tuple[list[gr.components.Component], gr.File, gr.Button, gr.Button]:
    """Make what is filled in: the fields in the order of `_paper`, the file, and the two buttons."""
    titles = [(template.front.title, name) for name, template in load_templates().items()]
    section = gr.Dropdown(titles, value="problems", label="写哪一节", filterable=False)
    with gr.Row(elem_classes="pair"):
        unit = gr.Textbox(label="单位", placeholder="如：局党组", max_length=60, min_width=120)
        year = gr.Number(
            label="年份",
            value=None,
            precision=0,
            minimum=1900,
            maximum=2200,
            min_width=90,
            placeholder="如：2025",
        )
    notes = gr.Textbox(label="要点", lines=11, max_lines=24, placeholder=NOTES_HINT)
    file = gr.File(
        label="从文件读入要点",
        show_label=False,
        file_count="single",
        type="filepath",
        height=64,
        elem_classes="drop",
    )
    endpoint = chat_endpoint(settings)
    with gr.Accordion("更多设置", open=False):
        passages = gr.Checkbox(label="参考旧稿", value=True)
        count = gr.Slider(1, 5, value=1, step=1, label="写几稿来比较", visible=endpoint is not None)
        gr.HTML(_who(endpoint.model if endpoint else None), js_on_load=None, apply_default_css=False)
    go = gr.Button("起草", variant="primary", elem_id="draft-go")
    stop = gr.Button("停止", variant="stop", visible=False, elem_id="draft-stop")
    return [section, unit, year, notes, passages, count], file, go, stop


def _who(model: str | None) -> str:
    from assistant.ui.markup import element

    words = f"由模型 {model} 写作。" if model else "没有设置模型，由离线写作完成：改写要点，不添事实。"
    return element("p", text=words, kind="hint")


def _wire(
    page: Page,
    tab: DraftTab,
    visit: gr.State,
    fields: list[Any],
    file: gr.File,
    go: gr.Button,
    stop: gr.Button,
    paper: Any,
    outbox: gr.HTML,
) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": True}
    page.blocks.load(guarded(tab.opened), None, [visit, *fields, paper], **quiet)
    asked = [visit, *fields]
    gr.on(
        [field.change for field in fields],
        guarded(tab.asked),
        asked,
        None,
        trigger_mode="always_last",
        **quiet,
    )
    go.click(guarded(tab.drafted), asked, [paper, go, stop], trigger_mode="once", **quiet)
    stop.click(guarded(tab.stopped), [visit], None, **quiet)
    file.upload(guarded(tab.read), [file, fields[3]], [fields[3], file], **quiet)
    paper.edit(guarded(tab.edited), [visit], None, trigger_mode="always_last", **quiet)
    for trigger, handler in (
        (paper.check, tab.checked),
        (paper.redo, tab.redone),
        (paper.choose, tab.chosen),
    ):
        trigger(guarded(handler), [visit], [paper], **quiet)
    paper.restore(guarded(tab.restored), [visit], [paper, *fields[:4]], **quiet)
    paper.download(guarded(tab.downloaded), [visit], [outbox], **quiet)
