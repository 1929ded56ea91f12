"""Showing a text as it is written, and keeping it when something goes wrong."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.output import Screen, notice, warn_kept_outside
from assistant.errors import InputError, ModelError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.types import Draft
    from assistant.workflow.events import DraftEvent, Finished, Started
    from assistant.workflow.requests import DraftRequest


def run_draft(
    request: "DraftRequest", settings: "Settings", *, out: Path | None, quiet: bool, count: int = 1
) -> "Finished":
    """Draft and print the text as it comes; keep it when the model fails, the user stops it or nobody reads it."""
    from assistant.workflow.drafting import draft_candidates, partial_text

    screen = Screen(quiet=quiet, held=not sys.stdout.isatty() and _may_change(settings, count))
    try:
        ended = show_events(draft_candidates(request, settings, count=count), screen)
    except (ModelError, KeyboardInterrupt) as error:
        screen.show("\n" if screen.shown else "")
        text = partial_text(error) if isinstance(error, ModelError) else screen.kept
        keep_unfinished(text, settings, out)
        raise
    if screen.broken and out is None:
        keep_unfinished(ended.draft.text, settings, out)
    return ended


def _may_change(settings: "Settings", count: int) -> bool:
    """Tell whether what a model writes may yet be replaced: only a person at a terminal can be told so."""
    from assistant.models.endpoint import chat_endpoint

    endpoint = chat_endpoint(settings)
    if endpoint is None:
        return False
    from assistant.models.masking import mask_policy

    return settings.revisions > 0 or count > 1 or mask_policy(settings).applies(local=endpoint.is_local)


def show_events(events: "Iterator[DraftEvent]", screen: Screen) -> "Finished":
    """Show what happens, and return how it ended."""
    from assistant.workflow import events as happened

    ended: Finished | None = None
    texts = 0
    for event in events:
        match event:
            case happened.Started():
                texts += 1
                if texts == 1:
                    announce(event)
                else:
                    screen.begin_text()
                    notice(f"第{texts}稿：")
            case happened.Finished():
                ended = event
            case _:
                _show(event, screen)
    assert ended is not None  # every run ends so
    _end(ended, screen, texts)
    return ended


def _show(event: "DraftEvent", screen: Screen) -> None:
    from assistant.workflow import events as happened

    match event:
        case happened.Sending():
            screen.begin_part()
            if names := {entity.placeholder for entity in event.masked}:
                notice(f"已遮盖{len(names)}个名称、号码等再发出。")
        case happened.TextDelta():
            screen.show(event.text)
        case happened.Restarted():
            screen.start_again()
            notice(f"{event.reason}正在请模型重写。")
        case happened.Revised():
            how = "，已采用。" if event.kept else "没有改好，保留原文。"
            notice(f"核对发现错误，模型第{event.revision}次修改{how}")
            if event.kept:
                screen.start_again(event.text)


def _end(ended: "Finished", screen: Screen, texts: int) -> None:
    if texts > 1 or screen.changed or "".join(screen.shown).strip() != ended.draft.text.strip():
        if not screen.held:
            notice("最后的文字：")
        screen.show_instead(ended.draft.text)
    screen.show("\n")
    screen.release()
    if ended.remark:
        notice(ended.remark)
    if ended.cut_off:
        notice("模型因长度限制停笔，文末可能不完整，请减少要点或换用更大的模型。")


def announce(started: "Started", *, what: str = "要点和旧稿片段") -> None:
    """Tell who writes, and which addresses hear of it."""
    if started.model is not None:
        notice(f"由模型 {started.model} 写作（{started.address}）。")
    elif started.embedding is not None:
        notice(f"没有设置对话模型，由离线写作完成；检索时要点发往向量接口 {started.embedding}。")
    else:
        why = "已设为离线" if started.offline else "没有设置模型"
        notice(f"{why}，由离线写作完成" + ("。" if started.keeper else "，不联网。"))
    if started.outside:
        addresses = "、".join(started.outside)
        how = (
            "遮盖敏感信息后发往 {}，遮盖难免有遗漏，涉密内容请勿使用；可先用 gongwen prompt --masked 查看。"
            if started.masked
            else "原样发往 {}，涉密、敏感内容请勿使用；可先用 gongwen prompt 查看。"
        )
        notice(f"注意：{what}将{how.format(addresses)}")
    warn_kept_outside(started.keeper)


def print_draft_findings(done: "Draft") -> None:
    """Tell what the checks found in a draft."""
    from assistant.cli.findings import print_findings

    if done.findings:
        notice(f"草稿里有{len(done.findings)}处需要核对：")
        print_findings(done.findings, done.text, "草稿", err=True)


def keep_unfinished(text: str, settings: "Settings", out: Path | None) -> None:
    """Keep an unfinished text in a file; where none can be written, show it."""
    from assistant.workflow.saving import keep_partial

    try:
        kept = keep_partial(text, out=out, folder=settings.data)
    except InputError as error:
        notice(f"{error}已写出的部分如下：\n{text}")
        return
    if kept is not None:
        notice(f"已写出的部分保存在 {kept}")


def save_result(path: Path, text: str) -> None:
    """Save a text, and tell where."""
    from assistant.workflow.saving import save_text

    kept = save_text(path, text)
    notice(f"已保存到 {path}" + (f"，原有文件改名为 {kept.name}" if kept else ""))
