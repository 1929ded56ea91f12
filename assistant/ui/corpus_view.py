"""The shelf as markup: its reports, what a search found, what became of uploads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.retrieval.registry import ReportEntry
from assistant.text.masks import show_masks
from assistant.text.matching import matched_spans
from assistant.types import Hit, Role
from assistant.ui.markup import element, escaped, listed
from assistant.ui.panels import ROLES
from assistant.ui.parts import button, status, welcome
from assistant.workflow.importing import Imported, Status, fate
from assistant.workflow.uploads import Progress

STEPS = (
    ("收入旧稿", "拖入或选择往年的报告，Word、PDF、文本和压缩包都可以，一次可放多篇。"),
    ("起草时参考", "起草时会找出相近的段落供参考；旧稿里的事实不会写进新稿。"),
    ("随时查找", "写几个词检索，或点开一篇，看它分几部分、各部分写了什么。"),
)
SHARED = "语料由这台服务器的所有使用者共用，收入和移除对所有人生效。"
PAGE = 100
_SIGNS = {Status.FAILED: "✗", Status.NEAR_DUPLICATE: "≈", Status.UNCHANGED: "＝", Status.REPLACED: "↻"}


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was looked for, and the passages found."""

    query: str
    hits: tuple[Hit, ...]


def framed(*content: str, remark: str = "", error: str = "") -> str:
    """Return what is shown within the frame that every view of the shelf has."""
    shared = element("p", text=SHARED, kind="hint shared-by-all")
    return element("div", status(remark, error), *content, shared, kind="bench corpus")


def empty_view(*, remark: str = "", error: str = "") -> str:
    """Return what is shown when there is no report yet."""
    return framed(welcome(STEPS), remark=remark, error=error)


def list_view(entries: Sequence[ReportEntry], *, page: int = 0, remark: str = "") -> str:
    """Return the reports, a page of them."""
    if not entries:
        return empty_view(remark=remark)
    names = {entry.id: entry.name for entry in entries}
    last = (len(entries) - 1) // PAGE
    page = min(max(page, 0), last)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    count = f"{len(entries)}篇报告，{sum(entry.passages for entry in entries)}个段落"
    head = element("div", element("h3", text="旧稿"), element("span", text=count, kind="count"), kind="head")
    table = element("div", _heads(), *(_row(entry, names) for entry in shown), kind="reports")
    sheet = element(
        "section", head, table, _pages(page, last), kind="sheet", attributes={"aria-label": "旧稿"}
    )
    return framed(sheet, remark=remark)


def _heads() -> str:
    names = ("报告", "文种", "年份", "单位", "段落", "")
    return element("div", *(element("span", text=name) for name in names), kind="report heads")


def _pages(page: int, last: int) -> str:
    if not last:
        return ""
    parts = (
        button("上一页", "page", kind="plain", data_page=page - 1, disabled=page == 0),
        element("span", text=f"第{page + 1}页，共{last + 1}页"),
        button("下一页", "page", kind="plain", data_page=page + 1, disabled=page == last),
    )
    return element("div", *parts, kind="pages")


def _row(entry: ReportEntry, names: dict[str, str]) -> str:
    cells = (
        _name(entry, names),
        _cell("文种", entry.kind),
        _cell("年份", entry.year and f"{entry.year}年"),
        _cell("单位", entry.unit),
        element("span", element("b", text=f"{entry.passages}段"), _roles(entry.roles), kind="cell roles"),
        _remove(entry),
    )
    return element("div", *cells, kind="report", attributes={"data-asking": "no"})


def _name(entry: ReportEntry, names: dict[str, str]) -> str:
    title = show_masks(entry.title or "")
    under = element("span", text=title, kind="title") if title and title not in entry.name else ""
    near = names.get(entry.near or "")
    like = element("span", text=f"与“{near}”几乎相同", kind="near") if near else ""
    attributes = {"type": "button", "data-act": "report", "data-id": entry.id, "title": "看这一篇的结构"}
    name = element("button", text=entry.name, kind="open", attributes=attributes)
    return element("span", name, under, like, kind="cell name")


def _cell(title: str, value: object) -> str:
    text = show_masks(str(value)) if value else "—"
    return element("span", text=text, kind="cell" if value else "cell none", attributes={"data-title": title})


def _roles(roles: dict[Role, int]) -> str:
    """Return how many passages have which role."""
    told = (
        element("span", text=f"{ROLES[role]}{roles[role]}", kind=f"role r-{role.value}")
        for role in Role
        if roles.get(role)
    )
    return "".join(told)


def _remove(entry: ReportEntry) -> str:
    """Return the button that removes, and the question that it asks first."""
    ask = button("移除", "ask", kind="plain", data_to="yes", aria_label=f"移除“{entry.name}”")
    sure = element(
        "span",
        element("span", text="所有人都将查不到它，移除吗？"),
        button("移除", "remove", kind="plain danger", data_id=entry.id, aria_label=f"确定移除“{entry.name}”"),
        button("不移除", "ask", kind="plain", data_to="no"),
        kind="sure",
    )
    return element("span", ask, sure, kind="cell remove")


def hits_view(found: SearchResult) -> str:
    """Return what a search found, the words that were looked for marked."""
    back = button("‹ 全部旧稿", "back", kind="plain")
    told = f"最相近的{len(found.hits)}段" if found.hits else "没有找到"
    title = element("h3", text=f"检索“{_short(found.query)}”")
    head = element("div", back, title, element("span", text=told, kind="count"), kind="head")
    hint = element("p", text="没有找到相近的段落，请换几个词，或放宽角色和年份。", kind="hint none")
    rows = listed(map(_hit, found.hits, [found.query] * len(found.hits)), kind="hits") if found.hits else hint
    return framed(element("section", head, rows, kind="sheet", attributes={"aria-label": "检索结果"}))


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"


def _hit(hit: Hit, query: str) -> str:
    passage = hit.passage
    attributes = {
        "type": "button",
        "data-act": "report",
        "data-id": passage.report,
        "data-start": passage.start,
        "data-end": passage.end,
        "title": "在报告里看这一段",
    }
    name = element("button", text=passage.name, kind="open", attributes=attributes)
    role = element("span", text=ROLES[passage.role], kind=f"role r-{passage.role.value}")
    path = element("span", text=show_masks(" › ".join(passage.heading_path)), kind="place")
    return element("div", name, role, path, kind="where") + element(
        "p", *_marked(passage.text, matched_spans(query, passage.text)), kind="found"
    )


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        yield escaped(show_masks(text[at:start]))
        yield element("mark", text=show_masks(text[start:end]), kind="hit")
        at = end
    yield escaped(show_masks(text[at:]))


def upload_view(progress: Progress, *, error: str = "") -> str:
    """Return how far an import is, and what became of each file."""
    done = len(progress.results)
    under_way = (
        f"正在收入第{done + 1}篇，共{progress.total}篇……" if done < progress.total else "正在写入索引……"
    )
    attributes = {"max": max(progress.total, 1), "value": done, "aria-label": "收入的进度"}
    bar = "" if progress.summary or error else element("progress", attributes=attributes)
    back = button("‹ 全部旧稿", "back", kind="plain") if progress.summary or error else ""
    head = element("div", back, element("h3", text="收入旧稿"), kind="head")
    said = element(
        "p", text="" if error else progress.summary or under_way, kind="said", attributes={"role": "status"}
    )
    rows = listed(map(_result, progress.results), kind="results")
    sheet = element("section", head, bar, said, rows, kind="sheet", attributes={"aria-label": "收入旧稿"})
    return framed(sheet, error=error)


def _result(result: Imported) -> str:
    sign = element("span", text=_SIGNS.get(result.status, "✓"), kind=f"sign {result.status.value}")
    return (
        sign
        + element("span", text=result.name, kind="file")
        + element("span", text=fate(result), kind="fate")
    )
