import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import CorpusError, InputError
from assistant.settings import Settings
from assistant.workflow.batch import draft_batch
from assistant.workflow.drafting import draft
from assistant.workflow.events import Finished, Started
from assistant.workflow.forms import draft_form
from assistant.writing.templates import load_templates
from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.workflow.conftest import connected, request

GOOD = {"id": "a", "section": "存在的问题", "notes": ["理论学习抓得不够紧", "责任书签了没人查，谈话43人次"]}


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return tmp_path / "任务.jsonl"


def write(path: Path, *lines: object) -> None:
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", "utf-8")


def run(path: Path, settings: Settings | None = None, *, passages: bool = False) -> Iterator[dict[str, Any]]:
    results = draft_batch(path, load_templates(), settings or Settings(), passages=passages)
    return (result for result in results if isinstance(result, dict))


def test_each_line_gives_its_draft(batch: Path) -> None:
    write(batch, GOOD, "", {**GOOD, "id": 7, "notes": "- 理论学习抓得不够紧\n- 责任书签了没人查，谈话43人次"})
    listed, whole = run(batch)
    assert (listed.pop("id"), whole.pop("id")) == ("a", 7)
    single = list(draft(request(), Settings()))[-1]
    assert isinstance(single, Finished)
    expected = draft_form(single.draft)
    for result in (listed, whole, expected):
        result.pop("seconds")
    assert listed == whole == expected


def test_unit_and_year_reach_the_text(batch: Path) -> None:
    write(batch, {**GOOD, "unit": "局党组", "year": 2024}, GOOD)
    named, unnamed = (result["text"] for result in run(batch))
    assert "2024年" in named
    assert "局党组" in named
    assert "2024" not in unnamed
    assert "局党组" not in unnamed


def test_a_note_of_several_lines_stays_one(batch: Path) -> None:
    write(batch, {**GOOD, "notes": ["责任书签了\n没人查", "学习不够"]})
    [result] = run(batch)
    assert [note["id"] for note in result["notes"]] == ["n1", "n2"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [({"section": "不存在"}, "不存在"), ({"notes": []}, "没有要点"), ({"notes": ["条"] * 200}, "200条")],
)
def test_a_line_that_fails_leaves_the_others_alone(batch: Path, fault: dict[str, Any], words: str) -> None:
    write(batch, GOOD, {**GOOD, "id": "b", **fault}, {**GOOD, "id": "c"})
    first, failed, last = run(batch)
    assert failed.keys() == {"id", "error", "partial"}
    assert failed["id"] == "b"
    assert words in failed["error"]
    assert first["text"] == last["text"]


def test_results_come_one_by_one(batch: Path, tmp_path: Path) -> None:
    write(batch, {**GOOD, "id": 1}, {**GOOD, "id": 2})
    with LoopbackEndpoint(play.ok("一是学习不够。"), play.server_error()) as server:
        results = run(batch, connected(server, tmp_path))
        assert next(results)["text"] == "一是学习不够。"
        assert len(server.requests) == 1
        assert "500" in next(results)["error"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{bad", "第2行不是 JSON 对象"),
        ("[]", "第2行"),
        ({"id": 1, "section": "work"}, "第2行的 notes"),
        ({**GOOD, "nodes": []}, "第2行的 nodes"),
        ({**GOOD, "year": "去年"}, "第2行的 year"),
    ],
)
def test_a_line_that_is_no_task_is_named(batch: Path, line: object, words: str) -> None:
    write(batch, GOOD, line)
    with pytest.raises(InputError, match=words):
        list(run(batch))


def test_a_missing_index_is_not_told_line_by_line(batch: Path) -> None:
    write(batch, GOOD, GOOD)
    with pytest.raises(CorpusError, match="gongwen ingest"):
        list(run(batch, passages=True))


def test_who_writes_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "任务.jsonl"
    line = json.dumps({"id": 1, "section": "problems", "notes": ["会多"]}, ensure_ascii=False)
    path.write_text(f"{line}\n{line}\n", "utf-8")
    events = list(draft_batch(path, load_templates(), Settings(), passages=False))
    assert [type(event) for event in events] == [Started, dict, dict]


def test_what_a_model_had_written_stays_in_the_line(tmp_path: Path) -> None:
    path = tmp_path / "任务.jsonl"
    path.write_text(
        json.dumps({"id": 1, "section": "problems", "notes": ["会多"]}, ensure_ascii=False), "utf-8"
    )
    with LoopbackEndpoint(play.cut("一是会议较多。二是", abruptly=True)) as server:
        [result] = run(path, connected(server, tmp_path))
    assert result["partial"].startswith("一是")
    assert "重试" in result["error"]


def test_a_file_without_tasks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "任务.jsonl"
    path.write_text("\n\n", "utf-8")
    with pytest.raises(InputError, match="没有任务"):
        list(run(path))
