"""What can write a case: floors that need no writer, the offline writer, and the model that is set, in three ways."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.checks.results import Text
from assistant.documents.parsing import parse
from assistant.documents.reading import read_text
from assistant.errors import InputError, SettingsError
from assistant.evaluation.cases import Case
from assistant.evaluation.run_shelf import Workroom, corpus_files
from assistant.models.endpoint import chat_endpoint
from assistant.models.journal import fingerprint
from assistant.settings import Settings
from assistant.types import Role
from assistant.workflow.drafting import draft
from assistant.workflow.events import Finished, Revised, Sending
from assistant.workflow.requests import DraftRequest

# Parts of a report that are no text of its own.
_FORMAL = {Role.TITLE, Role.ADDRESSEE}
OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class SystemDraft:
    """A draft, or the reason why this case is none for the system.

    ``prompts`` are hashes of the messages as they were sent, ``passages`` are those that the writer saw.
    """

    text: str = ""
    skipped: str | None = None
    model: str | None = None
    prompts: tuple[str, ...] = ()
    passages: tuple[Text, ...] = ()
    revisions: int = 0
    cut_off: bool = False
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class System:
    """Who writes. ``write`` raises what drafting raises; ``modelled`` tells that it needs a model."""

    name: str
    title: str
    write: Callable[[Case, Workroom], SystemDraft]
    modelled: bool = False


def _notes(case: Case, _: Workroom) -> SystemDraft:
    return SystemDraft("\n".join(note.text for note in case.notes))


def _nearest(case: Case, room: Workroom) -> SystemDraft:
    hits = room.hits(case)
    if not hits:
        return SystemDraft(skipped="别的报告里没有这一节的相近段落")
    nearest = hits[0].passage
    return SystemDraft(nearest.text, passages=(Text(nearest.id, nearest.text),))


def _other_sections(case: Case, room: Workroom) -> SystemDraft:
    path = next((path for path in corpus_files() if path.name == case.report), None)
    if path is None:
        return SystemDraft(skipped="这一题没有整篇报告")
    report = parse(read_text(path), name=path.name)
    others = [
        report.text[section.start : section.end]
        for section in report.sections
        if section.level == 1 and section.role not in {*_FORMAL, room.templates[case.section].front.role}
    ]
    return SystemDraft("\n".join(others)) if others else SystemDraft(skipped="这篇报告没有别的节")


def _offline(case: Case, room: Workroom) -> SystemDraft:
    # The offline writer borrows nothing from passages, so that it need not look for any.
    return _drafted(case, room, room.settings.model_copy(update={"offline": True}), passages=False)


def _model(case: Case, room: Workroom) -> SystemDraft:
    shelf = room.shelf(case.report).model_copy(update={"revisions": 0})
    return _drafted(case, room, shelf, passages=False)


def _model_retrieval(case: Case, room: Workroom) -> SystemDraft:
    shelf = room.shelf(case.report).model_copy(update={"revisions": 0})
    return _drafted(case, room, shelf, passages=True)


def _model_revision(case: Case, room: Workroom) -> SystemDraft:
    shelf = room.shelf(case.report).model_copy(update={"revisions": revisions(room.settings)})
    return _drafted(case, room, shelf, passages=True)


def revisions(settings: Settings) -> int:
    """Return how often the revising system may revise: as set, and where that is never, as by default."""
    return settings.revisions or int(Settings.model_fields["revisions"].default)


def _drafted(case: Case, room: Workroom, settings: Settings, *, passages: bool) -> SystemDraft:
    request = DraftRequest(
        room.templates[case.section], case.notes, unit=case.unit, year=case.year, passages=passages
    )
    done = SystemDraft()
    for event in draft(request, settings):
        match event:
            case Sending():
                done = replace(done, prompts=(*done.prompts, fingerprint("\n".join(event.messages))))
            case Revised(kept=True):
                done = replace(done, revisions=done.revisions + 1)
            case Finished():
                done = _finished(done, event)
    return done


def _finished(done: SystemDraft, event: Finished) -> SystemDraft:
    return replace(
        done,
        text=event.draft.text,
        model=event.draft.model,
        passages=tuple(Text(hit.passage.id, hit.passage.text) for hit in event.draft.passages),
        cut_off=event.cut_off,
        prompt_tokens=event.prompt_tokens,
        completion_tokens=event.completion_tokens,
    )


SYSTEMS = {
    system.name: system
    for system in (
        System("notes", "要点原样", _notes),
        System("nearest", "最近的旧段落", _nearest),
        System("other-sections", "本报告其他节", _other_sections),
        System(OFFLINE, "离线写作", _offline),
        System("model", "模型", _model, modelled=True),
        System("model-retrieval", "模型加检索", _model_retrieval, modelled=True),
        System("model-revision", "模型加检索和修改", _model_revision, modelled=True),
    )
}
FLOORS = ("notes", "nearest", "other-sections")


def chosen_systems(names: Iterable[str], settings: Settings) -> tuple[System, ...]:
    """Return the systems of these names, or without names all that can write with these settings.

    Raises `InputError` for an unknown name, `SettingsError` for one that needs a model where none is set.
    """
    wanted = list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in SYSTEMS]:
        raise InputError(f"没有“{unknown[0]}”这个系统，请从这些里选：{'、'.join(SYSTEMS)}。")
    has_model = chat_endpoint(settings) is not None
    if not wanted:
        return tuple(system for system in SYSTEMS.values() if has_model or not system.modelled)
    modelled = [name for name in wanted if SYSTEMS[name].modelled]
    if modelled and not has_model:
        raise SettingsError(
            f"系统 {'、'.join(modelled)} 要用模型，而没有设置模型，请设置 GONGWEN_MODEL 和接口地址，或改选别的系统。"
        )
    return tuple(SYSTEMS[name] for name in wanted)
