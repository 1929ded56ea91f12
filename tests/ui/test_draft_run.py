"""A run as the page shows it, without a browser."""

import threading
from collections.abc import Generator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.types import Hit, Passage, Role
from assistant.ui.draft_actions import (
    chosen_instead,
    laid_again,
    open_desk,
    rechecked,
    rewritten,
    take_back,
    write,
)
from assistant.ui.draft_run import STAGES, Beat, Shown, Writing, follow_draft
from assistant.ui.pumping import Pump
from assistant.workflow import events as happened
from assistant.workflow.desk import DraftPaper
from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.workflow.conftest import connected

NOTES = "集中学习只有6次\n谈话43人次"
TEXT = "一是集中学习只有6次。二是谈话43人次。"
PAPER = DraftPaper(notes=NOTES, passages=False)


def run(paper: DraftPaper, settings: Settings) -> list[Shown]:
    return list(follow_draft(paper, settings, threading.Event()))


def test_a_draft_ends_with_a_checked_paper(tmp_path: Path) -> None:
    shown = run(PAPER, Settings(data=tmp_path))
    assert [one.ended for one in shown] == [False] * (len(shown) - 1) + [True]
    last = shown[-1]
    assert (last.error, last.why, last.paper.unfinished) == ("", "起草", False)
    assert last.paper.draft is not None
    assert last.paper.draft.text == last.paper.text
    assert [one.state for one in last.paper.draft.coverage] == ["covered", "covered"]
    assert "不联网" in last.remark


def test_text_and_stage_only_grow_while_a_model_writes(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok(TEXT, size=2, delay=0.03)) as server:
        shown = run(PAPER, connected(server, tmp_path))
    texts = [one.paper.text for one in shown[:-1]]
    assert all(after.startswith(before) for before, after in pairwise(texts))
    assert len(set(texts)) > 3
    stages = [one.stage for one in shown[:-1] if one.stage is not None]
    assert stages == sorted(stages)
    assert max(stages) < len(STAGES)


def test_a_stop_is_heard_while_the_model_is_silent(tmp_path: Path) -> None:
    stop = threading.Event()
    with LoopbackEndpoint(play.paused("一是集中学习", "只有6次。")) as server:
        shown = []
        for one in follow_draft(PAPER, connected(server, tmp_path), stop):
            shown.append(one)
            if one.paper.text:
                stop.set()
    assert (shown[-1].ended, shown[-1].paper.text, shown[-1].why) == (True, "一是集中学习", "停止")
    assert shown[-1].paper.unfinished


def test_a_failure_keeps_what_was_written_and_the_notes(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.cut("一是集中学习。二是〖待补", abruptly=True)) as server:
        last = run(PAPER, connected(server, tmp_path))[-1]
    assert last.paper.text == "一是集中学习。二是"
    assert last.paper.notes == NOTES
    assert last.error
    assert last.why == "未写完"


def test_a_failure_before_the_first_word_keeps_the_text_that_was_there(tmp_path: Path) -> None:
    before = replace(PAPER, text="上一稿。")
    with LoopbackEndpoint(play.unauthorized()) as server:
        last = run(before, connected(server, tmp_path))[-1]
    assert last.paper == before
    assert "密钥" in last.error


@pytest.mark.parametrize(
    ("paper", "message"),
    [
        (replace(PAPER, notes=" \n"), "没有要点"),
        (replace(PAPER, year=20255), "1900至2200"),
        (replace(PAPER, section="nothing"), "没有叫“nothing”的小节"),
        (replace(PAPER, count=2), "没有设置模型"),
        (replace(PAPER, passages=True), "还没有索引"),
    ],
)
def test_what_cannot_be_drafted_is_said(tmp_path: Path, paper: DraftPaper, message: str) -> None:
    last = run(paper, Settings(data=tmp_path))[-1]
    assert message in last.error
    assert last.paper == paper


def test_candidates_come_ranked_and_checked(tmp_path: Path) -> None:
    worse = "一是集中学习只有16次。二是谈话43人次。"
    with LoopbackEndpoint(play.ok(worse), play.ok(TEXT)) as server:
        last = run(replace(PAPER, count=2), connected(server, tmp_path))[-1]
    assert [draft.text for draft in last.paper.drafts] == [TEXT, worse]
    assert "16次" in [worse[one.start : one.end] for one in last.paper.drafts[1].findings]


def test_text_taken_back_is_not_shown() -> None:
    writing = Writing()
    hit = Hit(Passage("p1", "r1", "旧稿.txt", Role.PROBLEMS, (), 0, 2, "旧稿"), 1.0, ("bm25",))
    for event in (
        happened.Started("m", "http://127.0.0.1", None, (), offline=False),
        happened.Retrieved((hit,)),
        happened.Sending((), ()),
        happened.TextDelta("甲。"),
        happened.Sending((), ()),
        happened.TextDelta("坏的"),
        happened.Restarted("模型没有写中文。"),
        happened.TextDelta("乙。"),
        happened.Checked(0, (), ()),
        happened.Revised(1, "乙改。", kept=True),
    ):
        writing.feed(event)
    assert (writing.text, writing.stage, writing.hits) == ("甲。乙改。", 4, (hit,))


def test_the_events_of_a_beat_come_together() -> None:
    seen = list(Pump(event for event in range(1000)).batches(threading.Event()))
    assert [event for batch in seen for event in batch] == list(range(1000))
    assert len(seen) < 10


def test_an_error_comes_after_what_was_before_it() -> None:
    def events() -> Generator[int, None, None]:
        yield 1
        raise ValueError("two")

    batches = Pump(events()).batches(threading.Event())
    assert next(batches) == [1]
    with pytest.raises(ValueError, match="two"):
        next(batches)


def test_a_beat_is_due_at_once_and_then_not_for_a_while() -> None:
    beat = Beat(60)
    assert [beat.is_due(), beat.is_due()] == [True, False]


def test_every_step_is_on_the_disk(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    visit, shown = open_desk(settings, "one")
    assert (shown.error, shown.remark) == ("", "")
    assert [one.ended for one in write(visit, PAPER, settings)][-1]
    again, _ = open_desk(settings, "one")
    assert again.paper == visit.paper
    assert [kept.why for kept in again.desk.versions()] == ["起草"]
    rechecked(again, again.paper.text + "全年印发文件312份。")
    third, _ = open_desk(settings, "one")
    assert third.paper.text.endswith("312份。")
    assert [kept.why for kept in third.desk.versions()] == ["修改", "起草"]
    assert open_desk(settings, "two")[0].paper == DraftPaper()


def test_a_browser_that_leaves_loses_nothing(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.paused("一是集中学习", "只有6次。")) as server:
        settings = connected(server, tmp_path)
        visit, _ = open_desk(settings, "one")
        writing = write(visit, PAPER, settings)
        while not visit.paper.text:
            next(writing)
        writing.close()
    assert not visit.writing
    again, _ = open_desk(settings, "one")
    assert (again.paper.text, again.paper.unfinished) == ("一是集中学习", True)
    assert "没有写完" in open_desk(settings, "one")[1].remark


def test_an_item_written_again_keeps_the_rest_and_the_text_before(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok("二是谈话共43人次。")) as server:
        settings = connected(server, tmp_path)
        visit, _ = open_desk(settings, "one")
        take_back(visit, replace(PAPER, text=TEXT))
        shown = list(rewritten(visit, TEXT.index("43"), "", settings))
    assert visit.paper.text == "一是集中学习只有6次。二是谈话共43人次。"
    assert shown[-1].paper == visit.paper
    assert [kept.paper.text for kept in visit.desk.versions()] == [visit.paper.text, TEXT]


def test_nothing_else_is_done_to_a_text_that_is_being_written_again(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok("二是谈话共43人次。")) as server:
        settings = connected(server, tmp_path)
        visit, _ = open_desk(settings, "one")
        take_back(visit, replace(PAPER, text=TEXT))
        again = rewritten(visit, TEXT.index("43"), "", settings)
        next(again)
        for other in (write(visit, PAPER, settings), rewritten(visit, 0, "", settings)):
            with pytest.raises(InputError, match="还没有写完"):
                next(other)
        list(again)
    assert not visit.writing
    assert visit.paper.text == "一是集中学习只有6次。二是谈话共43人次。"


def test_two_pages_of_one_visitor_lose_nothing_of_each_other(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    one, other = (open_desk(settings, "li")[0] for _ in range(2))
    take_back(one, replace(PAPER, text="甲页的文字。"))
    take_back(other, replace(PAPER, text="乙页的文字。"))
    take_back(other, replace(PAPER, text="乙页的文字，改了。"))
    third, _ = open_desk(settings, "li")
    assert third.paper.text == "乙页的文字，改了。"
    assert [kept.paper.text for kept in third.desk.versions()] == ["甲页的文字。"]


def test_a_changed_candidate_stays_changed(tmp_path: Path) -> None:
    worse = "一是集中学习只有16次。二是谈话43人次。"
    with LoopbackEndpoint(play.ok(worse), play.ok(TEXT)) as server:
        settings = connected(server, tmp_path)
        visit, _ = open_desk(settings, "one")
        list(write(visit, replace(PAPER, count=2), settings))
    chosen_instead(visit, 1, TEXT + "改。")
    assert visit.paper.text == worse
    chosen_instead(visit, 0, worse)
    assert visit.paper.text == TEXT + "改。"
    laid_again(visit, next(iter(visit.desk.versions())).id, "最后的文字。")
    assert "最后的文字。" in [kept.paper.text for kept in visit.desk.versions()]


def test_a_damaged_paper_is_told_and_the_desk_is_usable(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    visit, _ = open_desk(settings, "one")
    take_back(visit, PAPER)
    [path] = (tmp_path / "visitors").rglob("draft.json")
    path.write_text("{", "utf-8")
    again, shown = open_desk(settings, "one")
    assert "原样留在" in shown.error
    take_back(again, PAPER)
    assert open_desk(settings, "one")[1].paper == PAPER
