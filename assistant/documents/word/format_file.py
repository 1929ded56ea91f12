"""A unit's own format: the ``[format]`` table of a project file, laid over the standard's."""

import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.documents.word.layout import SIZE_NAMES, Margins, PageFormat, Part
from assistant.errors import SettingsError

_Size = Annotated[
    float, BeforeValidator(lambda value: SIZE_NAMES.get(value, value)), Field(ge=5, le=72, multiple_of=0.5)
]
_Font = Annotated[str, Field(min_length=1, max_length=60, pattern=r'^[^<>&"\x00-\x1f]+$')]
_Margin = Annotated[float, Field(ge=5, le=80)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Margins(_Strict):
    top: _Margin = 37
    bottom: _Margin = 35
    left: _Margin = 28
    right: _Margin = 26


class _Format(_Strict):
    """The keys of ``[format]``; what is left out is as in GB/T 9704—2012."""

    margins: _Margins = Field(default_factory=_Margins)
    lines: int = Field(default=22, ge=5, le=60)
    characters: int = Field(default=28, ge=10, le=60)
    body_font: _Font = PageFormat().body_font
    body_size: _Size = 16
    latin_font: _Font = PageFormat().latin_font
    fonts: dict[Part, _Font] = Field(default_factory=dict)
    sizes: dict[Part, _Size] = Field(default_factory=dict)
    bold: frozenset[Part] = PageFormat().bold
    lines_above_title: int = Field(default=1, ge=0, le=5)
    page_number: Literal["outside", "center", "none"] = "outside"


class _File(BaseModel):
    """A project file, of which other tables are not looked at here."""

    format: _Format = Field(default_factory=_Format)


def load_format(path: Path) -> PageFormat:
    """Return the format that a project file asks for. Raises `SettingsError` that names the file and the key."""
    try:
        table = _File.model_validate(tomllib.loads(path.read_text("utf-8-sig"))).format
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"读不了项目文件 {path}，请检查路径和编码（UTF-8）。") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"项目文件 {path} 不是正确的 TOML（{error}），请改正。") from error
    except ValidationError as error:
        raise SettingsError(f"项目文件 {path} 的 {_problem(error)}，请按 README 的版式表改正。") from error
    return _page_format(table, path)


def _page_format(table: _Format, path: Path) -> PageFormat:
    base = PageFormat()
    found = PageFormat(
        margins=Margins(**table.margins.model_dump()),
        lines=table.lines,
        characters=table.characters,
        body_font=table.body_font,
        body_size=table.body_size,
        latin_font=table.latin_font,
        fonts=MappingProxyType({**base.fonts, **table.fonts}),
        sizes=MappingProxyType({**base.sizes, **table.sizes}),
        bold=table.bold,
        lines_above_title=table.lines_above_title,
        page_number=table.page_number,
    )
    # Exact line heights cut off what is taller, and letters that are pushed into one another cannot be read.
    largest = max(found.size(part) for part in Part)
    if found.line_pitch < largest * 20 or found.spacing < -found.body_size * 2:
        raise SettingsError(
            f"项目文件 {path} 的 format 里，版心排不下这样的行数、字数和字号，请改小其中一项。"
        )
    return found


def _problem(error: ValidationError) -> str:
    faults: list[Any] = error.errors(include_url=False)
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    key = ".".join(str(part) for part in first["loc"] if part != "[key]")
    return f"{key} " + (
        "是不认识的键" if first["type"] == "extra_forbidden" else f"写作 {first['input']!r}，不可用"
    )
