"""Prompt files: TOML front matter between ``+++`` lines, then text with the ``$holes`` that the front matter declares."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import SettingsError

_FILE = re.compile(r"\A\+\+\+\n(?P<front>.*?)^\+\+\+\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


_FAULTS = {"missing": "没有写明", "extra_forbidden": "不是认识的键"}


class Front(BaseModel):
    """The front matter that every prompt file has; a misspelt key is an error that names file and key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    holes: tuple[str, ...]


FrontType = TypeVar("FrontType", bound=BaseModel)


def read_prompt(path: Path, front: type[FrontType]) -> tuple[FrontType, Template]:
    """Read a prompt file and check that the holes used are the holes declared. Raises `SettingsError`."""
    read, body = _read_prompt(prompt_text(path), path, front)
    return cast(FrontType, read), body


# A prompt file is read before every draft, for it may have changed, but parsed only when it has.
@lru_cache(maxsize=64)
def _read_prompt(text: str, path: Path, front: type[BaseModel]) -> tuple[BaseModel, Template]:
    match = _FILE.match(text)
    if not match:
        raise SettingsError(f"提示词文件 {path.name} 没有以 +++ 括起的文件头，请补上。")
    read = validated(front, parse_toml(match["front"], path), path)
    body = Template(match["body"].strip())
    check_holes(body, set(getattr(read, "holes", ())), path)
    return read, body


def check_holes(body: Template, declared: set[str], path: Path) -> None:
    """Raise `SettingsError` unless exactly the declared holes are used."""
    used = set(body.get_identifiers())
    if not body.is_valid() or used != declared:
        odd = "、".join(sorted("$" + name for name in used ^ declared)) or "$"
        raise SettingsError(f"提示词文件 {path.name} 中 {odd} 的声明与使用不一致，请核对文件头的 holes。")


def fill(body: Template, values: Mapping[str, str]) -> str:
    """Fill every hole; one that nobody has a value for is a `SettingsError`."""
    try:
        return body.substitute(values)
    except KeyError as error:
        raise SettingsError(
            f"提示词文件声明了不认识的 ${error.args[0]}，可用的有：{'、'.join(values)}，请改正后重试。"
        ) from error


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML; a fault is a `SettingsError` that names the file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"文件 {path.name} 的格式有误（{error}），请改正后重试。") from error


def validated(model: type[FrontType], data: object, path: Path) -> FrontType:
    """Validate data read from a file; a fault is a `SettingsError` that names file and key."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        fault = _FAULTS.get(first["type"], "的值不合要求")
        raise SettingsError(f"文件 {path.name} 的 {key} {fault}，请改正后重试。") from error


def prompt_text(path: Path) -> str:
    """Read a file that ships with the product or that the user changed. Raises `SettingsError`."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"无法读取提示词文件 {path}，请检查它是否存在且为 UTF-8 编码。") from error
