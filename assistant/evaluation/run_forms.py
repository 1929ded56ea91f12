"""Runs and comparisons as the JSON objects that ``eval/README.md`` documents, and the judge's results in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.evaluation.comparing import Compared, columns
from assistant.evaluation.judge_results import OUTCOMES_OF_JUDGE, Agreement, Duel, JudgeResults, judge_results
from assistant.evaluation.run_file import RunFile, RunJudgement
from assistant.evaluation.run_means import figure, mean_rows, outcome_counts
from assistant.evaluation.run_scores import run_titles


def run_form(run: RunFile, path: Path | None) -> dict[str, Any]:
    """Return ``{run, complete, cases, signature, systems{name: {title, written, skipped, failed, means}}, judge}``."""
    sides = columns({"": run})
    rows = mean_rows(sides)
    return {
        "run": str(path) if path else None,
        "complete": run.complete,
        "cases": len(run.cases),
        "signature": run.signature.line(),
        "systems": {
            side.system: {
                "title": side.label,
                **outcome_counts(side),
                "means": {
                    row.scorer.name: {"mean": row.means[number].value, "n": row.means[number].n}
                    for row in rows
                },
            }
            for number, side in enumerate(sides)
        },
        "judge": _judge_form(run),
    }


def _judge_form(run: RunFile) -> dict[str, Any] | None:
    results = judge_results(run)
    if results is None or run.judgement is None:
        return None
    return {
        "model": run.judgement.model,
        "prompt_tokens": run.judgement.prompt_tokens,
        "completion_tokens": run.judgement.completion_tokens,
        "stopped": run.judgement.stopped,
        "outcomes": results.outcomes,
        "marks": {each.system: {"n": each.n, **each.means} for each in results.marked},
        "base": run.judgement.base,
        "duels": {each.system: _duel_form(each) for each in results.duels},
        "consistency": results.consistency,
        "first_share": results.first_share,
        "agreement": {each.scorer.name: _agreement_form(each) for each in results.agreement},
    }


def _duel_form(duel: Duel) -> dict[str, int]:
    return {
        "wins": duel.wins,
        "losses": duel.losses,
        "ties": duel.ties,
        "inconsistent": duel.inconsistent,
    }


def _agreement_form(agreement: Agreement) -> dict[str, float | None]:
    return {
        "marks": agreement.by_marks,
        "marks_n": agreement.marks_n,
        "preference": agreement.by_preference,
        "preference_n": agreement.preference_n,
    }


def comparison_forms(results: Sequence[Compared]) -> list[dict[str, Any]]:
    """Return a list of ``{base, other, warnings, signature, scorers{name: {n, base, other, difference, …}}}``."""
    return [
        {
            "base": result.base.label,
            "other": result.other.label,
            "warnings": list(result.warnings),
            "signature": result.signature,
            "scorers": {
                each.scorer.name: {
                    "n": each.n,
                    "base": each.base,
                    "other": each.other,
                    "difference": asdict(each.interval) if each.interval else None,
                    "holm": each.holm,
                    "verdict": each.verdict,
                }
                for each in result.differences
            },
        }
        for result in results
    ]


def judge_text(run: RunFile) -> str:
    """Return what the judge of a run said, for a terminal; empty where there was none."""
    results, said = judge_results(run), run.judgement
    if results is None or said is None:
        return ""
    told = "、".join(f"{OUTCOMES_OF_JUDGE[name]}{count}次" for name, count in results.outcomes.items())
    lines = [f"评审：模型 {said.model}，{told}；{_tokens(said)}。", *filter(None, [said.stopped])]
    return "\n".join([*lines, *_result_lines(results, said, run_titles(run))]) + "\n"


def _tokens(said: RunJudgement) -> str:
    if said.prompt_tokens is None:
        return "接口没有报告用量"
    return f"用去提示 {said.prompt_tokens} token、作答 {said.completion_tokens or 0} token"


def _result_lines(results: JudgeResults, said: RunJudgement, titles: Mapping[str, str]) -> Iterator[str]:
    for each in results.marked:
        marks = "，".join(f"{name}{value:.2f}" for name, value in each.means.items())
        yield f"  {titles[each.system]}（{each.n}篇）：{marks}"
    for duel in results.duels:
        yield (
            f"  {titles[duel.system]}对{titles[said.base or '']}："
            f"胜{duel.wins}负{duel.losses}平{duel.ties}，前后不一{duel.inconsistent}"
        )
    if results.consistency is not None:
        yield f"  两种次序都有答复的{results.pairs}对里，前后一致的占{results.consistency:.0%}。"
    if results.first_share is not None:
        yield f"  判出胜负的{results.decided}次里，排在前面的赢了{results.first_share:.0%}（50% 为不偏）。"
    agreed = [each for each in results.agreement if each.by_marks is not None]
    if agreed:
        shares = "，".join(
            f"{each.scorer.title}{figure(each.by_marks)}（{each.marks_n}对）" for each in agreed
        )
        yield f"  评分项与评审打分看法相同的比例：{shares}。"
