"""The lock on a polished paragraph: which of the proposed changes leave its facts and its sense as they were."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.checks.lock import broken_fact
from assistant.text.sentences import sentences
from assistant.writing.changes import Change, RefusedChange, apply
from assistant.writing.polish_sense import broken_sense, broken_statement

Span = tuple[int, int]


def lock_paragraph(
    text: str, paragraph: Span, proposed: Sequence[Change], *, curated: bool = False
) -> tuple[list[Change], list[RefusedChange]]:
    """Return the changes of a paragraph that may be made, in order, and those refused.

    Each is judged in its sentence, then all together in the paragraph. Certain fixes of proofreading mend words that the
    lock cannot read yet, and pass. ``curated`` changes are those of rules, which drop and add what their examples show.
    """
    kept = [change for change in proposed if change.kind == "proofreading"]
    allowed: list[Change] = []
    refused: list[RefusedChange] = []
    spans = sentences(text, *paragraph)
    for change in proposed:
        if change.kind == "proofreading":
            continue
        why = _breach(text, [change], _around(spans, change, paragraph), curated=curated)
        if why is None:
            allowed.append(change)
        else:
            refused.append(RefusedChange(change, why))
    why = _breach(text, allowed, paragraph, curated=curated) if len(allowed) > 1 else None
    if why is None:
        kept += allowed
    else:
        refused += [RefusedChange(change, f"与同段别的修改合在一起，{why}") for change in allowed]
    return (
        sorted(kept, key=lambda change: change.start),
        sorted(refused, key=lambda each: each.change.start),
    )


def _around(spans: Sequence[Span], change: Change, paragraph: Span) -> Span:
    """Return the span of the sentences that a change touches."""
    touched = [span for span in spans if span[0] <= change.end and change.start <= span[1]] or [paragraph]
    return touched[0][0], touched[-1][1]


def _breach(text: str, changes: Sequence[Change], span: Span, *, curated: bool) -> str | None:
    start = min([span[0], *(change.start for change in changes)])
    end = max([span[1], *(change.end for change in changes)])
    moved = [replace(change, start=change.start - start, end=change.end - start) for change in changes]
    before, after = text[start:end], apply(text[start:end], moved)
    why = broken_fact(before, after)
    if why or curated:
        return why
    if why := broken_sense(before, after):
        return why
    return next(filter(None, (broken_statement(change, before, after) for change in changes)), None)
