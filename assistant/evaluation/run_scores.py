"""Scoring what a run holds: a draft with the notes, the reference and the passages of its case."""

from collections.abc import Callable, Iterable

from assistant.checks.results import Text
from assistant.evaluation.run_file import RunCase, RunDraft, RunFile, RunScore, RunScorer
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorers import SCORERS, score_sample
from assistant.types import Note

Progress = Callable[[str, int, int], None]


def run_scorers() -> tuple[RunScorer, ...]:
    """Return the scorers as a run file lists them."""
    return tuple(
        RunScorer(
            name=scorer.name,
            title=scorer.title,
            better=scorer.better,
            group=scorer.group,
            signature=scorer.signature,
            most=scorer.most,
        )
        for scorer in SCORERS.values()
    )


def sample_of(draft: RunDraft, case: RunCase, passages: Iterable[Text]) -> Sample:
    """Return a draft as the scorers take it.

    ``passages`` are those found for the case, the same for every system so that leaks and overlap compare, and those
    that the writer saw besides.
    """
    return Sample(
        text=draft.text,
        section=case.section,
        notes=tuple(Note(f"n{number}", text) for number, text in enumerate(case.notes, 1)),
        reference=case.reference,
        passages=tuple(passages),
        given=f"{case.unit or ''} {f'{case.year}年' if case.year else ''}",
    )


def score_draft(draft: RunDraft, case: RunCase, passages: Iterable[Text]) -> tuple[RunScore, ...]:
    """Return a draft's scores on every scorer; none for one that was not written."""
    if draft.outcome != "written":
        return ()
    return tuple(
        RunScore(
            system=draft.system,
            case=draft.case,
            scorer=score.scorer,
            value=None if score.value is None else round(score.value, 6),
            answer=score.answer,
            explanation=score.explanation,
        )
        for score in score_sample(sample_of(draft, case, passages))
    )


def rescored(run: RunFile, *, progress: Progress | None = None) -> RunFile:
    """Return a run with every draft scored again, by the scorers as they are now."""
    cases = {case.id: case for case in run.cases}
    scores: list[RunScore] = []
    for number, draft in enumerate(run.drafts, 1):
        seen = dict.fromkeys((*run.retrieved.get(draft.case, ()), *draft.passages))
        scores += score_draft(draft, cases[draft.case], [Text(id_, run.passages[id_]) for id_ in seen])
        if progress:
            progress("评分", number, len(run.drafts))
    return run.model_copy(update={"scores": tuple(scores), "scorers": run_scorers()})


def changed_scores(before: RunFile, after: RunFile) -> int:
    """Return how many values differ between two scorings of one run, those that only one of them has included."""
    old, new = values(before), values(after)
    return sum(old.get(key, ()) != new.get(key, ()) for key in {**old, **new})


def values(run: RunFile) -> dict[tuple[str, str, str], float | None]:
    """Return the values of a run by system, case and scorer."""
    return {(score.system, score.case, score.scorer): score.value for score in run.scores}


def run_titles(run: RunFile) -> dict[str, str]:
    """Return the Chinese titles of a run's systems by name."""
    return {system.name: system.title for system in run.systems}
