"""Notes that do not fit one prompt: cut into portions, and their texts put together with one numbering."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import InputError
from assistant.models.endpoint import Endpoint
from assistant.settings import Settings
from assistant.text.numerals import numeral, ordinal
from assistant.types import Note
from assistant.workflow.requests import DraftRequest, prompt_for

# An item's number at the beginning of a sentence.
_ITEM = re.compile(r"(?<![^。；：！？\n \u3000])([一二三四五六七八九十]{1,3})是(?!否|非)")


def portions(
    request: DraftRequest, settings: Settings, endpoint: Endpoint | None
) -> list[tuple[DraftRequest, str]]:
    """Cut a request into ones that each fit a prompt without passages, with the line to add to the task of each.

    Raises `InputError` when a note alone does not fit, or when the section is not written item by item.
    """
    runs: list[tuple[Note, ...]] = []
    run: tuple[Note, ...] = ()
    for note in request.notes:
        longer = (*run, note)
        extra = "" if longer == request.notes else _task(1, len(longer), len(request.notes) + 1)
        try:
            prompt_for(replace(request, notes=longer), settings, (), endpoint, extra=extra)
        except InputError:
            if not run or request.template.front.form != "items":
                raise
            runs.append(run)
            longer = (note,)
        run = longer
    return _with_tasks(request, [*runs, run])


def _with_tasks(request: DraftRequest, runs: Sequence[tuple[Note, ...]]) -> list[tuple[DraftRequest, str]]:
    if len(runs) == 1:
        return [(request, "")]
    parts, written = [], 0
    for run in runs:
        parts.append((replace(request, notes=run), _task(written, len(run), len(request.notes))))
        written += len(run)
    return parts


def _task(written: int, count: int, total: int) -> str:
    where = f"要点共{total}条，分几次写。这次只写第{written + 1}至{written + count}条，每条一项"
    head = f"接着前文从“{numeral(written + 1)}是”起编号，不写开头，不重复前文" if written else "照常写开头"
    tail = "" if written + count == total else "，不写结尾"
    return f"{where}，{head}{tail}。"


def put_together(texts: Sequence[str]) -> str:
    """Put the texts of portions together; items are numbered on from one to the next."""
    whole, items = texts[0], len(_ITEM.findall(texts[0]))
    for text in texts[1:]:
        matches = list(_ITEM.finditer(text))
        values = [ordinal(match[1]) for match in matches]
        # Other numbers are an enumeration within an item.
        in_order = bool(values) and values == list(range(values[0], values[0] + len(values)))
        whole = f"{whole}\n{_numbered(text, matches, items + 1) if in_order else text}"
        items += len(matches)
    return whole


def _numbered(text: str, matches: Sequence[re.Match[str]], first: int) -> str:
    pieces, last = [], 0
    for number, match in enumerate(matches, first):
        pieces += [text[last : match.start(1)], numeral(number)]
        last = match.end(1)
    return "".join([*pieces, text[last:]])
