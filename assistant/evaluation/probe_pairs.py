"""Pairs of notes and a clean draft: what the probes are made from. They lie in ``eval/probes/*.toml``."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.checks.results import Text
from assistant.errors import InputError


class Pair(BaseModel):
    """Notes and a draft that says what they say and nothing else; ``passages`` of old reports hold other facts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+-\d\d$")
    section: Literal["lead", "work", "problems", "plan", "closing"]
    notes: tuple[str, ...] = Field(min_length=1)
    draft: str = Field(min_length=10)
    passages: tuple[str, ...] = ()

    def passage_values(self) -> tuple[Text, ...]:
        """Return the passages with their ids p1, p2, …."""
        return tuple(Text(f"p{number}", text) for number, text in enumerate(self.passages, 1))

    def everything(self) -> str:
        """Return notes, draft and passages as one text, to ask whether something stands anywhere."""
        return "\n".join((*self.notes, self.draft, *self.passages))


class PairFile(BaseModel):
    """A file of pairs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pair: tuple[Pair, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Alteration:
    """A draft after one change: where the change stands (none where something is gone) and the notes it concerns.

    ``given`` are the notes to check against, where they are not the pair's own.
    """

    draft: str
    start: int | None = None
    end: int | None = None
    notes: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


def read_pairs(folder: Path) -> tuple[Pair, ...]:
    """Read the pairs of all files of the folder by name. Raises `InputError`, which names the file at fault."""
    pairs = tuple(pair for path in sorted(folder.glob("*.toml")) for pair in _read_file(path))
    if not pairs:
        raise InputError(f"文件夹“{folder}”里没有 .toml 题目文件，请写出放题目的文件夹。")
    if twice := [id_ for id_, count in Counter(pair.id for pair in pairs).items() if count > 1]:
        raise InputError(f"题目编号“{twice[0]}”用了不止一次，请改成各不相同的编号。")
    return pairs


def _read_file(path: Path) -> tuple[Pair, ...]:
    try:
        return PairFile.model_validate(tomllib.loads(path.read_text("utf-8"))).pair
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(f"题目文件 {path.name} 的 {place} 不合格式，请改正后再试。") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"题目文件 {path.name} 无法读取或不是 TOML，请改正后再试。") from error
