"""What every tab is laid out with: what is asked on the left, the paper on the right."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from assistant.ui.theme import STATIC

# Every event of the page: for the browser alone, and without the library's own signs of waiting.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": True}


@contextmanager
def side_by_side() -> Iterator[tuple[gr.Column, gr.Column]]:
    """Give the two columns of a tab."""
    with gr.Row(elem_classes="work"):
        yield (
            gr.Column(scale=0, min_width=320, elem_classes="asked"),
            gr.Column(scale=1, min_width=320),
        )


def drop(label: str, *, many: bool = False) -> gr.File:
    """Make the place where files are dropped."""
    return gr.File(
        label=label,
        show_label=False,
        file_count="multiple" if many else "single",
        type="filepath",
        height=64,
        elem_classes=["drop", "many"] if many else ["drop"],
    )


def view(name: str) -> Any:
    """Make the place of a tab's markup. Its events are act, restore, download and opened."""
    return gr.HTML(
        js_on_load=(STATIC / "acting.js").read_text("utf-8"), apply_default_css=False, elem_id=f"{name}-view"
    )


def kept(text: str) -> Any:
    """Return what a box is to hold, or leave it alone where nothing was kept: the visitor may be typing already."""
    return text or gr.skip()


def outbox() -> gr.HTML:
    """Make what hands files to the browser."""
    return gr.HTML(
        html_template=" ",
        js_on_load=(STATIC / "outbox.js").read_text("utf-8"),
        apply_default_css=False,
        elem_classes="outbox",
    )
