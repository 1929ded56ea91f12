"""What a judge is asked and what it answers: JSON, read by pydantic; whatever else it says is no mark."""

import re
from collections.abc import Sequence
from functools import cache
from string import Template
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.evaluation.run_file import RunCase
from assistant.paths import shipped
from assistant.text.masks import show_masks
from assistant.writing.prompt_files import Front, fill, read_prompt
from assistant.writing.prompting import as_data
from assistant.writing.templates import find_template, load_templates

CRITERIA = ("忠实于要点", "条理", "文风", "可直接使用")
# Whatever stands between marks like those of a block could close it and speak to the judge.
_MARKS = str.maketrans("<>＜＞﹤﹥", "〈〉〈〉〈〉")
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_OBJECT = re.compile(r"\{[^{}]*\}")


class Marks(BaseModel):
    """A draft's marks, 1 to 5 a criterion."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    faithful: int = Field(alias="忠实于要点", ge=1, le=5)
    order: int = Field(alias="条理", ge=1, le=5)
    style: int = Field(alias="文风", ge=1, le=5)
    usable: int = Field(alias="可直接使用", ge=1, le=5)
    reason: str = Field(default="", alias="理由")

    def by_criterion(self) -> dict[str, int]:
        """Return the marks by the criteria's Chinese names."""
        return dict(zip(CRITERIA, (self.faithful, self.order, self.style, self.usable), strict=True))


class Preference(BaseModel):
    """Which of two drafts is better."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    winner: Literal["甲", "乙", "平"] = Field(alias="胜者")
    reason: str = Field(default="", alias="理由")


Reply = TypeVar("Reply", bound=BaseModel)


def read_reply(text: str, form: type[Reply]) -> Reply | None:
    """Return the JSON object of a reply, the last one if there are several, or none where it is not of the form."""
    objects = _OBJECT.findall(_THOUGHT.sub("", text))
    if not objects:
        return None
    try:
        return form.model_validate_json(objects[-1])
    except ValidationError:
        return None


def judge_prompts(name: str, case: RunCase, drafts: dict[str, str]) -> tuple[str, str]:
    """Return system and user message of a question (pointwise or pairwise) about drafts, which fill the holes named."""
    front = find_template(case.section, load_templates()).front
    values = {
        "title": front.title,
        "structure": front.structure,
        "notes": "\n".join(f"{number}. {_fenced(text)}" for number, text in enumerate(case.notes, 1)),
        "reference": _fenced(case.reference),
        **{hole: _fenced(text) for hole, text in drafts.items()},
    }
    return _prompt("judge").template, fill(_prompt(name), values)


def _fenced(text: str) -> str:
    """Return a text that cannot leave its block, whatever it contains."""
    return as_data(show_masks(text)).translate(_MARKS)


@cache
def _prompt(name: str) -> Template:
    return read_prompt(shipped("prompts") / "judge" / f"{name}.md", Front)[1]


def excerpted(reasons: Sequence[str], most: int = 200) -> str:
    """Return what a judge gave as its reason, on one line and no longer than a page can show."""
    line = " ".join(" ".join(reasons).split())
    return line if len(line) <= most else f"{line[:most]}…"
