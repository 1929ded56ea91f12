"""``gongwen check`` and ``gongwen rules`` as a user runs them."""

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli.conftest import complaint, fits
from tests.conftest import RunGongwen
from tests.workflow.conftest import REPORTS

REFERS = {"kind": str, "id": str, "start": int, "end": int}
FINDING = {
    "rule": str,
    "level": str,
    "message": str,
    "start": int,
    "end": int,
    "refers": dict | None,
    "replacement": str | None,
}
SENTENCE = {"text": str, "start": int, "end": int, "notes": [str], "score": float}
COVERAGE = {"id": str, "coverage": str, "missing": [str]}
CHECKED = {"sentences": [SENTENCE], "notes": [COVERAGE], "findings": [FINDING]}
CORRECTED = {"file": str | None, "changes": [FINDING], "refused": [FINDING]}
CLEAN = "2023年，全局开展监督检查12次，教育提醒60余人次。\n"
SLIPS = "全局认真学习。\n作出布署,落实“一岗双则”。\n"
HINT = "党委(党组)带头，班子(领导)落实，干部(党员)参加。\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "稿.md"
    path.write_text(SLIPS, "utf-8")
    return path


def written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return path.name


def test_each_finding_is_a_line_with_place_level_excerpt_message_and_rule(
    gongwen: RunGongwen, draft: Path
) -> None:
    done = gongwen("check", "稿.md")
    lines = done.stdout.splitlines()
    assert lines[0] == "稿.md:2:3: 错误 “布署”成语、固定词语写错了字。改为“部署”。[F15]"
    assert [line.split(": ")[0] for line in lines[:3]] == ["稿.md:2:3", "稿.md:2:5", "稿.md:2:9"]
    assert lines[3:] == ["共3处，请逐处核对。"]
    assert (done.returncode, done.stderr) == (1, "")


def test_a_clean_text_is_said_to_be_clean(gongwen: RunGongwen, tmp_path: Path) -> None:
    done = gongwen("check", written(tmp_path / "净.txt", CLEAN))
    assert (done.returncode, done.stdout) == (0, "没有发现问题。\n")


def test_hints_are_counted_and_hidden_unless_asked_for(gongwen: RunGongwen, tmp_path: Path) -> None:
    name = written(tmp_path / "稿.txt", HINT)
    done = gongwen("check", name)
    assert (done.returncode, done.stdout) == (
        0,
        "没有发现问题。\n另有3处参考没有列出，要看请加 --level info。\n",
    )
    done = gongwen("check", name, "--level", "info")
    assert done.returncode == 1
    assert done.stdout.count("参考 ") == 3
    found = json.loads(gongwen("check", name, "--json").stdout)["findings"]
    assert [finding["level"] for finding in found] == ["info"] * 3
    assert gongwen("check", name, "--json").returncode == 0
    assert json.loads(gongwen("check", name, "--json", "--level", "warn").stdout)["findings"] == []


def test_the_level_decides_what_is_shown_and_counted(gongwen: RunGongwen, tmp_path: Path) -> None:
    name = written(tmp_path / "稿.txt", "做好其它工作。\n")
    assert gongwen("check", name).returncode == 1
    assert gongwen("check", name, "--level", "error").returncode == 0
    assert "error" in complaint(gongwen("check", name, "--level", "hoch"))


def test_json_is_an_object_a_file_with_exact_spans(gongwen: RunGongwen, draft: Path, tmp_path: Path) -> None:
    written(tmp_path / "净.txt", CLEAN)
    done = gongwen("check", "稿.md", "净.txt", "--json")
    one, two = (json.loads(line) for line in done.stdout.splitlines())
    assert fits(one, {"file": str, **CHECKED})
    assert (one["file"], one["sentences"], one["notes"]) == ("稿.md", [], [])
    assert [SLIPS[f["start"] : f["end"]] for f in one["findings"]] == ["布署", ",", "一岗双则"]
    assert two == {"file": "净.txt", "sentences": [], "notes": [], "findings": []}
    assert done.returncode == 1


def test_with_notes_grounding_and_language_are_one_list(
    gongwen: RunGongwen, tmp_path: Path, notes: Path
) -> None:
    written(tmp_path / "稿.txt", "作出布署，谈话45人次，理论学习抓得不够紧。责任书签订后无人检查。\n")
    done = gongwen("check", "稿.txt", "--notes", "notes.md", "--json")
    found: Any = json.loads(done.stdout)
    assert fits(found, {"file": str, **CHECKED})
    rules = [finding["rule"] for finding in found["findings"]]
    assert rules.index("F15") < rules.index("fact.changed")
    assert len(found["notes"]) == 2
    assert done.returncode == 1
    text = gongwen("check", "稿.txt", "--notes", "notes.md").stdout
    assert "[F15]" in text
    assert "[fact.changed]" in text
    assert "要点：\n  n1 " in text


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    gongwen: RunGongwen, draft: Path, tmp_path: Path
) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK")
    done = gongwen("check", "没有.txt", "稿.md", "坏.docx", "--json")
    assert done.returncode == 2
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["稿.md"]
    errors = done.stderr.splitlines()
    assert [error[:3] for error in errors] == ["错误：", "错误："]
    assert "没有.txt" in errors[0]
    assert "坏.docx" in errors[1]
    assert "没有.txt" in complaint(gongwen("check", "没有.txt"))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("稿.md", "稿.md", "--notes", "notes.md"),
        ("稿.md", "--passages", "notes.md"),
        ("稿.md", "--section", "problems"),
        ("稿.md", "--out", "x.md"),
        ("稿.md", "稿.md", "--fix", "--out", "x.md"),
        ("稿.md", "--batch", "x.jsonl"),
        ("--batch", "x.jsonl", "--fix"),
        (".",),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    gongwen: RunGongwen, draft: Path, notes: Path, arguments: tuple[str, ...]
) -> None:
    complaint(gongwen("check", *arguments))
    assert sorted(path.name for path in draft.parent.glob("*.md")) == ["notes.md", "稿.md"]


def test_a_batch_proofreads_and_where_there_are_notes_grounds(gongwen: RunGongwen, tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"id": "a", "draft": "作出布署。"},
        {"id": 2, "draft": "谈话45人次。", "notes": [{"id": "n1", "text": "谈话43人次"}]},
        {"id": "c", "draft": HINT},
    ]
    written(tmp_path / "任务.jsonl", "\n".join(json.dumps(line) for line in lines))
    done = gongwen("check", "--batch", "任务.jsonl")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result["id"] for result in results] == ["a", 2, "c"]
    assert all(fits(result, {"id": str | int, **CHECKED}) for result in results)
    assert [finding["rule"] for finding in results[0]["findings"]] == ["F15"]
    assert (results[0]["sentences"], results[0]["notes"]) == ([], [])
    assert results[1]["notes"][0]["id"] == "n1"
    assert {finding["level"] for finding in results[2]["findings"]} == {"info"}
    assert done.returncode == 1
    written(tmp_path / "任务.jsonl", json.dumps(lines[2]))
    assert gongwen("check", "--batch", "任务.jsonl").returncode == 0


def test_fix_writes_a_copy_tells_each_change_and_leaves_the_original(
    gongwen: RunGongwen, draft: Path, tmp_path: Path
) -> None:
    done = gongwen("check", "稿.md", "--fix")
    copy = tmp_path / "稿.改.md"
    assert copy.read_text("utf-8") == "全局认真学习。\n作出部署，落实“一岗双则”。\n"
    assert draft.read_text("utf-8") == SLIPS
    lines = done.stdout.splitlines()
    assert [line.split("：")[0][:12] for line in lines[:2]] == ["稿.md:2:3: 已改", "稿.md:2:5: 已改"]
    assert "改了2处，改正稿存为“稿.改.md”" in lines[2]
    assert "标“未改”的1处" in lines[3]
    assert lines[4].startswith("稿.改.md:2:9: 未改 “一岗双则”")
    assert done.returncode == 1
    again = gongwen("check", "稿.改.md", "--fix")
    assert "没有可以直接改正的地方" in again.stdout
    assert sorted(path.name for path in tmp_path.glob("*.md")) == ["稿.md", "稿.改.md"]


def test_fix_never_writes_over_a_file(gongwen: RunGongwen, draft: Path, tmp_path: Path) -> None:
    written(tmp_path / "好.md", "别动。\n")
    assert "好2.md" in gongwen("check", "稿.md", "--fix", "--out", "好.md").stdout
    assert "稿2.md" in gongwen("check", "稿.md", "--fix", "--out", "稿.md").stdout
    assert (tmp_path / "好.md").read_text("utf-8") == "别动。\n"
    assert draft.read_text("utf-8") == SLIPS


def test_fix_as_json_tells_changes_and_what_is_left(gongwen: RunGongwen, draft: Path) -> None:
    found: Any = json.loads(gongwen("check", "稿.md", "--fix", "--json").stdout)
    assert fits(found, {"file": str, **CHECKED, "corrected": CORRECTED})
    corrected = found["corrected"]
    assert corrected["file"] == "稿.改.md"
    assert [SLIPS[f["start"] : f["end"]] for f in corrected["changes"]] == ["布署", ","]
    assert [f["rule"] for f in corrected["refused"]] == ["A19"]
    assert [f["rule"] for f in found["findings"]] == ["A19"]


def test_of_a_word_file_the_corrected_text_is_written(gongwen: RunGongwen, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("建立问题台帐。")
    document.save(str(tmp_path / "稿.docx"))
    before = (tmp_path / "稿.docx").read_bytes()
    done = gongwen("check", "稿.docx", "--fix")
    assert (tmp_path / "稿.改.txt").read_text("utf-8") == "建立问题台账。"
    assert (tmp_path / "稿.docx").read_bytes() == before
    assert ".docx 文件不能直接改写" in done.stdout


def test_the_project_file_switches_rules_and_adds_ones(
    gongwen: RunGongwen, draft: Path, tmp_path: Path
) -> None:
    own = """
[check]
levels = {D01 = "off", A19 = "info"}
[[rules]]
id = "own"
kind = "pattern"
level = "warn"
message = "本局写“全局上下”。"
source = "本局文风要求"
pattern = "全局(?!上下)"
replacement = "全局上下"
wrong = ["全局学习。"]
right = ["全局上下学习。"]
"""
    written(tmp_path / "gongwen.toml", own)
    found = json.loads(gongwen("check", "稿.md", "--json").stdout)["findings"]
    assert [(f["rule"], f["level"]) for f in found] == [("own", "warn"), ("F15", "error"), ("A19", "info")]
    (tmp_path / "gongwen.toml").rename(tmp_path / "规则.toml")
    assert "[own]" not in gongwen("check", "稿.md").stdout
    assert "[own]" in gongwen("check", "稿.md", "--config", "规则.toml").stdout
    rules = json.loads(gongwen("rules", "--config", "规则.toml", "--json").stdout)
    assert "own" in {rule["id"] for rule in rules}


def test_a_misspelt_key_of_the_project_file_is_named(
    gongwen: RunGongwen, draft: Path, tmp_path: Path
) -> None:
    written(tmp_path / "gongwen.toml", '[[rules]]\nid = "own"\nkind = "pattern"\npatern = "甲"\n')
    said = complaint(gongwen("check", "稿.md"))
    assert all(word in said for word in ("gongwen.toml", "own", "patern"))
    written(tmp_path / "gongwen.toml", "[check]\nlevel = {}\n")
    assert "check.level " in complaint(gongwen("check", "稿.md"))
    assert "没有.toml" in complaint(gongwen("rules", "--config", "没有.toml"))


def test_the_rules_are_listed_with_their_source(gongwen: RunGongwen) -> None:
    rules: Any = json.loads(gongwen("rules", "--json").stdout)
    form = {"id": str, "level": str, "kind": str, "message": str, "source": str, "certain": bool}
    assert fits(rules, [form])
    assert len({rule["id"] for rule in rules}) == len(rules) > 100
    assert all(rule["source"] for rule in rules)
    lines = gongwen("rules").stdout.splitlines()
    assert len(lines) == len(rules)
    assert lines[0].startswith(rules[0]["id"])


def test_the_reports_of_the_corpus_are_checked_together(gongwen: RunGongwen) -> None:
    done = gongwen("check", *map(str, REPORTS), "--level", "error")
    assert done.returncode == 1
    assert done.stdout.count(": 错误 ") == done.stdout.count("[") == 12
