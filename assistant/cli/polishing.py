"""The command that polishes: polish."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.live import announce, keep_unfinished, save_result
from assistant.cli.output import notice, print_json
from assistant.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.settings import Settings
    from assistant.types import Finding
    from assistant.workflow.events import PolishedSoFar
    from assistant.writing.changes import Change, Polished

# What of the text stands on either side of a change.
CONTEXT = 18


@app.command("polish")
def polish_file(
    path: Annotated[Path | None, typer.Argument(help="要润色的文稿。", metavar="FILE")] = None,
    notes: Annotated[
        Path | None, typer.Option("--notes", help="要点文件，润色后据以核对。", metavar="FILE")
    ] = None,
    level: Annotated[
        Literal["light", "full"], typer.Option("--level", help="light 只改明显的，full 全面润色。")
    ] = "full",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="把改好的全文存到文件，不动原文；Word 文稿存为 .docx 时逐处带修订标记。",
            metavar="FILE",
        ),
    ] = None,
    author: Annotated[
        str, typer.Option("--author", help="修订标记和批注的署名，用于 .docx。", metavar="NAME")
    ] = "gongwen",
    batch: Annotated[Path | None, typer.Option("--batch", help="批量，每行一个 JSON", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """把文稿改成公文语体，逐处列出修改；事实和程度一处不动，原文件不变。"""
    settings = current_settings()
    if batch is not None:
        if path or notes or out:
            raise InputError("--batch 不能与文稿、--notes、--out 同用，请写在文件的每一行里。")
        _polish_batch(batch, settings, level)
        return
    if path is None:
        raise InputError("请写明要润色的文稿，如 gongwen polish 草稿.md。")
    if out is not None and out.exists() and out.samefile(path):
        raise InputError("--out 与原文件相同，润色不覆盖原文，请换一个文件名。")
    word = _word_source(path, out, author)
    polished = _run(_text(path, word), settings, level, out)
    if word is not None:
        word, polished = _marked(word, polished, author)
    if as_json:
        from assistant.workflow.forms import polished_form

        print_json(polished_form(polished))
    else:
        _show(polished)
    findings = _check(polished, notes) if notes is not None else None
    if word is not None and out is not None:
        _save_marked(out, word, polished, findings, author)
    elif out is not None:
        save_result(out, polished.result)


def _word_source(path: Path, out: Path | None, author: str) -> bytes | None:
    """Return the Word file to mark changes in, if ``out`` asks for one; what speaks against it is told before the work."""
    from assistant.workflow.tracking import mark_signature, tracked_source

    source = tracked_source(path, out)
    if source is not None:
        mark_signature(author)
    return source


def _text(path: Path, word: bytes | None) -> str:
    from assistant.documents.reading import read_data, read_text

    return read_text(path) if word is None else read_data(word, name=f"{path.stem}.docx")


def _marked(word: bytes, polished: "Polished", author: str) -> "tuple[bytes, Polished]":
    from assistant.workflow.tracking import mark_polished, mark_signature

    return mark_polished(word, polished, mark_signature(author))


def _save_marked(
    out: Path, word: bytes, polished: "Polished", findings: "Sequence[Finding] | None", author: str
) -> None:
    """Save a Word file with its marks, and what the checks find as comments; tell where."""
    from assistant.workflow.checking import CheckRequest, check, project_rules
    from assistant.workflow.saving import save_bytes
    from assistant.workflow.tracking import comment_findings, mark_signature

    if findings is None:
        findings = check(CheckRequest(polished.result), project_rules(None)).findings
    data, commented = comment_findings(word, findings, mark_signature(author))
    kept = save_bytes(out, data)
    notice(
        f"已保存到 {out}：修订{len(polished.changes)}处，批注{commented}条"
        + (f"；原有文件改名为 {kept.name}" if kept else "")
    )


def _run(text: str, settings: "Settings", level: Literal["light", "full"], out: Path | None) -> "Polished":
    from assistant.workflow.events import PolishedSoFar, Restarted, Started
    from assistant.workflow.polishing import polish_text
    from assistant.workflow.saving import check_writable
    from assistant.writing.changes import Polished

    if out is not None:
        check_writable(out)
    polished: Polished | None = None
    so_far = ""
    try:
        for event in polish_text(text, settings, level=level):
            match event:
                case Started():
                    if event.model is not None:
                        announce(event, what="文稿")
                case Restarted():
                    notice(f"{event.reason}正在请模型重写。")
                case PolishedSoFar():
                    so_far = event.polished.partial
                    _tell(event)
                case Polished():
                    polished = event
    except (ModelError, KeyboardInterrupt) as error:
        keep_unfinished(error.partial if isinstance(error, ModelError) else so_far, settings, out)
        raise
    assert polished is not None  # every run ends so
    return polished


def _tell(progress: "PolishedSoFar") -> None:
    """Tell someone at a terminal how far it is."""
    if sys.stderr.isatty() and progress.total > 1:
        notice(f"已润色{progress.paragraphs}段，共{progress.total}段。")


def _polish_batch(path: Path, settings: "Settings", level: Literal["light", "full"]) -> None:
    from assistant.workflow.polishing import polish_batch

    outcomes = []
    for result in polish_batch(path, settings, level=level):
        outcomes.append("error" not in result)
        print_json(result)
    if not all(outcomes):
        raise typer.Exit(1 if any(outcomes) else 2)


def _show(polished: "Polished") -> None:
    """Print each change in its place, red what goes and green what comes, then what was refused."""
    for number, change in enumerate(polished.changes, 1):
        before, after = _context(polished.text, change)
        old = typer.style(f"[-{change.before}-]", fg="red") if change.before else ""
        new = typer.style(f"{{+{change.after}+}}", fg="green") if change.after else ""
        line = polished.text.count("\n", 0, change.start) + 1
        typer.echo(f"{number}. 第{line}行｜{before}{old}{new}{after}｜{change.reason}")
    for refused in polished.refused:
        change = refused.change
        notice(f"未采用：“{change.before}”改为“{change.after}”，{refused.why}。")
    if polished.changes:
        notice(f"共修改{len(polished.changes)}处，用 --out 文件 存下改好的全文。")
    else:
        notice("没有需要修改的地方。")


def _context(text: str, change: "Change") -> tuple[str, str]:
    from assistant.text.masks import show_masks

    before = text[max(0, change.start - CONTEXT) : change.start].rpartition("\n")[2]
    after = text[change.end : change.end + CONTEXT].partition("\n")[0]
    return show_masks(before), show_masks(after)


def _check(polished: "Polished", notes: Path) -> "Sequence[Finding]":
    from assistant.cli.findings import print_findings
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import read_text
    from assistant.workflow.checking import CheckRequest, check, project_rules

    known = parse_notes(read_text(notes), name=notes.name)
    findings = check(CheckRequest(polished.result, known), project_rules(None)).findings
    notice(f"对照要点核对，有{len(findings)}处需要留意：" if findings else "对照要点核对，没有发现问题。")
    print_findings(findings, polished.result, "改后", err=True)
    return findings
