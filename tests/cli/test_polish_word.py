"""Polishing a Word file: marks to be accepted or rejected, findings as comments, and no file lost."""

import json
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.documents.reading import read_text
from assistant.documents.word_import.word_text import read_word
from tests.cli.conftest import complaint, gongwen
from tests.conftest import RunGongwen
from tests.office import needs_office, rich_text
from tests.word_order import faults

__all__ = ["gongwen"]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def rough(tmp_path: Path) -> Path:
    document = Document()
    document.add_heading("工作总结", 0)
    document.add_paragraph("大家都没去开会，搞了12次活动。")
    document.add_paragraph("落实八项规定精神不够，，有待加强。", style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "学习", "搞了12次。"
    path = tmp_path / "原稿.docx"
    document.save(str(path))
    return path


def test_a_word_file_comes_back_with_marks_and_comments(gongwen: RunGongwen, rough: Path) -> None:
    before = rough.read_bytes()
    done = gongwen("polish", "原稿.docx", "--out", "改稿.docx", "--author", "张三", "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    out = rough.with_name("改稿.docx")
    assert rough.read_bytes() == before
    assert read_text(out) == told["text"]
    assert "开展了12次活动" in told["text"]
    root = read_word(out.read_bytes()).root
    marks = [mark for name in ("ins", "del") for mark in root.iter(WORD + name)]
    assert {mark.get(f"{WORD}author") for mark in marks} == {"张三"}
    assert [each.text for each in Document(str(out)).comments if "八项规定" in each.text]
    assert faults(out.read_bytes()) == []
    assert f"修订{len(told['changes'])}处，批注" in done.stderr


def test_with_notes_what_has_no_grounds_is_a_comment(gongwen: RunGongwen, rough: Path) -> None:
    rough.with_name("要点.md").write_text("- 搞了13次活动\n", "utf-8")
    done = gongwen("polish", "原稿.docx", "--out", "改稿.docx", "--notes", "要点.md")
    assert done.returncode == 0
    assert [
        each.text for each in Document("改稿.docx").comments if "12次" in each.text and "要点" in each.text
    ]


def test_a_file_that_is_there_is_kept(gongwen: RunGongwen, rough: Path) -> None:
    out = rough.with_name("改稿.docx")
    out.write_bytes(b"old")
    assert "改名为 改稿.旧1.docx" in gongwen("polish", "原稿.docx", "--out", "改稿.docx").stderr
    assert out.with_name("改稿.旧1.docx").read_bytes() == b"old"
    assert "不覆盖原文" in complaint(gongwen("polish", "原稿.docx", "--out", "原稿.docx"))


def test_what_the_file_cannot_bear_is_told(gongwen: RunGongwen, rough: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("大家都没去开会")
    field = f"<w:fldSimple {nsdecls('w')} w:instr='REF a'><w:r><w:t>，，搞了活动。</w:t></w:r></w:fldSimple>"
    paragraph._p.append(parse_xml(field))  # noqa: SLF001 python-docx has no fields of its own
    document.save(str(rough))
    done = gongwen("polish", "原稿.docx", "--out", "改稿.docx")
    assert "域的结果" in done.stderr
    assert "未采用" in done.stderr
    assert "，，搞了活动。" in read_text(rough.with_name("改稿.docx"))


@pytest.mark.parametrize("options", [("--out", "改稿.md"), ()])
def test_without_a_word_file_to_write_the_text_is_polished_as_any_other(
    gongwen: RunGongwen, rough: Path, options: tuple[str, ...]
) -> None:
    assert gongwen("polish", "原稿.docx", *options).returncode == 0
    assert rough.with_name("改稿.md").exists() == bool(options)


def test_a_plain_text_cannot_become_a_marked_word_file(gongwen: RunGongwen, tmp_path: Path) -> None:
    (tmp_path / "稿.md").write_text("大家都没去开会。", "utf-8")
    assert "不是 Word 文稿" in complaint(gongwen("polish", "稿.md", "--out", "改稿.docx"))
    assert not (tmp_path / "改稿.docx").exists()


def test_marks_need_a_name(gongwen: RunGongwen, rough: Path) -> None:
    assert "--author" in complaint(gongwen("polish", "原稿.docx", "--out", "改稿.docx", "--author", " "))
    assert not rough.with_name("改稿.docx").exists()


@needs_office
def test_an_old_file_is_marked_as_a_new_one(gongwen: RunGongwen, rough: Path) -> None:
    rough.with_suffix(".rtf").write_bytes(rich_text("工作总结\n大家都没去开会，搞了12次活动。"))
    assert gongwen("polish", "原稿.rtf", "--out", "改稿.docx").returncode == 0
    assert "开展了12次活动" in read_text(rough.with_name("改稿.docx"))
    assert list(read_word(rough.with_name("改稿.docx").read_bytes()).root.iter(f"{WORD}ins"))


def test_parse_tells_what_was_not_read(gongwen: RunGongwen, rough: Path) -> None:
    gongwen("polish", "原稿.docx", "--out", "改稿.docx")
    done = gongwen("parse", "改稿.docx")
    assert "没有读入：修订中删去的文字" in done.stderr
    assert "批注" in done.stderr
    assert gongwen("parse", "原稿.docx").stderr == ""
