"""Commands that make runs: eval run, eval score, eval judge."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, current_settings
from assistant.cli.evaluation import evaluations
from assistant.cli.output import notice, print_json, warn_outside
from assistant.cli.progress import progress_bar

if TYPE_CHECKING:
    from assistant.evaluation.cases import Case
    from assistant.evaluation.run_file import RunFile
    from assistant.evaluation.systems import System
    from assistant.settings import Settings

RunPath = Annotated[Path, typer.Argument(help="gongwen eval run 存下的文件", metavar="RUN")]
Out = Annotated[Path | None, typer.Option("--out", help="存到这个新文件，不覆盖已有的", metavar="FILE")]
Systems = Annotated[
    list[str] | None,
    typer.Option("--system", help="只用这个系统，可写多次；默认用所有能用的", metavar="NAME"),
]


@evaluations.command("run")
def run_cases(
    systems: Systems = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", help="放用例（*.toml）的文件夹，默认用自带的", metavar="DIR")
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="再请所设的模型评审。")] = False,
    out: Out = None,
    resume: Annotated[
        Path | None, typer.Option("--resume", help="接着做这次没做完的评测", metavar="FILE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """每一题由每个系统起草并评分，存成一个文件。

    系统：notes 要点原样，nearest 最近的旧段落，other-sections 本报告其他节，offline 离线写作；设置了模型时还有 model 模型，
    model-retrieval 模型加检索，model-revision 模型加检索和修改。
    """
    from assistant.evaluation.run_storage import default_run_path, read_run, write_new

    settings = current_settings()
    path = out or default_run_path(settings.data, now=datetime.now().astimezone())
    chosen = _checked(systems or (), settings, path, judge=judge)
    run = _drafted(chosen, _cases(cases), settings, path, read_run(resume) if resume else None)
    write_new(path, run.text())
    notice(f"评测存在 {path}")
    if judge:
        run = _judged_in_place(run, settings, path)
    _show(run, path, as_json=as_json)


def _checked(names: Sequence[str], settings: "Settings", path: Path, *, judge: bool) -> "tuple[System, ...]":
    """Return the systems named, or fail before the work: no model, no judge, no room for the file."""
    from assistant.evaluation.judge import judge_chat
    from assistant.evaluation.run_storage import check_new
    from assistant.evaluation.systems import chosen_systems

    chosen = chosen_systems(names, settings)
    if judge:
        judge_chat(settings)
    check_new(path)
    return chosen


def _cases(folder: Path | None) -> "tuple[Case, ...]":
    from assistant.evaluation.cases import read_cases, shipped_cases

    return read_cases(folder) if folder else shipped_cases()


def _drafted(
    systems: "tuple[System, ...]",
    cases: "tuple[Case, ...]",
    settings: "Settings",
    path: Path,
    earlier: "RunFile | None",
) -> "RunFile":
    from assistant.evaluation.run_storage import Unfinished
    from assistant.evaluation.runs import run_systems

    _announce(settings, "题目的要点和旧稿片段", count=len(cases) * sum(each.modelled for each in systems))
    warn_outside(settings, "题目的要点和自带报告的段落")
    kept = Unfinished(path)
    try:
        with progress_bar() as progress:
            return run_systems(systems, cases, settings, kept=kept, earlier=earlier, progress=progress)
    except BaseException:
        if kept.made:
            notice(f"已写的稿子和分数保留在 {kept.path}，照原样设置后加 --resume 可接着做。")
        raise


def _judged_in_place(run: "RunFile", settings: "Settings", path: Path) -> "RunFile":
    from assistant.evaluation.judge import judged_run
    from assistant.evaluation.run_storage import rewrite

    _announce_judge(run, settings)
    try:
        with progress_bar(unit="次") as progress:
            judged = judged_run(run, settings, progress=progress)
    except BaseException:
        notice(f"评审中断，没有留下评审结果；稿子和分数都在 {path}，可用 gongwen eval judge 重新评审。")
        raise
    rewrite(path, judged.text())
    return judged


def _announce(settings: "Settings", what: str, *, count: int) -> None:
    """Tell which model gets how many requests at least, and what leaves the machine."""
    from assistant.models.endpoint import chat_endpoint

    endpoint = chat_endpoint(settings)
    if endpoint is None or not count:
        return
    notice(f"由模型 {endpoint.model} 作答，至少{count}次（{endpoint.address}）。")
    if not endpoint.is_local:
        how = "原样" if settings.mask == "never" else "遮盖敏感信息后"
        notice(f"注意：{what}将{how}发往 {endpoint.address}，涉密、敏感内容请勿使用。")


def _announce_judge(run: "RunFile", settings: "Settings") -> None:
    from assistant.evaluation.judge import question_count

    _announce(settings, "题目的要点、范文和稿子", count=question_count(run))


@evaluations.command("score")
def score_run(run: RunPath, out: Out = None, as_json: AsJson = False) -> None:
    """给存下的评测重新评分，不用模型。"""
    from assistant.evaluation.run_scores import changed_scores, rescored
    from assistant.evaluation.run_storage import check_new, read_run, write_new

    if out:
        check_new(out)
    before = read_run(run)
    with progress_bar() as progress:
        after = rescored(before, progress=progress)
    changed = changed_scores(before, after)
    notice(f"有{changed}个分数与存下的不同。" if changed else "分数与存下的一致。")
    if out:
        write_new(out, after.text())
    _show(after, out or run, as_json=as_json)


@evaluations.command("judge")
def judge_saved(
    run: RunPath,
    out: Annotated[Path, typer.Option("--out", help="存到这个新文件，不覆盖已有的", metavar="FILE")],
    as_json: AsJson = False,
) -> None:
    """请所设的模型评审存下的评测：逐篇打分，再两两对比，前后各排一次。"""
    from assistant.evaluation.judge import judge_chat, judged_run
    from assistant.evaluation.run_storage import check_new, read_run, write_new

    settings = current_settings()
    judge_chat(settings)
    check_new(out)
    before = read_run(run)
    _announce_judge(before, settings)
    with progress_bar(unit="次") as progress:
        after = judged_run(before, settings, progress=progress)
    write_new(out, after.text())
    _show(after, out, as_json=as_json)


def _show(run: "RunFile", path: Path, *, as_json: bool) -> None:
    from assistant.evaluation.comparing import columns
    from assistant.evaluation.run_forms import judge_text, run_form
    from assistant.evaluation.tables import run_text

    if as_json:
        print_json(run_form(run, path))
    else:
        typer.echo(run_text(columns({path.stem: run})) + judge_text(run), nl=False)
        typer.echo(f"签名：{run.signature.line()}")
