"""Where the lines of a long title part: between words, and at the same place in every program that sets it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

# How full the lines are at which a title takes one more.
_FULL = 0.93
_STEP = 0.5
_BETWEEN = 0.375
# Terms that are several words and stay on one line all the same.
_WHOLE = re.compile(
    r"全面从严治党|党风廉政建设|基层党组织|主体责任|监督责任|意识形态|民主生活会|组织生活会|巡[视察]整改|述职述廉"
)
# Some programs put a quarter of a character between Chinese and Latin, whatever the file says.
_GAPS = (0.0, 0.25)
_NO_START = "，。、；：！？》”’）】〕〉％%"
_NO_END = "《“‘（【〔〈"


def width(text: str) -> float:
    """Return how many characters of the grid a text takes: a Latin letter or digit is half a Chinese character."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def title_room(text: str, most: float) -> float:
    """Return how wide the lines of a title are to be, in characters, for at most ``most``; 0 where one line holds it.

    The lines part between words; those of unlike length are preferred, for 7.3.1 asks for a trapezium or a rhomb.
    """
    from assistant.text.words import cut_points

    total = width(text)
    if total <= most * _FULL:
        return 0.0
    count = int(total // (most * _FULL)) + 1
    inner = {place for term in _WHOLE.finditer(text) for place in range(term.start() + 1, term.end())}
    points = cut_points(text) - inner
    found = list(_rooms(text, total / count, most))
    whole = [(room, ends) for room, ends in found if len(ends) == count and points.issuperset(ends)]
    uneven = [room for room, ends in whole if _is_uneven(text, ends)]
    narrow = [room for room, ends in found if ends[0] in points]
    return next(iter([*uneven, *(room for room, _ in whole), *narrow]), 0.0)


def _rooms(text: str, least: float, most: float) -> Iterator[tuple[float, list[int]]]:
    """Yield the widths at which all programs part the lines alike, and where the lines end."""
    # Between two widths that lines can have: rounding moves nothing.
    room = round(least / _STEP) * _STEP + _BETWEEN
    while room <= most:
        ends, other = (line_ends(text, room, gap) for gap in _GAPS)
        starts = "".join(text[end] for end in ends[:-1])
        lasts = "".join(text[end - 1] for end in ends[:-1])
        if ends == other and not set(starts) & set(_NO_START) and not set(lasts) & set(_NO_END):
            yield room, ends
        room += _STEP


def line_ends(text: str, room: float, gap: float) -> list[int]:
    """Return where lines of that width end, with so much between Chinese and Latin; Latin words stay whole."""
    ends: list[int] = []
    start = at = 0
    while at < len(text):
        stop = at + 1
        while stop < len(text) and text[at].isascii() and text[stop].isascii():
            stop += 1
        if at > start and _set(text[start:stop], gap) > room:
            ends.append(at)
            start = at
        at = stop
    return [*ends, len(text)]


def _set(text: str, gap: float) -> float:
    return width(text) + gap * sum(one.isascii() != other.isascii() for one, other in pairwise(text))


def _is_uneven(text: str, ends: Sequence[int]) -> bool:
    lines = [width(text[start:end]) for start, end in pairwise([0, *ends])]
    return max(lines) - min(lines) >= 1
