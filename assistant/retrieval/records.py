"""A passage as it is indexed and as it is stored."""

import json
from collections.abc import Mapping
from typing import Any

from assistant.text.masks import show_masks
from assistant.types import Passage, Role


def embedding_text(passage: Passage) -> str:
    """Return what is embedded and searched: the headings above the passage and its text, masks shown as ``××``."""
    above = [heading for heading in passage.heading_path if heading not in passage.text]
    return show_masks("\n".join([*above, passage.text]))


def to_metadata(passage: Passage) -> dict[str, str | int]:
    """Return all of a passage but its id and text, flat."""
    return {
        "report": passage.report,
        "name": passage.name,
        "role": passage.role.value,
        "heading_path": json.dumps(passage.heading_path, ensure_ascii=False),
        "start": passage.start,
        "end": passage.end,
    }


def to_passage(id_: str, text: str, metadata: Mapping[str, Any]) -> Passage:
    """Return the passage that was stored as ``text`` and ``metadata``."""
    return Passage(
        id=id_,
        report=metadata["report"],
        name=metadata["name"],
        role=Role(metadata["role"]),
        heading_path=tuple(json.loads(metadata["heading_path"])),
        start=int(metadata["start"]),
        end=int(metadata["end"]),
        text=text,
    )
