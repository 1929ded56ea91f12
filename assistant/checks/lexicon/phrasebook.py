"""The fixed phrases, laid out so that what is one slip away from one is found in one pass over a text.

A phrase of four characters or more is cut in halves. One slip spoils one half at most, so the other stands in the text
unharmed: each place in the text is looked up by the two characters at the cut, on the one side or the other, and one of
the two beyond it, and only what stands beyond is compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.checks.lexicon.edits import edits
from assistant.checks.lexicon.reading import entries

_SHORTEST = 4
_Index = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of a text that is one slip away from a phrase; ``at`` is the slip's place in the text."""

    start: int
    end: int
    phrase: str
    how: str
    at: int


class Phrasebook:
    """Phrases, and stretches of text that are right although one slip away from a phrase.

    Of the phrases, ``idioms`` admit no other character anywhere; ``loose`` ones are only common, so that just a sound,
    a shape or a doubled character that makes no word tells of a slip.
    """

    def __init__(
        self,
        phrases: Iterable[str],
        *,
        idioms: Iterable[str] = (),
        loose: Iterable[str] = (),
        known: Iterable[str] = (),
    ) -> None:
        self.idioms = frozenset(idioms)
        fixed = self.idioms.union(phrases)
        self.loose = frozenset(loose) - fixed
        self.phrases = fixed | self.loose
        longest_first = sorted(frozenset(known), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
        self._ending: set[str] = set()
        self._beginning: set[str] = set()
        self._next: _Index = defaultdict(list)
        self._after_next: _Index = defaultdict(list)
        self._last: _Index = defaultdict(list)
        self._before_last: _Index = defaultdict(list)
        for phrase in sorted(self.phrases):
            if len(phrase) >= _SHORTEST:
                self._add(phrase[: len(phrase) // 2], phrase[len(phrase) // 2 :])

    def known(self, run: str) -> list[tuple[int, int]]:
        """Return the spans of what is right although it may look like a slip."""
        return [match.span() for match in self._known.finditer(run)]

    def _add(self, head: str, tail: str) -> None:
        self._ending.add(head[-2:])
        self._beginning.add(tail[:2])
        self._next[head[-2:] + tail[0]].append((head, tail))
        self._after_next[head[-2:] + tail[1]].append((head, tail))
        self._last[head[-1] + tail[:2]].append((head, tail))
        self._before_last[head[-2] + tail[:2]].append((head, tail))

    def near(self, run: str) -> tuple[list[Near], list[tuple[int, int]]]:
        """Return the near misses in an unbroken run of characters, and the spans of the phrases that stand there."""
        found: list[Near] = []
        exact: list[tuple[int, int]] = []
        for place in range(len(run) - 1):
            pair = run[place : place + 2]
            if pair in self._ending:
                for head, tail in self._next.get(run[place : place + 3], ()):
                    if not run.endswith(head, 0, place + 2):
                        continue
                    if run.startswith(tail, place + 2):
                        start = place + 2 - len(head)
                        exact.append((start, place + 2 + len(tail)))
                        found += _ends(run, start, head + tail)
                    else:
                        found += _after(run, place + 2, head, tail)
                self._spoilt_after(run, place + 2, pair, found)
            if place and pair in self._beginning:
                for head, tail in self._last.get(run[place - 1 : place + 2], ()):
                    if run.startswith(tail, place) and not run.endswith(head, 0, place):
                        found += _before(run, place, head, tail)
                self._spoilt_before(run, place, pair, found)
        return found, exact

    def _spoilt_after(self, run: str, middle: int, pair: str, found: list[Near]) -> None:
        """Add the slips in the first character of a second half."""
        following = run[middle : middle + 3]
        for char in following:
            for head, tail in self._after_next.get(pair + char, ()):
                if following[0] != tail[0] and run.endswith(head, 0, middle):
                    found += _after(run, middle, head, tail)

    def _spoilt_before(self, run: str, middle: int, pair: str, found: list[Near]) -> None:
        """Add the slips in the last character of a first half."""
        last = run[middle - 1]
        for char in run[max(0, middle - 2) : middle]:
            for head, tail in self._before_last.get(char + pair, ()):
                if last != head[-1] and run.startswith(tail, middle):
                    found += _before(run, middle, head, tail)


def _ends(run: str, start: int, phrase: str) -> Iterator[Near]:
    """Yield the doubled first and last character of a phrase that stands at ``start``."""
    end = start + len(phrase)
    if start and run[start - 1] == phrase[0]:
        yield Near(start - 1, end, phrase, "doubled", start)
    if end < len(run) and run[end] == phrase[-1]:
        yield Near(start, end + 1, phrase, "doubled", end)


def _after(run: str, middle: int, head: str, tail: str) -> Iterator[Near]:
    """Yield the slips in a second half, its first half standing right before ``middle``."""
    text = run[middle : middle + len(tail) + 1]
    for edit in edits(text, tail, before=head[-1]):
        end = middle + edit.span
        yield Near(middle - len(head), end, head + tail, edit.how, middle + edit.at)


def _before(run: str, middle: int, head: str, tail: str) -> Iterator[Near]:
    """Yield the slips in a first half, its second half standing right after ``middle``."""
    text = run[max(0, middle - len(head) - 1) : middle][::-1]
    for edit in edits(text, head[::-1]):
        start = middle - edit.span
        place = middle - edit.at - (0 if edit.how == "missing" else 1) - (edit.how == "swapped")
        yield Near(start, middle + len(tail), head + tail, edit.how, place)


@cache
def shipped_phrases() -> Phrasebook:
    """Return the phrases that ship with the package."""
    return Phrasebook(
        _words("phrases.txt"),
        idioms=_words("idioms.txt"),
        loose=_words("common.txt"),
        known=_words("known.txt"),
    )


def _words(name: str) -> list[str]:
    return [word for line in entries(name) for word in line]
