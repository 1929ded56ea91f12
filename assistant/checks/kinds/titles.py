"""《Titles》 of regulations, laws and books against a base of full names: what is a slip away from one of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.checks.lexicon.likeness import resemblance
from assistant.checks.lexicon.reading import entries
from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule
from assistant.types import Finding

Grade = Literal["certain", "likely"]

_LONGEST = 60
_NOTE = re.compile(
    r"[（(〈]?(?:试行|暂行|修订稿?|修正案?|草案|节选|第[一二三四五六]卷|[^（()）]{0,6}版|\d{4}[^（()）]{0,8}年?)[）)〉]?$"
)
_MARKS = str.maketrans("", "", "（）()〈〉《》“”‘’、，· 　—－-")
_STATE = re.compile("^(?:中国共产党|中华人民共和国)")
_LAW = re.compile("^中华人民共和国")
# From how many characters on a name is like no other; what often slips into one; what a name may end in.
_DISTINCT = 8
_LONG = 12
_LOOSE_WORDS = frozenset(["委", "若干", "工作", "管理", "有关", "暂行"])
_ENDINGS = frozenset(["条例", "规定", "规则", "准则"])
_FILLING = re.compile("^关于|的")


@dataclass(frozen=True, slots=True)
class Title:
    """What a title ought to be, and how sure that is."""

    name: str
    grade: Grade


class TitlesRule(Rule):
    """Titles that miss a name of the base by so little as ``grade`` says."""

    grade: Grade
    in_titles: bool = True

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the titles of this grade, marks included."""
        for start, end in text.titles.all:
            shown = text.text[start + 1 : end - 1]
            meant = near_title(shown)
            if meant is not None and meant.grade == self.grade:
                message = self.message.format(wrong=shown, right=meant.name)
                yield self.finding(start, end, replacement=f"《{meant.name}》", message=message)


def near_title(shown: str) -> Title | None:
    """Return the name that a title misses by a slip; none where it is right, a known short form or something else."""
    if not 4 <= len(shown) <= _LONGEST:
        return None
    return _near(_bare(shown))


@cache
def _near(bare: str) -> Title | None:
    base = _base()
    if len(bare) < 4 or bare in base.names:
        return None
    loose = _FILLING.sub("", bare)
    if loose in base.loose and len(bare) < len(_bare(base.loose[loose])):
        return Title(base.loose[loose], "likely")
    found = [(name, grade) for known, name in base.close(bare) if (grade := _grade(bare, known))]
    names = {name for name, _ in found}
    return Title(*found[0]) if len(names) == 1 else None


class _Base:
    """The names, by their bare form, with the prefix that may be dropped and without it."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        for words in entries("titles.txt"):
            name = words[0]
            bare = _bare(name)
            self.names[bare] = name
            self.names.setdefault(_STATE.sub("", bare), name)
        self.loose = {_FILLING.sub("", bare): name for bare, name in self.names.items()}
        self._pairs: dict[str, list[str]] = defaultdict(list)
        for bare in self.names:
            for pair in _pairs(bare):
                self._pairs[pair].append(bare)

    def close(self, bare: str) -> Iterator[tuple[str, str]]:
        """Yield the bare forms that share most pairs of characters with a title, and their names."""
        shared = Counter(known for pair in _pairs(bare) for known in self._pairs.get(pair, ()))
        for known, count in shared.items():
            if abs(len(known) - len(bare)) <= 2 and count >= len(bare) - 5 and count * 2 >= len(bare) - 1:
                yield known, self.names[known]


@cache
def _base() -> _Base:
    return _Base()


def _bare(title: str) -> str:
    return _NOTE.sub("", title).translate(_MARKS)


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}


def _grade(bare: str, known: str) -> Grade | None:
    """Return how sure it is that a title is a slip for a name: one stretch of one or two characters differs."""
    same = _shared(bare, known)
    left = _shared(bare[same:][::-1], known[same:][::-1])
    wrong, right = bare[same : len(bare) - left], known[same : len(known) - left]
    size = len(_LAW.sub("", known))
    if size < 5 or max(len(wrong), len(right)) > 2:
        return None
    long = size >= 8
    if not wrong:
        if len(right) == 1:
            return "certain" if long and same and left else None
        return "likely" if long and same and left else None
    if not right:
        doubled = wrong in (bare[max(0, same - len(wrong)) : same], bare[same + len(wrong) :][: len(wrong)])
        if doubled and long:
            return "certain"
        return "likely" if size >= _DISTINCT and same and left and wrong in _LOOSE_WORDS else None
    if len(wrong) == len(right) == 1:
        if resemblance(wrong, right):
            return "certain" if size >= 6 else "likely"
        return "likely" if size >= _DISTINCT - 1 and same and (left or size >= _LONG) else None
    if size >= _DISTINCT and same and wrong in _ENDINGS and right in _ENDINGS and not left:
        return "likely"
    if len(wrong) == len(right) and sorted(wrong) == sorted(right):
        return "likely"
    return None


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
