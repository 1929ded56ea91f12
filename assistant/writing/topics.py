"""Which topic family a note belongs to (``prompts/topics.toml``)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import SettingsError
from assistant.paths import shipped
from assistant.writing.prompt_files import parse_toml, prompt_text, validated

# What stands before the matter of a note: when, whose, how many.
_BEFORE_MATTER = re.compile(
    r"^(?:[一二三四五六七八九十]+是|(?:今年|去年|全年|年初|年底|上半年|下半年|[一二三四]季度|\d+月(?:\d+日)?|\d{4}年|有的|有些|个别|部分|少数|一些"
    r"|局里|单位里|有?\d+个(?:支部|科室|单位)的?|打算|争取|准备|继续|把|对|因为))+"
)
_NEAR = 5


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

    def opens(self, note: str) -> bool:
        """Tell whether a note begins with a matter of this family, and does not only touch on it."""
        first = re.split("[，。；：]", _BEFORE_MATTER.sub("", note))[0]
        return any(match.start() <= _NEAR for key in self.keys if (match := key.search(first)))


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
