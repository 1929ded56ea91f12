"""Polish a text: changes that can each be accepted or refused, under the fact lock; by rule, or with the model that is set."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.checks.fixing import certain_fixes
from assistant.checks.lock import broken_fact
from assistant.checks.rulebook import shipped_rules
from assistant.errors import GongwenError, ModelError, SettingsError
from assistant.models.chat import Chat
from assistant.models.endpoint import chat_endpoint
from assistant.models.messages import conversation
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.text.sentences import paragraphs, sentences
from assistant.types import Level as FixLevel
from assistant.workflow.answering import Answered, answer
from assistant.workflow.events import PolishedSoFar, Restarted, Started, TextDelta
from assistant.workflow.forms import polished_form
from assistant.workflow.lines import read_lines
from assistant.workflow.modelled import made_chat
from assistant.writing.aligning import align
from assistant.writing.changes import Change, Edit, Polished, RefusedChange, apply, compose, edited
from assistant.writing.polish_rules import Level
from assistant.writing.polishing import polish
from assistant.writing.prompt_files import Front, fill, read_prompt
from assistant.writing.prompting import as_data

if TYPE_CHECKING:
    from assistant.models.messages import Message

RULES = "离线润色（未使用模型）"
LEVELS = {
    "light": "只改明显口语化的词句和用错的标点，其他不动。",
    "full": "口语改为书面语，理顺语句，删去重复，改正标点。",
}
_MASK = re.compile(r"[*×]+")
_HIDDEN = re.compile(r"〖掩码(\d+)〗")


PolishEvent = Started | TextDelta | Restarted | PolishedSoFar | Polished


def polish_text(text: str, settings: Settings, *, level: Level = "full") -> Iterator[PolishEvent]:
    """Polish a text; the last event is `Polished`. A model goes paragraph by paragraph, `PolishedSoFar` after each.

    Raises `SettingsError`, `InputError` for what may not leave, and `ModelError` whose partial text is what was polished,
    the rest being as it was.
    """
    endpoint = chat_endpoint(settings)
    chat = made_chat(settings, endpoint)
    yield Started(
        model=endpoint.model if endpoint else None,
        address=endpoint.address if endpoint else None,
        embedding=None,
        outside=(endpoint.address,) if endpoint and not endpoint.is_local else (),
        offline=settings.offline,
        masked=settings.mask != "never",
    )
    if chat is None:
        yield _locked(text, _by_rule(text, level), RULES)
    else:
        yield from _with_model(text, chat, level)


def _by_rule(text: str, level: Level) -> list[Change]:
    """Return the certain fixes of proofreading, and the rewritings of what they leave."""
    fixes = [
        Edit(fix.start, fix.end, fix.replacement or "", "proofreading", fix.message)
        for fix in certain_fixes(text, rules=shipped_rules(), level=FixLevel.WARN)
    ]
    rewritings = [
        Edit(change.start, change.end, change.after, change.kind, change.reason)
        for change in polish(edited(text, fixes), level=level)
    ]
    return [
        Change(edit.start, edit.end, text[edit.start : edit.end], edit.after, edit.kind, edit.reason)
        for edit in compose(text, fixes, rewritings)
    ]


def _with_model(text: str, chat: Chat, level: Level) -> Iterator[PolishEvent]:
    done = Polished(text, (), (), chat.endpoint.model)
    for start, end in paragraphs(text):
        try:
            for event in answer(chat, _asked(text[start:end], level), keep=[text[start:end]]):
                if isinstance(event, Answered):
                    rewritten = _unhidden(" ".join(event.text.split("\n")), text[start:end])
                    proposed = align(text[start:end], rewritten, offset=start)
                    done = _joined(done, _locked(text, proposed, done.model))
                    yield PolishedSoFar(done, end)
                else:
                    yield event
        except ModelError as error:
            raise ModelError(str(error), partial=done.result) from error
    yield done


def _joined(first: Polished, then: Polished) -> Polished:
    return replace(first, changes=first.changes + then.changes, refused=first.refused + then.refused)


def _asked(paragraph: str, level: Level) -> "list[Message]":
    folder = shipped("prompts")
    _, system = read_prompt(folder / "polisher.md", Front)
    _, user = read_prompt(folder / "polish.md", Front)
    values = {"level": LEVELS[level], "text": _hide_masks(paragraph)}
    return conversation(system.template, fill(user, values))


def _hide_masks(paragraph: str) -> str:
    """Return a paragraph with a placeholder for each run of ``*`` or ×, which a model would lose."""
    numbers = iter(range(1, len(paragraph) + 1))
    return _MASK.sub(lambda _: f"〖掩码{next(numbers)}〗", as_data(paragraph))


def _unhidden(rewritten: str, paragraph: str) -> str:
    masks = _MASK.findall(paragraph)

    def shown(match: re.Match[str]) -> str:
        number = int(match[1])
        return masks[number - 1] if number <= len(masks) else match.group()

    return _HIDDEN.sub(shown, rewritten)


def _locked(text: str, proposed: Sequence[Change], model: str) -> Polished:
    """Keep what the fact lock lets pass: each change in its sentence, then all of a paragraph together."""
    kept: list[Change] = []
    refused: list[RefusedChange] = []
    spans = [
        sentences(text, start, end)
        for start, end in paragraphs(text)
        if any(change.start < end and change.end >= start for change in proposed)
    ]
    left = list(proposed)
    for inside in spans:
        if not inside:
            continue
        of_paragraph = [
            change for change in left if change.start < inside[-1][1] and change.end >= inside[0][0]
        ]
        left = left[len(of_paragraph) :]
        # Certain fixes mend words that the lock cannot read yet.
        fixes = [change for change in of_paragraph if change.kind == "proofreading"]
        allowed: list[Change] = []
        for change in (change for change in of_paragraph if change.kind != "proofreading"):
            why = _breach(text, [change], _around(inside, change))
            if why is None:
                allowed.append(change)
            else:
                refused.append(RefusedChange(change, why))
        why = _breach(text, allowed, (inside[0][0], inside[-1][1])) if allowed else None
        if why is None:
            kept += sorted([*fixes, *allowed], key=lambda change: change.start)
        else:
            kept += fixes
            refused += [RefusedChange(change, f"与同段别的修改合在一起，{why}") for change in allowed]
    return Polished(text, tuple(kept), tuple(refused), model)


def _around(spans: Sequence[tuple[int, int]], change: Change) -> tuple[int, int]:
    """Return the span of the sentences that a change touches."""
    touched = [span for span in spans if span[0] <= change.end and change.start <= span[1]] or list(spans)
    return min(touched[0][0], change.start), max(touched[-1][1], change.end)


def _breach(text: str, changes: Sequence[Change], span: tuple[int, int]) -> str | None:
    start = min([span[0], *(change.start for change in changes)])
    end = max([span[1], *(change.end for change in changes)])
    moved = [replace(change, start=change.start - start, end=change.end - start) for change in changes]
    return broken_fact(text[start:end], apply(text[start:end], moved))


class _PolishLine(BaseModel):
    """A line of a batch."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | int
    text: str


def polish_batch(path: Path, settings: Settings, *, level: Level = "full") -> Iterator[dict[str, Any]]:
    """Polish every line ``{id, text}`` of a .jsonl file; a line that fails gives ``{id, error, partial}``.

    The whole file is read first. Raises `InputError` for the file, `SettingsError`.
    """
    for task in read_lines(path, _PolishLine):
        try:
            polished = [
                event
                for event in polish_text(task.text, settings, level=level)
                if isinstance(event, Polished)
            ]
            yield {"id": task.id, **polished_form(polished[-1])}
        except SettingsError:
            raise
        except GongwenError as error:
            partial = error.partial if isinstance(error, ModelError) else ""
            yield {"id": task.id, "error": str(error), "partial": partial}
