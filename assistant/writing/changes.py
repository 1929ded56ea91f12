"""Changes to a text that can each be accepted or refused, and how one round of them follows another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A proposal to put ``after`` for ``before``, which is ``text[start:end]``.

    ``kind`` is wording, punctuation, structure or redundancy; ``reason`` a short Chinese sentence.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """A change that the fact lock refused, and why."""

    change: Change
    why: str


@dataclass(frozen=True, slots=True)
class Polished:
    """A text, the changes proposed for it, those refused, and who proposed them. ``result`` has all changes made."""

    text: str
    changes: tuple[Change, ...]
    refused: tuple[RefusedChange, ...]
    model: str

    @property
    def result(self) -> str:
        """Return the text with every change made."""
        return apply(self.text, self.changes)

    @property
    def partial(self) -> str:
        """Return what is worth keeping when the work breaks off: the result, or nothing where nothing was changed."""
        return self.result if self.changes else ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A rewriting in the making: ``text[start:end]`` becomes ``after``; ``reason`` is empty when the usual one serves."""

    start: int
    end: int
    after: str
    kind: str
    reason: str = ""


def apply(text: str, changes: Iterable[Change]) -> str:
    """Return the text with these changes made, in whatever order they come.

    Raises ``ValueError`` for changes that overlap or that were not proposed for this text.
    """
    pieces: list[str] = []
    position = 0
    for change in sorted(changes, key=lambda change: change.start):
        if change.start < position or text[change.start : change.end] != change.before:
            raise ValueError(f"change at {change.start} overlaps another or belongs to another text")
        pieces += (text[position : change.start], change.after)
        position = change.end
    return "".join([*pieces, text[position:]])


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with ordered, disjoint edits made."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.start], edit.after)
        position = edit.end
    return "".join([*pieces, text[position:]])


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return edits of ``text`` that do at once what ``first`` does to it and ``second`` to the outcome.

    Edits that touch become one, and an edit of the second round belongs to whatever it touches of the first.
    """
    middle = edited(text, first)
    shift = 0
    marked: list[tuple[int, int, Edit, bool]] = []
    for edit in first:
        start = edit.start + shift
        shift += len(edit.after) - (edit.end - edit.start)
        marked.append((start, start + len(edit.after), edit, True))
    marked += [(edit.start, edit.end, edit, False) for edit in second]
    marked.sort(key=lambda item: (item[0], item[1]))
    composed: list[Edit] = []
    shift = 0
    cluster: list[tuple[int, int, Edit, bool]] = []
    for item in marked:
        if cluster and item[0] > max(end for _, end, _, _ in cluster):
            shift = _close(cluster, middle, shift, composed)
            cluster = []
        cluster.append(item)
    if cluster:
        _close(cluster, middle, shift, composed)
    return composed


def _close(cluster: list[tuple[int, int, Edit, bool]], middle: str, shift: int, composed: list[Edit]) -> int:
    """Add the edit that a cluster of touching edits amounts to; return how far the text has shifted behind it."""
    start, end = cluster[0][0], max(end for _, end, _, _ in cluster)
    later = [
        Edit(edit.start - start, edit.end - start, edit.after, edit.kind)
        for _, _, edit, is_first in cluster
        if not is_first
    ]
    growth = sum(len(edit.after) - (edit.end - edit.start) for _, _, edit, is_first in cluster if is_first)
    behind = shift + growth
    reasons = dict.fromkeys(edit.reason for _, _, edit, _ in cluster if edit.reason)
    composed.append(
        Edit(
            start - shift,
            end - behind,
            edited(middle[start:end], later),
            cluster[0][2].kind,
            "".join(reasons),
        )
    )
    return behind
