"""Clauses that say the same but for a word that gave its place to one for the opposite: 有所下降 for 有所上升, 逾期 for 按期."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.units import phrases
from assistant.evaluation.comparison_denials import NOT
from assistant.writing.polish_rules import opposites

# What the table of the polisher leaves to its fact lock.
_MORE = (
    ("按时|按期|如期|准时|提前", "逾期|超期|延期|拖期"),
    ("缩短", "延长|拉长"),
    ("结余|节余", "超支|亏空"),
    ("减轻", "加重"),
    ("[较偏]多(?!数)|(?<=年)多$", "[较偏]少(?!数)|(?<=年)少$"),
    ("[较偏]高", "[较偏]低"),
    ("增强", "减弱"),
    ("好转", "恶化"),
)
# What may stand on one side only.
_IDLE = re.compile(
    r"[了的得过]|有所|明显|显著|大幅|逐[年月步]|持续|进一步|不断|稍|略[有微]?|[比较]较|十分|非常|仍然?|依然|还|也|均|都|已经?|继续"
)
_SAME, _LEAST, _LEAST_ALIKE, _SUBJECT = 0.9, 2, 4, 3
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A word that has an opposite: which pair it is of and which side, where it stands, and what its clause says besides."""

    pair: int
    side: int
    start: int
    end: int
    before: str
    behind: str


def opposed(
    ours: Sequence[str], theirs: Sequence[str], pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, Span], tuple[int, Span]]]:
    """Yield where paired texts say the opposite of each other, of the same: the place of each text, and a span in it.

    What is said here as any text of the other side says it too is passed over.
    """
    mine, other = ([list(_turns(text)) for text in texts] for texts in (ours, theirs))
    known = [turn for turns in other for turn in turns]
    for here, there in pairs:
        for one in mine[here]:
            if any(turn.side == one.side and _is_of_the_same(one, turn) for turn in known):
                continue
            against = (turn for turn in other[there] if turn.side != one.side and _is_of_the_same(one, turn))
            for turn in islice(against, 1):
                yield (here, (one.start, one.end)), (there, (turn.start, turn.end))


def _turns(text: str) -> Iterator[_Turn]:
    """Yield the words with an opposite that stand alone of their pair in a clause which denies nothing."""
    for start, end in phrases(text):
        clause = text[start:end]
        if not _any_word().search(clause):
            continue
        for pair, sides in enumerate(_pairs()):
            found = [(side, match) for side in (0, 1) for match in sides[side].finditer(clause)]
            if len(found) != 1:
                continue
            [(side, match)] = found
            around = clause[: match.start()], clause[match.end() :]
            if not any(map(NOT.search, around)):
                before, behind = (_IDLE.sub("", words) for words in around)
                yield _Turn(pair, side, start + match.start(), start + match.end(), before, behind)


def _is_of_the_same(one: _Turn, other: _Turn) -> bool:
    """Tell whether two clauses say the same before and behind their words; a short subject may be left out."""
    if one.pair != other.pair or one.behind != other.behind:
        return False
    short, long = sorted((one.before, other.before), key=len)
    if long.endswith(short) and len(long) - len(short) <= (_SUBJECT if short else 0):
        return _weight(short, one.behind) >= _LEAST
    if min(_share(short, long), _share(long, short)) <= _SAME:
        return False
    return _weight(short, one.behind) >= _LEAST_ALIKE


def _weight(before: str, behind: str) -> int:
    return content(f"{before}，{behind}", without=()).weight


def _share(one: str, other: str) -> float:
    return held_share(content(one, without=()), evidence([other]))


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return (*opposites(), *((re.compile(one), re.compile(other)) for one, other in _MORE))


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(side.pattern for pair in _pairs() for side in pair))
