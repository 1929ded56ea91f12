"""``gongwen corpus``: listing, checking, repairing, removing."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from assistant.types import Role
from tests.cli.conftest import complaint, fits
from tests.conftest import RunGongwen
from tests.workflow.conftest import REPORTS

NAMES = [path.name for path in REPORTS]
ENTRY = {
    "id": str,
    "name": str,
    "title": str | None,
    "kind": str | None,
    "year": int | None,
    "unit": str | None,
    "passages": int,
    "roles": dict,
    "added": str,
    "near": str | None,
}
CHECKED = {"faults": [{"kind": str, "report": str | None, "passages": [str]}], "repaired": int, "left": int}


def change(shelf: Path, statement: str) -> None:
    with closing(sqlite3.connect(shelf / "index" / "reports.sqlite")) as registry, registry:
        registry.execute(statement)


@pytest.fixture
def spoilt(shelf: Path) -> Path:
    """Return a shelf one of whose passages has lost its text."""
    change(shelf, "UPDATE passages SET text = '别的话' WHERE rowid = 1")
    return shelf


def test_a_line_a_report_and_a_summary(gongwen: RunGongwen, shelf: Path) -> None:
    done = gongwen("corpus")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert [line.split("｜")[0] for line in lines] == NAMES
    assert "述职报告、2022年｜12段（" in lines[1]
    assert "存在的问题1" in lines[1]
    assert all(re.search(r"｜\d{4}-\d\d-\d\d$", line) for line in lines)
    assert done.stderr.strip() == "共5篇报告、80个段落。"


def test_the_same_as_json(gongwen: RunGongwen, shelf: Path) -> None:
    done = gongwen("corpus", "--json")
    listed = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert fits(listed, [ENTRY])
    assert [entry["name"] for entry in listed] == NAMES
    assert all(sum(entry["roles"].values()) == entry["passages"] for entry in listed)
    assert {role for entry in listed for role in entry["roles"]} <= {role.value for role in Role}
    assert all(datetime.fromisoformat(entry["added"]).tzinfo for entry in listed)


def test_a_report_nearly_the_same_is_marked_with_the_name_of_the_other(
    gongwen: RunGongwen, shelf: Path, tmp_path: Path
) -> None:
    (tmp_path / "又一稿.txt").write_text(REPORTS[0].read_text("utf-8") + "特此报告。", "utf-8")
    assert gongwen("ingest", "又一稿.txt").returncode == 0
    [line] = [line for line in gongwen("corpus").stdout.splitlines() if line.startswith("又一稿")]
    assert line.endswith(f"｜与“{NAMES[0]}”近似")


def test_without_an_index_every_command_says_how_to_make_one(gongwen: RunGongwen, tmp_path: Path) -> None:
    for arguments in ([], ["--json"], ["check"], ["check", "--repair"], ["remove", "a.txt"]):
        assert "还没有索引" in complaint(gongwen("corpus", *arguments))
    assert not (tmp_path / "data").exists()


def test_a_sound_corpus_is_said_to_be_sound(gongwen: RunGongwen, shelf: Path) -> None:
    for arguments in (["check"], ["check", "--repair"]):
        done = gongwen("corpus", *arguments)
        assert (done.returncode, done.stdout, done.stderr.strip()) == (0, "", "语料完好。")
    assert json.loads(gongwen("corpus", "check", "--json").stdout) == {
        "faults": [],
        "repaired": 0,
        "left": 0,
    }


def test_a_fault_is_told_and_stays_until_it_is_repaired(gongwen: RunGongwen, spoilt: Path) -> None:
    for _ in range(2):
        done = gongwen("corpus", "check")
        assert done.returncode == 1
        assert done.stdout.splitlines() == [f"“{NAMES[0]}”：段落文字与原文不符（1段）"]
        assert done.stderr.strip() == "不一致1处。"
    done = gongwen("corpus", "check", "--repair")
    assert done.returncode == 0
    assert NAMES[0] in done.stdout
    assert done.stderr.strip() == "已修复1处。"
    assert gongwen("corpus", "check").stderr.strip() == "语料完好。"


def test_a_fault_and_its_repair_as_json(gongwen: RunGongwen, spoilt: Path) -> None:
    done = gongwen("corpus", "check", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert fits(told, CHECKED)
    assert [(fault["kind"], fault["report"]) for fault in told["faults"]] == [("text", NAMES[0])]
    assert (told["repaired"], told["left"]) == (0, 1)
    done = gongwen("corpus", "check", "--repair", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, len(told["faults"]), told["repaired"], told["left"]) == (0, 1, 1, 0)


def test_an_interrupted_import_is_told_with_the_way_to_complete_it(gongwen: RunGongwen, shelf: Path) -> None:
    change(shelf, f"UPDATE reports SET state = 'pending' WHERE name = '{NAMES[1]}'")
    assert NAMES[1] not in gongwen("corpus").stdout
    done = gongwen("corpus", "check")
    assert done.returncode == 1
    assert f"“{NAMES[1]}”：收入或移除中断" in done.stdout
    assert gongwen("corpus", "check", "--repair").returncode == 0
    assert NAMES[1] in gongwen("corpus").stdout


@pytest.mark.parametrize(("part", "word"), [("words-0", "检索词"), ("chroma-1", "向量")])
def test_a_list_that_is_gone_is_told_with_the_way_out(
    gongwen: RunGongwen, shelf: Path, part: str, word: str
) -> None:
    shutil.rmtree(shelf / "index" / part)
    assert [line.split("｜")[0] for line in gongwen("corpus").stdout.splitlines()] == NAMES
    done = gongwen("corpus", "check")
    assert done.returncode == 1
    assert done.stdout.strip() == f"索引：{word}无法读取，运行 gongwen corpus check --repair 即可重做"
    assert not (shelf / "index" / part).exists()
    done = gongwen("corpus", "check", "--repair")
    assert (done.returncode, done.stderr.strip()) == (0, "已修复1处。")
    assert gongwen("corpus", "check").returncode == 0


def test_reports_leave_and_their_files_stay(gongwen: RunGongwen, shelf: Path) -> None:
    listed = {entry["name"]: entry["id"] for entry in json.loads(gongwen("corpus", "--json").stdout)}
    done = gongwen("corpus", "remove", NAMES[0], listed[NAMES[1]], NAMES[0])
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [f"  {NAMES[0]}：移除16段", f"  {listed[NAMES[1]]}：移除12段"]
    assert [line.split("｜")[0] for line in gongwen("corpus").stdout.splitlines()] == NAMES[2:]
    assert gongwen("corpus", "check").returncode == 0
    assert all(path.is_file() for path in REPORTS)


def test_one_name_that_is_wrong_and_nothing_leaves(gongwen: RunGongwen, shelf: Path) -> None:
    sentence = complaint(gongwen("corpus", "remove", NAMES[0], "无此报告.txt"))
    assert "无此报告.txt" in sentence
    assert "gongwen corpus" in sentence
    assert len(gongwen("corpus").stdout.splitlines()) == 5


def test_nothing_to_remove_is_a_wrong_command(gongwen: RunGongwen, shelf: Path) -> None:
    done = gongwen("corpus", "remove")
    assert done.returncode == 2
    assert "--help" in done.stderr
