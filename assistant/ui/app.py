"""The page as a whole: a heading and its tabs.

A tab is a module with a function ``build_…(page: Page) -> None`` that is called within its `gr.Tab`: it makes the components
and wires them, each event with ``api_visibility="private"``, since only what `assistant.ui.api` registers is for programs.
It is added by its title and function in `TABS`. What is shown is made by functions without Gradio, in modules beside it;
handlers are wrapped in `assistant.ui.handling.guarded`, which turns errors into one sentence.
"""

from collections.abc import Callable

import gradio as gr

from assistant.settings import Settings
from assistant.ui import api, check_tab, corpus_tab, draft_tab, evaluate_tab, polish_tab, status_tab
from assistant.ui.layout import QUIET
from assistant.ui.page import Page
from assistant.ui.sessions import forget_sessions

TITLE = "公文写作助手"
TABS: dict[str, Callable[[Page], None]] = {
    "起草": draft_tab.build_draft,
    "润色": polish_tab.build_polish,
    "校对": check_tab.build_check,
    "评测": evaluate_tab.build_evaluate,
    "语料": corpus_tab.build_corpus,
    "设置与状态": status_tab.build_status,
}
HEADING = '<header class="masthead"><h1>公文写作助手</h1><p>要点成文，句句有出处；旧稿可参考，事实不串用。</p></header>'


def build_page(settings: Settings) -> gr.Blocks:
    """Build the page. Uploads are forgotten after a day at the latest."""
    blocks: gr.Blocks
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 24 * 3600)
    ) as blocks:
        page = Page(settings, blocks)
        gr.HTML(HEADING, js_on_load=None, apply_default_css=False)
        with gr.Tabs():
            for number, (title, build) in enumerate(TABS.items()):
                with gr.Tab(title, elem_id=f"tab-{number}"):
                    build(page)
        api.register(settings)
        blocks.load(lambda: forget_sessions(blocks.state_holder), None, None, **QUIET)
    blocks.queue(default_concurrency_limit=None, api_open=False)
    return blocks
