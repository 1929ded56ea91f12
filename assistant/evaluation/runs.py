"""A run: every case drafted by every system, and scored."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.checks.results import Text
from assistant.errors import InputError, ModelError
from assistant.evaluation.cases import Case
from assistant.evaluation.run_file import RunCase, RunDraft, RunFile, RunScore, RunSystem, RunTimings
from assistant.evaluation.run_scores import Progress, run_scorers, score_draft
from assistant.evaluation.run_shelf import Workroom
from assistant.evaluation.run_signature import run_case, sign
from assistant.evaluation.run_storage import Unfinished
from assistant.evaluation.systems import System, SystemDraft
from assistant.models.endpoint import chat_endpoint
from assistant.settings import Settings

# A system that has failed so often in a row is not asked again.
PATIENCE = 3


@dataclass
class _Run:
    """What is to be done and what has been done so far. ``earlier`` holds what an interrupted run had drafted."""

    settings: Settings
    systems: tuple[System, ...]
    cases: tuple[Case, ...]
    earlier: RunFile | None
    known: dict[str, RunCase] = field(init=False)
    made: str = field(init=False)
    drafts: list[RunDraft] = field(default_factory=list)
    scores: list[RunScore] = field(default_factory=list)
    passages: dict[str, str] = field(default_factory=dict)
    retrieved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = {case.id: run_case(case) for case in self.cases}
        self.made = datetime.now().astimezone().isoformat(timespec="seconds")

    def take(self, draft: RunDraft, seen: Sequence[Text], found: Sequence[Text], seconds: float) -> None:
        """Take a draft in, and score it with the passages that were found for its case or seen by its writer."""
        self.drafts.append(draft)
        self.seconds.setdefault(draft.system, {})[draft.case] = round(seconds, 3)
        passages = {text.id: text for text in (*found, *seen)}
        self.passages |= {id_: text.text for id_, text in passages.items()}
        self.retrieved[draft.case] = tuple(text.id for text in found)
        self.scores += score_draft(draft, self.known[draft.case], passages.values())

    def file(self, *, complete: bool = False) -> RunFile:
        """Return the run as a file."""
        return RunFile(
            complete=complete,
            signature=sign(self.known.values(), self.settings),
            systems=tuple(RunSystem(name=system.name, title=system.title) for system in self.systems),
            scorers=run_scorers(),
            cases=tuple(self.known.values()),
            passages=self.passages,
            retrieved=self.retrieved,
            drafts=tuple(self.drafts),
            scores=tuple(self.scores),
            timings=RunTimings(made=self.made, seconds=self.seconds),
        )


def run_systems(
    systems: Sequence[System],
    cases: Iterable[Case],
    settings: Settings,
    *,
    kept: Unfinished,
    earlier: RunFile | None = None,
    progress: Progress | None = None,
) -> RunFile:
    """Draft every case with every system and score it; the caller writes the run.

    What an interrupted run has done is ``kept``; handed in as ``earlier`` its drafts are taken over. A draft that fails is
    recorded with its reason. Raises `InputError`, `SettingsError`, `CorpusError`, `ModelError` of an embedding endpoint.
    """
    run = _Run(settings, tuple(systems), tuple(cases), earlier)
    _check_same(run)
    total = len(run.systems) * len(run.cases)
    try:
        with Workroom(settings) as room:
            for done, system in enumerate(_work(run, room), 1):
                kept.keep(run.file)
                if progress:
                    progress(system.title, done, total)
    except BaseException:
        if run.drafts:
            kept.keep(run.file, now=True)
        raise
    kept.drop()
    return run.file(complete=True)


def _check_same(run: _Run) -> None:
    """Raise `InputError` unless the run that is to be continued was made as this one would be."""
    if run.earlier and (
        run.earlier.signature != run.file().signature or run.earlier.systems != run.file().systems
    ):
        raise InputError(
            "要接着做的评测所用的系统、用例、设置或版本与现在不同，请照原样设置后重试，或重新评测。"
        )


def _work(run: _Run, room: Workroom) -> Iterator[System]:
    """Do one draft after another, and yield its system when it is done."""
    before = _usable(run.earlier)
    for system in run.systems:
        failures: list[str] = []
        for case in run.cases:
            found = [Text(hit.passage.id, hit.passage.text) for hit in room.hits(case)]
            if draft := before.get((system.name, case.id)):
                assert run.earlier is not None  # it holds the draft
                seen = tuple(Text(id_, run.earlier.passages[id_]) for id_ in draft.passages)
                seconds = run.earlier.timings.seconds.get(system.name, {}).get(case.id, 0.0)
            else:
                draft, seen, seconds = _timed(system, case, room, failures)
            run.take(draft, seen, found, seconds)
            yield system


def _usable(earlier: RunFile | None) -> dict[tuple[str, str], RunDraft]:
    """Return the drafts of an earlier run by system and case; one that failed is to be tried again."""
    drafts = earlier.drafts if earlier else ()
    return {(draft.system, draft.case): draft for draft in drafts if draft.outcome != "failed"}


def _timed(
    system: System, case: Case, room: Workroom, failures: list[str]
) -> tuple[RunDraft, tuple[Text, ...], float]:
    """Return a draft, the passages its writer saw, and seconds; ``failures`` are the reasons of those that failed last."""
    if len(failures) >= PATIENCE:
        reason = f"连续{PATIENCE}题失败，没有再试：{failures[-1]}"
        return RunDraft(system=system.name, case=case.id, outcome="failed", reason=reason), (), 0.0
    started = time.perf_counter()
    try:
        written = system.write(case, room)
    except (InputError, ModelError) as error:
        failures.append(without_address(str(error), room.settings))
        draft = RunDraft(system=system.name, case=case.id, outcome="failed", reason=failures[-1])
        return draft, (), time.perf_counter() - started
    finally:
        room.keep_journal()
    failures.clear()
    return _draft(system, case, written), written.passages, time.perf_counter() - started


def _draft(system: System, case: Case, written: SystemDraft) -> RunDraft:
    return RunDraft(
        system=system.name,
        case=case.id,
        outcome="skipped" if written.skipped else "written",
        text=written.text,
        reason=written.skipped,
        model=written.model,
        prompts=written.prompts,
        passages=tuple(text.id for text in written.passages),
        revisions=written.revisions,
        cut_off=written.cut_off,
        prompt_tokens=written.prompt_tokens,
        completion_tokens=written.completion_tokens,
    )


def without_address(sentence: str, settings: Settings) -> str:
    """Return what an error says without the address of the endpoint: a run may be handed on."""
    endpoint = chat_endpoint(settings)
    if endpoint is None:
        return sentence
    return (
        sentence.replace(f" {endpoint.address} ", "")
        .replace(endpoint.address, "")
        .replace(endpoint.host, "××")
    )
