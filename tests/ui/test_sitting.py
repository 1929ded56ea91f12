"""A visitor at a desk: nothing filled in is lost, whatever else happens meanwhile."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.draft_handlers import DraftHandlers
from assistant.ui.sitting import MOST_CHARACTERS, Sitting, sit_down, take_file, within_limit
from assistant.ui.visiting import open_visit
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
