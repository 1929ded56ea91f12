"""What every tab is given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

    from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Page:
    """The settings, read once, and the blocks, whose ``load`` event tells that a browser has opened the page."""

    settings: "Settings"
    blocks: "gr.Blocks"
