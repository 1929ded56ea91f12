"""Letting a model judge a run: marks for every draft, and every system against one other, each pair in both orders."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.errors import InputError, ModelError, SettingsError
from assistant.evaluation.judge_replies import Marks, Preference, Reply, excerpted, judge_prompts, read_reply
from assistant.evaluation.run_file import (
    Outcome,
    RunCase,
    RunDraft,
    RunFile,
    RunJudgement,
    RunRating,
    RunVerdict,
)
from assistant.evaluation.run_scores import Progress
from assistant.evaluation.run_signature import endpoint_kind
from assistant.evaluation.runs import without_address
from assistant.evaluation.scorer_base import files_digest
from assistant.evaluation.systems import OFFLINE
from assistant.models.chat import Chat, Delta
from assistant.models.endpoint import chat_endpoint
from assistant.models.messages import conversation
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.workflow.modelled import made_chat

WINNERS: dict[str, Literal["first", "second", "tie"]] = {"甲": "first", "乙": "second", "平": "tie"}
# An endpoint that has failed so often in a row is not asked again.
PATIENCE = 5


@dataclass
class _Session:
    """The chat with a judge, and how often it failed in a row."""

    chat: Chat
    settings: Settings
    failures: list[str] = field(default_factory=list)

    @property
    def stopped(self) -> str | None:
        """Return why the judge is not asked any more, or none."""
        if len(self.failures) < PATIENCE:
            return None
        return f"连续{PATIENCE}次没有答复，没有再问：{self.failures[-1]}"

    def ask(self, prompts: tuple[str, str], form: type[Reply]) -> tuple[Outcome, Reply | None, str]:
        """Return how it went, the reply where it could be read, and the reason where it could not."""
        try:
            pieces = [
                event.text for event in self.chat.stream(conversation(*prompts)) if isinstance(event, Delta)
            ]
        except (InputError, ModelError) as error:
            sentence = without_address(str(error), self.settings)
            self.failures.append(sentence)
            return ("timeout" if _is_timeout(error) else "failed"), None, sentence
        self.failures.clear()
        text = "".join(pieces)
        reply = read_reply(text, form)
        if reply is None:
            return "unparsable", None, excerpted([text])
        return "parsed", reply, ""


def _is_timeout(error: BaseException) -> bool:
    """Tell whether waiting too long is what an error comes from; the client's own kinds go by their names."""
    cause: BaseException | None = error
    while cause is not None:
        if type(cause).__name__.endswith(("Timeout", "TimeoutError")):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def question_count(run: RunFile) -> int:
    """Return how many questions judging a run takes."""
    return len(_written(run)) + 2 * len(_pairs(run, judge_base(run)))


def judge_base(run: RunFile) -> str | None:
    """Return the system that the others are compared with: the offline writer, else the first; none if there is one only."""
    names = [system.name for system in run.systems]
    if len(names) < 2:
        return None
    return OFFLINE if OFFLINE in names else names[0]


def judge_chat(settings: Settings) -> Chat:
    """Return the chat with the judge. Raises `SettingsError` without a model."""
    chat = made_chat(settings, chat_endpoint(settings))
    if chat is None:
        raise SettingsError("评审要用模型，而没有设置模型，请设置 GONGWEN_MODEL 和接口地址，或不要评审。")
    return chat


def judged_run(run: RunFile, settings: Settings, *, progress: Progress | None = None) -> RunFile:
    """Return a run with what the model that is set says of it, in place of what an earlier judge said.

    A reply that cannot be read, a time-out and a failure are outcomes of their own, and never marks. Raises `SettingsError`
    without a model.
    """
    session = _Session(judge_chat(settings), settings)
    answers = list(_told(_answers(run, session), question_count(run), progress))
    return run.model_copy(update={"judgement": _judgement(run, session, answers)})


def _told(
    answers: Iterator[RunRating | RunVerdict], total: int, progress: Progress | None
) -> Iterator[RunRating | RunVerdict]:
    """Yield answers, and tell how many there are."""
    for done, answer in enumerate(answers, 1):
        yield answer
        if progress:
            progress("评审", done, total)


def _judgement(run: RunFile, session: _Session, answers: list[RunRating | RunVerdict]) -> RunJudgement:
    chat = session.chat
    return RunJudgement(
        model=chat.endpoint.model,
        endpoint=endpoint_kind(chat.endpoint),
        prompts=files_digest((shipped("prompts") / "judge").glob("*.md")),
        temperature=session.settings.temperature,
        base=judge_base(run),
        ratings=tuple(answer for answer in answers if isinstance(answer, RunRating)),
        verdicts=tuple(answer for answer in answers if isinstance(answer, RunVerdict)),
        prompt_tokens=chat.prompt_tokens,
        completion_tokens=chat.completion_tokens,
        stopped=session.stopped,
    )


def _answers(run: RunFile, session: _Session) -> Iterator[RunRating | RunVerdict]:
    cases = {case.id: case for case in run.cases}
    for draft in _written(run):
        if session.stopped:
            return
        yield _rating(draft, cases[draft.case], session)
    for one, two in _pairs(run, judge_base(run)):
        for first, second in ((one, two), (two, one)):
            if session.stopped:
                return
            yield _verdict(cases[one.case], session, first=first, second=second)


def _written(run: RunFile) -> list[RunDraft]:
    return [draft for draft in run.drafts if draft.outcome == "written"]


def _pairs(run: RunFile, base: str | None) -> list[tuple[RunDraft, RunDraft]]:
    """Return the base's draft and another's, for each case and each other system."""
    bases = {draft.case: draft for draft in _written(run) if draft.system == base}
    return [
        (bases[draft.case], draft) for draft in _written(run) if draft.system != base and draft.case in bases
    ]


def _rating(draft: RunDraft, case: RunCase, session: _Session) -> RunRating:
    outcome, marks, reason = session.ask(judge_prompts("pointwise", case, {"draft": draft.text}), Marks)
    return RunRating(
        system=draft.system,
        case=draft.case,
        outcome=outcome,
        marks=marks.by_criterion() if marks else {},
        reason=excerpted([marks.reason]) if marks else reason,
    )


def _verdict(case: RunCase, session: _Session, *, first: RunDraft, second: RunDraft) -> RunVerdict:
    shown = {"first": first.text, "second": second.text}
    outcome, preference, reason = session.ask(judge_prompts("pairwise", case, shown), Preference)
    return RunVerdict(
        case=case.id,
        first=first.system,
        second=second.system,
        outcome=outcome,
        winner=WINNERS[preference.winner] if preference else None,
        reason=excerpted([preference.reason]) if preference else reason,
    )
