"""One slip of the pen between a phrase and what stands in a text."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A slip: ``how`` is wrong, missing, doubled or swapped; the phrase's ``length`` characters became ``span``.

    ``at`` is the slip's place in what stands in the text; for a missing character, the place it is missing from.
    """

    how: str
    at: int
    span: int


def edits(text: str, part: str, *, before: str = "") -> Iterator[Spoiled]:
    """Yield the slips by which ``part`` of a phrase may have become the opening of ``text``; none if it stands there.

    ``before`` is the character ahead of both, for it may stand twice. Other texts than one slip away yield nothing.
    """
    size = len(part)
    same = 0
    while same < size and same < len(text) and text[same] == part[same]:
        same += 1
    rest = part[same:]
    twice = part[same - 1] if same else before
    if text[same : same + 1] == twice and text.startswith(rest, same + 1):
        yield Spoiled("doubled", same, size + 1)
    if same == size:
        return
    if text.startswith(rest[1:], same):
        yield Spoiled("missing", same, size - 1)
    if same < len(text) and text.startswith(rest[1:], same + 1):
        yield Spoiled("wrong", same, size)
    if len(rest) > 1 and text.startswith(rest[1] + rest[0] + rest[2:], same):
        yield Spoiled("swapped", same, size)
