"""What the user got wrong or what is broken: one sentence, exit code 2, nothing lost."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ALONE, DRAFT, REPORT, complaint
from tests.conftest import RunGongwen

Damage = Callable[[Path], object]


def files(folder: Path) -> dict[str, bytes]:
    """Return every file under ``folder`` with its bytes, locks aside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        (b"", "没有要点"),
        ("# 标题\n\n<!-- 无 -->\n---\n".encode(), "没有要点"),
        ("- 责任书签了没人查\n".encode() * 200, "200条要点"),
        (bytes(range(256)) * 16, "不是文本文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "不是文本文件"),
        (b"PK\x03\x04" + bytes(64), "不是文本文件"),
    ],
    ids=["empty", "no bullet", "200 bullets", "binary", "PNG", "zip"],
)
def test_notes_that_are_no_use(gongwen: RunGongwen, tmp_path: Path, notes: bytes, words: str) -> None:
    (tmp_path / "notes.md").write_bytes(notes)
    done = gongwen(*ALONE, "--out", "稿.md")
    assert words in complaint(done)
    assert done.stdout == ""
    assert files(tmp_path) == {"notes.md": notes}


def test_an_empty_pipe(gongwen: RunGongwen) -> None:
    sentence = complaint(gongwen("draft", "--section", "problems", "--notes", "-", "--no-passages", stdin=""))
    assert "标准输入" in sentence


def test_a_section_nobody_knows_is_answered_with_the_known_ones(gongwen: RunGongwen, notes: Path) -> None:
    for command in ("draft", "prompt"):
        sentence = complaint(gongwen(command, "--section", "存在闷题", "--notes", "notes.md"))
        assert "存在闷题" in sentence
        assert all(name in sentence for name in ("problems（存在的问题）", "work", "plan", "lead", "closing"))


@pytest.mark.parametrize("path", ["没有.md", ".", "notes.md/x"])
def test_notes_that_are_not_there(gongwen: RunGongwen, notes: Path, path: str) -> None:
    assert path in complaint(gongwen("draft", "--section", "work", "--notes", path, "--no-passages"))


@pytest.mark.parametrize(
    "arguments", [DRAFT, ("search", "党建"), ("prompt", *DRAFT[1:]), ("ingest", "--rebuild")]
)
def test_without_an_index(
    gongwen: RunGongwen, notes: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert "gongwen ingest" in complaint(gongwen(*arguments))
    assert files(tmp_path).keys() == {"notes.md"}


def garble(pattern: str, content: bytes) -> Damage:
    """Return what overwrites every file of the index that fits ``pattern``."""

    def damage(index: Path) -> None:
        found = [path for path in index.glob(pattern) if path.is_file() and path.suffix != ".lock"]
        assert found
        for path in found:
            path.write_bytes(content)

    return damage


def truncate(pattern: str) -> Damage:
    """Return what cuts every file of the index that fits ``pattern`` to its first half."""

    def damage(index: Path) -> None:
        for path in index.glob(pattern):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        garble("reports.sqlite", b"garbage " * 1000),
        garble("meta.json", b"{"),
        garble("meta.json", b""),
        garble("meta.json", json.dumps({"format": 2}).encode()),
        garble("meta.json", b"\xff\xfe\x00"),
    ],
    ids=[
        "registry overwritten",
        "manifest garbled",
        "manifest empty",
        "manifest without keys",
        "manifest binary",
    ],
)
def test_a_damaged_index(gongwen: RunGongwen, shelf: Path, notes: Path, damage: Damage) -> None:
    damage(shelf / "index")
    before = files(shelf)
    for arguments in (DRAFT, ("search", "党建"), ("ingest", REPORT), ("ingest", "--rebuild")):
        done = gongwen(*arguments)
        assert f"索引文件夹 {shelf / 'index'} 已损坏" in complaint(done), arguments
        assert "移到别处" in complaint(done)
        assert done.stdout == ""
        assert files(shelf) == before, arguments
    (shelf / "index").rename(shelf / "移走的")
    assert gongwen("ingest", REPORT).returncode == 0
    assert gongwen(*DRAFT).returncode == 0


def lose(pattern: str) -> Damage:
    """Return what deletes the folders of the index that fit ``pattern``."""

    def damage(index: Path) -> None:
        for path in list(index.glob(pattern)):
            shutil.rmtree(path)

    return damage


@pytest.mark.parametrize("way_out", [("corpus", "check", "--repair"), ("ingest", "--rebuild")])
@pytest.mark.parametrize(
    "damage",
    [
        garble("chroma*/chroma.sqlite3", b"garbage " * 1000),
        truncate("chroma*/chroma.sqlite3"),
        lose("chroma*"),
        garble("words*/*", b"garbage"),
        truncate("words*/*"),
        garble("words*/meta.json", b"{"),
        garble("words*/*.term", b""),
        lose("words*"),
    ],
    ids=[
        "vectors overwritten",
        "vectors truncated",
        "vectors gone",
        "words overwritten",
        "words truncated",
        "words without a list",
        "words without terms",
        "words gone",
    ],
)
def test_a_damaged_list_is_told_and_made_anew(
    gongwen: RunGongwen, shelf: Path, notes: Path, damage: Damage, way_out: tuple[str, ...]
) -> None:
    before = gongwen("search", "党建", "--json").stdout
    damage(shelf / "index")
    for arguments in (DRAFT, ("search", "党建"), ("ingest", REPORT)):
        sentence = complaint(gongwen(*arguments))
        assert str(shelf / "index") in sentence
        assert "corpus check --repair" in sentence
    assert "corpus check --repair" in gongwen("doctor").stdout
    assert gongwen(*way_out).returncode == 0
    assert gongwen("search", "党建", "--json").stdout == before
    assert gongwen("ingest", REPORT).stderr.count("未变") == 2


def test_an_index_of_another_version(gongwen: RunGongwen, shelf: Path) -> None:
    manifest = shelf / "index" / "meta.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 99}))
    assert "另一版本" in complaint(gongwen("search", "党建"))


def test_a_folder_that_cannot_be_made(gongwen: RunGongwen, notes: Path) -> None:
    below_a_file = {"GONGWEN_DATA": str(notes / "data")}
    assert "GONGWEN_DATA" in complaint(gongwen("ingest", REPORT, env=below_a_file))
    for arguments in (DRAFT, ("search", "党建")):
        complaint(gongwen(*arguments, env=below_a_file))
    complaint(gongwen("demo", env=below_a_file))


@pytest.mark.parametrize("out", [".", "notes.md/稿.md", "notes.md/a/稿.md"])
def test_a_place_where_nothing_can_be_saved(
    gongwen: RunGongwen, notes: Path, tmp_path: Path, out: str
) -> None:
    before = files(tmp_path)
    done = gongwen(*ALONE, "--out", out)
    assert out in complaint(done)
    assert done.stdout == ""
    assert files(tmp_path) == before
