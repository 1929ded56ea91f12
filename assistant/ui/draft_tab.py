"""起草: what is asked for on the left; the paper, and what it rests on, on the right."""

from typing import Any

import gradio as gr

from assistant.models.endpoint import chat_endpoint
from assistant.settings import Settings
from assistant.ui.draft_handlers import DraftHandlers
from assistant.ui.handling import guarded
from assistant.ui.markup import element
from assistant.ui.page import Page
from assistant.ui.theme import STATIC
from assistant.writing.templates import load_templates

NOTES_HINT = "每行一条，例如：\n理论学习抓得不够紧\n责任书签了没人查，谈话43人次\n基层减负还有差距"


def build(page: Page) -> None:
    """Build the tab and wire it."""
    tab, visit = DraftHandlers(page.settings), gr.State()
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
    words = f"由模型 {model} 写作。" if model else "没有设置模型，由离线写作完成：改写要点，不添事实。"
    return element("p", text=words, kind="hint")


def _wire(
    page: Page,
    tab: DraftHandlers,
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
