"""The label of generated text: a line for the reader, and what the file says of itself for machines.

Source: 人工智能生成合成内容标识办法 (2025) and GB 45438-2025, which name the field AIGC and its keys.
"""

import json
from pathlib import PurePath
from typing import Literal

from assistant import __version__
from assistant.types import Draft
from assistant.writing.offline import NAME as OFFLINE_WRITER

BY_MODEL = "本文由人工智能辅助生成，请核对后使用。"
BY_RULE = "本文由程序按要点自动写成，未使用人工智能模型，请核对后使用。"
TextKind = Literal["md", "txt"]


def label_line(model: str) -> str:
    """Return the line for the reader of what a model wrote, or the offline writer, which is none."""
    return BY_RULE if model in ("", OFFLINE_WRITER) else BY_MODEL


def label_metadata(draft: Draft) -> str:
    """Return what a file says of itself as JSON. It names the maker and the model, nothing of the user's."""
    content = {
        "Label": "1",
        "ContentProducer": f"gongwen {__version__}",
        "ProduceID": draft.model,
    }
    return json.dumps({"AIGC": content}, ensure_ascii=False)


def labelled(text: str, draft: Draft | None, *, kind: TextKind) -> str:
    """Return the contents of a file: the text, under its label if it came of ``draft``.

    In Markdown the metadata is a comment in front, in plain text it is a line of its own at the end. What the offline
    writer wrote has none: that is no artificial intelligence.
    """
    body = text.rstrip("\n") + "\n"
    if draft is None:
        return body
    # "--" ends a comment early, and a model's name may hold it.
    metadata = label_metadata(draft).replace("--", "- -")
    label = label_line(draft.model)
    by_model = label == BY_MODEL
    if kind == "md":
        return (f"<!-- {metadata} -->\n\n" if by_model else "") + f"> {label}\n\n{body}"
    return f"（{label.rstrip('。')}）\n\n{body}" + (f"\n{metadata}\n" if by_model else "")


def file_name(title: str, unit: str, year: int | None, suffix: str) -> str:
    """Return a name for a file of a section, free of what file systems refuse."""
    name = "".join(filter(None, (unit, f"{year}年" if year else "", title))) or "草稿"
    safe = "".join("_" if mark in '\\/:*?"<>|\n\r\t' or ord(mark) < 32 else mark for mark in name)
    return PurePath(safe.strip(". ")[:60] or "草稿").name + suffix
