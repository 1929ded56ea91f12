"""Check a text: what it rests on, and what no note says. No model, no network, no index."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Grounding, Text
from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.types import Note
from assistant.workflow.forms import grounding_form
from assistant.writing.templates import find_template, load_templates

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text to be checked against notes, and passages whose facts it may not take.

    ``section`` is a section kind's name; ``given`` is what else the user said, such as unit and year.
    """

    text: str
    notes: tuple[Note, ...]
    passages: tuple[Text, ...] = ()
    section: str | None = None
    given: str = ""


def check(request: CheckRequest) -> Grounding:
    """Check a text against its notes."""
    return check_grounding(
        request.text,
        request.notes,
        passages=request.passages,
        section=request.section,
        given=request.given,
    )


def read_passages(path: Path) -> tuple[Text, ...]:
    """Read passages: a .jsonl file has an object ``{id, text}`` a line, any other file is one passage named like it.

    Raises `InputError`.
    """
    text = read_text(path)
    if path.suffix.lower() != ".jsonl":
        return (Text(path.name, text),)
    return tuple(
        Text(str(each.id), each.text)
        for each in (_parse(_Piece, line, number, path.name) for number, line in _lines(text))
    )


def check_batch(path: Path) -> Iterator[dict[str, Any]]:
    """Check every line of a .jsonl file, an object a line out; the whole file is read first. Raises `InputError`."""
    tasks = [_parse(_Task, line, number, path.name) for number, line in _lines(read_text(path))]
    if not tasks:
        raise InputError(f"“{path.name}”里没有任务，请每行写一个 JSON 对象。")
    requests = [(task.id, _request(task)) for task in tasks]
    for id_, request in requests:
        yield {"id": id_, **grounding_form(check(request))}


def section_named(name: str | None) -> str | None:
    """Return a section kind's own name, given that or what else it is called. Raises `InputError`."""
    return None if name is None else find_template(name, load_templates()).front.name


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    text: str


class _Task(BaseModel):
    """A line of a batch."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    draft: str
    notes: Sequence[_Piece]
    passages: Sequence[_Piece] = ()
    section: str | None = None


def _request(task: _Task) -> CheckRequest:
    return CheckRequest(
        text=task.draft,
        notes=tuple(Note(str(note.id), note.text) for note in task.notes),
        passages=tuple(Text(str(each.id), each.text) for each in task.passages),
        section=section_named(task.section),
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _parse(model: type[Model], line: str, number: int, name: str) -> Model:
    try:
        return model.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise InputError(f"“{name}”第{number}行不是 JSON 对象，请改正后重试。") from error
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"]) or "（整行）"
        keys = "、".join(model.model_fields)
        raise InputError(f"“{name}”第{number}行的 {key} 不可用，可用的键是{keys}。") from error
