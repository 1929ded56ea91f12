"""Section templates: one file a section kind in ``prompts/sections``. Adding a kind means adding a file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import InputError, SettingsError
from assistant.paths import shipped
from assistant.types import Role
from assistant.writing.prompt_files import Front, check_holes, fill, read_prompt
from assistant.writing.topics import load_families

OPENING_HOLES = {"when", "who"}
TASK_HOLES = {"title", "structure", "least", "most"}


class Opening(BaseModel):
    """A lead-in of the offline writer: affirmation, turn and announcement in one sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["party", "general", "single"]
    text: str


class SectionFront(Front):
    """What a section template's front matter says. ``length`` is in characters, least and most."""

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    role: Role
    length: tuple[int, int]
    form: Literal["items", "sentences"]
    structure: str
    openings: tuple[Opening, ...] = ()
    endings: tuple[str, ...] = Field(min_length=1)
    topics: Mapping[str, tuple[str, ...]] = {}
    final: str | None = None
    final_unless: str | None = None


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A section kind: its front matter and the task it sets a model."""

    front: SectionFront
    body: Template

    def task(self) -> str:
        """Return the task as the prompt states it."""
        least, most = self.front.length
        values = {
            "title": self.front.title,
            "structure": self.front.structure,
            "least": str(least),
            "most": str(most),
        }
        return fill(self.body, {name: values[name] for name in self.front.holes})


def load_templates(folder: Path | None = None) -> dict[str, SectionTemplate]:
    """Load every section template by name, in order of name. Raises `SettingsError` on a faulty file."""
    root = folder or shipped("prompts") / "sections"
    families = {family.name for family in load_families()}
    templates: dict[str, SectionTemplate] = {}
    for path in sorted(root.glob("*.md")):
        front, body = read_prompt(path, SectionFront)
        _check(front, path, families)
        templates[front.name] = SectionTemplate(front, body)
    if not templates:
        raise SettingsError(f"文件夹 {root} 里没有小节模板，请重新安装 gongwen。")
    return templates


def _check(front: SectionFront, path: Path, families: set[str]) -> None:
    if unknown := set(front.holes) - TASK_HOLES:
        raise SettingsError(
            f"提示词文件 {path.name} 声明了不认识的 {_listed(unknown)}，可用的有 {_listed(TASK_HOLES)}。"
        )
    if strange := set(front.topics) - families:
        raise SettingsError(
            f"提示词文件 {path.name} 的 topics 中有不认识的主题族 {_listed(strange)}，请对照 topics.toml 改正。"
        )
    for opening in front.openings:
        check_holes(
            Template(opening.text), OPENING_HOLES & set(Template(opening.text).get_identifiers()), path
        )
    if front.form == "items" and not {"general", "single"} <= {opening.kind for opening in front.openings}:
        raise SettingsError(f"提示词文件 {path.name} 的 openings 须有 general 和 single 两种，请补上。")
    if front.final_unless is not None:
        try:
            re.compile(front.final_unless)
        except re.error as error:
            raise SettingsError(f"提示词文件 {path.name} 的 final_unless 不是正则表达式，请改正。") from error


def _listed(names: Iterable[str]) -> str:
    return "、".join(sorted(names))


def find_template(name: str, templates: Mapping[str, SectionTemplate]) -> SectionTemplate:
    """Return the template by its name, title or alias; an unknown one is an `InputError` that lists the known."""
    wanted = name.strip()
    for template in templates.values():
        if wanted in (template.front.name, template.front.title, *template.front.aliases):
            return template
    known = "、".join(f"{template.front.name}（{template.front.title}）" for template in templates.values())
    raise InputError(f"没有叫“{name}”的小节，可用的有：{known}，请从中选一个。")
