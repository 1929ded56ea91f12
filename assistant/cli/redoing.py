"""The command that writes a part again: redo."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.drafting import NotesFile, SectionName, Unit, Year, draft_request
from assistant.cli.exporting import is_word, save_word_draft
from assistant.cli.live import announce, keep_unfinished, print_draft_findings, save_result
from assistant.cli.output import notice, print_json
from assistant.errors import InputError, ModelError

if TYPE_CHECKING:
    from assistant.workflow.redoing import Redone
    from assistant.workflow.requests import DraftRequest


@app.command("redo")
def redo_part(
    path: Annotated[Path, typer.Argument(help="草稿。", metavar="DRAFT")],
    item: Annotated[
        str, typer.Option("--item", help="第几项（没有分项则为第几句），如 2 或 2-3。", metavar="N")
    ],
    instruction: Annotated[
        str, typer.Option("--instruction", help="怎么改，如“更具体些”“合并二三项”。", metavar="TEXT")
    ] = "",
    section: SectionName = None,
    notes: NotesFile = None,
    unit: Unit = None,
    year: Year = None,
    out: Annotated[Path | None, typer.Option("--out", help="存到文件，旧文件留底", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """请模型重写草稿的一项或一句，别处一字不动。"""
    request = draft_request(section, notes, unit, year, passages=False)
    done = _run(path, request, item, instruction, out)
    if as_json:
        from assistant.workflow.forms import draft_form

        print_json({**draft_form(done.draft), "start": done.start, "end": done.end, "before": done.before})
    else:
        typer.echo(done.draft.text, nl=not done.draft.text.endswith("\n"))
        notice(f"原为：{done.before}")
        print_draft_findings(done.draft)
    if out is not None and is_word(out):
        save_word_draft(out, done.draft, current_settings())
    elif out is not None:
        save_result(out, done.draft.text)


def _run(path: Path, request: "DraftRequest", item: str, instruction: str, out: Path | None) -> "Redone":
    from assistant.documents.reading import read_text
    from assistant.workflow.events import Restarted, Started, TextDelta
    from assistant.workflow.redoing import DEFAULT, Redone, draft_parts, redo
    from assistant.workflow.saving import check_writable

    if out is not None:
        check_writable(out)
    text, settings = read_text(path), current_settings()
    span = _span(item, draft_parts(text))
    done, shown = None, ""
    try:
        for event in redo(request, text, span, settings, instruction=instruction or DEFAULT):
            match event:
                case Started():
                    announce(event, what="草稿和要点")
                case TextDelta():
                    shown += event.text
                case Restarted():
                    shown = ""
                    notice(f"{event.reason}正在请模型重写。")
                case Redone():
                    done = event
    except (ModelError, KeyboardInterrupt) as error:
        keep_unfinished(error.partial if isinstance(error, ModelError) else shown, settings, out)
        raise
    assert done is not None  # every run ends so
    return done


def _span(item: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,3})(?:[-—至到](\d{1,3}))?", item.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= len(spans):
        raise InputError(f"--item 应为 1 至 {len(spans)} 的数，如 2 或 2-3。")
    return spans[first - 1][0], spans[last - 1][1]
