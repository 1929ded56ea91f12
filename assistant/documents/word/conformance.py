"""What is looked at in a Word file, and how it is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.word.layout import SIZE_NAMES

# How many of the places that deviate are quoted.
_QUOTED = 2
_EXCERPT = 12
_SIZES = {size: name for name, size in SIZE_NAMES.items()}
ABSENT = "文中没有"


@dataclass(frozen=True, slots=True)
class Conformance:
    """A row of the table: what was looked at, what is asked for, what was found, and whether that will do."""

    item: str
    required: str
    found: str
    ok: bool


def tallied(item: str, required: str, deviations: Sequence[tuple[str, str]], total: int) -> Conformance:
    """Return the row of many places: ``deviations`` are what was found there and how each begins, of ``total`` looked at."""
    if not total:
        return Conformance(item, required, ABSENT, ok=True)
    if not deviations:
        return Conformance(item, required, f"{total}处均符合", ok=True)
    kinds = list(dict.fromkeys(found for found, _ in deviations))
    begins = "、".join(f"“{_short(text)}”" for _, text in deviations[:_QUOTED])
    more = "等" if len(deviations) > _QUOTED else ""
    said = "；".join(kinds[:_QUOTED])
    return Conformance(
        item, required, f"{total}处中有{len(deviations)}处不符：{said}（{begins}{more}）", ok=False
    )


def points(size: float) -> str:
    """Return a size as offices call it."""
    return _SIZES.get(size, f"{size:g}磅")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"
