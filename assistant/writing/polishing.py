"""Rewriting a text into formal style offline, as a list of changes.

Numbers, quotations, titles, placeholders, masks and Latin words are the same before and after every change.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.writing.changes import Change, Edit, compose, edited
from assistant.writing.fitting import Cuts, attached, core, on_words, trimmed
from assistant.writing.numbering import numbering
from assistant.writing.polish_rules import Level, PolishRule, claims, polish_rules
from assistant.writing.shields import STAND_IN, shielded, unshielded

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+|\n|$)")
_CLAUSE = re.compile(r"[^，。；：！？（）,;:!?()\n]+")
_MARKS = frozenset("，。；：、！？,;:!?")
_DIGITS = re.compile(f"[0-9０-９{STAND_IN}]")
_ROUNDS = 8
_CONTEXT = 1000
# A longer stretch without a mark is a table or a listing, no clause.
_LONGEST_CLAUSE = 400
_REASONS = {
    "wording": "“{}”偏口语，改用公文用语。",
    "redundancy": "“{}”语义重复，予以精简。",
    "punctuation": "标点改用规范用法。",
}


def polish(text: str, *, level: Level) -> list[Change]:
    """Return changes that make the text formal, in order and disjoint; each holds without the others.

    ``light`` proposes wording and punctuation that are certain, ``full`` also structure, redundancy and softer wording.
    A text with all its changes made gets no more.
    """
    hidden = shielded(text)
    outline = iter(numbering(hidden) if level == "full" else [])
    pending = next(outline, None)
    changes: list[Change] = []
    for start, end in _sentences(hidden):
        first = []
        while pending and pending.start < end:
            first.append(replace(pending, start=pending.start - start, end=pending.end - start))
            pending = next(outline, None)
        for edit in _polished(hidden[start:end], first, level):
            change = _change(text, hidden, replace(edit, start=edit.start + start, end=edit.end + start))
            changes += [change] if change else []
    return changes


def _sentences(hidden: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SENTENCE.finditer(hidden) if match.group().strip())


def _polished(sentence: str, first: list[Edit], level: Level) -> list[Edit]:
    """Return the edits that a sentence settles at, none where it does not settle."""
    edits = _beside(first, _round(sentence, level))
    for _ in range(_ROUNDS):
        current = edited(sentence, edits)
        found = _round(current, level)
        if not found:
            return on_words(sentence, edits)
        edits = compose(sentence, edits, attached(current, edits, found))
    return []


def _beside(outline: list[Edit], found: list[Edit]) -> list[Edit]:
    """Return the numbering of a sentence and those of the edits found in it that stay clear of it."""
    clear = [edit for edit in found if not any(e.start <= edit.end and edit.start <= e.end for e in outline)]
    return sorted([*outline, *clear], key=lambda edit: edit.start)


def _round(current: str, level: Level) -> list[Edit]:
    """Return the disjoint edits that the rules propose for a sentence, the earlier rule first where two compete."""
    claimed = claims(level)
    if not _needed(current, claimed):
        return []
    cuts: Cuts | None = None
    taken: list[Edit] = []
    occupied = bytearray(len(current) + 2)
    for rule, start, end, after in _proposals(current, level):
        if any(occupied[start : end + 2]) or not _is_sound(current, start, end, after):
            continue
        cuts = cuts or Cuts(current)
        if rule.whole_words and not (
            cuts.are_at(start, end) or cuts.are_at(*core(current, start, end, after))
        ):
            continue
        occupied[start + 1 : end + 1] = b"\1" * (end - start)
        taken.append(Edit(start, end, after, rule.kind, rule.reason))
    return sorted(taken, key=lambda edit: edit.start)


def _needed(piece: str, claimed: dict[str, int]) -> int:
    needed = 0
    for character in set(piece):
        needed |= claimed.get(character, 0)
    return needed


def _proposals(current: str, level: Level) -> list[tuple[PolishRule, int, int, str]]:
    """Return what the rules find in a sentence, in the rules' order."""
    rules, claimed = polish_rules(level), claims(level)
    found: list[tuple[int, PolishRule, int, int, str]] = []
    context = current if len(current) <= _CONTEXT else ""
    pieces = [(0, current, True), *((match.start(), match.group(), False) for match in _clauses(current))]
    for offset, piece, whole in pieces:
        needed = _needed(piece, claimed)
        while needed:
            place = (needed & -needed).bit_length() - 1
            needed &= needed - 1
            rule = rules[place]
            if rule.sentence is whole:
                for start, end, after in rule.located(piece, context or piece):
                    found.append((place, rule, offset + start, offset + end, after))
    found.sort(key=lambda item: (item[0], item[2]))
    return [item[1:] for item in found]


def _clauses(current: str) -> Iterator[re.Match[str]]:
    return (match for match in _CLAUSE.finditer(current) if match.end() - match.start() <= _LONGEST_CLAUSE)


def _is_sound(current: str, start: int, end: int, after: str) -> bool:
    """Tell whether an edit keeps digits and what is protected, and leaves no mark doubled and no clause empty."""
    before = current[start:end]
    if before == after or _DIGITS.findall(before) != _DIGITS.findall(after):
        return False
    left, right = current[start - 1 : start], current[end : end + 1]
    left_marked = left in _MARKS or left in ("", "\n", "（", "(")
    right_marked = right in _MARKS or right in ("", "\n", "）", ")")
    if not after:
        return not (left_marked and right_marked)
    return not ((left_marked and after[0] in _MARKS) or (right and right in _MARKS and after[-1] in _MARKS))


def _change(text: str, hidden: str, edit: Edit) -> Change | None:
    start, end, after = trimmed(hidden, edit)
    before = text[start:end]
    protected = "".join(
        character for character, shown in zip(before, hidden[start:end], strict=True) if shown == STAND_IN
    )
    shown = unshielded(after, protected)
    if shown is None or shown == before:
        return None
    reason = edit.reason or _REASONS[edit.kind].format(before)
    return Change(start, end, before, shown, edit.kind, reason)
