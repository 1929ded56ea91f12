"""Operators on whole items: one dropped, or two run into one."""

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from assistant.evaluation.probe_layout import ORDINAL, Item, draft_items, rebuilt
from assistant.evaluation.probe_pairs import Alteration, Pair


def _bodies(pair: Pair) -> list[str]:
    return [pair.draft[item.start : item.end] for item in draft_items(pair)]


def _in_one_run(pair: Pair) -> bool:
    """Tell whether the items follow one another without other text between them, so that they can be numbered anew."""
    own = draft_items(pair)
    return len(own) > 1 and all(not pair.draft[one.end : other.start].strip() for one, other in pairwise(own))


def note_dropped(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Leave out the item of one note and number the others anew."""
    for place, item in enumerate(draft_items(pair)):
        if len(item.notes) == 1 and _in_one_run(pair):
            bodies = _bodies(pair)
            yield Alteration(rebuilt(pair, bodies[:place] + bodies[place + 1 :]), notes=item.notes)


def items_merged(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Run two neighbours into one item that keeps the head of the first and the rest of the second."""
    own, bodies = draft_items(pair), _bodies(pair)
    for place in range(len(own) - 1):
        head, lost = _split(bodies[place])
        gone, rest = _split(bodies[place + 1])
        if not (_in_one_run(pair) and re.search(r"\d|.{8}", lost) and gone and rest):
            continue
        merged = f"{head}，{rest}"
        yield _merged(pair, place, merged, own[place : place + 2])


def _split(body: str) -> tuple[str, str]:
    """Return an item's first clause with its number, and the rest; the rest is empty where there is one clause."""
    match = re.match(rf"((?:{ORDINAL.pattern})?[^，。；\n]+)[，。](.+)", body.strip(), re.DOTALL)
    return (match[1], re.sub(r"[。；\s]*$", "", match[2])) if match else (body, "")


def _merged(pair: Pair, place: int, merged: str, both: tuple[Item, ...]) -> Alteration:
    bodies = _bodies(pair)
    draft = rebuilt(pair, [*bodies[:place], merged, *bodies[place + 2 :]])
    words = ORDINAL.sub("", merged, count=1)
    start = draft.index(words)
    return Alteration(draft, start, start + len(words), tuple(note for item in both for note in item.notes))


def items_reordered(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put the items into another order, numbered anew."""
    bodies = _bodies(pair)
    if _in_one_run(pair):
        shuffled = chance.sample(bodies, k=len(bodies))
        yield Alteration(rebuilt(pair, shuffled if shuffled != bodies else bodies[::-1]))
