"""Drafts by the file: one JSON object a line in, one a line out."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.documents.notes import parse_notes
from assistant.documents.reading import read_text
from assistant.errors import CorpusError, GongwenError, InputError, SettingsError
from assistant.settings import Settings
from assistant.workflow.drafting import DraftRequest, draft
from assistant.workflow.events import Finished
from assistant.workflow.forms import draft_form
from assistant.writing.templates import SectionTemplate, find_template


class BatchLine(BaseModel):
    """A line of a batch: ``notes`` is a list of notes, or one text with a bullet a line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    section: str
    notes: str | list[str]
    unit: str | None = None
    year: int | None = None


def draft_batch(
    path: Path, templates: Mapping[str, SectionTemplate], settings: Settings, *, passages: bool = True
) -> Iterator[dict[str, Any]]:
    """Draft every line of a .jsonl file; a line that fails gives ``{id, error}`` and the rest go on.

    Raises what concerns all lines: `InputError` for the file, `CorpusError`, `SettingsError`.
    """
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        task = _parse(line, number, path.name)
        try:
            request = _request(task, templates, passages=passages)
            yield {"id": task.id, **_drafted(request, settings)}
        except (CorpusError, SettingsError):
            raise
        except GongwenError as error:
            yield {"id": task.id, "error": str(error)}


def _parse(line: str, number: int, name: str) -> BatchLine:
    try:
        return BatchLine.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise InputError(f"“{name}”第{number}行不是 JSON 对象，请改正后重试。") from error
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"]) or "（整行）"
        message = f"“{name}”第{number}行的 {key} 不可用，每行须有 id、section、notes，可有 unit、year。"
        raise InputError(message) from error


def _request(task: BatchLine, templates: Mapping[str, SectionTemplate], *, passages: bool) -> DraftRequest:
    text = (
        task.notes
        if isinstance(task.notes, str)
        else "\n".join(f"- {_one_line(note)}" for note in task.notes)
    )
    return DraftRequest(
        template=find_template(task.section, templates),
        notes=parse_notes(text, name=str(task.id)),
        unit=task.unit,
        year=task.year,
        passages=passages,
    )


def _one_line(note: str) -> str:
    return " ".join(note.split())


def _drafted(request: DraftRequest, settings: Settings) -> dict[str, Any]:
    finished = [event for event in draft(request, settings) if isinstance(event, Finished)]
    return draft_form(finished[-1].draft)
