"""What the tabs share: buttons, the line above the paper, what stands where nothing is yet, earlier versions."""

from collections.abc import Sequence
from typing import Any

from assistant.ui.handling import page_words
from assistant.ui.markup import element, listed
from assistant.ui.panels import panel
from assistant.workflow.desk import Kept

EXPORTS = {"docx": "下载 Word", "md": "下载 .md", "txt": "下载 .txt"}


def button(text: str, act: str, *, kind: str = "", **data: Any) -> str:
    """Return a button; the browser sends ``act`` and what ``data`` says. None leaves an attribute out."""
    named = {name.replace("_", "-"): value for name, value in data.items()}
    attributes = {"type": "button", "data-act": act, **named}
    return element("button", text=text, kind=kind, attributes=attributes)


def status(remark: str = "", error: str = "") -> str:
    """Return the line that says what came of it, if anything is to be said."""
    parts = []
    if error:
        parts.append(element("p", text=page_words(error), kind="alert", attributes={"role": "alert"}))
    if remark:
        parts.append(element("p", text=page_words(remark), kind="remark", attributes={"role": "status"}))
    return element("div", *parts, kind="status") if parts else ""


def welcome(steps: Sequence[tuple[str, str]]) -> str:
    """Return what stands where nothing is yet: what to do, step by step."""
    items = (element("li", element("b", text=name), element("span", text=what)) for name, what in steps)
    return element("div", element("ol", *items), kind="welcome")


def takeaway() -> list[str]:
    """Return the buttons that copy and download."""
    files = (button(words, "download", data_kind=kind) for kind, words in EXPORTS.items())
    return [button("复制", "copy"), *files]


def versions_panel(kept: Sequence[Kept[Any]]) -> str:
    """Return the panel of earlier versions, none if there is none. A version's paper has a ``text``."""
    if not kept:
        return ""
    return panel("稿次", listed(map(_version, kept), kind="versions"), count=f"{len(kept)}稿", is_open=False)


def _version(version: Kept[Any]) -> str:
    parts = (
        element("span", text=version.saved[5:16].replace("T", " "), kind="when"),
        element("span", text=version.why, kind="why"),
        element("span", text=version.paper.text[:24].replace("\n", " ") or "（空）", kind="begins-with"),
    )
    attributes = {"type": "button", "data-act": "restore", "data-id": version.id, "title": "恢复这一稿"}
    return element("button", *parts, attributes=attributes)


def length(text: str) -> int:
    """Return how many characters a reader sees."""
    return sum(not mark.isspace() for mark in text)
