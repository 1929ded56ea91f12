"""Commands on the corpus as a whole: list, check, remove."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.output import ROLE_NAMES, notice, print_json, warn_kept_outside

if TYPE_CHECKING:
    from assistant.retrieval.registry import ReportEntry

corpus = typer.Typer(invoke_without_command=True, help="查看、核对和移除语料中的报告。")
app.add_typer(corpus, name="corpus")


@corpus.callback()
def list_corpus(context: typer.Context, as_json: AsJson = False) -> None:
    """列出语料中的报告：文种、年份、各角色的段落数、收入时间。"""
    if context.invoked_subcommand:
        return
    from assistant.workflow.shelf import open_shelf

    with open_shelf(current_settings()) as index:
        entries = index.reports()
    if as_json:
        print_json([asdict(entry) for entry in entries])
        return
    names = {entry.id: entry.name for entry in entries}
    for entry in entries:
        typer.echo(_line(entry, names))
    notice(f"共{len(entries)}篇报告、{sum(entry.passages for entry in entries)}个段落。")


@corpus.command("check")
def check_corpus(
    repair: Annotated[bool, typer.Option("--repair", help="补完中断的收入，并修复不一致之处。")] = False,
    as_json: AsJson = False,
) -> None:
    """核对原文、向量与检索词是否一致；不一致时退出码为 1。"""
    from assistant.workflow.shelf import kept_outside, open_shelf

    settings = current_settings()
    warn_kept_outside(kept_outside(settings))
    with open_shelf(settings) as index:
        found = index.check()
        mended = index.repair() if repair and found else 0
        left = index.check() if mended else found
    if as_json:
        print_json({"faults": [asdict(fault) for fault in found], "repaired": mended, "left": len(left)})
    else:
        for fault in found:
            typer.echo(fault.message)
        notice(f"已修复{mended}处。" if mended else f"不一致{len(found)}处。" if found else "语料完好。")
    if left:
        raise typer.Exit(1)


@corpus.command("remove")
def remove_reports(
    names: Annotated[list[str], typer.Argument(help="报告的名称，见 gongwen corpus。", metavar="NAME…")],
) -> None:
    """把报告移出语料；原文件不动。"""
    from assistant.workflow.shelf import kept_outside, remove

    settings = current_settings()
    warn_kept_outside(kept_outside(settings))
    for name, passages in zip(dict.fromkeys(names), remove(names, settings), strict=True):
        notice(f"  {name}：移除{passages}段")


def _line(entry: "ReportEntry", names: dict[str, str]) -> str:
    about = "、".join(
        str(part) for part in (entry.kind, entry.year and f"{entry.year}年", entry.unit) if part
    )
    roles = "，".join(f"{ROLE_NAMES[role]}{count}" for role, count in entry.roles.items())
    near = f"｜与“{names.get(entry.near, entry.near)}”近似" if entry.near else ""
    return f"{entry.name}｜{about or '—'}｜{entry.passages}段（{roles}）｜{entry.added[:10]}{near}"
