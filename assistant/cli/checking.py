"""The command that checks: check."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app
from assistant.cli.output import print_json
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.checks.results import Grounding
    from assistant.types import Finding
    from assistant.workflow.checking import CheckRequest

LEVELS = {"error": "错误", "warn": "提醒", "info": "参考"}
STATES = {"covered": "已写入", "partly": "部分写入", "missing": "未写入"}
# What of a long stretch is shown.
EXCERPT = 24
FOUND = 1


@app.command("check")
def check_text(
    draft: Annotated[Path | None, typer.Argument(help="要核对的文稿。", metavar="DRAFT")] = None,
    notes: Annotated[Path | None, typer.Option("--notes", help="要点文件。", metavar="FILE")] = None,
    passages: Annotated[
        Path | None,
        typer.Option("--passages", help="参考过的旧稿：文稿，或每行 {id, text} 的 .jsonl。", metavar="FILE"),
    ] = None,
    section: Annotated[
        str | None, typer.Option("--section", help="小节，见 gongwen sections。", metavar="NAME")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help="每行一个 JSON 对象的 .jsonl 文件，逐行核对。", metavar="FILE"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """核对文稿：每句话有没有出处，事实对不对得上要点，程度有没有加重。不用模型，不联网。"""
    from assistant.workflow.checking import check, check_batch

    if batch is not None:
        if draft or notes or passages or section:
            raise InputError(
                "--batch 不能与文稿、--notes、--passages、--section 同用，请写在文件的每一行里。"
            )
        found = False
        for result in check_batch(batch):
            found = found or bool(result["findings"])
            print_json(result)
        raise typer.Exit(FOUND if found else 0)
    request = _request(draft, notes, passages, section)
    grounding = check(request)
    if as_json:
        from assistant.workflow.forms import grounding_form

        print_json(grounding_form(grounding))
    else:
        _print(grounding, request, str(draft))
    raise typer.Exit(FOUND if grounding.findings else 0)


def _request(
    draft: Path | None, notes: Path | None, passages: Path | None, section: str | None
) -> "CheckRequest":
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import read_text
    from assistant.workflow.checking import CheckRequest, read_passages, section_named

    if draft is None or notes is None:
        raise InputError(
            "请写明要核对的文稿，并用 --notes 写明要点文件，如 gongwen check 草稿.md --notes 要点.md。"
        )
    return CheckRequest(
        text=read_text(draft),
        notes=parse_notes(read_text(notes), name=notes.name),
        passages=read_passages(passages) if passages else (),
        section=section_named(section),
    )


def _print(grounding: "Grounding", request: "CheckRequest", name: str) -> None:
    print_findings(grounding.findings, request.text, name)
    typer.echo("要点：")
    for note, one in zip(request.notes, grounding.coverage, strict=True):
        typer.echo(f"  {note.id} {STATES[one.state]}｜{_short(note.text)}")
    if grounding.findings:
        typer.echo(f"共{len(grounding.findings)}处，请逐处核对。")
    else:
        typer.echo("没有发现问题。")


def print_findings(findings: Sequence["Finding"], text: str, name: str, *, err: bool = False) -> None:
    """Print a line a finding: file:line:column, level, excerpt, message, replacement."""
    for finding in findings:
        line = text.count("\n", 0, finding.start) + 1
        column = finding.start - text.rfind("\n", 0, finding.start)
        excerpt = _short(text[finding.start : finding.end])
        quoted = f"“{excerpt}”"
        place = quoted if excerpt and quoted not in finding.message else ""
        change = f"改为“{finding.replacement}”。" if finding.replacement is not None else ""
        level = LEVELS[finding.level.value]
        typer.echo(
            f"{name}:{line}:{column}: {level} {place}{finding.message}{change}[{finding.rule}]", err=err
        )


def _short(text: str) -> str:
    from assistant.text.masks import show_masks

    line = " ".join(show_masks(text).split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"
