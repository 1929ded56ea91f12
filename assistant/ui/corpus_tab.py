"""语料: search and upload on the left, on the right the reports, what was found, or one report's anatomy."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import GongwenError, InputError
from assistant.retrieval.registry import ReportEntry
from assistant.settings import Settings
from assistant.types import Role
from assistant.ui.corpus_anatomy import report_view
from assistant.ui.corpus_view import SearchResult, empty_view, framed, hits_view, list_view, upload_view
from assistant.ui.handling import guarded, page_words
from assistant.ui.layout import QUIET, drop, side_by_side, view
from assistant.ui.page import Page
from assistant.ui.panels import ROLES
from assistant.workflow import shelf
from assistant.workflow.papers import has_shelf
from assistant.workflow.uploads import Progress, import_uploads

HITS = 20
ANY = ""
# The library cleans the names of uploads; the page needs them as their owners know them.
_NAMES = "(at, files) => [at, files, (files || []).map((file) => file.orig_name)]"
Update = dict[str, Any]


@dataclass(slots=True)
class Browsing:
    """Where a visitor is: what he found last, the page of the list, and whether he is ``away`` from it, reading a report."""

    found: SearchResult | None = None
    page: int = 0
    away: bool = False
    reading: bool = False


class CorpusTab:
    """The handlers of the tab."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def entries(self) -> Sequence[ReportEntry]:
        """Return the reports there are."""
        return shelf.shelf_reports(self.settings) if has_shelf(self.settings) else ()

    def opened(self, at: Browsing | None) -> tuple[Any, ...]:
        """Show the list as it is now, unless the visitor is looking at something else."""
        at = at or Browsing()
        try:
            entries = self.entries()
        except GongwenError as error:
            return at, framed(error=page_words(str(error))), gr.skip()
        years = sorted({entry.year for entry in entries if entry.year}, reverse=True)
        choices = [("不限", ANY), *((f"{year}年", str(year)) for year in years)]
        shown = gr.skip() if at.away else list_view(entries, page=at.page)
        return at, shown, gr.update(choices=choices)

    def searched(self, at: Browsing, query: str, role: str, year: str) -> str:
        """Search the shelf."""
        if not (query or "").strip():
            raise InputError("还没有写要找什么，请在“检索”里写几个词，例如 理论学习。")
        if not self.entries():
            return empty_view(remark="语料里还没有旧稿，请先收入。")
        of, years = Role(role) if role else None, [int(year)] if year else []
        hits = shelf.search(query, self.settings, count=HITS, role=of, years=years)
        at.found, at.away, at.reading = SearchResult(query, tuple(hits)), True, False
        return hits_view(at.found)

    def acted(self, at: Browsing, event: gr.EventData) -> str:
        """Turn a page, go back, open a report or remove one."""
        match event.act:
            case "report":
                at.away = at.reading = True
                return self._report(event)
            case "remove":
                return self._removed(at, str(event.id))
            case "back" if at.found and at.reading:
                at.reading = False
                return hits_view(at.found)
            case "page":
                at.page = int(event.page)
        at.found, at.away, at.reading = None, False, False
        return list_view(self.entries(), page=at.page)

    def _report(self, event: gr.EventData) -> str:
        report = shelf.stored_report(str(event.id), self.settings)
        start, end = getattr(event, "start", None), getattr(event, "end", None)
        return report_view(report, sought=(int(start), int(end)) if start and end else None)

    def _removed(self, at: Browsing, id_: str) -> str:
        name = next((entry.name for entry in self.entries() if entry.id == id_), "")
        [count] = shelf.remove([id_], self.settings)
        return list_view(self.entries(), page=at.page, remark=f"已移除“{name}”，共{count}段。")

    def brought(
        self, at: Browsing, files: list[str] | None, names: list[str] | None
    ) -> Iterator[tuple[Any, ...]]:
        """Bring uploads in, showing what becomes of each."""
        if not files:
            return
        at.away, progress = True, Progress((), len(files))
        uploads = list(zip(map(Path, files), names or [Path(file).name for file in files], strict=True))
        try:
            with closing(import_uploads(uploads, self.settings)) as run:
                for progress in run:
                    yield upload_view(progress), None
        except GongwenError as error:
            yield upload_view(progress, error=str(error)), None


def build_corpus(page: Page) -> None:
    """Build the tab and wire it."""
    at, names = gr.State(), gr.JSON(visible=False)
    with side_by_side() as (left, right):
        with left:
            query = gr.Textbox(label="检索", placeholder="如：理论学习不够深入", max_length=200)
            with gr.Row(elem_classes="pair"):
                roles = [("不限", ANY), *((title, role.value) for role, title in ROLES.items())]
                role = gr.Dropdown(roles, value=ANY, label="角色", filterable=False, min_width=120)
                year = gr.Dropdown([("不限", ANY)], value=ANY, label="年份", filterable=False, min_width=90)
            go = gr.Button("检索", variant="primary", elem_id="corpus-go")
            gr.HTML('<h3 class="label">收入旧稿</h3>', js_on_load=None, apply_default_css=False)
            files = drop("收入旧稿", many=True)
        with right:
            shown = view("corpus")
    tab = CorpusTab(page.settings)
    shown.opened(guarded(tab.opened), [at], [at, shown, year], **QUIET)
    gr.on([go.click, query.submit], guarded(tab.searched), [at, query, role, year], [shown], **QUIET)
    shown.act(guarded(tab.acted), [at], [shown], **QUIET)
    files.upload(guarded(tab.brought), [at, files, names], [shown, files], js=_NAMES, **QUIET)
