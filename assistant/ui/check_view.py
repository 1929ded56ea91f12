"""A checked text as markup: the findings in their places, and beside it as a list, each with its fix."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Coverage, Draft, Finding, Level
from assistant.ui.draft_marks import MARKS, in_place, mark_of, marked_text
from assistant.ui.draft_side import LEVELS, numbered
from assistant.ui.markup import element, escaped, listed
from assistant.ui.panels import panel
from assistant.ui.parts import button, length, status, takeaway, versions_panel, welcome
from assistant.workflow.check_papers import CheckPaper
from assistant.workflow.desk import Kept

STEPS = (
    ("放入文稿", "写入、粘贴，或放入文件；Word 和 PDF 文件也可以。"),
    ("校对", "错别字、用语、标点、序号、前后不一致，都标在原文里，不用模型，不联网。"),
    ("改正", "有把握的可以一次改完，其余逐处点“改”；给了要点，还核对每句话有没有出处。"),
)
STATES = {"covered": "✓ 写到", "partly": "◐ 部分", "missing": "✗ 漏写"}
SHORT = 28


@dataclass(frozen=True, slots=True)
class CheckShown:
    """What is shown: the paper, what is to be said of it, and the versions kept."""

    paper: CheckPaper
    remark: str = ""
    error: str = ""
    versions: Sequence[Kept[CheckPaper]] = ()


def check_view(shown: CheckShown) -> str:
    """Return the whole: what happened, the text with its findings, and the list beside it."""
    above = status(shown.remark, shown.error)
    checked = shown.paper.checked
    if checked is None:
        inside = [welcome(STEPS), element("aside", versions_panel(shown.versions), kind="beside")]
        return element("div", above, *inside, kind="bench empty")
    sheet = element("div", _sheet(shown.paper, checked), _legend(checked), kind="sheet-side")
    aside = element("aside", *_beside(shown, checked), kind="beside", attributes={"aria-label": "校对结果"})
    return element("div", above, element("div", sheet, aside, kind="desk"), kind="bench check")


def _sheet(paper: CheckPaper, checked: Draft) -> str:
    tools = (
        _mend_all(paper, checked),
        element("span", text=f"{length(checked.text)}字", kind="length"),
        *takeaway(),
    )
    text = element("div", marked_text(checked), kind="paper")
    parts = (element("div", *tools, kind="tools"), text)
    return element("section", *parts, kind="sheet", attributes={"aria-label": "校对的文稿"})


def _mend_all(paper: CheckPaper, checked: Draft) -> str:
    if paper.text != checked.text:
        return element("span", text="正文改过了，请再校对一次。", kind="changed-note")
    count = len(paper.certain)
    if not count:
        return ""
    return button(f"改正有把握的{count}处", "mend-all", kind="strong")


def _legend(checked: Draft) -> str:
    there = {mark_of(finding) for finding in checked.findings if in_place(finding)}
    if len(there) < 2 and not checked.notes:
        return ""
    items = (
        element("mark", text=mark.name, kind=f"m {mark.kind} last", attributes={"data-sign": mark.sign})
        for mark in MARKS
        if mark in there
    )
    return listed(items, kind="legend")


def _beside(shown: CheckShown, checked: Draft) -> Iterator[str]:
    numbered = list(enumerate(checked.findings))
    grave = [each for each in numbered if each[1].level is not Level.INFO]
    yield panel("要改的", *_list(grave, shown.paper, checked), count=_told(grave))
    if remarks := [each for each in numbered if each[1].level is Level.INFO]:
        rows = _list(remarks, shown.paper, checked)
        yield panel("供参考", *rows, count=f"{len(remarks)}处", is_open=False)
    if checked.notes:
        yield _notes(checked)
    yield versions_panel(shown.versions)


def _told(grave: Sequence[tuple[int, Finding]]) -> str:
    """Return how many errors and warnings there are."""
    levels = [finding.level for _, finding in grave]
    counts = [
        f"{LEVELS[level]}{levels.count(level)}处" for level in (Level.ERROR, Level.WARN) if level in levels
    ]
    return "，".join(counts) or "✓"


def _list(findings: Sequence[tuple[int, Finding]], paper: CheckPaper, checked: Draft) -> list[str]:
    if not findings:
        return [element("p", text="没有发现要改的地方。", kind="hint good")]
    rows = (_row(place, finding, paper, checked) for place, finding in findings)
    return [listed(rows, kind="findings mending")]


def _row(place: int, finding: Finding, paper: CheckPaper, checked: Draft) -> str:
    mark = mark_of(finding)
    text = checked.text[finding.start : finding.end]
    short = text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
    said = numbered(finding.message)
    parts = (
        element("span", text=f"{mark.sign} {LEVELS[finding.level]}", kind=f"level {finding.level.value}"),
        element("q", text=short) if text.strip() and f"“{text}”" not in said else "",
        element("span", text=said, kind="message"),
        element("span", text=_better(finding), kind="better") if finding.replacement is not None else "",
    )
    attributes = {
        "type": "button",
        "data-act": "place",
        "data-place": place,
        "disabled": finding.end <= finding.start,
    }
    go = element("button", *parts, kind="go", attributes=attributes)
    if finding.replacement is None or paper.text != checked.text:
        return go
    label = f"改：{said}{_better(finding)}"
    return go + button("改", "mend", kind="small", data_place=place, aria_label=label)


def _better(finding: Finding) -> str:
    if not finding.replacement:
        return "应删去"
    return f"改为“{finding.replacement}”" if finding.replacement.strip() else "改为空白"


def _notes(checked: Draft) -> str:
    states = {coverage.note: coverage for coverage in checked.coverage}
    rows = [_note(number, note.text, states.get(note.id)) for number, note in enumerate(checked.notes, 1)]
    written = sum(coverage.state == "covered" for coverage in checked.coverage)
    return panel("要点", listed(rows, kind="notes"), count=f"{written}/{len(checked.notes)} 写到")


def _note(number: int, text: str, coverage: Coverage | None) -> str:
    if coverage is None:
        return escaped(f"{number}. {text}")
    state = element("span", text=STATES[coverage.state], kind=f"state {coverage.state}")
    lost = "" if coverage.state == "missing" else "、".join(coverage.missing)
    left_out = element("span", text=f"没写到：{lost}", kind="left-out") if lost else ""
    return element(
        "div", state, element("span", text=f"{number}. {text}", kind="words"), left_out, kind="note"
    )
