"""One answer of a model, made usable: cleaned while it streams, continued when cut off, asked for once more when it is none."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import InputError, ModelError
from assistant.models.chat import Chat, Usage
from assistant.models.messages import turns
from assistant.workflow.events import Restarted, TextDelta
from assistant.writing.answers import AnswerFilter, clean
from assistant.writing.holding import DoubtfulStart, Seam
from assistant.writing.misanswers import REFUSED, LoopWatch, Misanswer, is_talk, judge_answer, unwrap

if TYPE_CHECKING:
    from assistant.models.messages import Message

# How often a text that the model's length limit cut off is continued.
CONTINUATIONS = 3
CONTINUE = "前面的正文因长度限制中断。请从中断处接着写完，不重复已写的内容，只输出接下去的正文。"
AGAIN = "（上一次的回答不能用。这一次{order}。）"
ORDERS = {
    Misanswer.REFUSAL: "请直接写正文：这是机关的日常公文，内容只依据所给的材料",
    Misanswer.LANGUAGE: "请用中文写",
    Misanswer.FORM: "请只输出正文的文字，不要 JSON、代码或其他格式",
    Misanswer.LOOP: "请不要反复写同样的话",
    Misanswer.EMPTY: "请写出正文",
}
KEEP = "请原样保留〖〗里的全部占位符，一个也不能少，不能改，也不能添{missing}"


@dataclass(frozen=True, slots=True)
class Answered:
    """The text of an answer. ``cut_off`` tells that a length limit ended it, ``remark`` what the user should know."""

    text: str
    cut_off: bool = False
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why an answer cannot be used, for the user, and what the model is to do about it."""

    message: str
    order: str


@dataclass(slots=True)
class _Reply:
    """What the requests for one answer brought; ``broken`` are placeholders that nobody sent, or that were altered."""

    text: str = ""
    finish_reason: str = ""
    looped: bool = False
    new_line: bool = False
    broken: tuple[str, ...] = ()
    remark: str | None = None

    @property
    def is_cut_off(self) -> bool:
        return self.finish_reason == "length" and not self.looped


def answer(
    chat: Chat, messages: "Sequence[Message]", *, keep: Sequence[str] = (), about: Sequence[str] = ()
) -> Generator[TextDelta | Restarted | Answered, None, None]:
    """Ask, and yield the text as it comes, at last the whole of it.

    ``keep`` are texts whose placeholders, if masked, must all come back. An answer that is no text, that speaks of nothing
    in these or in ``about`` but to whoever asked, or that lost or changed a placeholder, is asked for once more (`Restarted`:
    what was shown no longer counts), then refused. Raises `ModelError` with the text so far, `InputError` for texts that
    may not leave.
    """
    asked = list(messages)
    reply = yield from _whole(chat, asked)
    if fault := _fault(chat, reply, keep, about):
        yield Restarted(fault.message)
        first = reply.text
        try:
            reply = yield from _whole(chat, _once_more(asked, fault))
        except ModelError as error:
            raise ModelError(str(error), partial=error.partial or first) from error
        if fault := _fault(chat, reply, keep, about):
            raise ModelError(fault.message, partial=reply.text or first)
    yield _answered(reply)


def _whole(chat: Chat, asked: "list[Message]") -> Generator[TextDelta, None, _Reply]:
    """Ask, and go on asking while the length limit cuts the text off; return the whole reply.

    A continuation that fails, or that repeats what is there, costs nothing: the text stays cut off.
    """
    reply = yield from _first(chat, asked)
    for _ in range(CONTINUATIONS):
        if not reply.is_cut_off or reply.broken or judge_answer(reply.text):
            break
        written = len(reply.text)
        try:
            yield from _continued(chat, asked, reply)
        except (InputError, ModelError) as error:
            reply.remark = f"续写时{error}"
            break
        if len(reply.text) == written:
            break
    return reply


def _first(chat: Chat, asked: "list[Message]") -> Generator[TextDelta, None, _Reply]:
    start, through, reply = DoubtfulStart(), AnswerFilter(), _Reply()
    raw = ""
    try:
        for text in _pieces(chat, asked, reply):
            raw += text
            if shown := start.feed(through.feed(text)):
                yield TextDelta(shown)
    except ModelError as error:
        raise ModelError(str(error), partial=clean(error.partial)) from error
    if shown := start.feed(through.finish()):
        yield TextDelta(shown)
    reply.text = unwrap(clean(raw))
    reply.new_line = raw.endswith("\n")
    if not start.sure and judge_answer(reply.text) is None:
        yield TextDelta(reply.text)
    return reply


def _continued(chat: Chat, asked: "list[Message]", reply: _Reply) -> Iterator[TextDelta]:
    """Ask for the rest of a reply, and add it."""
    through, seam = AnswerFilter(), Seam(reply.text)
    turn = [*asked, *turns(reply.text, CONTINUE)]
    raw = "\n" if reply.new_line else ""
    for text in _pieces(chat, turn, reply):
        raw += text
        if raw.lstrip(" \u3000").startswith("\n"):
            seam.break_line()
        if shown := seam.feed(through.feed(text)):
            reply.text += shown
            yield TextDelta(shown)
        if seam.repeats:
            reply.finish_reason = "length"
            break
    if shown := seam.feed(through.finish()) + seam.finish():
        reply.text += shown
        yield TextDelta(shown)
    reply.new_line = raw.endswith("\n")


def _pieces(chat: Chat, asked: "list[Message]", reply: _Reply) -> Iterator[str]:
    """Yield what arrives, and write down how it ended. One that goes round in circles is hung up on."""
    watch, raw = LoopWatch(), ""
    events = chat.stream(asked)
    try:
        for event in events:
            if isinstance(event, Usage):
                reply.finish_reason = event.finish_reason
                continue
            raw += event.text
            yield event.text
            if watch.feed(event.text):
                reply.looped = True
                break
    finally:
        events.close()
        # Before any of it is sent back: to the masker, what was sent is known.
        reply.broken += _broken(chat, raw, asked)


def _broken(chat: Chat, raw: str, asked: "Sequence[Message]") -> tuple[str, ...]:
    """Return the placeholders that an answer altered or invented; what only looks like one may be the user's own."""
    if chat.masker is None:
        return ()
    found = chat.masker.verify(raw, sent="")
    own = "\n".join(str(message.content) for message in asked)
    return (*(name for name in found.altered if name not in own), *found.invented)


def _fault(chat: Chat, reply: _Reply, keep: Sequence[str], about: Sequence[str]) -> _Fault | None:
    """Return why an answer cannot be used, or none."""
    judged = judge_answer(reply.text)
    if judged is not None and judged.kind is not Misanswer.LOOP:
        return _Fault(judged.message, ORDERS[judged.kind])
    if keep and is_talk(reply.text, [*keep, *about]):
        return _Fault(REFUSED, ORDERS[Misanswer.REFUSAL])
    if judged is not None and not judged.usable:
        message = "模型反复写同样的话，没有写出可用的正文，请重试或换用别的模型。"
        return _Fault(message, ORDERS[judged.kind])
    missing = {} if reply.looped or reply.is_cut_off else _missing(chat, reply.text, keep)
    if lost := [*missing, *reply.broken]:
        names = "、".join(dict.fromkeys(lost[:3]))
        return _Fault(
            f"模型弄丢或改动了遮盖用的占位符{names}，请重试、换用别的模型，或改用本机模型。",
            # In the user's words, which are masked like all that is sent.
            KEEP.format(missing=f"：{'、'.join(missing.values())}" if missing else ""),
        )
    return None


def _missing(chat: Chat, text: str, keep: Sequence[str]) -> dict[str, str]:
    """Return the placeholders that did not come back, and what they stand for."""
    if chat.masker is None:
        return {}
    entities = [entity for masked in chat.masker.mask_all(list(keep)) for entity in masked.entities]
    return {entity.placeholder: entity.text for entity in entities if entity.text not in text}


def _answered(reply: _Reply) -> Answered:
    judged = judge_answer(reply.text)
    text = reply.text if judged is None else reply.text[: judged.usable]
    return Answered(
        text=text.strip(),
        cut_off=reply.is_cut_off and judged is None,
        remark=judged.message if judged is not None else reply.remark,
    )


def _once_more(asked: "list[Message]", fault: _Fault) -> "list[Message]":
    """Return the messages again, with what to do better. The bad answer stays out: it would only be copied."""
    content = f"{asked[-1].content}\n\n{AGAIN.format(order=fault.order)}"
    return [*asked[:-1], asked[-1].model_copy(update={"content": content})]
