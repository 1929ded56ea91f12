"""Draft one section: with the model that is set, else with the offline writer, as a stream of events."""

import re
import time
from collections.abc import Generator, Iterator
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from assistant.errors import CorpusError, InputError, ModelError
from assistant.models.endpoint import Endpoint, chat_endpoint, embedding_endpoint
from assistant.settings import Settings
from assistant.types import Draft
from assistant.workflow.events import Checked, DraftEvent, Finished, Retrieved, Started, TextDelta
from assistant.workflow.portions import portions
from assistant.workflow.requests import DraftRequest, finished_draft, prompt_for, refuse_secrets
from assistant.workflow.shelf import kept_outside, open_shelf
from assistant.writing.chain import retrieve
from assistant.writing.offline import NAME as OFFLINE_WRITER
from assistant.writing.offline import join, write_section
from assistant.writing.prompting import Prompt
from assistant.writing.topics import load_families

if TYPE_CHECKING:
    from assistant.models.masking import Masked
    from assistant.retrieval.index import Index


def draft(request: DraftRequest, settings: Settings) -> Generator[DraftEvent, None, None]:
    """Draft a section. Raises `CorpusError`, `InputError`, `SettingsError`, and `ModelError` with the partial text."""
    started = time.perf_counter()
    endpoint = chat_endpoint(settings)
    _refuse_secrets(request, settings)
    index = _shelf(settings) if request.passages else None
    try:
        yield _started(request, settings, endpoint)
        if endpoint is None:
            yield from _offline(request, index, started)
        else:
            # What speaks to a model is slow to import, and an offline draft does without.
            from assistant.workflow.modelled import with_model

            yield from with_model(request, settings, endpoint, index, started)
    finally:
        if index is not None:
            index.close()


def draft_candidates(
    request: DraftRequest, settings: Settings, *, count: int
) -> Generator[DraftEvent, None, None]:
    """Draft a section ``count`` times; the last `Finished` has the draft that the checks rank first, and the others.

    Raises as `draft` does, and `InputError` without a model: the offline writer writes the same each time.
    """
    if count > 1 and chat_endpoint(settings) is None:
        raise InputError("没有设置模型，离线写作每次写出的都一样，请去掉 -n，或先设置 GONGWEN_MODEL。")
    done: list[Finished] = []
    failure = None
    for _ in range(count):
        try:
            with closing(draft(request, settings)) as events:
                yield from _but_last(events, done)
        except ModelError as error:
            if not done:
                raise
            failure = f"只写成{len(done)}稿：{error}"
            break
    ranked = sorted(done, key=lambda event: rank(event.draft))
    best = ranked[0]
    yield Finished(
        best.draft,
        cut_off=best.cut_off,
        prompt_tokens=best.prompt_tokens,
        completion_tokens=best.completion_tokens,
        remark="".join(filter(None, (best.remark, failure))) or None,
        others=tuple(event.draft for event in ranked[1:]),
    )


def _but_last(events: Iterator[DraftEvent], done: list[Finished]) -> Iterator[DraftEvent]:
    """Yield what happens; how it finished goes to ``done``."""
    for event in events:
        if isinstance(event, Finished):
            done.append(event)
        else:
            yield event


def rank(draft: Draft) -> tuple[int, int, float]:
    """Return what candidates are ordered by, least first: errors, warnings, and how little their notes hold them."""
    levels = [finding.level.value for finding in draft.findings]
    score = sum(sentence.score for sentence in draft.sentences) / max(1, len(draft.sentences))
    return levels.count("error"), levels.count("warn"), -score


def _refuse_secrets(request: DraftRequest, settings: Settings) -> None:
    embedding = embedding_endpoint(settings) if request.passages else None
    refuse_secrets(request, (chat_endpoint(settings), embedding))


def _started(request: DraftRequest, settings: Settings, endpoint: Endpoint | None) -> Started:
    embedding = embedding_endpoint(settings) if request.passages else None
    return Started(
        model=endpoint.model if endpoint else None,
        address=endpoint.address if endpoint else None,
        embedding=embedding.address if embedding else None,
        outside=tuple(
            dict.fromkeys(each.address for each in (endpoint, embedding) if each and not each.is_local)
        ),
        offline=settings.offline,
        keeper=kept_outside(settings) if request.passages else None,
        masked=settings.mask != "never",
    )


def preview(request: DraftRequest, settings: Settings) -> tuple[Prompt, ...]:
    """Build the very prompts that `draft` would send, without sending them: one, or one a portion of many long notes.

    Raises `CorpusError` and `InputError`.
    """
    from assistant.workflow.modelled import usable_hits

    endpoint = chat_endpoint(settings)
    _refuse_secrets(request, settings)
    with _shelf(settings) if request.passages else nullcontext() as index:
        return tuple(
            prompt_for(piece, settings, usable_hits(piece, endpoint, index), endpoint, extra=extra)
            for piece, extra in portions(request, settings, endpoint)
        )


def preview_masked(request: DraftRequest, settings: Settings) -> "tuple[tuple[Masked, ...], ...]":
    """Return system and user message of each prompt exactly as `draft` would send them, without sending.

    Without a model nothing leaves, and nothing is masked. Raises as `preview` does, and `InputError` for a secrecy
    marking.
    """
    from assistant.workflow.modelled import leaving, look_ahead, made_chat

    prompts, chat = preview(request, settings), made_chat(settings, chat_endpoint(settings))
    if chat is not None:
        look_ahead(chat, [note.text for note in request.notes])
    return tuple(leaving(prompt, chat) for prompt in prompts)


def _shelf(settings: Settings) -> "Index":
    try:
        return open_shelf(settings)
    except CorpusError as error:
        raise CorpusError(f"{str(error).removesuffix('。')}，或加 --no-passages 不参考旧稿。") from error


def _offline(request: DraftRequest, index: "Index | None", started: float) -> Iterator[DraftEvent]:
    hits = tuple(retrieve(index, request.template, request.notes)) if index else ()
    yield Retrieved(hits)
    pieces = write_section(
        request.template, request.notes, families=load_families(), unit=request.unit, year=request.year
    )
    for piece in pieces:
        yield TextDelta(piece.text)
    text, found = join(pieces)
    done = finished_draft(request, text, OFFLINE_WRITER, hits, started, known=found)
    yield Checked(0, done.findings, done.coverage)
    yield Finished(done)


def partial_text(error: ModelError) -> str:
    """Return what a model had written when it failed, without a half placeholder at the end."""
    return re.sub(r"〖[^〗]*$", "", error.partial).strip()
