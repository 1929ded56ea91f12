"""Files as offices have them: every encoding, Word files whole and broken, and what is no text."""

import codecs
import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.reading import decode, read_text
from assistant.errors import InputError
from tests.conftest import ROOT
from tests.text.samples import all_notes

CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff") | st.sampled_from(
    "\n\t党组学习，。“”《》12３*"
)
ANY_TEXT = st.text(CHARACTERS, max_size=80).filter(lambda text: not text.startswith(("%PDF", "GIF8", "Rar!")))
# Without a mark at its beginning a file tells its encoding only by making sense: real sentences, a line or more.
OFFICE_TEXT = (
    st.lists(st.sampled_from(all_notes()), min_size=1, max_size=8)
    .map("。\n".join)
    .filter(lambda text: len(text) > 30)
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("一、主要工作")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("项目", "数量"), ("集中学习", "12次")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("二、存在的问题")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def assert_one_sentence(message: str) -> None:
    """Assert that a message is one Chinese sentence that says what to do."""
    assert message.endswith("。"), message
    assert message.count("。") == 1, message
    assert "\n" not in message
    assert re.search("请|检查", message), message
    assert re.search("[\u4e00-\u9fff]{2}", message), message


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_text(path)
    message = str(caught.value)
    assert_one_sentence(message)
    assert path.name in message
    return message


@given(ANY_TEXT)
def test_text_with_or_without_a_mark_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8"), name="a.txt") == text
    assert decode(text.encode("utf-8-sig"), name="a.txt") == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), name="a.txt") == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be"), name="a.txt") == text


@given(OFFICE_TEXT, st.sampled_from(["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"]))
def test_office_text_comes_back_from_any_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_shortest_files_come_back_from_what_windows_writes(encoding: str) -> None:
    assert [note for note in all_notes() if decode(note.encode(encoding), name="a.txt") != note] == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_report_of_the_corpus_comes_back_from_any_encoding(encoding: str) -> None:
    for path in (ROOT / "corpus").glob("*.txt"):
        text = read_text(path)
        assert decode(text.encode(encoding), name=path.name) == text


def test_line_ends_become_line_feeds() -> None:
    assert decode("一\r\n二\r三\n".encode(), name="a.txt") == "一\n二\n三\n"


def test_a_word_file_gives_paragraphs_and_table_rows_in_order(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(word_file())
    assert read_text(path) == "一、主要工作\n项目\t数量\n集中学习\t12次\n二、存在的问题"


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.7, 0.99])
def test_a_truncated_word_file_is_refused(tmp_path: Path, part: float) -> None:
    whole = word_file()
    path = tmp_path / "报告.docx"
    path.write_bytes(whole[: int(len(whole) * part)])
    assert "重新保存" in refusal(path)


def test_an_archive_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "学习")
    assert "重新保存" in refusal(path)


def test_an_old_word_file_named_docx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(OLE)
    assert "另存为 .docx" in refusal(path)


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".pdf", ".DOC", ".xlsx"])
def test_an_unsupported_kind_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(OLE)
    assert "另存为" in refusal(path)


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        OLE,
        b"%PDF-1.7\n" + bytes(20),
        word_file(),
        b"\0" * 40,
        "学习\0材料".encode(),
        b"\xff\xff\xff\x81",
    ],
    ids=["png", "ole", "pdf", "docx", "nothing but NUL", "NUL in text", "no encoding"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    assert "不是文本文件" in refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "没有.txt")
    folder = tmp_path / "文件夹.txt"
    folder.mkdir()
    assert "是文件夹" in refusal(folder)


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("学习", "utf-8")
    assert "无法读取" in refusal(tmp_path / "报告.txt" / "内.txt")


def test_an_empty_file_is_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.touch()
    assert read_text(path) == ""


@pytest.mark.parametrize("damage", ["deflate", "version", "body"])
def test_a_docx_damaged_inside_is_a_clear_error(tmp_path: Path, damage: str) -> None:
    written = io.BytesIO()
    document = Document()
    document.add_paragraph("学习" * 50)
    document.save(written)
    data = bytearray(written.getvalue())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as source:
        info = source.getinfo("word/document.xml")
        if damage == "body":
            data = bytearray(_with_body(source, b"<a/>"))
    if damage == "deflate":
        start = info.header_offset + 30 + len(info.filename)
        data[start + 20 : start + 60] = b"\xff" * 40
    if damage == "version":
        data[data.rfind(b"PK\x01\x02") + 6] = 200
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.docx"):
        read_text(path)


def _with_body(source: zipfile.ZipFile, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, body if name == "word/document.xml" else source.read(name))
    return out.getvalue()
