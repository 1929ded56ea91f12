"""The command that writes Word files and looks at them: export."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app
from assistant.cli.live import keep_unfinished
from assistant.cli.output import notice, print_json
from assistant.errors import GongwenError, InputError

if TYPE_CHECKING:
    from assistant.documents.word.conformance import Conformance
    from assistant.settings import Settings
    from assistant.types import Draft, Note
    from assistant.workflow.exporting import ExportRequest

DEVIATES = 1


@app.command("export")
def export_word(
    file: Annotated[Path | None, typer.Argument(help="文稿（.md .txt 等）。", metavar="FILE")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="存为 .docx，旧文件留底。", metavar="X.docx")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="本单位的模板 .docx，样式和页面以它为准。", metavar="T.docx"),
    ] = None,
    verify: Annotated[
        Path | None, typer.Option("--verify", help="只验一份现有的 .docx 合不合版式。", metavar="X.docx")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="署名；文中没有时补在文末。")] = None,
    date: Annotated[str | None, typer.Option("--date", help="成文日期，如 2023年1月5日。")] = None,
    notes: Annotated[
        Path | None, typer.Option("--notes", help="要点文件，附页和批注里写明每句的依据。", metavar="FILE")
    ] = None,
    annex: Annotated[bool, typer.Option("--annex", help="依据和校对提示另起一页附在文后。")] = False,
    comments: Annotated[bool, typer.Option("--comments", help="依据和校对提示写成批注。")] = False,
    label: Annotated[
        str | None, typer.Option("--label", help="人工智能生成合成标识，写入文件属性。", metavar="TEXT")
    ] = None,
    show_label: Annotated[bool, typer.Option("--show-label", help="标识也显示在文末。")] = False,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="项目文件；不写则用当前文件夹的 gongwen.toml。", metavar="FILE"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """按 GB/T 9704—2012 导出 Word 文稿，写完重新打开逐项核对；也能核对别的 Word 文稿。"""
    from assistant.workflow.exporting import ExportRequest, verify_file

    if verify is not None:
        if file or out or unit or date or notes or annex or comments or label or show_label:
            raise InputError("--verify 只验现有的文件，只能与 --template、--config、--json 同用。")
        raise typer.Exit(print_table(verify_file(verify, config=config, template=template), as_json=as_json))
    if file is None or out is None:
        raise InputError("请写明文稿和 --out 存到哪里，例如 gongwen export 报告.md --out 报告.docx。")
    if notes and not (annex or comments):
        raise InputError("--notes 要与 --annex 或 --comments 同用，请写明依据放在附页还是批注里。")
    if show_label and not label:
        raise InputError("--show-label 要与 --label 同用，请写明标识的文字。")
    text, points = _read(file, notes)
    request = ExportRequest(text, points, config, template, unit, date, annex, comments, label, show_label)
    table = save_word(out, request)
    raise typer.Exit(print_table(table, as_json=as_json))


def save_word(out: Path, request: "ExportRequest") -> Sequence["Conformance"]:
    """Export a text, save it without losing a file that is there, and return what was found in it. Raises `InputError`."""
    from assistant.workflow.exporting import WORD, export
    from assistant.workflow.saving import check_writable, save_bytes

    if out.suffix.lower() != WORD:
        raise InputError(f"“{out.name}”不是 .docx 文件名，请把 --out 写成以 .docx 结尾的名称。")
    check_writable(out)
    exported = export(request)
    kept = save_bytes(out, exported.data)
    notice(f"已保存到 {out}" + (f"，原有文件改名为 {kept.name}" if kept else ""))
    return exported.table


def save_word_draft(out: Path, draft: "Draft", settings: "Settings") -> None:
    """Save a draft as a Word file whose properties say what wrote it; keep the text if it cannot be saved so."""
    from assistant.workflow.exporting import draft_export

    try:
        table = save_word(out, draft_export(draft, label=settings.ai_label))
    except GongwenError:
        keep_unfinished(draft.text, settings, out)
        raise
    if not all(row.ok for row in table):
        print_table(table)
        raise typer.Exit(DEVIATES)


def is_word(out: Path) -> bool:
    """Tell whether a file is to be a Word file, by its name."""
    return out.suffix.lower() == ".docx"


def print_table(table: Sequence["Conformance"], *, as_json: bool = False) -> int:
    """Print what was found in a Word file, and return the exit code."""
    from assistant.documents.word.conformance import ABSENT

    wrong = [row for row in table if not row.ok]
    if as_json:
        keys = ("item", "required", "found", "ok")
        print_json([{key: getattr(row, key) for key in keys} for row in table])
        return DEVIATES if wrong else 0
    seen = [row for row in table if row.found != ABSENT or not row.ok]
    _draw(seen)
    if absent := [row.item for row in table if row not in seen]:
        typer.echo(f"文中没有、未核对的：{'、'.join(absent)}。")
    typer.echo(f"核对{len(seen)}项，" + (f"有{len(wrong)}项不符，请照上表改正。" if wrong else "全部符合。"))
    return DEVIATES if wrong else 0


def _draw(rows: Sequence["Conformance"]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("项目", "要求", "实际", "结果"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "结果")
    for row in rows:
        table.add_row(
            row.item,
            row.required,
            row.found,
            "符合" if row.ok else "不符",
            style=None if row.ok else "bold red",
        )
    console = Console(highlight=False, markup=False)
    console.print(table)


def _read(file: Path, notes: Path | None) -> "tuple[str, tuple[Note, ...] | None]":
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import read_text

    return read_text(file), parse_notes(read_text(notes), name=notes.name) if notes else None
