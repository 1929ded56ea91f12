"""What is to be drafted, the prompt for it, and what becomes of a text: a checked draft."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Grounding, Text
from assistant.models.endpoint import Endpoint
from assistant.models.tokens import counter
from assistant.settings import Settings
from assistant.text.secrecy import refuse_marked
from assistant.types import Draft, Hit, Note, Sentence
from assistant.writing.prompting import Prompt, build_prompt
from assistant.writing.templates import SectionTemplate


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What is to be drafted. ``passages`` false means: without looking at the shelf.

    ``source`` is the text that the notes were read from, where there was one: its head may bear a secrecy marking.
    """

    template: SectionTemplate
    notes: tuple[Note, ...]
    unit: str | None = None
    year: int | None = None
    passages: bool = True
    source: str = ""


def refuse_secrets(request: DraftRequest, endpoints: Iterable[Endpoint | None]) -> None:
    """Raise `InputError` when notes with a secrecy marking would leave for one of the endpoints."""
    if any(endpoint is not None and not endpoint.is_local for endpoint in endpoints):
        refuse_marked("\n".join([request.source, *(note.text for note in request.notes)]))


def prompt_for(
    request: DraftRequest,
    settings: Settings,
    hits: Sequence[Hit],
    endpoint: Endpoint | None,
    *,
    extra: str = "",
) -> Prompt:
    """Build the prompt of a request. Raises `InputError` when the notes alone do not fit."""
    return build_prompt(
        request.template,
        request.notes,
        hits,
        unit=request.unit,
        year=request.year,
        count=counter(endpoint.model if endpoint else None),
        budget=settings.prompt_tokens,
        extra=extra,
    )


def ground(request: DraftRequest, text: str, hits: Sequence[Hit]) -> Grounding:
    """Check a text against the notes of a request and the passages that the writer saw."""
    return check_grounding(
        text,
        request.notes,
        passages=[Text(hit.passage.id, hit.passage.text) for hit in hits],
        section=request.template.front.name,
        given=f"{request.unit or ''} {f'{request.year}年' if request.year else ''}",
    )


def finished_draft(
    request: DraftRequest,
    text: str,
    model: str,
    hits: tuple[Hit, ...],
    started: float,
    *,
    known: tuple[Sentence, ...] = (),
    grounding: Grounding | None = None,
) -> Draft:
    """Check a text, unless its ``grounding`` is there already, and make it a draft.

    ``known`` are its sentences if the writer itself knows what they rest on.
    """
    grounding = grounding or ground(request, text, hits)
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
