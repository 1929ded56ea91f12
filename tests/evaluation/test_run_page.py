"""What people see of a run: the page in a real browser, the tables in Markdown and on a terminal."""

import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.errors import InputError
from assistant.evaluation.comparing import columns, compared
from assistant.evaluation.judge import judged_run
from assistant.evaluation.marked import put_between_marks
from assistant.evaluation.run_file import RunDraft, RunFile
from assistant.evaluation.run_means import figure, weaknesses
from assistant.evaluation.run_page import run_page
from assistant.evaluation.run_scores import rescored
from assistant.evaluation.tables import comparison_text, run_tables, run_text
from tests.endpoint import LoopbackEndpoint, written
from tests.evaluation.test_judge import honest
from tests.workflow.conftest import connected

EVIL = "正文<script>document.title='坏'</script><img src=http://x.example/a.png onerror=alert(1)>&amp;"


@pytest.fixture(scope="module")
def run(floors_run: RunFile, tmp_path_factory: pytest.TempPathFactory) -> RunFile:
    """Return a judged run, one draft of which failed and one of which would like to be HTML."""
    with LoopbackEndpoint(written(honest)) as server:
        made = judged_run(floors_run, connected(server, tmp_path_factory.mktemp("page")))
    first, second, *others = made.drafts
    failed = RunDraft(system=second.system, case=second.case, outcome="failed", reason="接口没有回应<b>")
    drafts = (first.model_copy(update={"text": EVIL}), failed, *others)
    return rescored(made.model_copy(update={"drafts": drafts}))


class Elements(HTMLParser):
    """The tags of a page and what they would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loaded: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_opens_in_a_browser_without_error_or_request(
    run: RunFile, browser: Browser, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "报告.html"
    path.write_text(run_page({"第一次": run, "第二次": run}), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.locator("#cases > details > summary").first.click()
    assert page.locator("#cases > details .text").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.title() == "公文起草评测"
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()


def test_texts_are_shown_and_never_run(run: RunFile) -> None:
    page = run_page({"一次": run})
    elements = Elements(page)
    assert elements.tags & {"script", "img", "b", "iframe", "object", "form"} == set()
    assert [url for url in elements.loaded if not url.startswith(("#", "data:"))] == []
    assert "&lt;script&gt;document.title" in page
    assert "接口没有回应&lt;b&gt;" in page
    assert "调研&lt;b&gt;走访" in page


def test_the_page_shows_each_case_with_notes_reference_and_drafts(run: RunFile) -> None:
    page = run_page({"一次": run})
    for case in run.cases:
        assert all(note in page for note in case.notes)
    assert page.count("<h4>参考稿</h4>") == len(run.cases)
    assert page.count("<article>") == len(run.cases) * (1 + len(run.systems))
    assert "不适用：这一题没有整篇报告" in page
    assert "前后一致" in page
    assert run.signature.line() in page


def test_an_unfinished_run_is_told_as_one(run: RunFile) -> None:
    page = run_page({"一次": run.model_copy(update={"complete": False, "drafts": run.drafts[:4]})})
    assert "没有做完" in page


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def test_the_terminal_table_has_aligned_columns_and_marks_the_best(run: RunFile) -> None:
    text = run_text(columns({"": run}))
    lines = text.splitlines()[: 2 + len(run.scorers)]
    assert lines[0].split() == ["指标", "要点原样", "最近的旧段落", "本报告其他节", "离线写作"]
    assert lines[1].split() == ["写成的题数", "2", "3", "1", "3"]
    structure = next(line for line in lines if line.startswith("结构 ↑"))
    values = structure.split()[2:]
    [best] = [value for value in values if value.endswith("*")]
    assert float(best.rstrip("*")) == max(float(value.rstrip("*")) for value in values)
    assert len({width(line.rstrip(" *")) for line in lines}) == 1
    assert "要点原样：1题失败（接口没有回应<b>），不计入平均。" in text
    assert "本报告其他节：2题不适用（这一题没有整篇报告），不计入平均。" in text


def test_a_comparison_on_a_terminal_ends_with_its_signature(run: RunFile) -> None:
    one, *_, last = columns({"": run})
    text = comparison_text(compared(one, last)).splitlines()
    assert text[0] == "基准：要点原样　对照：离线写作"
    assert text[-1].startswith("cases:3|bootstrap:percentile,10000|")


def test_each_mean_in_markdown_has_its_count_and_each_scorer_its_signature(run: RunFile) -> None:
    text = run_tables(run)
    rows = {line.split(" | ")[0].strip("| "): line for line in text.splitlines() if line.startswith("| ")}
    for scorer in run.scorers:
        arrow = "↑" if scorer.better == "higher" else "↓"
        assert rows[f"{scorer.name} ({scorer.title}) {arrow}"].count("(n ") == 4
        assert scorer.signature.replace("|", "\\|") in rows[scorer.name]
    assert f"`{run.signature.line()}`" in text


def test_tables_go_between_the_marks_and_nothing_else_changes(run: RunFile, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("前\n<!-- runs: begin -->\n旧表\n<!-- runs: end -->\n后\n", "utf-8")
    put_between_marks(path, "runs", run_tables(run))
    once = path.read_text("utf-8")
    put_between_marks(path, "runs", run_tables(run))
    assert path.read_text("utf-8") == once
    assert once.startswith("前\n<!-- runs: begin -->\n\n3 cases.")
    assert once.endswith("<!-- runs: end -->\n后\n")
    assert "旧表" not in once


def test_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("没有标记\n", "utf-8")
    with pytest.raises(InputError, match="没有成对的标记"):
        put_between_marks(path, "runs", "表")
    assert path.read_text("utf-8") == "没有标记\n"


def weak_on(run: RunFile, scorer: str) -> RunFile:
    """Return a run of twelve cases in which the offline writer loses to the notes on one scorer, and to nobody else."""
    cases = tuple(run.cases[0].model_copy(update={"id": f"c{n}", "sha": f"s{n}"}) for n in range(12))
    like = next(score for score in run.scores if score.scorer == scorer)
    scores = tuple(
        like.model_copy(update={"system": system, "case": case.id, "value": value + number / 100})
        for system, value in (("notes", 0.9), ("nearest", 0.1), ("offline", 0.5))
        for number, case in enumerate(cases)
    )
    return run.model_copy(update={"cases": cases, "scores": scores})


def test_where_the_offline_writer_is_weak_is_computed(run: RunFile) -> None:
    told = weaknesses(weak_on(run, "structure"))
    assert "对“要点原样”有1项不如：结构（0.555，对方0.955）" in told
    assert "对“最近的旧段落”没有不如的，好1项" in told
    other = weaknesses(weak_on(run, "leaks"))
    assert "对“最近的旧段落”有1项不如：旧稿串稿" in other
    assert "对“要点原样”没有不如的" in other


def test_the_tables_say_where_the_offline_writer_is_weak(run: RunFile) -> None:
    text = run_tables(weak_on(run, "structure"))
    assert "worse than `notes` on structure; no different on nothing." in text
    assert "worse than `nearest` on nothing" in text
    near = run_tables(weak_on(run, "rouge2.char"))
    assert "(rouge2.char), by section, the weakest first: problems 0.555 (n 12)." in near
    assert "没有做完" not in text
    assert "有一次评测没有做完" in run_tables(run.model_copy(update={"complete": False}))


def test_means_of_different_cases_come_with_a_warning(run: RunFile) -> None:
    fewer = run.model_copy(update={"cases": run.cases[:1], "drafts": (), "scores": ()})
    assert "几次评测的题目不同" in run_page({"一": run, "二": fewer})
    assert "几次评测的题目不同" not in run_page({"一": run, "二": run})


def test_a_run_without_the_offline_writer_says_nothing_of_it(run: RunFile) -> None:
    systems = tuple(system for system in run.systems if system.name != "offline")
    assert weaknesses(run.model_copy(update={"systems": systems})) == ""


@pytest.mark.parametrize(
    ("value", "signed", "shown"),
    [
        (None, False, "–"),
        (0.12345, False, "0.123"),
        (12.345, False, "12.35"),
        (0.5, True, "+0.500"),
        (-0.5, True, "−0.500"),
        (-0.0001, True, "0.000"),
        (0.0, True, "0.000"),
    ],
)
def test_figures_are_short_and_have_a_proper_minus(value: float | None, *, signed: bool, shown: str) -> None:
    assert figure(value, signed=signed) == shown
