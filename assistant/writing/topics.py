"""Which topic family a note belongs to (``prompts/topics.toml``)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import SettingsError
from assistant.paths import shipped
from assistant.writing.prompt_files import parse_toml, prompt_text, validated


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    party: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A topic family: ``party`` tells matters of party building and integrity from general work."""

    name: str
    party: bool
    keys: tuple[re.Pattern[str], ...]

    def score(self, note: str) -> int:
        """Return the characters of a note that speak of this family; those of its first clause count twice."""
        first = re.split("[，。；：]", note)[0]
        return sum(
            len(match.group()) for text in (first, note) for key in self.keys if (match := key.search(text))
        )


def load_families(path: Path | None = None) -> tuple[Family, ...]:
    """Load the topic families in order of the file. Raises `SettingsError` on a faulty one."""
    source = path or shipped("prompts") / "topics.toml"
    return _families(prompt_text(source), source)


@lru_cache(maxsize=8)
def _families(text: str, source: Path) -> tuple[Family, ...]:
    families = []
    for name, data in parse_toml(text, source).items():
        record = validated(_Record, data, source)
        try:
            families.append(Family(name, record.party, tuple(re.compile(key) for key in record.keys)))
        except re.error as error:
            raise SettingsError(f"文件 {source.name} 中“{name}”的 keys 不是正则表达式，请改正。") from error
    return tuple(families)


def family_of(note: str, families: tuple[Family, ...]) -> Family | None:
    """Return the family that a note speaks of most, the earlier on a tie; none when no key is found."""
    best = max(families, key=lambda family: family.score(note), default=None)
    return best if best and best.score(note) > 0 else None
