"""``gongwen ingest`` of folders: lines, summary, JSON, exit codes, and the bar on a terminal."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import REPORT, complaint, fits
from tests.conftest import RunGongwen
from tests.workflow.conftest import REPORTS

LINE = {
    "name": str,
    "status": str,
    "near": str | None,
    "reason": str | None,
    "passages": int,
    "seconds": float,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "旧稿"
    (path / "下").mkdir(parents=True)
    (path / "甲.txt").write_bytes(REPORTS[0].read_bytes())
    (path / "下" / "乙.txt").write_bytes(REPORTS[1].read_bytes())
    (path / "表.xlsx").write_bytes(b"PK")
    (path / "坏.docx").write_bytes(b"PK")
    return path


def test_a_line_of_json_a_file_and_nothing_else(gongwen: RunGongwen, folder: Path) -> None:
    done = gongwen("ingest", "旧稿", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert fits(lines, [LINE])
    assert {line["name"]: line["status"] for line in lines} == {
        "下/乙.txt": "added",
        "坏.docx": "failed",
        "甲.txt": "added",
    }
    assert [bool(line["reason"]) for line in lines] == [line["status"] == "failed" for line in lines]
    assert all(line["passages"] > 5 for line in lines if line["status"] == "added")


def test_the_summary_counts_and_names_what_was_skipped(gongwen: RunGongwen, folder: Path) -> None:
    done = gongwen("ingest", "旧稿")
    assert done.stdout == ""
    assert "共3篇：新增2篇，失败1篇。" in done.stderr
    assert "跳过：.xlsx 1个" in done.stderr
    assert "坏.docx：失败，" in done.stderr
    assert "%" not in done.stderr


def test_what_became_of_a_file_is_said_in_words(gongwen: RunGongwen, folder: Path) -> None:
    (folder / "坏.docx").unlink()
    assert gongwen("ingest", "旧稿").returncode == 0
    (folder / "甲.txt").write_bytes(REPORTS[2].read_bytes())
    (folder / "丙.txt").write_bytes(REPORTS[1].read_bytes() + "特此报告。".encode())
    (folder / "乙二.txt").write_bytes(REPORTS[1].read_bytes())
    told = gongwen("ingest", "旧稿").stderr
    assert "下/乙.txt：未变" in told
    assert "甲.txt：已替换，新增17段，未变0段，移除16段" in told
    assert "丙.txt：与“下/乙.txt”几乎相同，已收入并作标记" in told
    assert "乙二.txt：与“下/乙.txt”内容相同，不重复收入" in told
    assert "共4篇：替换1篇，近似重复1篇，未变2篇。" in told


def test_exit_codes_tell_some_from_all(gongwen: RunGongwen, folder: Path) -> None:
    assert gongwen("ingest", "旧稿").returncode == 1
    assert gongwen("ingest", "旧稿/甲.txt").returncode == 0
    assert gongwen("ingest", "旧稿/坏.docx").returncode == 2


@pytest.mark.parametrize("path", ["没有", "空", "没有.zip"])
def test_nothing_to_read_is_one_sentence(gongwen: RunGongwen, tmp_path: Path, path: str) -> None:
    (tmp_path / "空").mkdir()
    assert path in complaint(gongwen("ingest", REPORT, path, "--json"))
    assert not (tmp_path / "data").exists()


def test_an_archive_without_reports_fails_with_its_reason(gongwen: RunGongwen, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "空.zip", "w"):
        pass
    done = gongwen("ingest", "空.zip")
    assert done.returncode == 2
    assert "空.zip：失败，" in done.stderr


def test_a_pdf_is_parsed_like_any_report(gongwen: RunGongwen, tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7\n")
    assert "PDF" in complaint(gongwen("parse", "坏.pdf"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_a_bar_shows_progress_and_the_result_stays_apart(
    folder: Path, tmp_path: Path, clean_environment: Mapping[str, str]
) -> None:
    shown, stdout = on_a_terminal(["ingest", "旧稿", "--json"], tmp_path, clean_environment)
    assert "收入报告" in shown
    assert "3/3" in shown
    assert "剩余" in shown
    assert "篇/秒" in shown
    assert len([json.loads(line) for line in stdout.splitlines()]) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_only_what_is_out_of_the_ordinary_gets_a_line(
    folder: Path, tmp_path: Path, clean_environment: Mapping[str, str]
) -> None:
    shown, stdout = on_a_terminal(["ingest", "旧稿"], tmp_path, clean_environment)
    assert "坏.docx：失败" in shown
    assert "乙.txt" not in shown
    assert "共3篇" in shown
    assert stdout == ""


def on_a_terminal(arguments: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    """Run ``gongwen`` with a terminal for its errors; return what the terminal shows, and standard output."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=folder,
        env={**environment, "TERM": "xterm", "COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        stdout, _ = process.communicate(timeout=60)
    os.close(ours)
    return shown.decode(), stdout.decode()


def _read(terminal: int) -> bytes:
    """Return what comes next; at the end Linux says so with an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
