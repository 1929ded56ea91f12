"""Commands on reports: ingest, parse, passages, search."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.output import ROLE_NAMES, notice, print_hits, print_json, warn_of_shelf
from assistant.errors import InputError
from assistant.text.masks import show_masks
from assistant.types import Role

File = Annotated[
    Path, typer.Argument(help="报告文件（.txt .md .docx .doc .wps .rtf .pdf）。", metavar="FILE")
]


@app.command("ingest")
def ingest_reports(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="报告文件、文件夹或 zip 压缩包。", metavar="PATH…")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="换用当前设置的向量，重建整个索引。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON。")] = False,
) -> None:
    """把旧报告收入语料索引；重复收入不会重复。有文件失败时退出码为 1，全部失败为 2。"""
    from assistant.cli.importing import bring_in
    from assistant.workflow import shelf

    settings = current_settings()
    if not paths and not rebuild:
        raise InputError("没有写明要收入什么，请写报告文件或文件夹，例如 gongwen ingest 旧报告/。")
    warn_of_shelf(settings, "报告的全部段落")
    if rebuild:
        notice(f"已重建索引，共{shelf.rebuild(settings)}个段落。")
    if paths and (code := bring_in(paths, settings, as_json=as_json)):
        raise typer.Exit(code)


@app.command("parse")
def parse_report(file: File, as_json: AsJson = False) -> None:
    """解析一篇报告的结构：标题、主送机关、各节的角色、层级和位置。"""
    from assistant.workflow.forms import report_form
    from assistant.workflow.shelf import read_whole_report

    report, dropped = read_whole_report(file)
    if dropped:
        notice(f"没有读入：{'、'.join(dropped)}。")
    if as_json:
        print_json(report_form(report))
        return
    for section in report.sections:
        begins = (section.heading or report.text[section.start : section.end][:24]).replace("\n", " ")
        indent = "  " * (section.level - 1)
        typer.echo(f"{indent}[{ROLE_NAMES[section.role]}] {begins}（{section.start}–{section.end}）")


@app.command("passages")
def show_passages(file: File, as_json: AsJson = False) -> None:
    """把一篇报告切成段落，显示每段的角色、标题和位置。"""
    from assistant.workflow.forms import passage_form
    from assistant.workflow.shelf import read_report, report_passages

    found = report_passages(read_report(file), current_settings())
    if as_json:
        print_json([passage_form(passage) for passage in found])
        return
    for passage in found:
        place = " > ".join((ROLE_NAMES[passage.role], *passage.heading_path))
        typer.echo(show_masks(f"—— {place}（{passage.start}–{passage.end}）\n{passage.text}\n"))


@app.command("search")
def search_shelf(
    query: Annotated[str, typer.Argument(help="要找的话。", metavar="QUERY")],
    role: Annotated[str | None, typer.Option("--role", help="只找某种角色的段落，如 problems。")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", help="只在这篇报告中找，名称见 gongwen corpus；可写多次。", metavar="NAME"),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", help="不在这篇报告中找；可写多次。", metavar="NAME")
    ] = None,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="只找这一年的报告；可写多次。", metavar="YEAR")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="只找文种带这几个字的报告，如 总结；可写多次。", metavar="KIND"),
    ] = None,
    count: Annotated[int, typer.Option("-n", "--count", min=1, max=100, help="最多几条。")] = 5,
    as_json: AsJson = False,
) -> None:
    """在语料中检索相近的段落。"""
    from assistant.workflow import shelf
    from assistant.workflow.forms import hit_form

    settings = current_settings()
    warn_of_shelf(settings, "查询内容")
    hits = shelf.search(
        query,
        settings,
        count=count,
        role=_role(role),
        include=report or (),
        exclude=exclude or (),
        years=year or (),
        kinds=kind or (),
    )
    if as_json:
        print_json([hit_form(hit) for hit in hits])
    elif hits:
        print_hits(hits)
    else:
        notice("没有找到相近的段落。")


def _role(name: str | None) -> Role | None:
    if name is None:
        return None
    known = {**{role.value: role for role in Role}, **{title: role for role, title in ROLE_NAMES.items()}}
    if name not in known:
        raise InputError(
            f"没有叫“{name}”的角色，请从这些中选一个：{'、'.join(role.value for role in Role)}。"
        )
    return known[name]
