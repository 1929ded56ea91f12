"""The items of a clean draft and the notes that each came from, found by form and by shared characters alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.evaluation.probe_pairs import Alteration, Pair
from assistant.text.numerals import numeral

# 一是, 第一，, （一）, 1. and 一、, each where an item may begin.
ORDINAL = re.compile(
    r"(?:(?<=[。；：，:;\n])|^)"
    r"(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}，|（[一二三四五六七八九十]{1,3}）"
    r"|(?m:^)[一二三四五六七八九十]{1,3}、|(?m:^)\d{1,2}[.．、] ?)"
)
_PIECE = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]{1,3}")


@dataclass(frozen=True, slots=True)
class Item:
    """An item or sentence of a draft, its number and last mark included, and the ids of the notes it came from."""

    start: int
    end: int
    notes: tuple[str, ...]


@lru_cache(maxsize=256)
def draft_items(pair: Pair) -> tuple[Item, ...]:
    """Return the items that rest on notes; lead-ins and closings are left out."""
    spans = _spans(pair.draft)
    shares = [[_shared(note, pair.draft[start:end]) for start, end in spans] for note in pair.notes]
    homes = [max(range(len(spans)), key=row.__getitem__) for row in shares]
    found = []
    for place, (start, end) in enumerate(spans):
        ids = tuple(f"n{number}" for number, home in enumerate(homes, 1) if home == place)
        if ids:
            found.append(Item(start, end, ids))
    return tuple(found)


def notes_at(pair: Pair, position: int) -> tuple[str, ...]:
    """Return the ids of the notes that the item at a position came from."""
    return next((item.notes for item in draft_items(pair) if item.start <= position < item.end), ())


def _spans(draft: str) -> list[tuple[int, int]]:
    starts = [match.start() for match in ORDINAL.finditer(draft)]
    if len(starts) >= 2:
        return list(zip(starts, [*starts[1:], len(draft)], strict=True))
    spans = [match.span() for match in _PIECE.finditer(draft)]
    head = draft.find("：", *spans[0]) + 1
    return [(max(spans[0][0], head), spans[0][1]), *spans[1:]]


def _shared(note: str, piece: str) -> float:
    pairs = _pairs(note)
    return len(pairs & _pairs(piece)) / (len(pairs) or 1) + len(set(note) & set(piece)) / 1000


def _pairs(text: str) -> set[str]:
    letters = re.sub(r"[^\w]", "", text)
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def likeness(text: str, others: Iterable[str]) -> float:
    """Return the greatest share of the text's pairs of characters that another text holds."""
    return max((_shared(text, other) for other in others), default=0.0)


def replaced(pair: Pair, start: int, end: int, put: str) -> Alteration:
    """Return the draft with another text at a span."""
    draft = pair.draft[:start] + put + pair.draft[end:]
    return Alteration(draft, start, start + len(put), notes_at(pair, start))


def rebuilt(pair: Pair, bodies: list[str]) -> str:
    """Return the draft with other items in place of its own, numbered from one and marked at the end as they were."""
    own = draft_items(pair)
    first, last = own[0], own[-1]
    styles = [body[: match.end()] for body in bodies if (match := ORDINAL.match(body))]
    if not styles or len(styles) < len(bodies):
        numbered = bodies
    else:
        style = next(m.group() for m in [ORDINAL.match(pair.draft, first.start)] if m)
        numbered = [_numbered(body, style, number) for number, body in enumerate(bodies, 1)]
    joint = pair.draft[: first.end].rstrip()[-1]
    broken = pair.draft[first.start : first.end].endswith("\n")
    bare = [body.rstrip("。；\n ") for body in numbered]
    inner = [body + joint + "\n" * broken for body in bare[:-1]]
    final = f"{bare[-1]}。"
    return pair.draft[: first.start] + "".join(inner) + final + pair.draft[last.end :]


def _numbered(body: str, style: str, number: int) -> str:
    digits = str(number) if re.search(r"\d", style) else numeral(number)
    return _NUMBERED.sub(digits, style, count=1) + ORDINAL.sub("", body, count=1)
