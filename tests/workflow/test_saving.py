from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.workflow.saving import check_writable, keep_partial, save_text


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_folders_are_made_and_the_text_ends_its_line(tmp_path: Path) -> None:
    path = tmp_path / "稿" / "一" / "a.md"
    assert save_text(path, "一是。\n\n") is None
    assert path.read_bytes() == "一是。\n".encode()


def test_no_earlier_file_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "稿" / "a.md"
    kept = [save_text(path, text) for text in ("甲", "乙", "乙", "丙")]
    assert [each.name if each else None for each in kept] == [None, "a.旧1.md", None, "a.旧2.md"]
    assert contents(path.parent) == {"a.md": "丙\n", "a.旧1.md": "甲\n", "a.旧2.md": "乙\n"}


def test_a_file_of_another_kind_is_kept_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe\x00")
    assert save_text(tmp_path / "a", "甲") == tmp_path / "a.旧1"
    assert (tmp_path / "a.旧1").read_bytes() == b"\xff\xfe\x00"


@pytest.mark.parametrize("below", ["file/a.md", "file/b/a.md", "."])
def test_what_cannot_be_written_is_known_beforehand(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="请"):
        check_writable(tmp_path / below)
    with pytest.raises(InputError, match="请"):
        save_text(tmp_path / below, "甲")
    assert (tmp_path / "file").read_text() == "x"
    assert [path.name for path in tmp_path.glob("*file*")] == ["file"]


def test_asking_makes_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "稿" / "a.md")
    assert not (tmp_path / "稿").exists()


def test_what_had_come_is_kept_beside_the_file_or_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "稿.md"
    out.write_text("旧", "utf-8")
    assert keep_partial("", out=out, folder=tmp_path) is None
    beside = keep_partial("一是", out=out, folder=tmp_path / "data")
    inside = keep_partial("二是", out=None, folder=tmp_path / "data")
    assert beside is not None
    assert inside is not None
    assert (beside.parent, beside.read_text("utf-8")) == (tmp_path, "一是\n")
    assert (tmp_path / "data" in inside.parents, inside.read_text("utf-8")) == (True, "二是\n")
    assert out.read_text("utf-8") == "旧"
