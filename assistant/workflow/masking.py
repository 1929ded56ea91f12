"""Masked texts, as the command and the page show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.errors import InputError
from assistant.models.endpoint import chat_endpoint
from assistant.models.masking import Masked, Masker, MaskPolicy, mask_policy
from assistant.settings import Settings
from assistant.text.secrecy import refuse_marked
from assistant.workflow.lines import read_lines


class MaskLine(BaseModel):
    """A line of a batch to mask."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    text: str


def mask_text(text: str, settings: Settings) -> Masked:
    """Mask one text as it would leave. Raises `InputError` when it bears a secrecy marking, `SettingsError`."""
    return _masked(text, mask_policy(settings))


@dataclass(frozen=True, slots=True)
class SentText:
    """A text as a model would get it: ``to`` is the model's address, none without a model; ``masks`` whether masking applies."""

    masked: Masked
    to: str | None
    masks: bool


def leaving_text(text: str, settings: Settings) -> SentText:
    """Return a text as it would leave now; without a model, as it would leave to one that is not on this machine.

    Raises `InputError` when it bears a secrecy marking and would leave the machine, `SettingsError`.
    """
    endpoint = chat_endpoint(settings)
    policy = mask_policy(settings)
    local = endpoint is not None and endpoint.is_local
    if not local:
        refuse_marked(text)
    masks = policy.applies(local=local)
    masked = Masker(policy).mask(text) if masks else Masked(text, ())
    return SentText(masked, endpoint.address if endpoint else None, masks)


def mask_batch(path: Path, settings: Settings) -> Iterator[dict[str, Any]]:
    """Mask every line of a .jsonl file: ``{id, text, entities}``, or ``{id, refused}`` with the reason.

    Each line is a job of its own. The whole file is read before the first is masked; raises `InputError` for the file,
    `SettingsError`.
    """
    tasks = read_lines(path, MaskLine)
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
