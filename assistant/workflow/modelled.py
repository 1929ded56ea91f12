"""Drafting with a model: retrieve, prompt, mask, write, check, revise; in portions when the notes do not fit at once."""

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checks.results import Grounding
from assistant.errors import ModelError
from assistant.models.chat import Chat, outgoing
from assistant.models.endpoint import Endpoint
from assistant.models.journal import Journal
from assistant.models.masking import Masked, Masker, mask_policy
from assistant.settings import Settings
from assistant.text.secrecy import refuse_marked, secrecy_marking
from assistant.types import Hit
from assistant.workflow.answering import Answered, answer
from assistant.workflow.events import (
    Checked,
    DraftEvent,
    Finished,
    Prompted,
    Restarted,
    Retrieved,
    Revised,
    Sending,
    Started,
    TextDelta,
)
from assistant.workflow.portions import portions, put_together
from assistant.workflow.requests import DraftRequest, finished_draft, ground, prompt_for
from assistant.workflow.revising import revise
from assistant.writing.chain import Found, messages, retrieve, stream_chain
from assistant.writing.prompting import Prompt

if TYPE_CHECKING:
    from assistant.retrieval.index import Index


@dataclass(slots=True)
class _Part:
    """What has been written of a portion."""

    text: str = ""
    hits: tuple[Hit, ...] = ()
    prompt: Prompt | None = None
    answered: Answered | None = None
    grounding: Grounding | None = None
    remark: str | None = None


def made_chat(settings: Settings, endpoint: Endpoint | None) -> "Chat | None":
    """Return the chat of a job, which masks what the settings ask for."""
    if endpoint is None:
        return None
    policy = mask_policy(settings)
    masker = Masker(policy) if policy.applies(local=endpoint.is_local) else None
    return Chat(endpoint, temperature=settings.temperature, masker=masker, journal=Journal(settings))


def started(endpoint: Endpoint | None, settings: Settings) -> Started:
    """Return who writes, for work that looks nothing up."""
    return Started(
        model=endpoint.model if endpoint else None,
        address=endpoint.address if endpoint else None,
        embedding=None,
        outside=(endpoint.address,) if endpoint and not endpoint.is_local else (),
        offline=settings.offline,
        masked=settings.mask != "never",
    )


def look_ahead(chat: Chat, texts: Sequence[str]) -> None:
    """Look at all that a job will send, before its first request: what is found in one text is masked in each.

    Raises `InputError` for a secrecy marking in any of them, unless they stay on this machine.
    """
    if not chat.endpoint.is_local:
        refuse_marked("\n".join(texts))
    if chat.masker is not None:
        chat.masker.learn(texts)


def leaving(prompt: Prompt, chat: Chat | None) -> tuple[Masked, ...]:
    """Return the two messages of a prompt as they leave; without a chat nothing leaves, and nothing is masked."""
    texts = [prompt.system, prompt.user]
    if chat is None:
        return tuple(Masked(text, ()) for text in texts)
    return tuple(outgoing(texts, chat.masker, chat.endpoint))


def with_model(
    request: DraftRequest, settings: Settings, endpoint: Endpoint, index: "Index | None", started: float
) -> Iterator[DraftEvent]:
    """Draft with a model. Raises `ModelError` with the partial text, `InputError` for what may not leave."""
    chat = made_chat(settings, endpoint)
    assert chat is not None  # an endpoint was given
    look_ahead(chat, [note.text for note in request.notes])
    done: list[_Part] = []
    for piece, extra in portions(request, settings, endpoint):
        if done:
            yield TextDelta("\n")
        try:
            done.append((yield from _portion(piece, settings, chat, index, extra=extra)))
        except ModelError as error:
            texts = [*(part.text for part in done), error.partial]
            raise ModelError(str(error), partial="\n".join(filter(None, texts))) from error
    yield _finished(request, done, chat, started, settings)


def _portion(
    request: DraftRequest, settings: Settings, chat: Chat, index: "Index | None", *, extra: str
) -> Generator[DraftEvent, None, _Part]:
    part, keep = _Part(), [note.text for note in request.notes]
    for event in stream_chain(
        lambda asked: answer(chat, asked, keep=keep),
        retrieve_hits=lambda: usable_hits(request, chat.endpoint, index),
        build=lambda hits: prompt_for(request, settings, hits, chat.endpoint, extra=extra),
    ):
        match event:
            case Found():
                yield Retrieved(event.hits)
            case Prompt():
                part.prompt, part.hits = event, event.hits
                yield Prompted(event.tokens, len(event.hits))
                yield _sending(event, chat)
            case TextDelta() | Restarted():
                yield event
            case Answered():
                part.answered = event
    yield from _mended(request, settings, chat, part, keep)
    return part


def _mended(
    request: DraftRequest, settings: Settings, chat: Chat, part: _Part, keep: Sequence[str]
) -> Iterator[Checked | Revised]:
    if part.answered is None or part.prompt is None:
        return
    best, remark = yield from revise(
        chat,
        messages(part.prompt),
        part.answered.text,
        check=lambda text: ground(request, text, part.hits),
        rounds=settings.revisions,
        keep=keep,
    )
    part.text, part.grounding, part.remark = best.text, best.grounding, remark or part.answered.remark


def usable_hits(request: DraftRequest, endpoint: Endpoint | None, index: "Index | None") -> list[Hit]:
    """Return the passages for a prompt; none of a report that bears a secrecy marking, if it would leave the machine."""
    if index is None:
        return []
    hits = retrieve(index, request.template, request.notes)
    if endpoint is None or endpoint.is_local:
        return hits
    reports = {hit.passage.report for hit in hits}
    marked = {report for report in reports if secrecy_marking(index.report_text(report) or "")}
    return [hit for hit in hits if hit.passage.report not in marked]


def _sending(prompt: Prompt, chat: Chat) -> Sending:
    sent = leaving(prompt, chat)
    return Sending(
        tuple(each.text for each in sent), tuple(entity for each in sent for entity in each.entities)
    )


def _finished(
    request: DraftRequest, done: Sequence[_Part], chat: Chat, started: float, settings: Settings
) -> Finished:
    hits = tuple({hit.passage.id: hit for part in done for hit in part.hits}.values())
    text = put_together([part.text for part in done])
    # One portion is the whole text, checked against all notes and passages already.
    known = done[0].grounding if len(done) == 1 else None
    draft = finished_draft(request, text, chat.endpoint.model, hits, started, grounding=known)
    Journal(settings).write(
        "checked",
        model=chat.endpoint.model,
        findings=dict(Counter(finding.rule for finding in draft.findings)),
        seconds=draft.seconds,
    )
    return Finished(
        draft,
        cut_off=any(part.answered.cut_off for part in done if part.answered),
        prompt_tokens=chat.prompt_tokens,
        completion_tokens=chat.completion_tokens,
        remark="".join(dict.fromkeys(part.remark for part in done if part.remark)) or None,
    )
