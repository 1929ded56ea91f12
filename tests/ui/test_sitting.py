"""A visitor at a desk: nothing filled in is lost, whatever else happens meanwhile."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.draft_actions import with_file
from assistant.ui.draft_handlers import DraftHandlers
from assistant.ui.sitting import MOST_CHARACTERS, Sitting, sit_down, take_file, within_limit
from assistant.ui.visiting import Visit, open_visit
from assistant.workflow.desk import Desk, DraftPaper
from assistant.workflow.polish_papers import PolishPaper

Seat = Sitting[PolishPaper]


@dataclass
class Request:
    """Who asks."""

    username: str | None = None
    cookies: Mapping[str, str] = field(default_factory=lambda: {"gongwen_visitor": "a" * 32})


@dataclass
class Edited:
    """What the browser tells of an edit."""

    text: str
    found: bool = False


def seat(data: Path, request: Request | None = None) -> Seat:
    return sit_down(Settings(data=data), request or Request(), "polish", PolishPaper)


def test_what_is_filled_in_is_there_again_and_for_nobody_else(tmp_path: Path) -> None:
    seat(tmp_path).fill_in(text="甲", level="light")
    assert seat(tmp_path).paper == PolishPaper("甲", "light")
    assert seat(tmp_path, Request("li")).paper == PolishPaper()


def test_an_empty_box_that_holds_nothing_is_empty(tmp_path: Path) -> None:
    mine = seat(tmp_path)
    mine.fill_in(text="甲", level="full")
    mine.fill_in(text=None)
    assert seat(tmp_path).paper.text == ""


def test_what_is_filled_in_while_the_paper_is_worked_on_counts_afterwards(tmp_path: Path) -> None:
    mine = seat(tmp_path)
    with mine.working():
        mine.fill_in(text="新写的")
        mine.paper = PolishPaper("旧的", unfinished=True)
    assert seat(tmp_path).paper == PolishPaper("新写的", unfinished=True)


def test_work_broken_off_is_saved(tmp_path: Path) -> None:
    mine = seat(tmp_path)

    def work() -> Iterator[None]:
        with mine.working():
            mine.paper = PolishPaper("写到这里", unfinished=True)
            yield

    working = work()
    next(working)
    assert mine.busy
    del working
    assert seat(tmp_path).paper.text == "写到这里"
    assert not mine.busy


def test_what_another_page_saved_is_kept_as_a_version(tmp_path: Path) -> None:
    one, other = seat(tmp_path), seat(tmp_path)
    one.fill_in(text="第一个网页")
    other.fill_in(text="第二个网页")
    assert [version.paper.text for version in other.desk.versions()] == ["第一个网页"]
    assert seat(tmp_path).paper.text == "第二个网页"


def test_a_version_comes_back_and_the_present_one_is_kept(tmp_path: Path) -> None:
    mine = seat(tmp_path)
    mine.keep(PolishPaper("早的"), "润色")
    mine.fill_in(text="晚的")
    mine.restore("0001")
    assert seat(tmp_path).paper.text == mine.paper.text == "早的"
    assert [version.paper.text for version in mine.desk.versions()] == ["晚的", "早的"]


def test_a_damaged_paper_is_said_to_be_and_kept(tmp_path: Path) -> None:
    seat(tmp_path).fill_in(text="甲")
    [path] = tmp_path.rglob("polish.json")
    path.write_text(json.dumps({"text": None}), "utf-8")
    mine = seat(tmp_path)
    assert "读不出来" in mine.error
    assert len(list(tmp_path.rglob("polish.损坏*.json"))) == 1


def test_a_file_is_read_and_forgotten_and_what_is_too_long_refused(tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_text("\n\u3000\u3000正文。\n", "utf-8")
    assert take_file(str(path)) == "\u3000\u3000正文。"
    assert not path.exists()
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError, match="不是文本文件"):
        take_file(str(path))
    assert not path.exists()
    path.write_text(" \n", "utf-8")
    with pytest.raises(InputError, match="里没有文字，请换一个"):
        take_file(str(path))
    with pytest.raises(InputError, match="10万字"):
        within_limit("长" * (MOST_CHARACTERS + 1))
    assert within_limit(None) == ""


def test_what_is_filled_in_and_what_is_edited_at_once_are_both_there(tmp_path: Path) -> None:
    handlers = DraftHandlers(Settings(data=tmp_path))
    visit = open_visit(handlers.settings, "cookie:1")
    rounds = 40

    def fill() -> None:
        for number in range(rounds):
            handlers.asked(visit, *("problems", "", None, f"第{number}条", False, 1))

    def edit() -> None:
        for number in range(rounds):
            handlers.edited(visit, Edited(f"正文{number}"))  # type: ignore[arg-type]
            assert visit.paper.text == f"正文{number}"

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(fill), pool.submit(edit)]:
            done.result()
    paper = visit.desk.load()
    assert paper is not None
    assert (paper.notes, paper.text) == (f"第{rounds - 1}条", f"正文{rounds - 1}")
    assert list(visit.desk.versions()) == []


def test_a_text_found_again_does_not_push_out_the_one_on_the_desk(tmp_path: Path) -> None:
    handlers = DraftHandlers(Settings(data=tmp_path))
    visit = open_visit(handlers.settings, "cookie:1")
    handlers.edited(visit, Edited("桌上的"))  # type: ignore[arg-type]
    handlers.edited(visit, Edited("找回的", found=True))  # type: ignore[arg-type]
    assert visit.paper.text == "找回的"
    assert [(kept.why, kept.paper.text) for kept in visit.desk.versions()] == [("找回之前", "桌上的")]


def together(*works: Callable[[], object]) -> None:
    """Do all at once."""
    begin = threading.Barrier(len(works))

    def begun(work: Callable[[], object]) -> None:
        begin.wait()
        work()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(begun, work) for work in works]:
            done.result()


def test_events_of_a_page_that_come_at_once_lose_nothing(tmp_path: Path) -> None:
    mine, rounds = seat(tmp_path), 60

    def fill(name: str, *values: str) -> None:
        for number in range(rounds):
            mine.fill_in(**{name: values[number % len(values)]})

    def decide() -> None:
        for number in range(rounds):
            with mine.desk.lock:
                mine.put(replace(mine.paper, refused=(*mine.paper.refused, number)))

    together(partial(fill, "text", "甲", "乙"), partial(fill, "level", "full", "light"), decide)
    assert seat(tmp_path).paper == PolishPaper("乙", "light", None, tuple(range(rounds)))
    assert list(mine.desk.versions()) == []


def test_two_pages_that_save_at_once_keep_each_others_text(tmp_path: Path) -> None:
    pages, rounds = [seat(tmp_path), seat(tmp_path)], 10

    def write(number: int) -> None:
        for at in range(rounds):
            pages[number].fill_in(text=f"第{number}页第{at}句")

    together(partial(write, 0), partial(write, 1))
    last = seat(tmp_path)
    texts = {last.paper.text, *(kept.paper.text for kept in last.desk.versions())}
    assert texts >= {f"第{number}页第{rounds - 1}句" for number in (0, 1)}


def test_who_is_busy_is_not_asked_for_more(tmp_path: Path) -> None:
    mine = seat(tmp_path)
    mine.keep(PolishPaper("早的"), "润色")
    with mine.working():
        with pytest.raises(InputError, match="请等它做完，或先按“停止”。"), mine.working():
            pass
        with pytest.raises(InputError, match="请等它做完"):
            mine.restore("0001")
        assert mine.busy
    assert not mine.busy


def test_desks_of_one_visitor_have_one_lock_and_other_desks_others(tmp_path: Path) -> None:
    one, again = (Desk(tmp_path, "draft", DraftPaper) for _ in range(2))
    assert one.lock is again.lock
    assert Desk(tmp_path, "other", DraftPaper).lock is not one.lock
    assert Desk(tmp_path / "b", "draft", DraftPaper).lock is not one.lock


@pytest.fixture
def drafting(tmp_path: Path) -> tuple[DraftHandlers, Visit]:
    handlers = DraftHandlers(Settings(data=tmp_path))
    return handlers, open_visit(handlers.settings, "cookie:1")


def asking(notes: str) -> tuple[object, ...]:
    """Return what the boxes of 起草 hold."""
    return "problems", "", None, notes, False, 1


def test_notes_too_long_are_refused_and_kept(drafting: tuple[DraftHandlers, Visit], tmp_path: Path) -> None:
    handlers, visit = drafting
    notes = "长" * (MOST_CHARACTERS + 1)
    handlers.asked(visit, *asking(notes))
    with pytest.raises(InputError, match="文字超过10万字，请分几次处理，或用命令行。"):
        next(handlers.drafted(visit, *asking(notes)))
    assert visit.paper.notes == notes
    assert visit.desk.load() == visit.paper
    assert not visit.writing
    path = tmp_path / "要点.txt"
    path.write_text("谈话43人次", "utf-8")
    with pytest.raises(InputError, match="10万字"):
        with_file("长" * (MOST_CHARACTERS - 3), str(path))


def test_what_is_typed_while_a_draft_is_written_is_there_even_if_the_browser_leaves(
    drafting: tuple[DraftHandlers, Visit],
) -> None:
    handlers, visit = drafting
    run = handlers.drafted(visit, *asking("谈话43人次"))
    next(run)
    handlers.asked(visit, *asking("谈话43人次\n督查2次"))
    with pytest.raises(InputError, match="请等它写完"):
        next(handlers.drafted(visit, *asking("别的")))
    run.close()  # type: ignore[attr-defined]
    assert visit.paper.notes == "谈话43人次\n督查2次"
    assert visit.desk.load() == visit.paper


def test_notes_typed_while_a_text_is_checked_stay(
    drafting: tuple[DraftHandlers, Visit],
) -> None:
    handlers, visit = drafting
    for number in range(5):
        together(
            partial(handlers.checked, visit, Edited(f"谈话{number}人次。")),  # type: ignore[arg-type]
            partial(handlers.asked, visit, *asking(f"谈话{number}人次")),
        )
        assert (visit.paper.text, visit.paper.notes) == (f"谈话{number}人次。", f"谈话{number}人次")
    assert visit.desk.load() == visit.paper


# Names the sessions that are left. In a process of its own: the library's blocks leave an event loop open.
FORGETTING = """
from datetime import datetime, timedelta
import gradio as gr
from gradio.state_holder import StateHolder
from assistant.ui.sessions import KEPT, forget_sessions

with gr.Blocks(analytics_enabled=False) as blocks:
    state = gr.State()
holder = StateHolder()
holder.set_blocks(blocks)
for name in ("open", "closed", "closed-now", "call", "call-now"):
    holder[name].is_closed = name.startswith("closed")
    if not name.startswith("call"):
        holder[name][state._id] = "文稿"
    if not name.endswith("now"):
        holder.time_last_used[name] = datetime.now() - KEPT - timedelta(seconds=1)
forget_sessions(holder)
assert holder.time_last_used.keys() == holder.session_data.keys()
print(*holder.session_data)
"""


def test_closed_pages_and_calls_of_programs_are_forgotten_after_an_hour_and_open_pages_are_not(
    clean_environment: dict[str, str],
) -> None:
    command = [sys.executable, "-c", FORGETTING]
    done = subprocess.run(command, env=clean_environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["open", "closed-now", "call-now"]
