"""A polishing as the page shows it, without a browser."""

import threading
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.polish_run import PolishShown, run_polish
from assistant.workflow.polish_papers import PolishPaper, decide
from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.workflow.conftest import connected

TEXT = "大家都没去开会，搞了12次活动。\n这事没人管。"
FIRST, SECOND = "全体人员均未参加会议，开展12次活动。", "此事无人管理。"


def run(paper: PolishPaper, settings: Settings) -> list[PolishShown]:
    return list(run_polish(paper, settings, threading.Event()))


def test_without_a_model_it_ends_with_changes_and_says_how(tmp_path: Path) -> None:
    *under_way, last = run(PolishPaper(TEXT), Settings(data=tmp_path))
    assert not any(one.ended for one in under_way)
    assert last.ended
    assert last.paper.polished is not None
    assert last.paper.polished.changes
    assert (last.error, last.paper.unfinished) == ("", False)
    assert "不联网" in last.remark


def test_a_model_is_seen_to_write_paragraph_by_paragraph(tmp_path: Path) -> None:
    answers = (play.ok(each, size=2, delay=0.03) for each in (FIRST, SECOND))
    with LoopbackEndpoint(*answers) as server:
        shown = run(PolishPaper(TEXT), connected(server, tmp_path))
    assert len({one.written for one in shown}) > 4
    assert all(SECOND.startswith(one.written) for one in shown if one.done)
    assert shown[-1].paper.result == f"{FIRST}\n{SECOND}"


def test_what_was_done_stays_when_the_model_fails_or_is_stopped(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok(FIRST), play.server_error()) as server:
        last = run(PolishPaper(TEXT), connected(server, tmp_path))[-1]
    assert "服务出错" in last.error
    assert last.paper.unfinished
    assert last.paper.result == f"{FIRST}\n这事没人管。"
    stop = threading.Event()
    with LoopbackEndpoint(play.ok(FIRST), play.paused("此事", "无人管理。")) as server:
        for last in run_polish(PolishPaper(TEXT), connected(server, tmp_path), stop):
            if last.written.startswith("此事"):
                stop.set()
    assert (last.error, last.paper.result) == ("", f"{FIRST}\n这事没人管。")
    assert "已停止" in last.remark


def test_a_failure_at_once_leaves_the_paper_as_it_was(tmp_path: Path) -> None:
    before = decide(run(PolishPaper(TEXT), Settings(data=tmp_path))[-1].paper, [0], wanted=False)
    with LoopbackEndpoint(play.server_error()) as server:
        last = run(before, connected(server, tmp_path))[-1]
    assert last.error
    assert last.paper == before


def test_what_may_not_leave_is_refused_and_nothing_to_polish_is_said(tmp_path: Path) -> None:
    remote = Settings(data=tmp_path, base_url="http://model.example/v1", model="m")
    last = run(PolishPaper(f"机密★1年\n{TEXT}"), remote)[-1]
    assert "机密★1年" in last.error
    with pytest.raises(InputError, match="没有要润色的文字"):
        run(PolishPaper(" "), remote)
