"""A draft cut into what rests on notes: sentences, and the numbered items within them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.text.sentences import clauses, sentences, trim

_ORDINAL = re.compile(
    r"(?:^|(?<=[\n。！？：:；;，,、“]))[ \t\u3000]{0,8}"
    r"(?P<mark>[一二三四五六七八九十]{1,3}(?:是|要|则)(?!一)|第[一二三四五六七八九十]{1,3}[，,、]|首先|其次|再次|最后[，,]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|[①-⑳])"
)

_ANNOUNCEMENT = re.compile(
    r"[^：:\n]{2,200}(?:如下|以下[^：:，。\n]{0,12}|表现[在为]?|主要[是有]|体现[在为]|集中在|下列[^：:，。\n]{0,8}"
    r"|[做抓好了]{1,3}[^：:，。\n]{0,10}工作|[不足差距问题]{2})[：:]"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or the part of one that makes an item or leads it in. Spans lie in the draft.

    ``item`` numbers the item that it belongs to, 0 before the first; ``body`` is where the words after the ordinal begin.
    ``head`` tells that the item begins here, ``announces`` that it ends in a colon;
    ``mark`` is the ordinal it begins with.
    """

    start: int
    end: int
    body: int
    sentence: int
    item: int
    head: bool
    announces: bool
    mark: str
    text: str


def cut(draft: str) -> tuple[list[tuple[int, int]], list[Unit]]:
    """Return the spans of the draft's sentences, and its units in order."""
    spans = sentences(draft)
    marks = [(match.start("mark"), match.end("mark")) for match in _ORDINAL.finditer(draft)]
    return spans, list(_units(draft, spans, marks))


def _units(draft: str, spans: list[tuple[int, int]], marks: list[tuple[int, int]]) -> Iterator[Unit]:
    item = at = 0
    for number, (start, end) in enumerate(spans):
        inside = []
        while at < len(marks) and marks[at][0] < end:
            if marks[at][0] >= start:
                inside.append(marks[at])
            at += 1
        starts = dict(inside)
        edges = sorted({start, *starts, *_announcements(draft, start, end, starts), end})
        for left, right in pairwise(edges):
            first, last = trim(draft, left, right)
            item += left in starts
            if first < last:
                body = min(starts.get(left, first), last)
                announces = draft[last - 1] in "：:"
                yield Unit(
                    first,
                    last,
                    body,
                    number,
                    item,
                    left in starts,
                    announces,
                    draft[first:body],
                    draft[body:last],
                )


def _announcements(draft: str, start: int, end: int, starts: Mapping[int, int]) -> Iterator[int]:
    """Yield the end of the words that announce the items, when items or other words follow in the same sentence."""
    match = _ANNOUNCEMENT.match(draft, start, min(end, *starts) if starts else end)
    if match and match.end() < end:
        yield match.end()


def phrases(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text's clauses without their marks."""
    found = []
    for start, end in clauses(text):
        stop = start + len(text[start:end].rstrip("，,；;：:。！？!?、 \t"))
        if start < stop:
            found.append((start, stop))
    return found
