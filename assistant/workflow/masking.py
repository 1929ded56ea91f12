"""Masked texts, as the command and the page show them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.models.masking import Masked, Masker, MaskPolicy, mask_policy
from assistant.settings import Settings
from assistant.text.secrecy import refuse_marked


class MaskLine(BaseModel):
    """A line of a batch to mask."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    text: str


def mask_text(text: str, settings: Settings) -> Masked:
    """Mask one text as it would leave. Raises `InputError` when it bears a secrecy marking, `SettingsError`."""
    return _masked(text, mask_policy(settings))


def mask_batch(path: Path, settings: Settings) -> Iterator[dict[str, Any]]:
    """Mask every line of a .jsonl file: ``{id, text, entities}``, or ``{id, refused}`` with the reason.

    Each line is a job of its own. The whole file is read before the first is masked; raises `InputError` for the file,
    `SettingsError`.
    """
    lines = enumerate(read_text(path).split("\n"), 1)
    tasks = [_parse(line, number, path.name) for number, line in lines if line.strip()]
    if not tasks:
        raise InputError(f"“{path.name}”里没有内容，请每行写一个 JSON 对象。")
    policy = mask_policy(settings)
    for task in tasks:
        try:
            yield {"id": task.id, **masked_form(_masked(task.text, policy))}
        except InputError as error:
            yield {"id": task.id, "refused": str(error)}


def masked_form(masked: Masked) -> dict[str, Any]:
    """Return ``{text, entities[{start, end, kind, text, placeholder}]}``; offsets are those of the text as read."""
    entities = [
        {
            "start": item.start,
            "end": item.end,
            "kind": item.kind,
            "text": item.text,
            "placeholder": item.placeholder,
        }
        for item in masked.entities
    ]
    return {"text": masked.text, "entities": entities}


def _masked(text: str, policy: MaskPolicy) -> Masked:
    refuse_marked(text)
    return Masker(policy).mask(text)


def _parse(line: str, number: int, name: str) -> MaskLine:
    try:
        return MaskLine.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise InputError(f"“{name}”第{number}行不是 JSON 对象，请改正后重试。") from error
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"]) or "（整行）"
        raise InputError(f"“{name}”第{number}行的 {key} 不可用，每行须有 id、text。") from error
