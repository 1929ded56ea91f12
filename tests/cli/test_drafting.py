import json
from pathlib import Path
from typing import Any

import pytest

from assistant.writing.templates import load_templates
from tests import endpoint as play
from tests.cli.conftest import ALONE, DRAFT, complaint, fits
from tests.cli.test_reports import HIT
from tests.conftest import RunGongwen
from tests.endpoint import LoopbackEndpoint
from tests.workflow.conftest import NOTES

NOTE = {"id": str, "text": str}
SENTENCE = {"text": str, "start": int, "end": int, "notes": [str], "score": float}
COVERAGE = {"id": str, "coverage": str, "missing": [str]}
FINDING = {
    "rule": str,
    "level": str,
    "message": str,
    "start": int,
    "end": int,
    "refers": object,
    "replacement": object,
}
DRAFTED = {
    "text": str,
    "model": str,
    "section": str,
    "notes": [NOTE],
    "sentences": [SENTENCE],
    "passages": [HIT],
    "seconds": float,
    "coverage": [COVERAGE],
    "findings": [FINDING],
}
FACT = "43人次"


def test_a_draft_is_all_that_is_printed(gongwen: RunGongwen, shelf: Path, notes: Path) -> None:
    done = gongwen(*DRAFT)
    drafted: Any = json.loads(gongwen(*DRAFT, "--json").stdout)
    assert done.returncode == 0
    assert done.stdout == drafted["text"] + "\n"
    [who] = [line for line in done.stderr.splitlines() if "离线写作" in line]
    assert "没有设置模型" in who
    assert "不联网" in who
    for hit in drafted["passages"]:
        assert hit["report"] in done.stderr


@pytest.mark.parametrize("passages", [True, False])
def test_the_json_of_a_draft(gongwen: RunGongwen, shelf: Path, notes: Path, *, passages: bool) -> None:
    drafted: Any = json.loads(gongwen(*(DRAFT if passages else ALONE), "--json").stdout)
    assert fits(drafted, DRAFTED)
    assert drafted["section"] == "problems"
    assert bool(drafted["passages"]) == passages
    assert {hit["role"] for hit in drafted["passages"]} <= {"problems"}
    assert [note["text"] for note in drafted["notes"]] == [line[2:] for line in NOTES.splitlines()]
    text = drafted["text"]
    assert [text[each["start"] : each["end"]] for each in drafted["sentences"]] == [
        each["text"] for each in drafted["sentences"]
    ]
    [holder] = [each for each in drafted["sentences"] if FACT in each["text"]]
    assert holder["notes"] == ["n2"]


@pytest.mark.parametrize("template", load_templates().values(), ids=lambda template: template.front.name)
def test_every_section_by_each_of_its_names(gongwen: RunGongwen, notes: Path, template: Any) -> None:
    front = template.front
    drafts = {
        gongwen("draft", "--section", name, "--notes", "notes.md", "--no-passages").stdout
        for name in (front.name, front.title, *front.aliases)
    }
    assert len(drafts) == 1
    assert FACT in drafts.pop()


def test_sections_lists_what_draft_takes(gongwen: RunGongwen) -> None:
    listed = json.loads(gongwen("sections", "--json").stdout)
    plain = gongwen("sections").stdout
    assert {each["name"] for each in listed} >= {"problems", "work", "plan", "lead", "closing"}
    assert all(each["name"] in plain and each["title"] in plain for each in listed)


def test_notes_may_come_through_a_pipe(gongwen: RunGongwen, notes: Path) -> None:
    piped = gongwen("draft", "--section", "problems", "--notes", "-", "--no-passages", stdin=NOTES)
    assert piped.stdout == gongwen(*ALONE).stdout


def test_unit_and_year(gongwen: RunGongwen, notes: Path) -> None:
    text = gongwen(*ALONE, "--unit", "局党组", "--year", "2024").stdout
    assert text.startswith("2024年")
    assert "局党组" in text
    assert "2024" not in gongwen(*ALONE).stdout


def test_the_same_notes_give_the_same_text(gongwen: RunGongwen, shelf: Path, notes: Path) -> None:
    assert gongwen(*DRAFT).stdout == gongwen(*DRAFT).stdout == gongwen(*ALONE).stdout


def test_out_keeps_what_was_there(gongwen: RunGongwen, notes: Path, tmp_path: Path) -> None:
    out = tmp_path / "稿" / "问题.md"
    first = gongwen(*ALONE, "--out", str(out))
    assert out.read_text("utf-8") == first.stdout
    gongwen(*ALONE, "--out", str(out))
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    out.write_text("我自己改过的稿子", "utf-8")
    again = gongwen(*ALONE, "--out", str(out))
    [kept] = [path for path in out.parent.iterdir() if path != out]
    assert kept.read_text("utf-8") == "我自己改过的稿子"
    assert kept.name in again.stderr
    assert out.read_text("utf-8") == first.stdout


def test_out_over_the_notes_loses_no_note(gongwen: RunGongwen, notes: Path, tmp_path: Path) -> None:
    gongwen(*ALONE, "--out", "notes.md")
    assert NOTES in [path.read_text("utf-8") for path in tmp_path.glob("notes*.md")]


@pytest.mark.parametrize("arguments", [("draft",), ("draft", "--section", "problems"), ("prompt",)])
def test_section_and_notes_are_asked_for(gongwen: RunGongwen, arguments: tuple[str, ...]) -> None:
    sentence = complaint(gongwen(*arguments))
    assert "--section" in sentence
    assert "--notes" in sentence


@pytest.mark.parametrize("passages", [True, False])
def test_the_prompt_is_what_a_draft_sends(
    gongwen: RunGongwen, shelf: Path, notes: Path, *, passages: bool
) -> None:
    options = [*DRAFT[1:], "--unit", "局党组", "--year", "2024", *([] if passages else ["--no-passages"])]
    with LoopbackEndpoint(play.ok("一是学习不够。")) as server:
        shown = gongwen("prompt", *options, env=server.environment())
        assert server.requests == []
        gongwen("draft", *options, env=server.environment())
        [received] = server.requests
    system, user = (message["content"] for message in received.body["messages"])
    assert shown.stdout == f"【system】\n{system}\n\n【user】\n{user}\n"
    assert "局党组" in user
    assert "2024" in user
    assert FACT in user
    assert ("两张皮" in user) == passages


def test_the_prompt_needs_no_endpoint(gongwen: RunGongwen, notes: Path) -> None:
    shown = gongwen("prompt", *ALONE[1:])
    assert shown.returncode == 0
    assert FACT in shown.stdout


def test_a_batch_writes_a_result_a_line(gongwen: RunGongwen, tmp_path: Path) -> None:
    good = {"id": 1, "section": "problems", "notes": NOTES, "unit": "局党组", "year": 2024}
    lines = [good, {**good, "id": "b", "section": "没有"}, {**good, "id": 3, "section": "work"}]
    (tmp_path / "b.jsonl").write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8"
    )
    done = gongwen("draft", "--batch", "b.jsonl", "--no-passages")
    first, failed, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert fits(failed, {"id": str, "error": str, "partial": str})
    assert fits(first, {"id": int, **DRAFTED})
    assert (first["id"], failed["id"], last["id"], last["section"]) == (1, "b", 3, "work")
    assert "局党组" in first["text"]
    (tmp_path / "b.jsonl").write_text(json.dumps(good), "utf-8")
    assert gongwen("draft", "--batch", "b.jsonl", "--no-passages").returncode == 0


@pytest.mark.parametrize("option", [("--out", "稿.md"), ("--section", "work"), ("--notes", "notes.md")])
def test_a_batch_says_everything_itself(
    gongwen: RunGongwen, notes: Path, tmp_path: Path, option: tuple[str, str]
) -> None:
    (tmp_path / "b.jsonl").write_text("{}")
    assert option[0] in complaint(gongwen("draft", "--batch", "b.jsonl", *option))


@pytest.mark.parametrize("line", ["{", '{"id": 1, "section": "problems", "note": ["x"]}'])
def test_a_batch_with_a_line_that_is_no_task(gongwen: RunGongwen, tmp_path: Path, line: str) -> None:
    (tmp_path / "b.jsonl").write_text(line)
    assert "第1行" in complaint(gongwen("draft", "--batch", "b.jsonl", "--no-passages"))
