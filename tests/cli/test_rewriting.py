"""``gongwen polish`` and ``gongwen redo``: what is shown, what is saved, and what is kept when it breaks off."""

import json
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests import endpoint as play
from tests.cli.conftest import complaint, fits
from tests.cli.test_processes import started
from tests.conftest import RunGongwen
from tests.endpoint import REMOTE, Behaviour, LoopbackEndpoint

ROUGH = "钱没到位。\n材料没按时报。\n"
DRAFT = "一是理论学习抓得不够紧。二是责任书签订后无人检查，谈话43人次。\n"
REDO = ("redo", "稿.md", "--item", "2", "--section", "problems", "--notes", "notes.md")
CHANGE = {"start": int, "end": int, "before": str, "after": str, "kind": str, "reason": str}


@pytest.fixture
def rough(tmp_path: Path) -> Path:
    path = tmp_path / "稿.md"
    path.write_text(ROUGH, "utf-8")
    return path


@pytest.fixture
def draft(notes: Path, tmp_path: Path) -> Path:
    path = tmp_path / "稿.md"
    path.write_text(DRAFT, "utf-8")
    return path


def formal(messages: list[dict[str, str]]) -> str:
    return messages[1]["content"].split("<原文>\n")[1].split("\n</原文>")[0].replace("没", "未")


def test_each_change_is_shown_and_the_file_stays(gongwen: RunGongwen, rough: Path, tmp_path: Path) -> None:
    done = gongwen("polish", "稿.md", "--out", "改.md")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].startswith("1. 第1行｜钱[-没-]{+未+}到位。｜“没”偏口语")
    assert "共修改2处" in done.stderr
    assert rough.read_text("utf-8") == ROUGH
    assert (tmp_path / "改.md").read_text("utf-8") == "钱未到位。\n材料未按时报。\n"
    assert "--out" in complaint(gongwen("polish", "稿.md", "--out", "稿.md"))
    assert rough.read_text("utf-8") == ROUGH


def test_polish_prints_json(gongwen: RunGongwen, rough: Path) -> None:
    value = json.loads(gongwen("polish", "稿.md", "--json").stdout)
    assert fits(value, {"text": str, "model": str, "changes": [CHANGE], "refused": [{**CHANGE, "why": str}]})
    assert value["text"] == "钱未到位。\n材料未按时报。\n"


def test_where_nothing_can_be_saved_nothing_is_asked(
    gongwen: RunGongwen, draft: Path, tmp_path: Path
) -> None:
    (tmp_path / "夹").mkdir()
    with LoopbackEndpoint(play.written(formal)) as server:
        for command in (("polish", "稿.md"), REDO):
            said = complaint(gongwen(*command, "--out", "夹", env=server.environment()))
            assert "文件夹" in said
        assert server.requests == []


@pytest.mark.parametrize(
    "fault", [play.cut("材料未", abruptly=True), play.server_error(), play.ok("抱歉，我无法完成。")]
)
def test_what_is_polished_is_kept_when_the_model_fails(
    gongwen: RunGongwen, rough: Path, tmp_path: Path, fault: Behaviour
) -> None:
    with LoopbackEndpoint(play.written(formal), fault) as server:
        env = {**server.environment(), "GONGWEN_RETRIES": "0"}
        done = gongwen("polish", "稿.md", "--out", "改.md", env=env)
    complaint(done)
    assert (tmp_path / "改.未完成.md").read_text("utf-8") == "钱未到位。\n材料没按时报。\n"
    assert "改.未完成.md" in done.stderr
    assert rough.read_text("utf-8") == ROUGH


def test_nothing_is_kept_where_nothing_is_polished(gongwen: RunGongwen, rough: Path, tmp_path: Path) -> None:
    with LoopbackEndpoint(play.server_error()) as server:
        done = gongwen("polish", "稿.md", env={**server.environment(), "GONGWEN_RETRIES": "0"})
    complaint(done)
    assert "保存" not in done.stderr
    assert list(tmp_path.rglob("*未完成*")) == []


@pytest.mark.parametrize("command", [("polish", "稿.md"), REDO])
def test_an_address_elsewhere_is_told_before_anything_is_sent(
    gongwen: RunGongwen, draft: Path, command: tuple[str, ...]
) -> None:
    answer = "二是责任书签订后一直无人检查，谈话43人次。"
    with LoopbackEndpoint(play.ok(answer)) as server:
        env = {**server.environment(), **server.proxied(), "GONGWEN_BASE_URL": REMOTE}
        done = gongwen(*command, env=env)
    assert done.returncode == 0
    first, second, *_ = done.stderr.splitlines()
    assert REMOTE in first
    assert second.startswith("注意：")
    assert "遮盖" in second


def test_a_part_is_written_again(gongwen: RunGongwen, draft: Path) -> None:
    with LoopbackEndpoint(play.ok("责任书签订后一直无人检查，谈话43人次")) as server:
        done = gongwen(*REDO, env=server.environment())
    assert done.stdout == DRAFT.replace("后无人", "后一直无人")
    assert "原为：二是责任书签订后无人检查，谈话43人次。" in done.stderr
    assert draft.read_text("utf-8") == DRAFT


def test_what_came_of_a_part_is_kept_when_the_model_fails(
    gongwen: RunGongwen, draft: Path, tmp_path: Path
) -> None:
    with LoopbackEndpoint(play.cut("二是责任书签订之后", abruptly=True)) as server:
        done = gongwen(*REDO, "--out", "新.md", env=server.environment())
    complaint(done)
    assert (tmp_path / "新.未完成.md").read_text("utf-8") == "二是责任书签订之后\n"
    assert draft.read_text("utf-8") == DRAFT


@pytest.mark.parametrize(
    ("command", "script", "kept"),
    [
        (("polish", "稿.md"), [play.written(formal), play.slow("材料")], "钱未到位。\n材料没按时报。\n"),
        (REDO, [play.slow("二是责任书签订之后")], "二是责任书签订之后\n"),
    ],
    ids=["polish", "redo"],
)
def test_an_interrupt_keeps_what_there_is(
    clean_environment: dict[str, str],
    draft: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    script: list[Behaviour],
    kept: str,
) -> None:
    draft.write_text(ROUGH if command[0] == "polish" else DRAFT, "utf-8")
    with LoopbackEndpoint(*script) as server:
        env = {**clean_environment, **server.environment()}
        with started(*command, "--out", "新.md", env=env) as process:
            deadline = time.monotonic() + 60
            while len(server.requests) < len(script) and time.monotonic() < deadline:
                time.sleep(0.05)
            # The last answer has begun; what it has brought must have been read.
            time.sleep(1.5)
            for _ in range(5):
                process.send_signal(signal.SIGINT)
                with suppress(Exception):
                    process.wait(timeout=10)
                    break
            process.communicate(timeout=60)
    assert (tmp_path / "新.未完成.md").read_text("utf-8") == kept
    assert process.returncode == 130
