"""``gongwen mask``: what would leave, as text, as JSON and by the batch."""

import json
from pathlib import Path

from tests.cli.conftest import complaint, fits
from tests.conftest import RunGongwen

TEXT = "王芳同志到云岭县财政局，电话13812345678。\n"
ENTITY = {"start": int, "end": int, "kind": str, "text": str, "placeholder": str}


def test_the_masked_text_goes_out_and_the_table_beside_it(gongwen: RunGongwen, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(TEXT, "utf-8")
    done = gongwen("mask", str(path))
    assert done.returncode == 0
    assert done.stdout == "〖人名1〗同志到〖单位1〗，电话〖电话1〗。\n"
    assert "〖单位1〗\t单位\t云岭县财政局" in done.stderr
    assert path.read_text("utf-8") == TEXT


def test_standard_input_is_masked_as_json(gongwen: RunGongwen) -> None:
    done = gongwen("mask", "-", "--json", stdin=TEXT)
    value = json.loads(done.stdout)
    assert fits(value, {"text": str, "entities": [ENTITY]})
    assert value["entities"][1] == {
        "start": 5, "end": 11, "kind": "unit", "text": "云岭县财政局", "placeholder": "〖单位1〗",
    }  # fmt: skip


def test_a_batch_gives_a_line_for_each(gongwen: RunGongwen, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    lines = [{"id": 1, "text": TEXT}, {"id": "b", "text": "秘密★3年\n报告"}, {"id": 3, "text": "加强学习。"}]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    done = gongwen("mask", "--batch", str(path))
    assert done.returncode == 0
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert fits(first, {"id": int, "text": str, "entities": [ENTITY]})
    assert first["text"].startswith("〖人名1〗")
    assert second.keys() == {"id", "refused"}
    assert "秘密★3年" in second["refused"]
    assert third == {"id": 3, "text": "加强学习。", "entities": []}


def test_a_marked_file_is_refused(gongwen: RunGongwen) -> None:
    assert "绝密★" in complaint(gongwen("mask", "-", stdin="绝密★\n报告"))


def test_nothing_to_mask_is_said(gongwen: RunGongwen) -> None:
    done = gongwen("mask", "-", stdin="加强学习。\n")
    assert done.stdout == "加强学习。\n"
    assert "没有找到" in done.stderr


def test_wrong_use_is_one_sentence(gongwen: RunGongwen, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": 1}\n', "utf-8")
    assert "第1行" in complaint(gongwen("mask", "--batch", str(path)))
    path.write_text("王芳\n", "utf-8")
    assert "第1行" in complaint(gongwen("mask", "--batch", str(path)))
    path.write_text("", "utf-8")
    complaint(gongwen("mask", "--batch", str(path)))
    complaint(gongwen("mask"))
    complaint(gongwen("mask", str(path), "--batch", str(path)))
    assert "GONGWEN_MASK" in complaint(gongwen("mask", "-", stdin=TEXT, env={"GONGWEN_MASK": "perhaps"}))


def test_the_users_names_and_amounts_are_settings(gongwen: RunGongwen, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("蓝鲸计划 平台\n", "utf-8")
    env = {"GONGWEN_MASK_NAMES": str(names), "GONGWEN_MASK_AMOUNTS": "1"}
    done = gongwen("mask", "-", stdin="蓝鲸计划投入3500万元\n", env=env)
    assert done.stdout == "〖平台1〗投入〖数量1〗万元\n"
