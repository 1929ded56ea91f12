"""Draft one section: with the model that is set, else with the offline writer, as a stream of events."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Text
from assistant.errors import CorpusError, ModelError
from assistant.models.chat import Chat, Delta, Usage
from assistant.models.endpoint import Endpoint, chat_endpoint, embedding_endpoint
from assistant.models.tokens import counter
from assistant.settings import Settings
from assistant.types import Draft, Hit, Note, Sentence
from assistant.workflow.events import DraftEvent, Finished, Prompted, Retrieved, Started, TextDelta
from assistant.workflow.shelf import kept_outside, open_shelf
from assistant.writing.chain import Found, retrieve, stream_chain
from assistant.writing.offline import NAME as OFFLINE_WRITER
from assistant.writing.offline import join, write_section
from assistant.writing.prompting import Prompt, build_prompt
from assistant.writing.templates import SectionTemplate
from assistant.writing.topics import load_families

if TYPE_CHECKING:
    from assistant.retrieval.index import Index


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What is to be drafted. ``passages`` false means: without looking at the shelf."""

    template: SectionTemplate
    notes: tuple[Note, ...]
    unit: str | None = None
    year: int | None = None
    passages: bool = True


def draft(request: DraftRequest, settings: Settings) -> Iterator[DraftEvent]:
    """Draft a section. Raises `CorpusError`, `InputError`, `SettingsError`, and `ModelError` with the partial text."""
    started = time.perf_counter()
    endpoint = chat_endpoint(settings)
    index = _shelf(settings) if request.passages else None
    try:
        yield _started(request, settings, endpoint)
        if endpoint is None:
            yield from _offline(request, index, started)
        else:
            yield from _with_model(request, settings, endpoint, index, started)
    finally:
        if index is not None:
            index.close()


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
    )


def preview(request: DraftRequest, settings: Settings) -> Prompt:
    """Build the very prompt that `draft` would send, without sending it. Raises `CorpusError` and `InputError`."""
    endpoint = chat_endpoint(settings)
    if not request.passages:
        return _prompt(request, settings, (), endpoint)
    with _shelf(settings) as index:
        return _prompt(request, settings, retrieve(index, request.template, request.notes), endpoint)


def _shelf(settings: Settings) -> "Index":
    try:
        return open_shelf(settings)
    except CorpusError as error:
        raise CorpusError(f"{str(error).removesuffix('。')}，或加 --no-passages 不参考旧稿。") from error


def _prompt(
    request: DraftRequest, settings: Settings, hits: Sequence[Hit], endpoint: Endpoint | None
) -> Prompt:
    return build_prompt(
        request.template,
        request.notes,
        hits,
        unit=request.unit,
        year=request.year,
        count=counter(endpoint.model if endpoint else None),
        budget=settings.prompt_tokens,
    )


def _offline(request: DraftRequest, index: "Index | None", started: float) -> Iterator[DraftEvent]:
    hits = tuple(retrieve(index, request.template, request.notes)) if index else ()
    yield Retrieved(hits)
    pieces = write_section(
        request.template, request.notes, families=load_families(), unit=request.unit, year=request.year
    )
    for piece in pieces:
        yield TextDelta(piece.text)
    text, found = join(pieces)
    yield Finished(_draft(request, text, OFFLINE_WRITER, hits, started, known=found))


def _with_model(
    request: DraftRequest, settings: Settings, endpoint: Endpoint, index: "Index | None", started: float
) -> Iterator[DraftEvent]:
    parts: list[str] = []
    hits: tuple[Hit, ...] = ()
    for event in stream_chain(
        Chat(endpoint, temperature=settings.temperature),
        retrieve_hits=lambda: retrieve(index, request.template, request.notes) if index else [],
        build=lambda found: _prompt(request, settings, found, endpoint),
    ):
        match event:
            case Found():
                yield Retrieved(event.hits)
            case Prompt():
                hits = event.hits
                yield Prompted(event.tokens, len(event.hits))
            case Delta():
                parts.append(event.text)
                yield TextDelta(event.text)
            case Usage():
                yield _finished(request, "".join(parts), endpoint, hits, started, event)


def _finished(
    request: DraftRequest, raw: str, endpoint: Endpoint, hits: tuple[Hit, ...], started: float, usage: Usage
) -> Finished:
    return Finished(
        _draft(request, raw.strip(), endpoint.model, hits, started),
        cut_off=usage.finish_reason == "length",
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
    )


def _draft(
    request: DraftRequest,
    text: str,
    model: str,
    hits: tuple[Hit, ...],
    started: float,
    *,
    known: tuple[Sentence, ...] = (),
) -> Draft:
    """Check a text and make it a draft. ``known`` are its sentences if the writer itself knows what they rest on."""
    grounding = check_grounding(
        text,
        request.notes,
        passages=[Text(hit.passage.id, hit.passage.text) for hit in hits],
        section=request.template.front.name,
        given=f"{request.unit or ''} {f'{request.year}年' if request.year else ''}",
    )
    scores = {(sentence.start, sentence.end): sentence.score for sentence in grounding.sentences}
    return Draft(
        text=text,
        model=model,
        section=request.template.front.name,
        notes=request.notes,
        sentences=tuple(
            replace(sentence, score=scores.get((sentence.start, sentence.end), 0.0)) for sentence in known
        )
        or grounding.sentences,
        passages=hits,
        seconds=round(time.perf_counter() - started, 3),
        coverage=grounding.coverage,
        findings=grounding.findings,
    )


def partial_text(error: ModelError) -> str:
    """Return what a model had written when it failed, without a half placeholder at the end."""
    return re.sub(r"〖[^〗]*$", "", error.partial).strip()
