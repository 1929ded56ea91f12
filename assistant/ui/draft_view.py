"""The paper and the assistant beside it, as one piece of markup. Offsets and ids travel in ``data-`` attributes."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Draft
from assistant.ui.draft_marks import MARKS, in_place, mark_of, marked_text
from assistant.ui.draft_run import STAGES, Shown
from assistant.ui.draft_side import side
from assistant.ui.handling import page_words
from assistant.ui.markup import element, escaped
from assistant.workflow.desk import DraftPaper, Kept
from assistant.workflow.labelling import label_line
from assistant.workflow.papers import grave

WELCOME = (
    ("写要点", "在“要点”里一行写一条，写什么就只写什么，不必成句。"),
    ("起草", "没有模型也能写；写好后直接在这里改。"),
    ("看出处", "把光标放进一句话，就亮出它所依据的要点和旧稿原文。"),
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the paper does not say of itself: whether there is a model, whether to label, and the versions kept."""

    model: str | None
    label: bool
    versions: Sequence[Kept[DraftPaper]] = ()
    exports: Sequence[str] = ("docx", "md", "txt")


def bench(shown: Shown, around: Surroundings, *, turn: int) -> str:
    """Return the whole: what happens, the paper, and beside it what it rests on."""
    paper = shown.paper
    if not paper.text and shown.ended:
        inside = [_status(shown, around), _welcome(), *_versions_alone(shown, around)]
        return element("div", *inside, kind="bench empty", attributes={"data-turn": turn})
    draft = paper.draft if shown.ended else None
    sheet = element("div", _sheet(shown, draft, around), _legend(draft), kind="sheet-side")
    desk = element("div", sheet, side(paper, draft, around), kind="desk")
    inside = [_status(shown, around), _candidates(shown), _compared(shown), desk]
    kind = "bench" if shown.ended else "bench writing"
    return element("div", *inside, kind=kind, attributes={"data-turn": turn})


def _versions_alone(shown: Shown, around: Surroundings) -> list[str]:
    return [side(shown.paper, None, around)] if around.versions else []


def _welcome() -> str:
    steps = (element("li", element("b", text=name), element("span", text=what)) for name, what in WELCOME)
    return element("div", element("ol", *steps), kind="welcome")


def _status(shown: Shown, around: Surroundings) -> str:
    """Return the line above the paper: the stages while it is written, what came of it afterwards."""
    if not shown.ended:
        return element(
            "div", _steps(shown), _said("p", shown.remark), kind="status", attributes={"role": "status"}
        )
    alert = _said("p", page_words(shown.error), kind="alert", role="alert")
    said = _said("p", page_words(shown.remark), kind="remark", role="status")
    return element("div", alert, said, kind="status") if alert or said else ""


def _said(tag: str, text: str, *, kind: str = "", role: str | None = None) -> str:
    return element(tag, text=text, kind=kind, attributes={"role": role}) if text else ""


def _steps(shown: Shown) -> str:
    def step(number: int, name: str) -> str:
        now = shown.stage or 0
        kind = "done" if number < now else "now" if number == now else ""
        return element(
            "li", text=name, kind=kind, attributes={"aria-current": "step" if kind == "now" else None}
        )

    return element("ol", *(step(number, name) for number, name in enumerate(STAGES)), kind="steps")


def _candidates(shown: Shown) -> str:
    drafts = shown.paper.drafts
    if len(drafts) < 2:
        return ""
    tabs = [
        element(
            "button",
            text=f"第{number + 1}稿（{'推荐，' if number == 0 else ''}{grave(draft.findings)}处要看）",
            attributes={
                "type": "button",
                "data-act": "choose",
                "data-number": number,
                "aria-pressed": _truth(number == shown.paper.chosen),
            },
        )
        for number, draft in enumerate(drafts)
    ]
    compare = element(
        "button",
        text="并排比较",
        attributes={"type": "button", "data-act": "compare", "aria-expanded": "false"},
    )
    return element("div", *tabs, compare, kind="candidates")


def _truth(value: bool) -> str:  # noqa: FBT001 - an attribute's value, nothing else
    return "true" if value else "false"


def _sheet(shown: Shown, draft: Draft | None, around: Surroundings) -> str:
    text = marked_text(draft) if draft and draft.text == shown.paper.text else escaped(shown.paper.text)
    attributes = {
        "contenteditable": "plaintext-only" if shown.ended else None,
        "role": "textbox",
        "aria-multiline": "true",
        "aria-label": "正文，可以直接修改",
        "aria-readonly": None if shown.ended else "true",
        "spellcheck": "false",
        "tabindex": "0",
    }
    paper = element("div", text, kind="paper", attributes=attributes)
    written_by = paper_draft.model if (paper_draft := shown.paper.draft) else around.model or ""
    label = element("p", text=label_line(written_by), kind="ai-label") if around.label else ""
    return element(
        "section", _tools(shown, around), paper, label, kind="sheet", attributes={"aria-label": "草稿"}
    )


def _tools(shown: Shown, around: Surroundings) -> str:
    if not shown.ended:
        return ""
    words = {"md": "下载 .md", "txt": "下载 .txt", "docx": "下载 Word"}
    buttons = [
        element("button", text="重新检查", kind="strong", attributes={"type": "button", "data-act": "check"}),
        element("span", kind="changed-note", attributes={"role": "status"}),
        element("span", text=f"{_length(shown.paper.text)}字", kind="length"),
        element("button", text="复制", attributes={"type": "button", "data-act": "copy"}),
        *(
            element(
                "button",
                text=words[kind],
                attributes={"type": "button", "data-act": "download", "data-kind": kind},
            )
            for kind in around.exports
        ),
    ]
    return element("div", *buttons, kind="tools")


def _length(text: str) -> int:
    return sum(not mark.isspace() for mark in text)


def _legend(draft: Draft | None) -> str:
    if draft is None:
        return ""
    there = {mark_of(finding) for finding in draft.findings if in_place(finding)}
    items = [
        element(
            "li",
            element("mark", text=mark.name, kind=f"m {mark.kind} last", attributes={"data-sign": mark.sign}),
        )
        for mark in MARKS
        if mark in there
    ]
    if any(not sentence.notes for sentence in draft.sentences):
        items.append(element("li", element("span", text="套语，没有要点", kind="bare")))
    return element("ul", *items, kind="legend", attributes={"aria-label": "图例"}) if items else ""


def _compared(shown: Shown) -> str:
    """Return the candidates side by side, hidden until they are asked for."""
    if len(shown.paper.drafts) < 2:
        return ""
    columns = [
        element(
            "article",
            element("h3", text=f"第{number + 1}稿　{grave(draft.findings)}处要看，{_length(draft.text)}字"),
            element("div", marked_text(draft), kind="paper small"),
            element(
                "button",
                text="用这一稿",
                attributes={"type": "button", "data-act": "choose", "data-number": number},
            ),
        )
        for number, draft in enumerate(shown.paper.drafts)
    ]
    return element("div", *columns, kind="compared", attributes={"hidden": True})
