"""What only a process of its own shows: pipes, signals, encodings and what is imported."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests import endpoint as play
from tests.cli.conftest import ALONE, REPORT
from tests.conftest import ROOT, RunGongwen
from tests.endpoint import KEY, LoopbackEndpoint
from tests.processes import heeds_interrupts

FIRST = "一是学习不够。"


@contextmanager
def started(*arguments: str, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "assistant", *arguments]
    with subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heeds_interrupts,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def interrupted(*arguments: str, env: dict[str, str]) -> tuple[str, str, int]:
    """Send a Ctrl-C as soon as the first text is out; return both streams and the exit code."""
    with started(*arguments, env=env) as process:
        assert process.stdout is not None
        shown = process.stdout.read(len(FIRST.encode()))
        # An interrupt that meets Python inside a callback is dropped by the interpreter: a person presses again.
        for _ in range(5):
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
                break
        rest, errors = process.communicate(timeout=60)
    return (shown + rest).decode(), errors.decode(), process.returncode


def test_text_comes_through_a_pipe_while_the_model_writes_and_an_interrupt_keeps_it(
    clean_environment: dict[str, str], notes: Path, tmp_path: Path
) -> None:
    with LoopbackEndpoint(play.slow(FIRST)) as server:
        environment = {**clean_environment, **server.environment()}
        shown, errors, code = interrupted(*ALONE, "--out", "稿.md", env=environment)
    [kept] = tmp_path.rglob("*未完成.md")
    assert kept.read_text("utf-8").strip() == shown.strip() == FIRST
    assert kept.name in errors
    assert "Traceback" not in errors
    assert KEY not in shown + errors
    assert code == 130


def test_an_interrupt_during_a_revision_keeps_the_text(
    clean_environment: dict[str, str], notes: Path, tmp_path: Path
) -> None:
    wrong = FIRST + "二是罚款9999万元。"
    with LoopbackEndpoint(play.ok(wrong), play.slow()) as server:
        environment = {**clean_environment, **server.environment(), "GONGWEN_REVISIONS": "1"}
        with started(*ALONE, env=environment) as process:
            deadline = time.monotonic() + 60
            while len(server.requests) < 2 and time.monotonic() < deadline:
                time.sleep(0.05)
            for _ in range(5):
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=10)
                    break
    [kept] = tmp_path.rglob("*未完成.md")
    assert kept.read_text("utf-8").strip() == wrong
    assert process.returncode == 130


@pytest.mark.parametrize("arguments", [("passages", REPORT), ("sections",), ("parse", REPORT, "--json")])
def test_a_reader_that_leaves_early_is_no_accident(
    clean_environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    with started(*arguments, env=clean_environment) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"PYTHONIOENCODING": "gbk"}])
def test_output_is_utf8_whatever_the_locale(
    run_gongwen: RunGongwen, notes: Path, locale: dict[str, str]
) -> None:
    """``run_gongwen`` reads both streams as UTF-8, and strictly."""
    done = run_gongwen(*ALONE, "--json", env=locale)
    assert done.returncode == 0, done.stderr
    assert "43人次" in json.loads(done.stdout)["text"]
    assert "不联网" in done.stderr


HEAVY = ("chromadb", "gradio", "langchain_openai", "openai", "langchain_core", "numpy", "tiktoken", "docx")
# What is imported stays, so the commands that need least come first.
COMMANDS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("--version",), (*HEAVY, "tantivy")),
    (("--help",), (*HEAVY, "tantivy")),
    (("rules",), (*HEAVY, "tantivy")),
    (("sections",), (*HEAVY, "tantivy")),
    (("parse", REPORT), (*HEAVY, "tantivy")),
    (("check", REPORT), (*HEAVY, "tantivy")),
    (("check", REPORT, "--fix", "--out", "x/改.txt"), (*HEAVY, "tantivy")),
    (("passages", REPORT), HEAVY),
    (ALONE, HEAVY),
    (("prompt", *ALONE[1:]), ("chromadb", "gradio", "langchain_openai", "openai")),
]
TELL = """
import json, sys
from assistant.__main__ import main
for arguments in json.loads(sys.stdin.read()):
    sys.argv = ["gongwen", *arguments]
    try:
        main()
    except SystemExit as ended:
        print(json.dumps([ended.code or 0, *sys.modules]), file=sys.stderr)
"""


def test_a_command_imports_only_what_it_uses(clean_environment: dict[str, str], notes: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELL],
        env=clean_environment,
        input=json.dumps([arguments for arguments, _ in COMMANDS]),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    told = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("[")]
    for (arguments, unwanted), (code, *imported) in zip(COMMANDS, told, strict=True):
        assert code in (0, 1), (arguments, done.stderr)  # 1: the report has findings
        assert "assistant.cli" in imported
        assert [name for name in unwanted if name in imported] == [], arguments


def test_the_benchmark_of_the_cold_start_measures_each_command(clean_environment: dict[str, str]) -> None:
    script = ROOT / "eval" / "benchmarks" / "cold_start.py"
    done = subprocess.run(
        [sys.executable, str(script), "--runs", "1"],
        env=clean_environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    assert all(name in done.stdout for name in ("import chromadb", "draft", "--help", "parse"))


def test_an_interrupt_is_told(clean_environment: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = clean_environment | {
            "GONGWEN_MODEL": "m",
            "GONGWEN_BASE_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/v1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "doctor"],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heeds_interrupts,
        )
        connection, _ = silent.accept()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        connection.close()
    assert process.returncode == 130
    assert said.endswith("已停止。\n")
