"""Write one item or sentence of a draft again, with an instruction of the user's; the rest stays to the letter."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import InputError, SettingsError
from assistant.models.endpoint import chat_endpoint
from assistant.models.messages import conversation
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.text.masks import show_masks
from assistant.text.sentences import sentences
from assistant.types import Draft
from assistant.workflow.answering import Answered, answer
from assistant.workflow.events import Restarted, Started, TextDelta
from assistant.workflow.modelled import look_ahead, made_chat, started
from assistant.workflow.requests import DraftRequest, finished_draft, refuse_secrets
from assistant.writing.prompt_files import Front, fill, read_prompt
from assistant.writing.prompting import as_data

if TYPE_CHECKING:
    from assistant.models.messages import Message

DEFAULT = "换一种写法，事实不变。"
_ITEM = re.compile(r"(?:(?<=[：:；;。\n])|\A)[ \u3000]*[一二三四五六七八九十]{1,3}是")
_MARK = re.compile(r"[ \u3000]*[一二三四五六七八九十]{1,3}是")


@dataclass(frozen=True, slots=True)
class Redone:
    """The draft with the new part, where that stands, and the part it takes the place of."""

    draft: Draft
    start: int
    end: int
    before: str


def draft_parts(text: str) -> list[tuple[int, int]]:
    """Return the spans of a section's items (一是, 二是 …), or of its sentences where it has fewer than two items."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    if len(starts) < 2:
        return sentences(text)
    ends = [*starts[1:], len(text.rstrip())]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]


def redo(
    request: DraftRequest, text: str, span: tuple[int, int], settings: Settings, *, instruction: str = DEFAULT
) -> Iterator[Started | TextDelta | Restarted | Redone]:
    """Write ``text[start:end]`` again; the last event is `Redone`.

    Raises `SettingsError` without a model, `InputError` for a span outside the text or for what may not leave, `ModelError`
    with the partial text.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise InputError("要重写的位置不在文稿里，请重新选取。")
    endpoint = chat_endpoint(settings)
    chat = made_chat(settings, endpoint)
    if chat is None:
        raise SettingsError("没有设置模型，不能按要求重写，请设置 GONGWEN_MODEL，或修改要点后重新起草。")
    refuse_secrets(request, (endpoint,))
    look_ahead(chat, [text, instruction])
    yield started(endpoint, settings)
    begun = time.perf_counter()
    part, notes = text[start:end], [note.text for note in request.notes]
    for event in answer(chat, _asked(request, text, span, instruction), keep=[part], about=notes):
        if isinstance(event, Answered):
            new = _fitted(event.text, part)
            whole = text[:start] + new + text[end:]
            draft = finished_draft(request, whole, chat.endpoint.model, (), begun)
            yield Redone(draft, start, start + len(new), part)
        else:
            yield event


def _fitted(new: str, old: str) -> str:
    """Return a new part with the number and the last mark of the old one; of a whole section, its like alone."""
    text = "".join(line.strip() for line in _asked_for(new, old).split("\n"))
    number = _MARK.match(old)
    if number and not _MARK.match(text):
        text = number.group() + text
    if old[-1] in "。；" and text:
        text = (text[:-1] if text[-1] in "。；;，,、" else text) + old[-1]
    return text


def _asked_for(new: str, old: str) -> str:
    """Return those items of an answer that bear the numbers of ``old``, if it brings others too."""
    wanted = {_number(old[start:end]) for start, end in draft_parts(old)}
    items = [new[start:end] for start, end in draft_parts(new)]
    own = [item for item in items if _number(item) in wanted]
    others = [item for item in items if _number(item) not in wanted]
    return "".join(own) if own and others and all(map(_number, items)) and None not in wanted else new


def _number(part: str) -> str | None:
    match = _MARK.match(part)
    return match.group().strip() if match else None


def _asked(request: DraftRequest, text: str, span: tuple[int, int], instruction: str) -> "list[Message]":
    folder = shipped("prompts")
    _, system = read_prompt(folder / "system.md", Front)
    _, user = read_prompt(folder / "redo.md", Front)
    start, end = span
    values = {
        "before": _shown(text[:start]) or "（无）",
        "part": _shown(text[start:end]),
        "after": _shown(text[end:]) or "（无）",
        "notes": "\n".join(f"{number}. {_shown(note.text)}" for number, note in enumerate(request.notes, 1)),
        "instruction": instruction.strip() or DEFAULT,
    }
    return conversation(system.template, fill(user, values))


def _shown(text: str) -> str:
    return as_data(show_masks(text))
