"""Commands that show runs: eval compare, eval report, eval tables."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, current_settings
from assistant.cli.evaluating import Systems
from assistant.cli.evaluation import evaluations
from assistant.cli.output import notice, print_json
from assistant.cli.progress import progress_bar

if TYPE_CHECKING:
    from assistant.evaluation.run_file import RunFile

RunPaths = Annotated[list[Path], typer.Argument(help="gongwen eval run 存下的文件", metavar="RUN…")]


@evaluations.command("compare")
def compare_runs(runs: RunPaths, systems: Systems = None, as_json: AsJson = False) -> None:
    """逐题配对比较：几次评测里同一系统与第一次比，或一次评测里几个系统与第一个比。"""
    from assistant.evaluation.comparing import compared
    from assistant.evaluation.run_forms import comparison_forms
    from assistant.evaluation.run_pairs import named_runs, paired_columns
    from assistant.evaluation.tables import comparison_text

    results = [compared(base, other) for base, other in paired_columns(named_runs(runs), systems or ())]
    if as_json:
        print_json(comparison_forms(results))
    else:
        typer.echo("\n".join(map(comparison_text, results)), nl=False)


@evaluations.command("report")
def report_runs(
    runs: RunPaths,
    html: Annotated[Path, typer.Option("--html", help="写到这个文件，旧文件留底", metavar="OUT")],
) -> None:
    """把评测写成网页：平均分、图、配对比较、评审和逐题对照，不含外部资源。"""
    from assistant.evaluation.run_page import run_page
    from assistant.evaluation.run_pairs import named_runs
    from assistant.workflow.saving import check_writable, save_text

    check_writable(html, option="--html")
    if kept := save_text(html, run_page(named_runs(runs))):
        notice(f"原来的文件改名为 {kept}")
    notice(f"已写到 {html}")


@evaluations.command("tables")
def print_run_tables(
    run: Annotated[
        Path | None,
        typer.Argument(help="gongwen eval run 存下的文件；不写则就地评测不用模型的系统", metavar="[RUN]"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="把表格写进这个 Markdown 文件的标记之间", metavar="FILE")
    ] = None,
) -> None:
    """把一次评测列成 Markdown 表格。"""
    from assistant.evaluation.marked import put_between_marks
    from assistant.evaluation.run_storage import read_run
    from assistant.evaluation.tables import run_tables

    text = run_tables(read_run(run) if run else _fresh())
    if out:
        put_between_marks(out, "runs", text)
    else:
        typer.echo(text, nl=False)


def _fresh() -> "RunFile":
    """Return a run, made now and kept nowhere, of the shipped cases by the systems that need no model."""
    import tempfile

    from assistant.evaluation.cases import shipped_cases
    from assistant.evaluation.run_storage import Unfinished
    from assistant.evaluation.runs import run_systems
    from assistant.evaluation.systems import chosen_systems

    settings = current_settings().model_copy(update={"offline": True})
    with tempfile.TemporaryDirectory() as folder, progress_bar() as progress:
        kept = Unfinished(Path(folder) / "run.json")
        return run_systems(
            chosen_systems((), settings), shipped_cases(), settings, kept=kept, progress=progress
        )
