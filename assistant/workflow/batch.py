"""Drafts by the file: one JSON object a line in, one a line out."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.documents.notes import parse_notes
from assistant.errors import CorpusError, GongwenError, ModelError, SettingsError
from assistant.settings import Settings
from assistant.workflow.drafting import draft, partial_text
from assistant.workflow.events import Finished, Started
from assistant.workflow.forms import draft_form
from assistant.workflow.lines import read_lines
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
    tasks = read_lines(path, BatchLine)
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
