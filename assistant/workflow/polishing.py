"""Polish a text: changes that can each be accepted or refused, under the fact lock; by rule, or with the model that is set."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.checks.fixing import certain_fixes
from assistant.checks.rulebook import shipped_rules
from assistant.errors import GongwenError, ModelError, SettingsError
from assistant.models.chat import Chat
from assistant.models.endpoint import chat_endpoint
from assistant.models.messages import conversation
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.text.sentences import paragraphs
from assistant.types import Level as FixLevel
from assistant.workflow.answering import Answered, answer
from assistant.workflow.events import PolishedSoFar, Restarted, Started, TextDelta
from assistant.workflow.forms import polished_form
from assistant.workflow.lines import read_lines
from assistant.workflow.modelled import look_ahead, made_chat, started
from assistant.workflow.polish_lock import lock_paragraph
from assistant.writing.aligning import align
from assistant.writing.changes import Change, Edit, Polished, RefusedChange, compose, edited
from assistant.writing.polish_reply import own_line
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
    yield started(endpoint, settings)
    if chat is None:
        yield _offline(text, level)
    else:
        yield from _with_model(text, chat, level)


def _offline(text: str, level: Level) -> Polished:
    proposed = deque(_by_rule(text, level))
    kept: list[Change] = []
    refused: list[RefusedChange] = []
    for start, end in paragraphs(text):
        inside: list[Change] = []
        while proposed and proposed[0].start <= end:
            inside.append(proposed.popleft())
        made, left = lock_paragraph(text, (start, end), inside, curated=True)
        kept, refused = kept + made, refused + left
    return Polished(text, tuple(kept), tuple(refused), RULES)


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
    # Before the first paragraph leaves: a marking, and a name that only a later one makes known, are the whole text's.
    look_ahead(chat, [text])
    done = Polished(text, (), (), chat.endpoint.model)
    spans = paragraphs(text)
    for number, (start, end) in enumerate(spans, 1):
        paragraph, proposed = text[start:end], list[Change]()
        try:
            for event in answer(chat, _asked(paragraph, level), keep=[paragraph]):
                if isinstance(event, Answered):
                    reply = own_line(_unhidden(event.text, paragraph), paragraph)
                    proposed += align(paragraph, reply, offset=start)
                else:
                    yield event
        except ModelError as error:
            raise ModelError(str(error), partial=done.partial) from error
        made, left = lock_paragraph(text, (start, end), proposed)
        done = replace(done, changes=(*done.changes, *made), refused=(*done.refused, *left))
        yield PolishedSoFar(done, end, number, len(spans))
    yield done


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
