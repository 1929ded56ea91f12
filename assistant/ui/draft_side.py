"""What stands beside the paper: the selected sentence, findings, notes, passages and versions."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.types import Coverage, Draft, Finding, Level
from assistant.ui.draft_marks import in_place, mark_of
from assistant.ui.markup import element, listed
from assistant.ui.panels import panel, passages_panel
from assistant.workflow.desk import DraftPaper, Kept

if TYPE_CHECKING:
    from assistant.ui.draft_view import Surroundings

LEVELS = {Level.ERROR: "错误", Level.WARN: "提醒", Level.INFO: "参考"}
STATES = {"covered": ("✓", "写到"), "partly": ("◐", "部分"), "missing": ("✗", "漏写")}
_NOTE = re.compile(r"要点n(\d+)")
NO_MODEL = "没有设置模型，不能按要求重写；可以直接在正文里改。"


def side(paper: DraftPaper, draft: Draft | None, around: "Surroundings") -> str:
    """Return the column beside the paper; while a text is being written there is nothing to say of it yet."""
    parts = [_versions(around.versions)] if around.versions else []
    if draft is not None:
        parts = [
            _selected(around.model),
            _findings(draft),
            _notes(draft),
            passages_panel(draft),
            *parts,
        ]
    return element("aside", *parts, kind="beside", attributes={"aria-label": "依据与核对"}) if parts else ""


def _selected(model: str | None) -> str:
    """Return the panel of the sentence that the caret is in; the browser fills it."""
    reason = None if model else NO_MODEL
    form = element(
        "div",
        '<label for="redo-words">请模型重写这一项</label>',
        element(
            "input",
            attributes={
                "id": "redo-words",
                "type": "text",
                "placeholder": "如：更具体些；不写则换一种写法",
                "disabled": reason is not None,
                "maxlength": 200,
            },
        ),
        element(
            "button",
            text="重写",
            attributes={"type": "button", "data-act": "redo", "disabled": reason is not None},
        ),
        element("p", text=reason, kind="hint") if reason else "",
        kind="redo",
    )
    body = element(
        "div",
        element("p", text="把光标放进一句话，看它依据哪几条要点。", kind="hint"),
        kind="grounds",
        attributes={"aria-live": "polite"},
    )
    return panel(
        "这一句",
        body,
        element("div", form, kind="when-selected", attributes={"hidden": True}),
        kind="selected",
    )


def _findings(draft: Draft) -> str:
    grave = [(number, one) for number, one in enumerate(draft.findings) if one.level is not Level.INFO]
    remarks = [(number, one) for number, one in enumerate(draft.findings) if one.level is Level.INFO]
    content = (
        [listed((_finding(number, one, draft) for number, one in grave), kind="findings")] if grave else []
    )
    if not grave:
        content.append(element("p", text="没有发现要改的地方。", kind="hint good"))
    if remarks:
        inside = listed((_finding(number, one, draft) for number, one in remarks), kind="findings")
        content.append(
            element("details", element("summary", text=f"另有{len(remarks)}处供参考"), inside, kind="remarks")
        )
    return panel("核对", *content, count=f"{len(grave)}处" if grave else "✓")


def _finding(number: int, finding: Finding, draft: Draft) -> str:
    mark = mark_of(finding)
    excerpt = draft.text[finding.start : finding.end]
    shown = excerpt if len(excerpt) <= 28 else f"{excerpt[:27]}…"
    better = finding.replacement
    change = (
        ""
        if better is None
        else element("span", text=f"改为“{better}”" if better else "应删去", kind="better")
    )
    refers = finding.refers
    attributes = {
        "type": "button",
        "data-act": "place",
        "data-f": number,
        "data-start": finding.start,
        "data-refers": f"{refers.kind}:{refers.id}" if refers else None,
        "disabled": not in_place(finding) and finding.end <= finding.start and refers is None,
    }
    head = element("span", text=f"{mark.sign} {LEVELS[finding.level]}", kind=f"level {mark.kind}")
    quoted = element("q", text=shown) if excerpt and f"“{excerpt}”" not in finding.message else ""
    return element(
        "button",
        head,
        quoted,
        element("span", text=numbered(finding.message), kind="message"),
        change,
        attributes=attributes,
    )


def numbered(message: str) -> str:
    """Return a message with notes named by their numbers, as the page lists them."""
    return _NOTE.sub(r"要点\1", message)


def _notes(draft: Draft) -> str:
    states = {coverage.note: coverage for coverage in draft.coverage}
    items = [
        _note(number, note.id, note.text, states.get(note.id)) for number, note in enumerate(draft.notes, 1)
    ]
    written = sum(coverage.state == "covered" for coverage in draft.coverage)
    return panel("要点", listed(items, kind="notes"), count=f"{written}/{len(draft.notes)} 写到")


def _note(number: int, id_: str, text: str, coverage: Coverage | None) -> str:
    sign, word = STATES[coverage.state] if coverage else ("", "")
    missing = "、".join(coverage.missing) if coverage else ""
    lost = (
        element("span", text=f"没写到：{missing}", kind="left-out")
        if missing and coverage and coverage.state != "missing"
        else ""
    )
    state = element("span", text=f"{sign} {word}", kind=f"state {coverage.state}") if coverage else ""
    body = element("span", text=f"{number}. {text}", kind="words")
    return element(
        "button", state, body, lost, attributes={"type": "button", "data-act": "note", "data-note": id_}
    )


def _versions(versions: Sequence[Kept[DraftPaper]]) -> str:
    items = [
        element(
            "button",
            element("span", text=version.saved[5:16].replace("T", " "), kind="when"),
            element("span", text=version.why, kind="why"),
            element("span", text=version.paper.text[:24].replace("\n", " ") or "（空）", kind="begins-with"),
            attributes={
                "type": "button",
                "data-act": "restore",
                "data-id": version.id,
                "title": "恢复这一稿",
            },
        )
        for version in versions
    ]
    return panel("稿次", listed(items, kind="versions"), count=f"{len(items)}稿", is_open=False)
