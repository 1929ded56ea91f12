"""What a stretch of text must look like to be a person's name: a surname and a given name, or one of another language."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_anchors import left_anchor
from assistant.text.entity_scan import Scan, entity_lists, longest_of, verbs

# The most that a shape, or what stands on one side of a name, can tell.
SURE = 3
# A surname and two characters.
_WHOLE = 3


@dataclass(frozen=True, slots=True)
class _Shapes:
    first: frozenset[str]
    surname: re.Pattern[str]
    plain: frozenset[str]
    seldom: frozenset[str]
    no_name: frozenset[str]
    pure: frozenset[str]
    foreign: re.Pattern[str]
    marked: frozenset[str]
    pieces: re.Pattern[str]
    post: re.Pattern[str]


@cache
def _shapes() -> _Shapes:
    lists, persons = entity_lists()["frames"], entity_lists()["persons"]
    singles = "".join(
        sorted(
            {*persons["surnames"], *lists["surnames"], *lists["seldom_surnames"]} - {*lists["no_surnames"]}
        )
    )
    foreign = {*lists["foreign"], *lists["marked"]}
    return _Shapes(
        first=frozenset({*singles, *foreign, *(name[0] for name in persons["compound"].split())}),
        surname=re.compile(rf"{longest_of(persons['compound'].split())}|[{singles}]"),
        plain=frozenset(lists["plain"].split()),
        seldom=frozenset(lists["seldom_surnames"]),
        no_name=frozenset(lists["no_name"]),
        pure=frozenset(persons["surnames"]) - {*persons["rare"], *persons["half"], *lists["impure"]},
        foreign=re.compile(f"[{''.join(sorted(foreign))}]{{2,10}}"),
        marked=frozenset(lists["marked"]),
        pieces=re.compile(longest_of(persons["ethnic"].split())),
        post=re.compile(longest_of([*persons["posts"].split(), *lists["posts"].split()])),
    )


def may_begin(sign: str) -> bool:
    """Tell whether a name may begin with a character."""
    return sign in _shapes().first


def name_shape(scan: Scan, start: int, end: int) -> int:
    """Return how much a stretch looks like a name: 3 as no word, 2 as a word that may be one too, 1 perhaps, 0 not."""
    text = scan.folded[start:end]
    if text in _shapes().plain or "·" in text or not scan.is_free(start, end):
        return 0
    return max(foreign_shape(scan, start, end), _native(scan, start, end))


def _native(scan: Scan, start: int, end: int) -> int:
    """Return how much a stretch looks like a surname and a given name of one or two characters."""
    lists, text, words = _shapes(), scan.folded[start:end], scan.between(start, end)
    surname = lists.surname.match(text)
    given = text[surname.end() :] if surname else ""
    if surname is None or not 1 <= len(given) <= 2:
        return 0
    seldom = surname.group() in lists.seldom
    if lists.post.fullmatch(given) or (len(words) > 1 and set(given) & lists.no_name):
        return 0
    if words[0].start < start or words[-1].end > end or seldom:
        return 1 if len(words) > 1 else 0
    if len(words) == 1 and not words[0].tag.startswith("nr"):
        return 2 if len(text) == 2 else 0
    return 2 if given in verbs() else 3


def is_surname(scan: Scan, at: int) -> bool:
    """Tell whether the character at a position is a surname that is nothing else, behind what may lead to a name."""
    return at >= 0 and scan.folded[at] in _shapes().pure and scan.begins(at) and left_anchor(scan, at) > 0


def is_pure(scan: Scan, start: int, end: int) -> bool:
    """Tell whether a stretch is a surname that is nothing else, and two characters that end where a word does."""
    pure = scan.folded[start] in _shapes().pure and end - start == _WHOLE and scan.begins(start + 1)
    return pure and scan.begins(start) and scan.begins(end)


def foreign_shape(scan: Scan, start: int, end: int) -> int:
    """Return how much the characters are those that write Mongolian, Tibetan, Uyghur, Kazakh or Yi names."""
    text, lists = scan.folded[start:end], _shapes()
    if not lists.foreign.fullmatch(text):
        return 0
    known = "".join(match.group() for match in lists.pieces.finditer(text))
    marks = sum(sign in lists.marked or sign in known for sign in text)
    if text[1:] and lists.surname.match(text[0]) and len(text) > 3 and text[1:] in known:
        return 3
    if marks >= max(2, (len(text) + 1) // 2):
        return 3
    return 1 if marks and len(text) > 2 and len(scan.between(start, end)) > 1 else 0
