"""A polished text as markup: what goes struck, what comes underlined, and beside it the changes by kind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.ui.markup import element, escaped, listed
from assistant.ui.panels import panel
from assistant.ui.parts import button, length, status, takeaway, versions_panel, welcome
from assistant.ui.polish_run import PolishShown
from assistant.workflow.desk import Kept
from assistant.workflow.labelling import BY_MODEL
from assistant.workflow.polish_papers import KINDS, PolishPaper, next_paragraph, places_of
from assistant.writing.changes import Change, Polished, RefusedChange

STEPS = (
    ("放入文稿", "写入、粘贴，或放入文件；原文一直留在“原文”里，不会被改动。"),
    ("润色", "没有模型也能润色；改动直接标在原文里，划去的是原文，下划线的是新写的。"),
    ("取舍", "点一处改动就不采用它，再点一次恢复；也可以按类全部取舍，再复制或下载改后全文。"),
)
LOCK = "数字、日期、名称、程度、范围和肯定否定一处不能动；下面这些改动会动到它们，没有采用。"
SHORT = 30


@dataclass(frozen=True, slots=True)
class Around:
    """What the paper does not say of itself."""

    label: bool
    versions: Sequence[Kept[PolishPaper]] = ()


def polish_view(shown: PolishShown, around: Around) -> str:
    """Return the whole: what happens, the text with its changes, and the changes beside it."""
    done = shown.paper.polished
    if done is None:
        inside = [welcome(STEPS), element("aside", versions_panel(around.versions), kind="beside")]
        return element("div", status(shown.remark, shown.error), *inside, kind="bench empty")
    sheet = element("div", _sheet(shown, done, around), kind="sheet-side")
    aside = element("aside", *_beside(shown, done, around), kind="beside", attributes={"aria-label": "改动"})
    kind = "bench polish" if shown.ended else "bench polish writing"
    desk = element("div", sheet, aside, kind="desk")
    return element("div", status(shown.remark, shown.error), desk, kind=kind)


def _sheet(shown: PolishShown, done: Polished, around: Around) -> str:
    body = _diff(shown.paper, done) if shown.ended else _growing(shown, done)
    papers = [element("div", body, kind="paper diff")]
    if shown.ended:
        papers.append(element("div", text=shown.paper.result, kind="paper result"))
    if around.label and shown.paper.by_model:
        papers.append(element("p", text=BY_MODEL, kind="ai-label"))
    return element(
        "section", _tools(shown, done), *papers, kind="sheet", attributes={"aria-label": "润色结果"}
    )


def _tools(shown: PolishShown, done: Polished) -> str:
    if not shown.ended:
        return ""
    views = (
        element(
            "button",
            text=words,
            attributes={"type": "button", "data-act": "show", "data-view": view, "aria-pressed": pressed},
        )
        for view, words, pressed in (("diff", "看改动", "true"), ("result", "看改后全文", "false"))
    )
    told = element("span", text=f"改后{length(shown.paper.result)}字", kind="length")
    both = element("div", *views, kind="views", attributes={"role": "group", "aria-label": "看什么"})
    return element("div", both, told, *takeaway(), kind="tools")


def _growing(shown: PolishShown, done: Polished) -> str:
    """Return the text while a model polishes it: done, being written, still to come."""
    start, stop = next_paragraph(done.text, shown.done or 0)
    before = "".join(_pieces(done, start, _plain_change))
    now = element("span", text=shown.written, kind="now") if shown.written else ""
    waiting = element("span", text=done.text[stop if now else start :], kind="waiting")
    return before + now + waiting


def _diff(paper: PolishPaper, done: Polished) -> str:
    return "".join(_pieces(done, len(done.text), partial(_change, refused=paper.refused)))


def _pieces(done: Polished, end: int, shown: Callable[[int, Change], str]) -> Iterator[str]:
    at = 0
    for place, change in enumerate(done.changes):
        yield escaped(done.text[at : change.start])
        yield shown(place, change)
        at = change.end
    yield escaped(done.text[at:end])


def _change(place: int, change: Change, *, refused: Sequence[int]) -> str:
    """Return a change in its place. No real button: that would not break across lines."""
    wanted = place not in refused
    attributes = {
        "role": "button",
        "tabindex": "0",
        "data-act": "toggle",
        "data-place": place,
        "data-at": place,
        "aria-pressed": "true" if wanted else "false",
        "aria-label": f"{_words(change)}，{'已采用' if wanted else '未采用'}",
        "title": f"{change.reason}点一下{'不采用' if wanted else '采用'}。",
    }
    kind = "change" if wanted else "change off"
    return element("span", _struck(change), kind=kind, attributes=attributes)


def _plain_change(_: int, change: Change) -> str:
    """Return a change that cannot be refused yet."""
    return element("span", _struck(change))


def _struck(change: Change) -> str:
    gone = element("del", text=_visible(change.before)) if change.before else ""
    return gone + (element("ins", text=_visible(change.after)) if change.after else "")


def _visible(text: str) -> str:
    """Return a text that can be seen: a blank or line end alone has a sign."""
    return text if text.strip() else text.replace("\n", "↵\n").replace(" ", "␣").replace("\u3000", "␣")


def _words(change: Change) -> str:
    if not change.before:
        return f"加上“{change.after}”"
    return f"“{change.before}”改为“{change.after}”" if change.after else f"删去“{change.before}”"


def _beside(shown: PolishShown, done: Polished, around: Around) -> Iterator[str]:
    if shown.ended:
        yield _summary(shown.paper, done)
        kinds = {change.kind for change in done.changes}
        for kind, title in KINDS.items():
            if kind in kinds:
                yield _kind(kind, title, shown.paper, done, alone=len(kinds) == 1)
        if done.refused:
            yield _locked(done.refused)
        yield versions_panel(around.versions)


def _summary(paper: PolishPaper, done: Polished) -> str:
    count = len(done.changes)
    if not count:
        words = "没有需要修改的地方。" if not done.refused else "没有可以采用的改动。"
        return panel("改动", element("p", text=words, kind="hint good"), count="✓")
    taken = count - len(paper.refused)
    old = "原文在润色之后改过，要看新的改动请再润色一次。" if paper.text != done.text else ""
    hint = element("p", text=old, kind="hint warn") if old else ""
    both = _both(None, taken, count)
    return panel("改动", both, hint, count=f"采用{taken}处，共{count}处")


def _both(kind: str | None, taken: int, count: int) -> str:
    """Return the two buttons that take or refuse all changes of a kind, or all."""
    of = kind or ""
    buttons = (
        button("全部采用", "kind", data_kind=of, data_wanted="1", disabled=taken == count),
        button("全部不用", "kind", data_kind=of, data_wanted="", disabled=taken == 0),
    )
    return element("div", *buttons, kind="both")


def _kind(kind: str, title: str, paper: PolishPaper, done: Polished, *, alone: bool) -> str:
    places = places_of(paper, kind)
    taken = sum(place not in paper.refused for place in places)
    rows = (_row(place, done.changes[place], wanted=place not in paper.refused) for place in places)
    both = "" if alone or len(places) == 1 else _both(kind, taken, len(places))
    return panel(title, both, listed(rows, kind="changes"), count=f"{taken}/{len(places)}")


def _row(place: int, change: Change, *, wanted: bool) -> str:
    parts = (
        element("span", _shown_change(change), kind="words"),
        element("span", text=change.reason, kind="reason"),
    )
    attributes = {"type": "button", "data-act": "place", "data-place": place}
    go = element("button", *parts, kind="go" if wanted else "go off", attributes=attributes)
    words = "不用" if wanted else "采用"
    label = f"{words}：{_words(change)}"
    return go + button(words, "toggle", kind="small", data_place=place, aria_label=label)


def _shown_change(change: Change) -> str:
    gone = element("del", text=_short(_visible(change.before))) if change.before else ""
    come = element("ins", text=_short(_visible(change.after))) if change.after else ""
    return gone + come


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _locked(refused: Sequence[RefusedChange]) -> str:
    rows = (
        element("span", _shown_change(each.change), kind="words")
        + element("span", text=f"{each.why.rstrip('。')}。", kind="reason")
        for each in refused
    )
    said = element("p", text=LOCK, kind="hint")
    return panel("事实锁拦下的", said, listed(rows, kind="changes locked"), count=f"{len(refused)}处")
