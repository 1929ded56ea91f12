"""Commands that write: sections, draft, prompt, demo."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.output import Screen, notice, print_hits, print_json, warn_kept_outside, warn_of_shelf
from assistant.errors import InputError, ModelError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.types import Draft
    from assistant.workflow.drafting import DraftRequest
    from assistant.workflow.events import Started

SectionName = Annotated[
    str | None, typer.Option("--section", help="小节，见 gongwen sections", metavar="NAME")
]
NotesFile = Annotated[Path | None, typer.Option("--notes", help="要点文件，- 为标准输入", metavar="FILE")]
Unit = Annotated[str | None, typer.Option("--unit", help="单位或自称，如局党组")]
Year = Annotated[int | None, typer.Option("--year", min=1900, max=2200, help="报告年度。")]
NoPassages = Annotated[bool, typer.Option("--no-passages", help="不参考旧稿。")]


@app.command("sections")
def list_sections(as_json: AsJson = False) -> None:
    """列出能起草的小节。"""
    from assistant.writing.templates import load_templates

    fronts = [template.front for template in load_templates().values()]
    if as_json:
        print_json([{"name": front.name, "title": front.title, "aliases": front.aliases} for front in fronts])
        return
    for front in fronts:
        least, most = front.length
        names = "、".join(front.aliases)
        typer.echo(f"{front.name}\t{front.title}（{least}—{most}字；也可写作：{names}）")


@app.command("draft")
def write_draft(
    section: SectionName = None,
    notes: NotesFile = None,
    unit: Unit = None,
    year: Year = None,
    out: Annotated[Path | None, typer.Option("--out", help="存到文件，旧文件留底", metavar="FILE")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="批量，每行一个 JSON", metavar="FILE")] = None,
    no_passages: NoPassages = False,
    as_json: AsJson = False,
) -> None:
    """从要点起草一节。没有设置模型时由离线写作完成，不联网。"""
    from assistant.workflow.forms import draft_form
    from assistant.workflow.saving import check_writable

    settings = current_settings()
    if batch is not None:
        if section or notes or unit or year or out:
            raise InputError(
                "--batch 不能与 --section、--notes、--unit、--year、--out 同用，请写在文件的每一行里。"
            )
        _draft_batch(batch, settings, passages=not no_passages)
        return
    request = _request(section, notes, unit, year, passages=not no_passages)
    if out is not None:
        check_writable(out)
    done = _run(request, settings, out=out, quiet=as_json)
    if as_json:
        print_json(draft_form(done))
    else:
        notice("参考的旧稿段落：" if done.passages else "没有参考旧稿。")
        print_hits(done.passages, err=True)
        _print_findings(done)
    if out is not None:
        _save(out, done.text)


@app.command("prompt")
def show_prompt(
    section: SectionName = None,
    notes: NotesFile = None,
    unit: Unit = None,
    year: Year = None,
    no_passages: NoPassages = False,
) -> None:
    """显示 draft 将要发给模型的全部内容，但不发送。"""
    from assistant.workflow.drafting import preview

    settings = current_settings()
    if not no_passages:
        warn_of_shelf(settings, "检索时，要点")
    built = preview(_request(section, notes, unit, year, passages=not no_passages), settings)
    typer.echo(f"【system】\n{built.system}\n\n【user】\n{built.user}")
    notice(f"共约{built.tokens} token，含旧稿片段{len(built.hits)}个。")


@app.command("demo")
def demonstrate() -> None:
    """演示：收入自带的五篇报告，用一份自带的要点起草“存在的问题”。"""
    from assistant.workflow import demo as demonstration
    from assistant.workflow.saving import save_text

    settings = demonstration.demo_settings(current_settings())
    for result in demonstration.ingest_corpus(settings):
        typer.echo(f"已收入 {result.name}：新增{result.added}段，未变{result.unchanged}段")
    request = demonstration.demo_request()
    typer.echo("\n要点：")
    for note in request.notes:
        typer.echo(f"  - {note.text}")
    typer.echo("\n起草的“存在的问题”：")
    done = _run(request, settings, out=None, quiet=False)
    typer.echo("\n参考的旧稿段落：")
    print_hits(done.passages)
    path = settings.data / "存在的问题.md"
    save_text(path, done.text)
    typer.echo(f"\n草稿保存在 {path}\n演示用单独的语料；您自己的旧报告请用 gongwen ingest 文件夹 收入。")


def _request(
    section: str | None, notes: Path | None, unit: str | None, year: int | None, *, passages: bool
) -> "DraftRequest":
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import decode, read_text
    from assistant.workflow.drafting import DraftRequest
    from assistant.writing.templates import find_template, load_templates

    if section is None or notes is None:
        raise InputError("请用 --section 写明小节、用 --notes 写明要点文件，小节名称见 gongwen sections。")
    template = find_template(section, load_templates())
    piped = str(notes) == "-"
    text = decode(sys.stdin.buffer.read(), name="标准输入") if piped else read_text(notes)
    parsed = parse_notes(text, name="标准输入" if piped else notes.name)
    return DraftRequest(template, parsed, unit=unit, year=year, passages=passages)


def _run(request: "DraftRequest", settings: "Settings", *, out: Path | None, quiet: bool) -> "Draft":
    """Draft and print the text as it comes; keep it when the model fails, the user stops it or nobody reads it."""
    from assistant.workflow.drafting import draft as draft_events
    from assistant.workflow.drafting import partial_text

    screen = Screen(quiet=quiet)
    try:
        done = list(_shown(draft_events(request, settings), screen))[-1]
    except (ModelError, KeyboardInterrupt) as error:
        screen.show("\n" if screen.shown else "")
        _keep(partial_text(error) if isinstance(error, ModelError) else "".join(screen.shown), settings, out)
        raise
    if screen.broken and out is None:
        _keep(done.text, settings, out)
    return done


def _print_findings(done: "Draft") -> None:
    from assistant.cli.checking import print_findings

    if done.findings:
        notice(f"草稿里有{len(done.findings)}处需要核对：")
        print_findings(done.findings, done.text, "草稿", err=True)


def _keep(text: str, settings: "Settings", out: Path | None) -> None:
    """Keep an unfinished text in a file; where none can be written, show it."""
    from assistant.workflow.saving import keep_partial

    try:
        kept = keep_partial(text, out=out, folder=settings.data)
    except InputError as error:
        notice(f"{error}已写出的部分如下：\n{text}")
        return
    if kept is not None:
        notice(f"已写出的部分保存在 {kept}")


def _shown(events: Iterator[object], screen: Screen) -> Iterator["Draft"]:
    from assistant.workflow.events import Finished, Started, TextDelta

    for event in events:
        match event:
            case Started():
                _announce(event)
            case TextDelta():
                screen.show(event.text)
            case Finished():
                screen.show("\n")
                if event.cut_off:
                    notice("模型因长度限制停笔，文末可能不完整，请减少要点或换用更大的模型。")
                yield event.draft


def _announce(started: "Started") -> None:
    if started.model is not None:
        notice(f"由模型 {started.model} 写作（{started.address}）。")
    elif started.embedding is not None:
        notice(f"没有设置对话模型，由离线写作完成；检索时要点发往向量接口 {started.embedding}。")
    else:
        why = "已设为离线" if started.offline else "没有设置模型"
        notice(f"{why}，由离线写作完成" + ("。" if started.keeper else "，不联网。"))
    if started.outside:
        addresses = "、".join(started.outside)
        notice(
            f"注意：要点和旧稿片段将原样发往 {addresses}，涉密、敏感内容请勿使用；可先用 gongwen prompt 查看。"
        )
    warn_kept_outside(started.keeper)


def _save(path: Path, text: str) -> None:
    from assistant.workflow.saving import save_text

    kept = save_text(path, text)
    notice(f"已保存到 {path}" + (f"，原有文件改名为 {kept.name}" if kept else ""))


def _draft_batch(path: Path, settings: "Settings", *, passages: bool) -> None:
    from assistant.workflow.batch import draft_batch
    from assistant.writing.templates import load_templates

    outcomes: list[bool] = []
    for result in draft_batch(path, load_templates(), settings, passages=passages):
        if not isinstance(result, dict):
            _announce(result)
            continue
        outcomes.append("error" not in result)
        print_json(result)
    if not all(outcomes):
        raise typer.Exit(1 if any(outcomes) else 2)
