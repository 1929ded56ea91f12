"""Batch files: one JSON object a line, pydantic at the border."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.documents.reading import read_text
from assistant.errors import InputError

Model = TypeVar("Model", bound=BaseModel)


def read_lines(path: Path, model: type[Model]) -> list[Model]:
    """Read every line of a .jsonl file. Raises `InputError`, naming the line and the key that cannot be used.

    Where the model itself refuses a line, with a ``ValueError``, its message is told.
    """
    numbered = enumerate(read_text(path).split("\n"), 1)
    tasks = [_parse(line, number, path.name, model) for number, line in numbered if line.strip()]
    if not tasks:
        raise InputError(f"“{path.name}”里没有任务，请每行写一个 JSON 对象。")
    return tasks


def _parse(line: str, number: int, name: str, model: type[Model]) -> Model:
    try:
        return model.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise InputError(f"“{name}”第{number}行不是 JSON 对象，请改正后重试。") from error
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "value_error":
            raise InputError(f"“{name}”第{number}行{first['ctx']['error']}") from error
        key = ".".join(str(part) for part in first["loc"]) or "（整行）"
        needed = "、".join(name for name, field in model.model_fields.items() if field.is_required())
        others = "、".join(name for name, field in model.model_fields.items() if not field.is_required())
        allowed = f"每行须有 {needed}" + (f"，可有 {others}" if others else "")
        raise InputError(f"“{name}”第{number}行的 {key} 不可用，{allowed}。") from error
