"""Cases: notes of a section and the text that an official would sign for them. They lie in ``eval/cases/*.toml``.

A file holds ``[[case]]`` tables. A case's reference stands in the file, or is taken from a report of the corpus, which
is then left out of the index (leave-one-out): the body of the report's own section, its heading apart, byte for byte
and masks included. Of a long section ``part`` names one numbered part by the beginning of its heading (``（四）``); the
reference is then that part's body.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.documents.parsing import parse
from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.paths import shipped
from assistant.types import Note, Report, Section
from assistant.writing.templates import SectionTemplate, load_templates

Tag = Literal["colloquial", "numbers", "contradiction", "single", "long", "mixed-order", "names", "documents"]
_FAULTS = {
    "missing": "没有写明",
    "extra_forbidden": "不是认识的键",
    "too_short": "是空的",
    "string_too_short": "是空的",
}
_PART_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Case:
    """Notes to be drafted from, and the reference text. ``report`` is the corpus file to leave out of the index."""

    id: str
    section: str
    kind: str
    topic: str
    notes: tuple[Note, ...]
    reference: str
    unit: str | None
    year: int | None
    report: str | None
    tags: tuple[str, ...]


class _CaseEntry(BaseModel):
    """A case as a file gives it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    section: str
    kind: str = Field(min_length=1)
    topic: str = Field(min_length=1)
    notes: tuple[str, ...] = Field(min_length=1)
    reference: str | None = Field(default=None, min_length=1)
    unit: str | None = Field(default=None, min_length=1)
    year: int | None = Field(default=None, ge=1949, le=2100)
    report: str | None = Field(default=None, pattern=r"^[^/\\]+$")
    part: str | None = Field(default=None, min_length=1)
    tags: tuple[Tag, ...] = ()

    @model_validator(mode="after")
    def _check_source(self) -> Self:
        """Refuse a case without a source of its reference, and a part of nothing; the message is key and fault."""
        if self.reference is None and self.report is None:
            raise ValueError("reference 没有写明")
        if self.part is not None and (self.reference is not None or self.report is None):
            raise ValueError("part 只在范文取自 report 时可用")
        if not all(self.notes):
            raise ValueError("notes 有一条是空的")
        return self


class _CaseFile(BaseModel):
    """A file of cases."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: tuple[_CaseEntry, ...] = Field(min_length=1)


def shipped_cases() -> tuple[Case, ...]:
    """Read the cases that ship with the product, in order of id."""
    return read_cases(shipped("eval/cases"))


def read_cases(folder: Path) -> tuple[Case, ...]:
    """Read the cases of all TOML files of a folder, in order of id.

    Reports are looked for in the folder, then in the shipped corpus. Raises `InputError`, which names file and key.
    """
    templates = load_templates()
    cases: dict[str, Case] = {}
    homes: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for entry in _entries(path):
            if entry.id in cases:
                raise InputError(
                    f"用例文件 {path.name} 的 id “{entry.id}”在 {homes[entry.id]} 里已经用过，请换一个编号。"
                )
            cases[entry.id] = _case(entry, path, templates)
            homes[entry.id] = path.name
    if not folder.is_dir():
        raise InputError(f"没有文件夹“{folder}”，请写出放用例的文件夹。")
    if not cases:
        raise InputError(f"文件夹“{folder}”里没有 .toml 用例文件，请写出放用例的文件夹。")
    return tuple(cases[id_] for id_ in sorted(cases))


def _entries(path: Path) -> tuple[_CaseEntry, ...]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"用例文件 {path.name} 无法读取或不是 TOML，请改正后再试。") from error
    try:
        return _CaseFile.model_validate(data).case
    except ValidationError as error:
        raise InputError(f"用例文件 {path.name} 的{_fault(error, data)}，请改正后再试。") from error


def _fault(error: ValidationError, data: dict[str, Any]) -> str:
    """Say which key of which case is at fault, the case by its id where it has one."""
    # A misspelt key is the cause of the one that is missing.
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    keys = list(first["loc"])
    where = ""
    if len(keys) > 1 and isinstance(keys[1], int):
        given = data["case"][keys[1]]
        named = given.get("id") if isinstance(given, dict) else None
        where = f"用例 {named} 的 " if named and isinstance(named, str) else f"第{keys[1] + 1}个用例的 "
        keys = keys[2:]
    if first["type"] == "value_error":
        return where + str(first["ctx"]["error"])
    return f"{where or ' '}{'.'.join(map(str, keys)) or 'case'} {_FAULTS.get(first['type'], '的值不合要求')}"


def _case(entry: _CaseEntry, path: Path, templates: dict[str, SectionTemplate]) -> Case:
    template = templates.get(entry.section)
    if template is None:
        known = "、".join(templates)
        raise InputError(
            f"用例文件 {path.name} 的用例 {entry.id} 的 section “{entry.section}”不认识，可用的有 {known}，请改正。"
        )
    return Case(
        id=entry.id,
        section=entry.section,
        kind=entry.kind,
        topic=entry.topic,
        notes=tuple(Note(f"n{number}", text) for number, text in enumerate(entry.notes, 1)),
        reference=entry.reference or _own_section(entry, path, template),
        unit=entry.unit,
        year=entry.year,
        report=entry.report,
        tags=entry.tags,
    )


def _own_section(entry: _CaseEntry, path: Path, template: SectionTemplate) -> str:
    """Return the body of the report's own section, or of the part named."""
    where = f"用例文件 {path.name} 的用例 {entry.id} 的"
    report = _report(str(entry.report), path.parent, where)
    deepest = 1 if entry.part is None else _PART_LEVEL
    found = [
        section
        for section in report.sections
        if section.role is template.front.role
        and section.level <= deepest
        and (section.heading or "").startswith(entry.part or "")
    ]
    if len(found) != 1:
        key, advice = ("part", "请照标题写") if entry.part else ("report", "请用 part 写明是哪一部分")
        count = f"有{len(found)}处" if found else "没有"
        raise InputError(
            f"{where} {key} 不合用，{report.name} 里{count}这样的“{template.front.title}”，{advice}。"
        )
    return _body(report, found[0])


def _report(name: str, folder: Path, where: str) -> Report:
    path = next((root / name for root in (folder, shipped("corpus")) if (root / name).is_file()), None)
    if path is None:
        raise InputError(f"{where} report “{name}”找不到，请放进用例文件夹，或改正文件名。")
    return parse(read_text(path), name=name)


def _body(report: Report, section: Section) -> str:
    return report.text[section.start : section.end].removeprefix(section.heading or "").strip()
