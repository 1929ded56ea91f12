"""The command that shows what would leave: mask."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.output import notice, print_json
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.models.masking import Masked


@app.command("mask")
def mask_file(
    path: Annotated[
        Path | None, typer.Argument(help="文件（.txt .md .docx .pdf），- 为标准输入。", metavar="[FILE]")
    ] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="批量，每行一个 JSON", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """遮盖人名、单位、地名、电话等，显示发给模型时的样子；不联网，原文件不变。"""
    from assistant.workflow.masking import mask_batch, mask_text, masked_form

    settings = current_settings()
    if (path is None) == (batch is None):
        raise InputError("请写明要遮盖的文件，或用 --batch 写明批量文件，二者取一。")
    if batch is not None:
        for line in mask_batch(batch, settings):
            print_json(line)
    elif path is not None:
        masked = mask_text(_read(path), settings)
        if as_json:
            print_json(masked_form(masked))
        else:
            _show(masked)


def _read(path: Path) -> str:
    from assistant.documents.reading import decode
    from assistant.workflow.shelf import read_report

    if str(path) == "-":
        return decode(sys.stdin.buffer.read(), name="标准输入")
    return read_report(path).text


def _show(masked: "Masked") -> None:
    from assistant.text.entities import KINDS

    typer.echo(masked.text, nl=not masked.text.endswith("\n"))
    if not masked.entities:
        notice("没有找到要遮盖的内容，发送前仍请自行检查。")
        return
    counts: dict[tuple[str, str, str], int] = {}
    for item in masked.entities:
        key = (item.placeholder, KINDS[item.kind], item.text)
        counts[key] = counts.get(key, 0) + 1
    notice(f"遮盖了{len(counts)}项，共{len(masked.entities)}处：")
    for (placeholder, kind, text), times in counts.items():
        notice(f"  {placeholder}\t{kind}\t{text}" + (f"（{times}处）" if times > 1 else ""))
