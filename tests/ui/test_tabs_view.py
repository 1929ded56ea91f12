"""The markup of the tabs besides 起草: nothing of a person's, a file's or a model's is ever markup."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.documents.parsing import parse
from assistant.evaluation.comparing_draft import compare
from assistant.evaluation.draft_page import render
from assistant.models.masking import Masked, MaskedEntity
from assistant.retrieval.registry import ReportEntry
from assistant.settings import Settings
from assistant.types import Hit, Note, Passage, Role
from assistant.ui.check_view import CheckShown, check_view
from assistant.ui.corpus_anatomy import report_view
from assistant.ui.corpus_view import SearchResult, hits_view, list_view, upload_view
from assistant.ui.evaluate_view import evaluate_view
from assistant.ui.polish_run import PolishShown
from assistant.ui.polish_view import Around, polish_view
from assistant.ui.status_view import draft_preview, error_preview, status_view, text_preview
from assistant.workflow.check_papers import CheckPaper, check_paper
from assistant.workflow.desk import Kept
from assistant.workflow.doctor import Condition
from assistant.workflow.importing import Imported, Status
from assistant.workflow.masking import SentText
from assistant.workflow.polish_papers import PolishPaper, decide
from assistant.workflow.polishing import polish_text
from assistant.workflow.uploads import Progress
from assistant.writing.changes import Change, Polished, RefusedChange
from tests.ui.test_draft_view import HOSTILE, Reader

LONG = HOSTILE + "长" * 3000
TEXT = f"搞{LONG}好"
CHANGES = (
    Change(0, 1, "搞", HOSTILE, "wording", HOSTILE),
    Change(1, 1, "", "\n", "structure", "分段。"),
    Change(len(TEXT) - 1, len(TEXT), "好", "", "redundancy", "重复。"),
)
POLISHED = Polished(TEXT, CHANGES, (RefusedChange(CHANGES[0], HOSTILE),), HOSTILE)
POLISH = PolishPaper(TEXT, polished=POLISHED)
VERSIONS = (Kept("0001", "2025-01-02T03:04:05+08:00", HOSTILE, POLISH),)


def entry(number: int = 1, near: str | None = None) -> ReportEntry:
    roles = {Role.WORK: 3, Role.PROBLEMS: 1}
    return ReportEntry(f"id{number}", HOSTILE, LONG, HOSTILE, 2022, HOSTILE, 4, roles, "2025", near)


def hit() -> Hit:
    passage = Passage("p", HOSTILE, HOSTILE, Role.PROBLEMS, (HOSTILE,), 5, 9, f"学习{LONG}学习")
    return Hit(passage, 1.0, ("lexical",))


def imported(status: Status) -> Imported:
    return Imported(HOSTILE, status, HOSTILE, HOSTILE, 3, 0.1, 2, 1, 0)


def masked() -> Masked:
    return Masked(f"〖人名1〗{HOSTILE}", (MaskedEntity(0, 2, "person", HOSTILE, "〖人名1〗"),))


def checked_markup() -> str:
    paper = check_paper(CheckPaper(f"截止目前，按装{HOSTILE}12台,\n{LONG}", f"{HOSTILE}6次\n{HOSTILE}"))
    kept = (Kept("0001", "2025-01-02T03:04:05+08:00", HOSTILE, paper),)
    return check_view(CheckShown(paper, HOSTILE, HOSTILE, kept))


VIEWS: dict[str, Callable[[], str]] = {
    "polish": lambda: polish_view(
        PolishShown(POLISH, remark=HOSTILE, error=HOSTILE), Around(label=True, versions=VERSIONS)
    ),
    "polish, streaming": lambda: polish_view(
        PolishShown(POLISH, done=1, written=HOSTILE), Around(label=True)
    ),
    "check": checked_markup,
    "corpus": lambda: list_view([entry(), entry(2, "id1")], remark=HOSTILE),
    "hits": lambda: hits_view(SearchResult(f"学习{HOSTILE}", (hit(),))),
    "report": lambda: report_view(parse(f"{HOSTILE}\n一、{HOSTILE}\n{LONG}", name=HOSTILE), sought=(3, 9)),
    "upload": lambda: upload_view(Progress(tuple(map(imported, Status)), 9), error=HOSTILE),
    "status": lambda: status_view(
        [Condition(HOSTILE, ok=False, text=HOSTILE)], ended=True, preview=error_preview(HOSTILE)
    ),
    "text preview": lambda: text_preview(SentText(masked(), HOSTILE, masks=True)),
    "draft preview": lambda: draft_preview([(masked(), masked())], to=HOSTILE),
}


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_is_in_it_is_text(view: str) -> None:
    markup = VIEWS[view]()
    read = Reader(markup)
    assert read.open == []
    assert {tag for tag, _ in read.elements}.isdisjoint({"script", "img", "textarea"})
    assert HOSTILE in read.text or view == "text preview"
    assert all(
        name in KNOWN or name.startswith(("data-", "aria-")) for _, named in read.elements for name in named
    )


KNOWN = {"class", "type", "title", "role", "tabindex", "open", "disabled", "style", "max", "value"}


def test_a_comparison_in_its_frame_is_text() -> None:
    done = compare(
        f"一是学习不够。{HOSTILE}二是谈话43人次。",
        f"一是学习不够。{HOSTILE}",
        notes=[Note("n1", HOSTILE)],
    )
    [frame] = [named for tag, named in Reader(evaluate_view(render(done))).elements if tag == "iframe"]
    assert "allow-scripts" not in str(frame["sandbox"])
    inside = Reader(str(frame["srcdoc"]).split("<body>")[1].split("</body>")[0])
    assert {tag for tag, _ in inside.elements}.isdisjoint({"script", "img", "textarea"})
    assert HOSTILE in inside.text


def test_changes_are_struck_and_underlined_and_say_whether_they_are_taken() -> None:
    *_, done = polish_text("大家都没去开会，搞了12次活动。", Settings(data=Path("unused")))
    assert isinstance(done, Polished)
    paper = decide(PolishPaper(done.text, polished=done), [1], wanted=False)
    read = Reader(polish_view(PolishShown(paper), Around(label=True)))
    marks = read.of_class("change")
    assert [mark["aria-pressed"] for mark in marks] == ["true", "false", *["true"] * (len(marks) - 2)]
    assert "off" in str(marks[1]["class"])
    tags = [tag for tag, _ in read.elements]
    assert tags.count("del") == tags.count("ins") == 2 * len(done.changes)
    assert f"采用{len(marks) - 1}处，共{len(marks)}处" in read.text
    assert paper.result in read.text


def test_what_is_streamed_stands_between_what_is_done_and_what_is_to_come() -> None:
    text = "甲事搞了。\n乙事。\n丙事。"
    done = Polished(text, (Change(2, 3, "搞", "办", "wording", "改。"),), (), "demo-model")
    read = Reader(polish_view(PolishShown(PolishPaper(text, polished=done), 5, "乙的"), Around(label=False)))
    assert read.text == "甲事搞办了。\n乙的\n丙事。"
    assert not [named for _, named in read.elements if "data-act" in named]


def test_a_text_without_changes_says_so() -> None:
    paper = PolishPaper("好。", polished=Polished("好。", (), (), ""))
    assert "没有需要修改的地方" in Reader(polish_view(PolishShown(paper), Around(label=True))).text


def test_each_finding_leads_to_its_place_and_those_with_a_fix_offer_it() -> None:
    paper = check_paper(CheckPaper("截止目前，完成投资。会议于2月30日召开。"))
    read = Reader(check_view(CheckShown(paper)))
    places = {named["data-f"] for tag, named in read.elements if tag == "mark" and "data-f" in named}
    acts = [(named.get("data-act"), named.get("data-place")) for _, named in read.elements]
    assert {place for act, place in acts if act == "place"} == places == {"0", "1"}
    assert [place for act, place in acts if act == "mend"] == ["0"]
    changed = CheckPaper("改过了", checked=paper.checked)
    assert 'data-act="mend"' not in check_view(CheckShown(changed))
    assert "请再校对一次" in check_view(CheckShown(changed))


def test_a_long_list_of_reports_is_shown_page_by_page() -> None:
    entries = [entry(number) for number in range(230)]
    pages = [Reader(list_view(entries, page=page)) for page in (0, 2, 99)]
    rows = [len(page.of_class("report")) - 1 for page in pages]
    assert rows == [100, 30, 30]
    assert all("第" in page.text for page in pages)
    assert "上一页" not in Reader(list_view(entries[:100])).text


def test_the_words_looked_for_are_marked_and_masks_are_shown_as_such() -> None:
    passage = Passage("p", "r", "报告.txt", Role.PROBLEMS, (), 0, 9, "**局理论学习不够。")
    read = Reader(hits_view(SearchResult("理论学习", (Hit(passage, 1.0, ()),))))
    assert len(read.of_class("hit")) == 1
    assert "××局理论学习不够。" in read.text


def test_the_bands_of_a_report_are_its_parts_and_hold_all_of_it() -> None:
    text = (
        "2022年工作总结\n今年开展了工作。\n一、主要工作\n（一）抓学习。学习12次。\n二、存在的问题\n学习不够。"
    )
    report = parse(text, name="总结.txt")
    read = Reader(report_view(report, sought=(text.index("学习不够"), len(text))))
    bands = read.of_class("band")
    assert len(bands) == sum(section.level == 1 for section in report.sections)
    assert [("open" in band) for band in bands] == [False] * (len(bands) - 1) + [True]
    assert len(read.of_class("sought")) == 1
    assert all(line in read.text for line in text.split("\n"))
    assert len(read.of_class("piece")) == len(bands)


def test_without_a_model_nothing_is_said_to_be_sent() -> None:
    assert "什么也不发送" in draft_preview((), to=None)
    assert "现在什么也不发送" in text_preview(SentText(masked(), None, masks=True))
    assert "不遮盖，会原样发往 http://x" in text_preview(SentText(Masked("甲", ()), "http://x", masks=False))
