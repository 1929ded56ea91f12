"""How the page looks: system fonts only, quiet colours, the density of an office program."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

STATIC = Path(__file__).parent / "static"
STYLES = [STATIC / "page.css", STATIC / "bench.css"]
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
FIXED_FONTS = ("Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def office_theme() -> "Base":
    """Return the theme. No font is fetched: those named are the systems' own."""
    import gradio as gr
    from gradio.themes.utils.fonts import Font

    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        text_size="md",
        spacing_size="sm",
        radius_size="sm",
        font=[Font(name) for name in FONTS],
        font_mono=[Font(name) for name in FIXED_FONTS],
    ).set(
        body_background_fill="#f4f5f7",
        body_background_fill_dark="#15181d",
        block_border_width="0px",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_padding="0px",
        block_label_text_size="*text_sm",
        block_title_text_size="*text_sm",
        block_title_text_weight="600",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1d2129",
        input_border_width="1px",
        input_border_color="#c5cad3",
        input_border_color_dark="#3a404b",
        input_border_color_focus="#1f5fbf",
        button_primary_background_fill="#1f5fbf",
        button_primary_background_fill_hover="#184f9f",
        button_primary_background_fill_dark="#2f6fce",
        button_primary_text_color="#ffffff",
        color_accent="#1f5fbf",
        slider_color="#1f5fbf",
        checkbox_background_color_selected="#1f5fbf",
        checkbox_border_color_selected="#1f5fbf",
        button_cancel_background_fill="#ffffff",
        button_cancel_background_fill_hover="#fdecea",
        button_cancel_background_fill_hover_dark="#3a2220",
        button_cancel_background_fill_dark="#1d2129",
        button_cancel_text_color="#b3261e",
        button_cancel_text_color_dark="#ff9b92",
        button_cancel_border_color="#b3261e",
        button_border_width="1px",
        button_large_padding="7px 14px",
        button_large_text_size="*text_md",
        layout_gap="10px",
    )
