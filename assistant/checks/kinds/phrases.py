"""Fixed phrases by sound and shape: what is one slip away from a known phrase, and is itself no words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

from assistant.checks.lexicon.likeness import resemblance
from assistant.checks.lexicon.phrasebook import Near, Phrasebook, shipped_phrases
from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule
from assistant.text.terms import words
from assistant.types import Finding

_SHORT = 4
# Unbroken runs are cut at a length that no prose reaches, so that the time stays linear.
_RUN = re.compile(r"[\u4e00-\u9fff]{3,100}")
# Single characters that are words of their own in this prose: one of them in a gap is no sign of a slip.
_WORDS = frozenset(
    "的地得了着过和与及或并且而以于为在对向从由把被将让使给等之其该此各每某本我你他她它这那有是不没无未"
    "更最很再又也都就才已正只还均可能会要应须需不上下中内外前后里间新老大小多少高低好强全总共同"
    "一二三四五六七八九十百千万亿两几个项名人年月日次类种所者家化性力度率型式级区县市省乡镇村"
)

Grade = Literal["certain", "likely"]


@dataclass(frozen=True, slots=True)
class Miss:
    """A near miss in a text: what it should be, what befell it, and how sure that is."""

    start: int
    end: int
    phrase: str
    how: str
    grade: Grade


class PhrasesRule(Rule):
    """Near misses of the shipped phrases that are as sure as ``grade`` says."""

    grade: Grade

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the near misses of this grade."""
        yield from self.findings(text, near_misses(text.text))

    @classmethod
    def check(cls, text: Prepared, rules: Sequence[Self]) -> Iterator[Finding]:
        """Yield the near misses of every rule's grade, the text gone through once for all."""
        misses = near_misses(text.text)
        for rule in rules:
            yield from (f for f in rule.findings(text, misses) if rule.allows(text, f.start, f.end))

    def findings(self, text: Prepared, misses: Sequence[Miss]) -> Iterator[Finding]:
        """Yield those of the near misses that are of this rule's grade."""
        for miss in misses:
            if miss.grade == self.grade:
                said = self.message.format(wrong=text.text[miss.start : miss.end], right=miss.phrase)
                yield self.finding(miss.start, miss.end, replacement=miss.phrase, message=said)


def near_misses(text: str, *, book: Phrasebook | None = None) -> list[Miss]:
    """Return what is one slip away from a fixed phrase and cannot be read as words, in order, none overlapping."""
    book = book or shipped_phrases()
    found: list[Miss] = []
    for match in _RUN.finditer(text):
        for miss in _within(match.group(), book):
            start, end = match.start() + miss.start, match.start() + miss.end
            found.append(Miss(start, end, miss.phrase, miss.how, miss.grade))
    return found


# A text is proofread again after each change, and most of its runs are as they were.
@lru_cache(maxsize=2048)
def _within(run: str, book: Phrasebook) -> tuple[Miss, ...]:
    """Return the misses within an unbroken run of characters."""
    near, exact = book.near(run)
    near = [miss for miss in near if _possible(miss, run, book)]
    return tuple(_judged(run, near, [*exact, *book.known(run)], book)) if near else ()


def _possible(miss: Near, run: str, book: Phrasebook) -> bool:
    """Tell whether a near miss may count at all, so that most runs need not be cut into words."""
    if miss.how == "wrong" and not resemblance(run[miss.at], miss.phrase[miss.at - miss.start]):
        return miss.phrase in book.idioms or (len(miss.phrase) > _SHORT + 1 and miss.phrase not in book.loose)
    return miss.how in ("wrong", "doubled") or miss.phrase not in book.loose


def _judged(
    run: str, near: Sequence[Near], explained: Sequence[tuple[int, int]], book: Phrasebook
) -> Iterator[Miss]:
    """Yield of the near misses in a run those that stand the test, the surest and longest of each place."""
    cut = Segmented(run)
    judged = [(miss, grade) for miss in near if (grade := _grade(miss, run, cut, explained, book))]
    judged.sort(key=lambda pair: (pair[1] != "certain", pair[0].start - pair[0].end, pair[0].start))
    taken: set[int] = set()
    kept = []
    for miss, grade in judged:
        if taken.isdisjoint(range(miss.start, miss.end)):
            taken.update(range(miss.start, miss.end))
            kept.append(Miss(miss.start, miss.end, miss.phrase, miss.how, grade))
    yield from sorted(kept, key=lambda miss: miss.start)


class Segmented:
    """A run of characters cut into dictionary words."""

    def __init__(self, run: str) -> None:
        self._starts = [0] * len(run)
        self._ends = [0] * len(run)
        place = 0
        for word in words(run):
            for index in range(place, place + len(word)):
                self._starts[index], self._ends[index] = place, place + len(word)
            place += len(word)

    def word(self, place: int) -> tuple[int, int]:
        """Return the span of the word that holds a place."""
        return self._starts[place], self._ends[place]

    def lone(self, place: int) -> bool:
        """Tell whether a character is in no word with others."""
        return 0 <= place < len(self._starts) and self._ends[place] - self._starts[place] == 1

    def fits(self, start: int, end: int) -> bool:
        """Tell whether no word runs over the edges of a span, and none is the span."""
        first, last = self.word(start), self.word(end - 1)
        return first[0] >= start and last[1] <= end and first != (start, end)


def _grade(
    miss: Near, run: str, cut: Segmented, explained: Sequence[tuple[int, int]], book: Phrasebook
) -> Grade | None:
    """Return how sure it is that a near miss is a slip; none where it may be right."""
    shown = run[miss.start : miss.end]
    if shown in book.phrases or not cut.fits(miss.start, miss.end):
        return None
    if any(_explains(span, miss) for span in explained):
        return None
    return _TESTS[miss.how](miss, run, cut, book)


def _explains(span: tuple[int, int], miss: Near) -> bool:
    """Tell whether a phrase that stands in the text goes over the place of the slip."""
    first = miss.at - 1 if miss.how in ("missing", "doubled") else miss.at
    if span[0] <= miss.start and miss.end <= span[1]:
        return True
    return span[0] <= first and miss.at < span[1]


def _wrong(miss: Near, run: str, cut: Segmented, book: Phrasebook) -> Grade | None:
    char = run[miss.at]
    like = resemblance(char, miss.phrase[miss.at - miss.start])
    lone = cut.lone(miss.at)
    if miss.phrase in book.loose:
        return "likely" if like in ("sound", "shape") and lone and char not in _WORDS else None
    if like in ("sound", "shape") and lone and char in _WORDS:
        return "likely"
    if like in ("sound", "shape"):
        return "certain" if lone or len(miss.phrase) > 5 else "likely"
    if like == "near":
        return "likely"
    fixed = miss.phrase in book.idioms or len(miss.phrase) > _SHORT + 1
    return "likely" if fixed and lone and char not in _WORDS and _one_word(miss.phrase) else None


def _missing(miss: Near, run: str, cut: Segmented, book: Phrasebook) -> Grade | None:
    if miss.phrase in book.loose:
        return None
    beside = [place for place in (miss.at - 1, miss.at) if miss.start <= place < miss.end]
    if not any(cut.lone(place) and run[place] not in _WORDS for place in beside):
        return None
    if len(miss.phrase) == _SHORT:
        if miss.at in (miss.start, miss.end):
            return None
        object_follows = cut.lone(miss.start) and not cut.lone(miss.start + 1)
        return "likely" if _one_word(miss.phrase) and not object_follows else None
    return "certain" if len(beside) == 2 else "likely"


def _doubled(miss: Near, run: str, cut: Segmented, book: Phrasebook) -> Grade | None:
    if run[miss.at] in _WORDS and (miss.at - 1 == miss.start or miss.at + 1 == miss.end):
        return None
    sure = miss.phrase not in book.loose and (cut.lone(miss.at) or cut.lone(miss.at - 1))
    return "certain" if sure else "likely"


def _swapped(miss: Near, run: str, cut: Segmented, book: Phrasebook) -> Grade | None:
    lone = cut.lone(miss.at) or cut.lone(miss.at + 1)
    return "likely" if lone and miss.phrase not in book.loose else None


def _one_word(phrase: str) -> bool:
    """Tell whether a phrase admits no other character: it is one word of the dictionary, or long."""
    return len(phrase) > _SHORT + 1 or words(phrase) == [phrase]


_TESTS = {"wrong": _wrong, "missing": _missing, "doubled": _doubled, "swapped": _swapped}
