"""Printing findings: a line each, where it is, what it is, what to write instead."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assistant.checks.results import Grounding
    from assistant.types import Finding, Note
    from assistant.workflow.correcting import Correction

LEVELS = {"error": "错误", "warn": "提醒", "info": "参考"}
STATES = {"covered": "已写入", "partly": "部分写入", "missing": "未写入"}
CHANGED = "已改"
REFUSED = "未改"
# What of a long stretch is shown.
EXCERPT = 24


def print_findings(
    findings: Sequence["Finding"],
    text: str,
    name: str,
    *,
    refused: Sequence["Finding"] = (),
    err: bool = False,
) -> None:
    """Print a line a finding: file:line:column, level, excerpt, message, replacement, rule."""
    for finding in findings:
        level = REFUSED if finding in refused else LEVELS[finding.level.value]
        _print_finding(finding, text, name, label=level, err=err)


def print_correction(correction: "Correction", text: str, path: Path, saved: Path | None) -> None:
    """Print what was changed in a text, and where the corrected copy is."""
    for change in correction.changes:
        _print_finding(change, text, str(path), label=CHANGED)
    if saved is None:
        typer.echo(f"{path}：没有可以直接改正的地方。")
    elif saved.suffix.lower() == path.suffix.lower():
        typer.echo(f"{path}：改了{len(correction.changes)}处，改正稿存为“{saved}”，原稿未动。")
    else:
        typer.echo(
            f"{path}：改了{len(correction.changes)}处；{path.suffix} 文件不能直接改写，"
            f"改正后的文字存为“{saved}”（不含格式），原稿未动。"
        )
    if correction.refused:
        typer.echo(
            f"{path}：下面标“{REFUSED}”的{len(correction.refused)}处，"
            "改了会变动数字、名称、引文等事实，请核对后自行修改。"
        )


def print_coverage(grounding: "Grounding", notes: Sequence["Note"]) -> None:
    """Print what became of each note."""
    typer.echo("要点：")
    for note, one in zip(notes, grounding.coverage, strict=True):
        typer.echo(f"  {note.id} {STATES[one.state]}｜{_short(note.text)}")


def _print_finding(finding: "Finding", text: str, name: str, *, label: str, err: bool = False) -> None:
    line = text.count("\n", 0, finding.start) + 1
    column = finding.start - text.rfind("\n", 0, finding.start)
    excerpt = _short(text[finding.start : finding.end])
    quoted = f"“{excerpt}”"
    place = quoted if excerpt and quoted not in finding.message else ""
    change = "" if finding.replacement is None else _change(finding.replacement)
    typer.echo(f"{name}:{line}:{column}: {label} {place}{finding.message}{change}[{finding.rule}]", err=err)


def _change(replacement: str) -> str:
    return f"改为“{replacement}”。" if replacement else "应删去。"


def _short(text: str) -> str:
    from assistant.text.masks import show_masks

    line = " ".join(show_masks(text).split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"
