import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import endpoint as play
from tests.cli.conftest import ALONE, DRAFT, complaint
from tests.conftest import RunGongwen
from tests.endpoint import KEY, MODEL, Behaviour, LoopbackEndpoint

TEXT = "一是学习不够。二是责任落实不到位。"


Draft = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def draft(gongwen: RunGongwen, notes: Path) -> Draft:
    """Return a function that drafts without passages at an endpoint, waiting a second and trying twice at most."""

    def run(*arguments: str, server: LoopbackEndpoint) -> subprocess.CompletedProcess[str]:
        patience = {"GONGWEN_TIMEOUT": "1", "GONGWEN_RETRIES": "1"}
        return gongwen(*ALONE, *arguments, env={**patience, **server.environment()})

    return run


@pytest.mark.parametrize(
    "behaviours",
    [
        [play.ok(TEXT)],
        [play.rate_limited(0.1), play.ok(TEXT)],
        [play.server_error(503), play.ok(TEXT)],
    ],
    ids=["at once", "429", "503"],
)
def test_a_model_writes(draft: Draft, behaviours: list[Behaviour]) -> None:
    with LoopbackEndpoint(*behaviours) as server:
        done = draft(server=server)
        requests = len(server.requests)
    assert done.stdout == TEXT + "\n"
    assert requests == len(behaviours)
    assert MODEL in done.stderr
    assert server.url in done.stderr


@pytest.mark.parametrize(
    ("behaviour", "words", "requests"),
    [
        (play.unauthorized(), "请检查 GONGWEN_API_KEY", 1),
        (play.no_model(), f"没有模型 {MODEL}", 1),
        (play.rate_limited(0.1), "（429），请稍后再试", 2),
        (play.rate_limited(3600), "请等 3600 秒后再试", 1),
        (play.server_error(), "服务出错（500），请稍后再试", 2),
        (play.slow(), "没有回应超过 1 秒", 2),
        (play.cut("", abruptly=True), "没有作答就断开了连接，请稍后再试", 1),
        (play.empty(), "没有写出任何文字，请重试", 1),
        (play.web_page(), "返回的是网页", 1),
        (play.too_long(), "请减少要点", 1),
    ],
)
def test_without_an_answer_there_is_one_sentence(
    draft: Draft, tmp_path: Path, behaviour: Behaviour, words: str, requests: int
) -> None:
    with LoopbackEndpoint(behaviour) as server:
        done = draft("--out", "稿.md", server=server)
        assert len(server.requests) == requests
    assert words in complaint(done)
    assert done.stdout.strip() == ""
    assert "保存" not in done.stderr
    # What left the machine is in the log, even when nothing came back.
    assert {path.name for path in tmp_path.iterdir()} == {"home", "notes.md", "data"}
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["requests.jsonl"]


def test_nobody_listens(draft: Draft) -> None:
    with LoopbackEndpoint() as server:
        pass
    assert "连不上接口" in complaint(draft(server=server))


@pytest.mark.parametrize(
    ("behaviour", "options"),
    [
        (play.cut(TEXT, abruptly=True), ()),
        (play.cut(TEXT, abruptly=True), ("--json",)),
        (play.cut(TEXT, abruptly=True), ("--out", "稿.md")),
        (play.cut(TEXT, abruptly=False), ()),
        (play.slow(TEXT), ()),
        (play.error_in_stream(TEXT, f"bad key {KEY}"), ("--json",)),
        (play.content_filter(TEXT), ("--out", "稿.md")),
    ],
    ids=["reset", "reset, JSON", "reset, file", "silent end", "stall", "error in the stream", "censored"],
)
def test_half_an_answer_is_kept_in_a_file_that_is_named(
    draft: Draft, tmp_path: Path, behaviour: Behaviour, options: tuple[str, ...]
) -> None:
    (tmp_path / "稿.md").write_text("旧稿", "utf-8")
    with LoopbackEndpoint(behaviour) as server:
        done = draft(*options, server=server)
        assert len(server.requests) == 1
    complaint(done)
    assert done.stdout.strip() == ("" if "--json" in options else TEXT)
    [kept] = tmp_path.rglob("*未完成.md")
    assert kept.read_text("utf-8") == TEXT + "\n"
    assert str(kept.relative_to(tmp_path)) in done.stderr
    assert (tmp_path / "稿.md").read_text("utf-8") == "旧稿"


def test_a_second_failure_keeps_the_first_text(draft: Draft, tmp_path: Path) -> None:
    with LoopbackEndpoint(play.cut("甲。", abruptly=True), play.cut("乙。", abruptly=True)) as server:
        draft(server=server)
        draft(server=server)
    assert {path.read_text("utf-8") for path in (tmp_path / "data" / "drafts").iterdir()} == {
        "甲。\n",
        "乙。\n",
    }


def test_an_answer_that_the_length_limit_cut_is_kept_with_a_warning(draft: Draft) -> None:
    with LoopbackEndpoint(play.ok(TEXT, finish_reason="length")) as server:
        done = draft("--out", "稿.md", server=server)
    assert done.returncode == 0
    assert "可能不完整" in done.stderr
    assert Path("稿.md").read_text("utf-8") == TEXT + "\n"


def test_the_demonstration_streams_from_the_model(gongwen: RunGongwen) -> None:
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        done = gongwen("demo", env=server.environment())
        [received] = server.requests
    assert done.returncode == 0
    assert TEXT in done.stdout
    assert "没有设置模型" not in done.stderr
    assert "两张皮" in received.body["messages"][1]["content"]


def test_a_misfit_index_is_named_before_the_model_is_asked(gongwen: RunGongwen, notes: Path) -> None:
    with LoopbackEndpoint() as server:
        assert "gongwen ingest" in complaint(gongwen(*DRAFT, env=server.environment()))
        assert server.requests == []


def test_of_several_drafts_the_best_is_printed(gongwen: RunGongwen, notes: Path) -> None:
    good = "一是理论学习抓得不够紧。二是责任书签订后无人检查，谈话43人次。"
    with LoopbackEndpoint(play.ok(good.replace("43", "48")), play.ok(good)) as server:
        done = gongwen(*ALONE, "-n", "2", env=server.environment())
        assert len(server.requests) == 2
    assert done.stdout == good + "\n"
    assert done.stderr.count(server.url) == 1
    with LoopbackEndpoint(play.ok(good.replace("43", "48")), play.ok(good)) as server:
        printed = json.loads(gongwen(*ALONE, "-n", "2", "--json", env=server.environment()).stdout)
    assert printed["text"] == good
    assert [each["text"] for each in printed["others"]] == [good.replace("43", "48")]
    assert "GONGWEN_MODEL" in complaint(gongwen(*ALONE, "-n", "2"))


def test_only_the_mended_text_goes_through_a_pipe(gongwen: RunGongwen, notes: Path) -> None:
    good = "一是理论学习抓得不够紧。二是责任书签订后无人检查，谈话43人次。"
    with LoopbackEndpoint(play.ok(good.replace("43", "48")), play.ok(good)) as server:
        done = gongwen(*ALONE, env={**server.environment(), "GONGWEN_REVISIONS": "1"})
    assert done.stdout == good + "\n"
    assert "已采用" in done.stderr


def test_what_no_revision_mended_is_told(draft: Draft) -> None:
    with LoopbackEndpoint(play.ok("一是理论学习不够。二是责任书签了没人查，谈话48人次。")) as server:
        done = draft(server=server)
    assert done.returncode == 0
    assert "需要核对" in done.stderr
    assert "48" in done.stderr


def test_a_refusal_never_reaches_the_pipe(draft: Draft) -> None:
    with LoopbackEndpoint(play.ok("很抱歉，我无法完成这项任务。"), play.ok(TEXT)) as server:
        done = draft(server=server)
    assert done.stdout == TEXT + "\n"
    assert "重写" in done.stderr


def test_the_masked_prompt_is_what_is_sent(gongwen: RunGongwen, notes: Path) -> None:
    notes.write_text("- 青山县卫健局学习不够，王建国没有参加\n", "utf-8")
    with LoopbackEndpoint(play.ok("一是〖单位1〗学习不够，〖人名1〗没有参加。", size=1)) as server:
        masked = {**server.environment(), "GONGWEN_MASK": "always"}
        shown = gongwen("prompt", *ALONE[1:], "--masked", env=masked)
        assert server.requests == []
        done = gongwen(*ALONE, env=masked)
        [received] = server.requests
    system, user = (message["content"] for message in received.body["messages"])
    assert shown.stdout == f"【system】\n{system}\n\n【user】\n{user}\n"
    assert "王建国" not in user
    assert done.stdout == "一是青山县卫健局学习不够，王建国没有参加。\n"
    assert "已遮盖" in done.stderr
