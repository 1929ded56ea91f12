"""The commands that check: check and rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app
from assistant.cli.check_run import Checks, print_batch
from assistant.cli.findings import LEVELS
from assistant.cli.output import print_json
from assistant.errors import InputError
from assistant.types import Level

if TYPE_CHECKING:
    from assistant.workflow.checking import CheckRequest

Config = Annotated[
    Path | None,
    typer.Option("--config", help="项目规则文件；不写则用当前文件夹的 gongwen.toml。", metavar="FILE"),
]


@app.command("check")
def check_text(
    files: Annotated[
        list[Path] | None, typer.Argument(help="要检查的文稿（.txt .md .docx .pdf）。", metavar="FILE…")
    ] = None,
    notes: Annotated[
        Path | None, typer.Option("--notes", help="要点文件；写了就连同出处一起核对。", metavar="FILE")
    ] = None,
    passages: Annotated[
        Path | None,
        typer.Option("--passages", help="参考过的旧稿：文稿，或每行 {id, text} 的 .jsonl。", metavar="FILE"),
    ] = None,
    section: Annotated[
        str | None, typer.Option("--section", help="小节，见 gongwen sections。", metavar="NAME")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help="每行一个 JSON 对象的 .jsonl 文件，逐行检查。", metavar="FILE"),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="把有把握的改好，另存一份，原稿不动。")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="--fix 的改正稿存到哪里。", metavar="FILE")
    ] = None,
    level: Annotated[
        Level | None,
        typer.Option(
            "--level",
            help="显示到哪一级：error 错误，warn 提醒（默认），info 参考；--json 和 --batch 默认全给。",
        ),
    ] = None,
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON。")] = False,
) -> None:
    """校对文稿；给了要点，再核对每句话有没有出处、事实对不对得上。不用模型，不联网。"""
    from assistant.workflow.checking import project_rules

    if batch is not None:
        if files or notes or passages or section or fix or out:
            raise InputError(
                "--batch 不能与文稿、--notes、--passages、--section、--fix、--out 同用，请写在文件的每一行里。"
            )
        raise typer.Exit(print_batch(batch, project_rules(config), level))
    paths = files or []
    _refuse_odd(paths, notes=notes, passages=passages, section=section, fix=fix, out=out)
    if out is not None:
        from assistant.workflow.saving import check_writable

        check_writable(out)
    plan = Checks(project_rules(config), _grounds(notes, passages, section), level, as_json, fix, out)
    raise typer.Exit(plan.run(paths))


@app.command("rules")
def list_rules(config: Config = None, as_json: AsJson = False) -> None:
    """列出校对规则：编号、级别、种类、说明和依据。"""
    from assistant.workflow.checking import project_rules
    from assistant.workflow.forms import rule_form

    rules = project_rules(config).all
    if as_json:
        print_json([rule_form(rule) for rule in rules])
        return
    for rule in rules:
        sure = "（可直接改）" if rule.certain else ""
        typer.echo(f"{rule.id} {LEVELS[rule.level.value]} {rule.kind}｜{rule.message}{sure}｜{rule.source}")


def _refuse_odd(
    files: Sequence[Path],
    *,
    notes: Path | None,
    passages: Path | None,
    section: str | None,
    fix: bool,
    out: Path | None,
) -> None:
    """Raise `InputError` for options that do not go together."""
    if not files:
        raise InputError("没有写明要检查什么，请写文稿的文件名，例如 gongwen check 报告.docx。")
    if notes and len(files) > 1:
        raise InputError("--notes 只对应一篇文稿，请一次只写一个文件，或用 --batch。")
    if (passages or section) and not notes:
        raise InputError("--passages、--section 要与 --notes 同用，请补上要点文件。")
    if out and (not fix or len(files) > 1):
        raise InputError("--out 要与 --fix 同用，并且只写一个文件，请改正后重试。")


def _grounds(notes: Path | None, passages: Path | None, section: str | None) -> "CheckRequest":
    """Return what every text is checked against, the text itself still empty."""
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import read_text
    from assistant.workflow.checking import CheckRequest, read_passages, section_named

    return CheckRequest(
        text="",
        notes=parse_notes(read_text(notes), name=notes.name) if notes else None,
        passages=read_passages(passages) if passages else (),
        section=section_named(section),
    )
