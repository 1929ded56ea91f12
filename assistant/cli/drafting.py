"""Commands that write: sections, draft, prompt, demo."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.app import AsJson, app, current_settings
from assistant.cli.exporting import is_word, save_word_draft
from assistant.cli.live import announce, print_draft_findings, run_draft, save_result
from assistant.cli.output import notice, print_hits, print_json, warn_of_shelf
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.workflow.requests import DraftRequest

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
    count: Annotated[int, typer.Option("-n", min=1, max=9, help="写几稿，选核对结果最好的；须有模型。")] = 1,
    no_passages: NoPassages = False,
    as_json: AsJson = False,
) -> None:
    """从要点起草一节。没有设置模型时由离线写作完成，不联网。"""
    from assistant.workflow.forms import draft_form
    from assistant.workflow.saving import check_writable

    settings = current_settings()
    if batch is not None:
        if section or notes or unit or year or out or count > 1:
            raise InputError(
                "--batch 不能与 --section、--notes、--unit、--year、--out、-n 同用，请写在文件的每一行里。"
            )
        _draft_batch(batch, settings, passages=not no_passages)
        return
    request = draft_request(section, notes, unit, year, passages=not no_passages)
    if out is not None:
        check_writable(out)
    ended = run_draft(request, settings, out=out, quiet=as_json, count=count)
    done = ended.draft
    if as_json:
        print_json(
            {
                **draft_form(done),
                **({"others": [draft_form(each) for each in ended.others]} if count > 1 else {}),
            }
        )
    else:
        notice("参考的旧稿段落：" if done.passages else "没有参考旧稿。")
        print_hits(done.passages, err=True)
        print_draft_findings(done)
    if out is not None and is_word(out):
        save_word_draft(out, done, settings)
    elif out is not None:
        save_result(out, done.text)


@app.command("prompt")
def show_prompt(
    section: SectionName = None,
    notes: NotesFile = None,
    unit: Unit = None,
    year: Year = None,
    no_passages: NoPassages = False,
    masked: Annotated[bool, typer.Option("--masked", help="显示遮盖之后、真正发出的样子。")] = False,
) -> None:
    """显示 draft 将要发给模型的全部内容，但不发送。"""
    from assistant.workflow.drafting import preview, preview_masked

    settings = current_settings()
    if not no_passages:
        warn_of_shelf(settings, "检索时，要点")
    request = draft_request(section, notes, unit, year, passages=not no_passages)
    if masked:
        sent = preview_masked(request, settings)
        _print_prompts((system.text, user.text) for system, user in sent)
        notice(f"遮盖了{sum(len(message.entities) for messages in sent for message in messages)}处。")
        return
    built = preview(request, settings)
    _print_prompts((prompt.system, prompt.user) for prompt in built)
    tokens, hits = sum(prompt.tokens for prompt in built), sum(len(prompt.hits) for prompt in built)
    times = f"分{len(built)}次发出，" if len(built) > 1 else ""
    notice(f"{times}共约{tokens} token，含旧稿片段{hits}个。")


def _print_prompts(prompts: Iterable[tuple[str, str]]) -> None:
    typer.echo("\n\n".join(f"【system】\n{system}\n\n【user】\n{user}" for system, user in prompts))


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
    done = run_draft(request, settings, out=None, quiet=False).draft
    typer.echo("\n参考的旧稿段落：")
    print_hits(done.passages)
    path = settings.data / "存在的问题.md"
    save_text(path, done.text)
    typer.echo(f"\n草稿保存在 {path}\n演示用单独的语料；您自己的旧报告请用 gongwen ingest 文件夹 收入。")


def draft_request(
    section: str | None, notes: Path | None, unit: str | None, year: int | None, *, passages: bool
) -> "DraftRequest":
    """Read what is to be drafted. Raises `InputError`."""
    from assistant.documents.notes import parse_notes
    from assistant.documents.reading import decode, read_text
    from assistant.workflow.requests import DraftRequest
    from assistant.writing.templates import find_template, load_templates

    if section is None or notes is None:
        raise InputError("请用 --section 写明小节、用 --notes 写明要点文件，小节名称见 gongwen sections。")
    template = find_template(section, load_templates())
    piped = str(notes) == "-"
    text = decode(sys.stdin.buffer.read(), name="标准输入") if piped else read_text(notes)
    parsed = parse_notes(text, name="标准输入" if piped else notes.name)
    return DraftRequest(template, parsed, unit=unit, year=year, passages=passages, source=text)


def _draft_batch(path: Path, settings: "Settings", *, passages: bool) -> None:
    from assistant.workflow.batch import draft_batch
    from assistant.writing.templates import load_templates

    outcomes: list[bool] = []
    for result in draft_batch(path, load_templates(), settings, passages=passages):
        if not isinstance(result, dict):
            announce(result)
            continue
        outcomes.append("error" not in result)
        print_json(result)
    if not all(outcomes):
        raise typer.Exit(1 if any(outcomes) else 2)
