"""Fitting edits to words: none cuts a word in half, and those that depend on one another become one."""

import re
from bisect import bisect
from dataclasses import replace

from assistant.text.words import cut_points
from assistant.writing.changes import Edit, edited
from assistant.writing.polish_rules import false_words

_MARK = re.compile(r"[，。；：！？（）,;:!?()\n]")
_NEAR = 12


def core(current: str, start: int, end: int, after: str) -> tuple[int, int]:
    """Return the part of the span that really changes."""
    before = current[start:end]
    head = _agreement(before, after)
    return start + head, end - _agreement(before[head:][::-1], after[head:][::-1])


def _agreement(one: str, other: str) -> int:
    """Return how many characters two strings begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


class Cuts:
    """Where the words of a sentence meet."""

    def __init__(self, sentence: str) -> None:
        self.points = sorted(cut_points(sentence))
        self.known = frozenset(self.points)
        self.sentence = sentence

    def word(self, position: int) -> tuple[int, int]:
        """Return the span of the word that ``position`` lies within; an empty one where two words meet."""
        if position in self.known:
            return position, position
        place = bisect(self.points, position)
        start, end = self.points[place - 1], self.points[place]
        is_word = self.sentence[start:end] not in false_words()
        return (start, end) if is_word else (position, position)

    def are_at(self, start: int, end: int) -> bool:
        """Tell whether no word is cut at either end of the span."""
        return all(self.word(position)[0] == position for position in (start, end))


def attached(current: str, edits: list[Edit], found: list[Edit]) -> list[Edit]:
    """Return the edits of a later round, each reaching to the near edit of its clause that made it possible."""
    spans: list[tuple[int, int]] = []
    shift = 0
    for edit in edits:
        spans.append((edit.start + shift, edit.start + shift + len(edit.after)))
        shift += len(edit.after) - (edit.end - edit.start)
    return [_reaching(current, spans, edit) for edit in found]


def _reaching(current: str, spans: list[tuple[int, int]], edit: Edit) -> Edit:
    place = bisect(spans, (edit.start, len(current)))
    left = spans[place - 1][1] if place else -1
    right = spans[place][0] if place < len(spans) else -1
    if 0 <= left < edit.start and _is_near(gap := current[left : edit.start]):
        return replace(edit, start=left, after=gap + edit.after)
    if right > edit.end and _is_near(gap := current[edit.end : right]):
        return replace(edit, end=right, after=edit.after + gap)
    return edit


def _is_near(gap: str) -> bool:
    return len(gap) <= _NEAR and not _MARK.search(gap)


def on_words(sentence: str, edits: list[Edit]) -> list[Edit]:
    """Return the edits widened to whole words; those that then meet become one."""
    if not edits:
        return []
    cuts = Cuts(sentence)
    widened: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        start, end = min(cuts.word(edit.start)[0], edit.start), max(cuts.word(edit.end)[1], edit.end)
        if widened and start <= widened[-1][1]:
            start, _, group = widened.pop()
            widened.append((start, end, [*group, edit]))
        else:
            widened.append((start, end, [edit]))
    return [_joined(sentence, *item) for item in widened]


def _joined(sentence: str, start: int, end: int, group: list[Edit]) -> Edit:
    inner = [replace(edit, start=edit.start - start, end=edit.end - start) for edit in group]
    reasons = dict.fromkeys(edit.reason for edit in group if edit.reason)
    return Edit(start, end, edited(sentence[start:end], inner), group[0].kind, "".join(reasons))


def trimmed(hidden: str, edit: Edit) -> tuple[int, int, str]:
    """Return an edit without the whole words that it leaves as they are at its ends."""
    before = hidden[edit.start : edit.end]
    old, new = sorted(cut_points(before)), sorted(cut_points(edit.after))
    head = max(point for point in old if point in new and before[:point] == edit.after[:point])
    tail = max(
        size
        for point in old
        if (size := len(before) - point) <= min(len(before), len(edit.after)) - head
        and len(edit.after) - size in new
        and before[point:] == edit.after[len(edit.after) - size :]
    )
    return edit.start + head, edit.end - tail, edit.after[head : len(edit.after) - tail]
