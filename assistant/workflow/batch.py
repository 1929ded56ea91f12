"""Drafts by the file: one JSON object a line in, one a line out."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.documents.notes import parse_notes
from assistant.documents.reading import read_text
from assistant.errors import CorpusError, GongwenError, InputError, ModelError, SettingsError
from assistant.settings import Settings
from assistant.workflow.drafting import draft, partial_text
from assistant.workflow.events import Finished, Started
from assistant.workflow.forms import draft_form
from assistant.workflow.requests import DraftRequest
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
) -> Iterator[Started | dict[str, Any]]:
    """Draft every line of a .jsonl file: who writes, once, then an object a line.

    A line that fails gives ``{id, error, partial}``, ``partial`` being what a model had written, and the rest go on. The
    whole file is read before the first draft. Raises what concerns all lines: `InputError` for the file, `CorpusError`,
    `SettingsError`.
    """
    lines = enumerate(read_text(path).split("\n"), 1)
    tasks = [_parse(line, number, path.name) for number, line in lines if line.strip()]
    if not tasks:
        raise InputError(f"“{path.name}”里没有任务，请每行写一个 JSON 对象。")
    announced = False
    for task in tasks:
        try:
            for event in draft(_request(task, templates, passages=passages), settings):
                if isinstance(event, Started) and not announced:
                    announced = True
                    yield event
                elif isinstance(event, Finished):
                    yield {"id": task.id, **draft_form(event.draft)}
        except (CorpusError, SettingsError):
            raise
        except GongwenError as error:
            partial = partial_text(error) if isinstance(error, ModelError) else ""
            yield {"id": task.id, "error": str(error), "partial": partial}


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
        source=text,
    )


def _one_line(note: str) -> str:
    return " ".join(note.split())
