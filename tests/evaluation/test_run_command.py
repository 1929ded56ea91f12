"""``gongwen eval run``, ``score``, ``judge``, ``compare``, ``report`` and ``tables`` as a user runs them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.evaluation.run_file import RunFile
from assistant.evaluation.run_storage import read_run
from assistant.evaluation.scorers import SCORERS
from tests.cli.conftest import complaint, fits, gongwen
from tests.cli.test_import import on_a_terminal
from tests.conftest import ROOT, RunGongwen
from tests.endpoint import LoopbackEndpoint, ok, slow, written
from tests.evaluation.runs_kit import FLOORS, written_cases
from tests.evaluation.test_judge import honest
from tests.processes import heeds_interrupts

__all__ = ["gongwen"]
MEANS = {scorer: {"mean": float | None, "n": int} for scorer in SCORERS}
SYSTEM = {"title": str, "written": int, "skipped": int, "failed": int, "means": MEANS}
JUDGE = {
    "model": str,
    "prompt_tokens": int | None,
    "completion_tokens": int | None,
    "stopped": str | None,
    "outcomes": {"parsed": int, "unparsable": int, "timeout": int, "failed": int},
    "marks": dict,
    "base": str | None,
    "duels": dict,
    "consistency": float | None,
    "first_share": float | None,
    "agreement": dict,
}
INTERVAL = {"mean": float, "low": float, "high": float, "p": float}


@pytest.fixture
def cases(tmp_path: Path) -> str:
    return str(written_cases(tmp_path / "题"))


@pytest.fixture
def saved(floors_run: RunFile, tmp_path: Path) -> str:
    path = tmp_path / "run.json"
    path.write_text(floors_run.text(), "utf-8")
    return str(path)


def run_form(*systems: str) -> dict[str, object]:
    return {
        "run": str,
        "complete": bool,
        "cases": int,
        "signature": str,
        "systems": dict.fromkeys(systems, SYSTEM),
        "judge": None.__class__,
    }


def test_a_run_goes_to_the_data_folder_unless_told_otherwise(
    gongwen: RunGongwen, cases: str, tmp_path: Path
) -> None:
    done = gongwen("eval", "run", "--cases", cases, "--json")
    told = json.loads(done.stdout)
    assert fits(told, run_form(*FLOORS))
    assert Path(told["run"]).parent == tmp_path / "data" / "runs"
    assert read_run(Path(told["run"])).complete
    assert f"评测存在 {told['run']}" in done.stderr
    assert not (tmp_path / "data" / "index").exists()


def test_the_same_command_twice_gives_the_same_numbers_and_so_does_scoring(
    gongwen: RunGongwen, cases: str, saved: str
) -> None:
    first = json.loads(gongwen("eval", "score", saved, "--json").stdout)
    second = json.loads(gongwen("eval", "run", "--cases", cases, "--json").stdout)
    assert {**first, "run": ""} == {**second, "run": ""}
    assert gongwen("eval", "score", saved).stderr.strip() == "分数与存下的一致。"


def test_a_file_that_is_there_is_refused_before_anything_is_done(
    gongwen: RunGongwen, cases: str, saved: str
) -> None:
    before = Path(saved).read_bytes()
    for command in (
        ("run", "--cases", cases, "--out", saved),
        ("score", saved, "--out", saved),
    ):
        assert "已经存在" in complaint(gongwen("eval", *command))
    assert Path(saved).read_bytes() == before


def test_a_model_system_without_a_model_is_one_sentence(gongwen: RunGongwen, cases: str) -> None:
    done = gongwen("eval", "run", "--cases", cases, "--system", "notes", "--system", "model")
    assert "系统 model 要用模型" in complaint(done)
    assert "评审要用模型" in complaint(gongwen("eval", "run", "--cases", cases, "--judge"))


def test_a_run_with_a_model_and_its_judge(gongwen: RunGongwen, cases: str, tmp_path: Path) -> None:
    with LoopbackEndpoint(*[ok("存在的问题：一是理论学习不够。")] * 3, written(honest)) as server:
        systems = ("--system", "offline", "--system", "model")
        command = ("eval", "run", "--cases", cases, *systems, "--judge", "--out", "run.json", "--json")
        done = gongwen(*command, env=server.environment())
        requests = len(server.requests)
    told = json.loads(done.stdout)
    assert fits(told, {**run_form("offline", "model"), "judge": JUDGE})
    assert requests == 3 + 12
    assert told["judge"]["outcomes"]["parsed"] == 12
    assert "由模型 demo-model 作答，至少3次" in done.stderr
    assert "由模型 demo-model 作答，至少12次" in done.stderr
    assert read_run(tmp_path / "run.json").judgement is not None
    gongwen("eval", "report", "run.json", "--html", "页.html")
    assert "由模型 demo-model（本机接口）评审" in (tmp_path / "页.html").read_text("utf-8")


def test_a_saved_run_can_be_judged(gongwen: RunGongwen, saved: str, tmp_path: Path) -> None:
    with LoopbackEndpoint(written(honest)) as server:
        done = gongwen("eval", "judge", saved, "--out", "judged.json", env=server.environment())
    assert "评审：模型 demo-model，可用" in done.stdout
    assert "排在前面的赢了" in done.stdout
    judged = read_run(tmp_path / "judged.json")
    assert judged.model_copy(update={"judgement": None}) == read_run(Path(saved))


def test_systems_of_a_run_are_compared(gongwen: RunGongwen, saved: str) -> None:
    done = gongwen("eval", "compare", saved, "--system", "notes", "--system", "offline", "--json")
    [told] = json.loads(done.stdout)
    assert (told["base"], told["other"], told["warnings"]) == ("要点原样", "离线写作", [])
    structure = told["scorers"]["structure"]
    assert fits(structure["difference"], INTERVAL)
    assert structure["difference"]["mean"] > 0
    printed = gongwen("eval", "compare", saved).stdout
    assert printed.count("基准：离线写作　对照：") == 3


def test_a_run_against_itself_differs_in_nothing(gongwen: RunGongwen, saved: str) -> None:
    told = json.loads(gongwen("eval", "compare", saved, saved, "--json").stdout)
    assert [result["base"] for result in told] == [
        "要点原样（run）",
        "最近的旧段落（run）",
        "本报告其他节（run）",
        "离线写作（run）",
    ]
    found = [
        each["difference"]["mean"] for result in told for each in result["scorers"].values() if each["n"]
    ]
    assert set(found) == {0.0}


def test_one_run_with_one_system_has_nothing_to_compare(gongwen: RunGongwen, saved: str) -> None:
    assert "没有可比的两方" in complaint(gongwen("eval", "compare", saved, "--system", "notes"))


def test_a_page_keeps_what_stood_in_its_place(gongwen: RunGongwen, saved: str, tmp_path: Path) -> None:
    (tmp_path / "页.html").write_text("我的", "utf-8")
    done = gongwen("eval", "report", saved, "--html", "页.html")
    assert done.returncode == 0, done.stderr
    assert "原来的文件改名为" in done.stderr
    assert (tmp_path / "页.旧1.html").read_text("utf-8") == "我的"
    assert (tmp_path / "页.html").read_text("utf-8").startswith("<!doctype html>")


def test_tables_of_a_run_go_into_a_page(gongwen: RunGongwen, saved: str, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("<!-- runs: begin -->\n<!-- runs: end -->\n", "utf-8")
    assert gongwen("eval", "tables", saved, "--out", str(page)).returncode == 0
    assert page.read_text("utf-8").count("| structure (结构) ↑ |") == 1
    assert gongwen("eval", "tables", saved).stdout in page.read_text("utf-8")


def test_a_faulty_run_is_one_sentence(gongwen: RunGongwen, tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text("{}", "utf-8")
    for command in (("score",), ("compare",), ("tables",), ("report", "--html", "x.html")):
        assert "坏.json" in complaint(gongwen("eval", command[0], "坏.json", *command[1:]))


def test_nothing_but_the_result_is_printed_where_no_terminal_is(gongwen: RunGongwen, cases: str) -> None:
    done = gongwen("eval", "run", "--cases", cases, "--out", "r.json")
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().splitlines() == ["评测存在 r.json"]
    assert "\r" not in done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("签名：gongwen:")


def test_the_published_tables_can_be_put_in_again() -> None:
    page = (ROOT / "eval" / "README.md").read_text("utf-8")
    assert page.count("<!-- runs: begin -->") == page.count("<!-- runs: end -->") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_a_bar_shows_how_far_the_run_is(
    cases: str, tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    systems = ("--system", "notes", "--system", "offline")
    command = ["eval", "run", "--cases", cases, *systems, "--out", "run.json"]
    shown, stdout = on_a_terminal(command, tmp_path, clean_environment)
    assert "6/6" in shown
    assert "离线写作" in shown
    assert stdout.startswith("指标")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another signal")
def test_a_run_that_is_stopped_says_where_its_drafts_are(
    cases: str, tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "assistant", "eval", "run", "--cases", cases, "--system", "model"]
    with LoopbackEndpoint(ok("存在的问题：一是学习不够。"), slow(seconds=20)) as server:
        process = subprocess.Popen(
            [*command, "--out", "run.json"],
            cwd=tmp_path,
            env={**clean_environment, **server.environment()},
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            encoding="utf-8",
            preexec_fn=heeds_interrupts,
        )
        until = time.monotonic() + 60
        while len(server.requests) < 2 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "已写的稿子和分数保留在 run.未完成.json" in told
    kept = read_run(tmp_path / "run.未完成.json")
    assert [draft.text for draft in kept.drafts] == ["存在的问题：一是学习不够。"]
    assert not (tmp_path / "run.json").exists()
