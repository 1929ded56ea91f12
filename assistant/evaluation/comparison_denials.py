"""Clauses that say the same but that one of the two denies it: 不够及时 for 及时, 未发现串岗 for 个别人员存在串岗."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.likeness import Content, Evidence, content, evidence, held_share
from assistant.checks.units import phrases

# What turns a clause round. 不断, 不仅, 不足 and the like do not.
NOT = re.compile(
    r"(?:尚|还|仍)?(?:未|没有?|并未|并非|无(?![论线锡偿私关缝愧形数穷须疑])|欠缺|缺[乏少失]?(?![口点位席勤])"
    r"|不够|[较偏很太]少|难以|不(?![断仅但同忘懈力良久少时止可得足]|一定|存在))(?:能|曾)?"
)
# What says that there is nothing of the kind, however many words follow.
_NOTHING = re.compile(
    r"(?:[从并尚还仍]|至今)?(?:不存在|(?:没有|未)(?:出现|发现|发生)|没有(?=.*(?:问题|现象|情况)$))(?:过|任何)?"
)
# What may stand on one side only.
_IDLE = re.compile(
    r"(?:[还仍也]|依然)?(?:存在着?|出现|发现|发生)|(?:个别|少数|部分|有的|有些|一些|多数)(?:人员|同志)?"
    r"|的?(?:问题|现象|情况|行为)$|[很较更]|比较|十分|非常|相当|已经|足够|具有|具备|曾|咋|怎么"
)
_SAME, _WITHIN = 0.9, 0.95
# A short subject may be left out on one side.
_LEAST_CLAUSE, _SUBJECT = 4, 3


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause or a member of an enumeration: where it stands, what it speaks of, and how it is said.

    ``turns`` counts what turns it round, ``nothing`` tells that it says there is nothing of the kind.
    """

    start: int
    end: int
    bare: str
    turns: int
    nothing: bool


def denials(text: str, other: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the spans of the clauses of two texts of which one denies what the other says."""
    theirs = _clauses(other)
    for mine in _clauses(text):
        for one in theirs:
            if _turned(mine, one) or _no_such(mine, one) or _no_such(one, mine):
                yield (mine.start, mine.end), (one.start, one.end)


# Every piece of a text is held against every note, and so read many times.
@lru_cache(maxsize=512)
def _clauses(text: str) -> tuple[_Clause, ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[_Clause]:
    """Yield a text's clauses, and the members of an enumeration within them; a denial at its head denies each."""
    for start, end in phrases(text):
        whole = text[start:end]
        nothing = bool(_NOTHING.search(whole))
        spans = [match.span() for match in re.finditer("[^、]+", whole)]
        for first, last in spans if len(spans) == 1 else [(0, len(whole)), *spans]:
            said = _NOTHING.sub("", whole[first:last])
            bare, turns = _IDLE.sub("", NOT.sub("", said)), len(NOT.findall(said))
            # What is said of an enumeration's members may follow the last: 系统性、实践性还不够.
            if turns or nothing or last == len(whole):
                yield _Clause(start + first, start + last, bare, turns, nothing)


def _turned(one: _Clause, other: _Clause) -> bool:
    """Tell whether two clauses say the same word for word, and one of them turns it round."""
    if one.nothing or other.nothing or min(one.turns, other.turns) or one.turns % 2 == other.turns % 2:
        return False
    short, long = sorted((one.bare, other.bare), key=len)
    if long.endswith(short) and len(long) - len(short) <= _SUBJECT:
        return _content(short).weight >= _LEAST_CLAUSE
    return min(_share(one, other), _share(other, one)) > _SAME


def _no_such(one: _Clause, other: _Clause) -> bool:
    """Tell whether a clause says that there is nothing of what the other says there is."""
    if not one.nothing or other.nothing or one.turns != other.turns:
        return False
    return _share(one, other) > _WITHIN


def _share(one: _Clause, other: _Clause) -> float:
    part = _content(one.bare)
    return held_share(part, _evidence(other.bare)) if part.weight >= _LEAST_CLAUSE else 0.0


@lru_cache(maxsize=1024)
def _content(text: str) -> Content:
    return content(text, without=())


@lru_cache(maxsize=1024)
def _evidence(text: str) -> Evidence:
    return evidence([text])
