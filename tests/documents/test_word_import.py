"""Word files of many makers: nothing lost, nothing twice, what is left out is told."""

import io
import runpy
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents import office
from assistant.documents.parsing import parse
from assistant.documents.reading import read_data, read_document, read_text
from assistant.documents.word.writing import export_docx
from assistant.documents.word_import.number_formats import automatic_number
from assistant.documents.word_import.word_text import read_word
from assistant.errors import InputError
from assistant.text.numerals import numeral
from tests.conftest import ROOT
from tests.office import convert, needs_office, rich_text

MAKER = runpy.run_path(str(ROOT / "eval" / "benchmarks" / "word_producers.py"))
SAMPLES: list[Any] = MAKER["samples"]()
made: Callable[[list[Any], Path], dict[str, bytes]] = MAKER["made"]
HERE = [sample for sample in SAMPLES if sample.producer.startswith(("python-docx", "Word"))]
REPORTS = sorted((ROOT / "corpus").glob("*.txt"))


@pytest.mark.parametrize("sample", HERE, ids=lambda sample: sample.name)
def test_each_element_of_a_word_file_is_read_or_told(sample: Any, tmp_path: Path) -> None:
    outcome = MAKER["judge"](sample, made([sample], tmp_path)[sample.key])
    assert outcome.fault == ""


@needs_office
@pytest.mark.parametrize("kind", ["odt", "rtf", "html"])
def test_what_libreoffice_writes_is_read_whole(kind: str, tmp_path: Path) -> None:
    wanted = [sample for sample in SAMPLES if sample.producer == f"LibreOffice {kind}"]
    files = made(wanted, tmp_path)
    assert len(files) == len(wanted) >= 2
    faults = {sample.key: MAKER["judge"](sample, files[sample.key]).fault for sample in wanted}
    assert {key: fault for key, fault in faults.items() if fault} == {}


def word_file(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(body: str) -> bytes:
    document = Document()
    MAKER["put_in"](document, body)
    return bytes(MAKER["saved"](document))


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("decimal", {1: "1", 10: "10"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 101: "一○一"}),
        ("chineseCountingThousand", {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一"}),
        ("japaneseCounting", {12: "十二"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {12: "亥"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 23: "贰拾叁"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalFullWidth", {12: "１２"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerRoman", {4: "iv", 9: "ix", 14: "xiv", 1994: "mcmxciv"}),
        ("unknownToAnyone", {7: "7"}),
        ("none", {7: ""}),
        ("lowerLetter", {0: "0", 10**9: "1000000000"}),
    ],
)  # fmt: skip
def test_automatic_numbers_show_as_in_word(kind: str, numbers: dict[int, str]) -> None:
    assert {number: automatic_number(number, kind) for number in numbers} == numbers


@given(st.integers(1, 99))
def test_both_chinese_ways_of_counting_agree_with_numerals(number: int) -> None:
    both = automatic_number(number, "chineseCounting"), automatic_number(number, "chineseCountingThousand")
    assert both == (numeral(number), numeral(number))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name[:3])
def test_what_was_exported_comes_back(path: Path) -> None:
    text = read_text(path)
    read = read_word(export_docx(text))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [line.strip() for line in read.text.split("\n") if line.strip()] == lines
    assert read.dropped == ()
    before, after = (
        [(each.role, each.level, each.heading) for each in parse(one, name="a").sections]
        for one in (text, read.text)
    )
    assert before == after


def test_pieces_cover_the_text_and_point_at_what_they_show() -> None:
    files = made(HERE, Path())
    for data in files.values():
        read = read_word(data)
        assert "".join(piece.fragment.text for piece in read.pieces) == read.text
        for piece in read.pieces:
            node, offset = piece.fragment.node, piece.fragment.offset
            assert read.text[piece.start : piece.end] == piece.fragment.text
            if node is not None and node.tag.endswith("}t"):
                shown = node.text[offset : offset + len(piece.fragment.text)]
                assert shown == piece.fragment.text


@pytest.mark.parametrize(("sign", "shown"), [("l", "●"), ("n", "■"), ("\xd8", "➢"), ("?", "•")])
def test_a_letter_of_a_symbol_font_is_read_as_the_bullet_it_draws(sign: str, shown: str) -> None:
    """Chinese Word writes most bullets so: the letter l of Wingdings."""
    document = Document()
    document.add_paragraph("学习", style="List Bullet")
    data = bytes(MAKER["saved"](document))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    numbers = parts["word/numbering.xml"].decode()
    assert "Symbol" in numbers
    parts["word/numbering.xml"] = numbers.replace("\uf0b7", sign).replace("Symbol", "Wingdings").encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert read_word(stream.getvalue()).text == f"{shown} 学习"


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = f"<w:p>{begin}<w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>"
    assert read_word(with_body(body)).text == "甲\n乙"


def test_a_character_in_a_ring_is_kept() -> None:
    marks = ['<w:fldChar w:fldCharType="begin"/>', r"<w:instrText>eq \o\ac(○,密)</w:instrText>"]
    parts = [*marks, '<w:fldChar w:fldCharType="end"/>']
    body = f"<w:p>{''.join(f'<w:r>{part}</w:r>' for part in parts)}<w:r><w:t>件</w:t></w:r></w:p>"
    assert read_word(with_body(body)).text == "密件"


def test_a_note_that_refers_to_itself_ends(tmp_path: Path) -> None:
    wanted = [sample for sample in SAMPLES if sample.name == "脚注"]
    files = made(wanted, tmp_path)
    if not files:
        pytest.skip("没有安装 pandoc")
    with zipfile.ZipFile(io.BytesIO(files[wanted[0].key])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    notes = parts["word/footnotes.xml"].decode()
    number = notes.rpartition("<w:footnote ")[2].partition('w:id="')[2].partition('"')[0]
    looped = notes.replace(
        "</w:p></w:footnote>", f'<w:r><w:footnoteReference w:id="{number}"/></w:r></w:p></w:footnote>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in (parts | {"word/footnotes.xml": looped.encode()}).items():
            package.writestr(name, data)
    assert read_word(stream.getvalue()).text.count("见附件。") == 1


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    data = io.BytesIO(word_file("正文"))
    with zipfile.ZipFile(data) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    markup = parts["word/document.xml"].replace("正文", "正文&x;")
    head, _, rest = markup.partition("?>")
    parts["word/document.xml"] = f'{head}?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{rest}'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    try:
        text = read_data(stream.getvalue(), name="a.docx")
    except InputError:
        return
    assert "机密" not in text


def test_a_file_that_would_burst_is_refused() -> None:
    stream = io.BytesIO(word_file("正文"))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/more.xml", bytes(31 * 1024 * 1024))
    with pytest.raises(InputError, match="解压后的正文超过30MB"):
        read_data(stream.getvalue(), name="a.docx")


def test_the_strict_variant_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(word_file("一、主要工作", "抓学习。"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    usual = b"http://schemas.openxmlformats.org/"
    purl = b"http://purl.oclc.org/ooxml/"
    main = parts["word/document.xml"].replace(
        usual + b"wordprocessingml/2006/main", purl + b"wordprocessingml/main"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in (parts | {"word/document.xml": main}).items():
            package.writestr(name, data)
    assert read_data(stream.getvalue(), name="a.docx") == "一、主要工作\n抓学习。"


@needs_office
def test_old_files_are_read_whatever_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(word_file("一、主要工作", "全年学习12次。"))
    (doc,) = convert([path], "doc", tmp_path)
    text = "一、主要工作\n全年学习12次。"
    files = {"旧.docx": doc.read_bytes(), "文.doc": rich_text(text)}
    assert {name: read_data(data, name=name) for name, data in files.items()} == dict.fromkeys(files, text)
    assert read_data(path.read_bytes(), name="新.doc") == text
    assert read_data(text.encode("gb18030"), name="字.doc") == text


@needs_office
def test_an_old_file_calls_nobody(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"
        head = "<head><meta charset=gb18030></head>"
        page = f"<html>{head}<body><p>正文</p><img src='{address}'><link rel=stylesheet href='{address}'></body></html>"
        assert "正文" in read_data(page.encode("gb18030"), name="网页.doc")
        with pytest.raises(TimeoutError):
            listener.accept()


def test_without_libreoffice_an_old_file_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    ole = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
    for data, name in ((ole, "旧.doc"), (ole, "旧.wps"), (ole, "旧.docx"), (rb"{\rtf1 a}", "旧.rtf")):
        with pytest.raises(InputError, match=r"没有安装.*另存为 \.docx") as caught:
            read_data(data, name=name)
        assert str(caught.value).count("。") == 1


@needs_office
def test_a_conversion_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.01)
    with pytest.raises(InputError, match=r"超过.*秒"):
        read_data(rb"{\rtf1 a}", name="旧.rtf")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "已加密"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版"),
        (b"PK\x03\x04" + bytes(60), "重新保存"),
    ],
)
def test_what_only_looks_like_a_word_file_is_refused(data: bytes, reason: str) -> None:
    for name in ("报告.doc", "报告.docx"):
        with pytest.raises(InputError, match=reason):
            read_data(data, name=name)


def test_what_was_dropped_is_told(tmp_path: Path) -> None:
    document = Document()
    document.add_comment(document.add_paragraph("正文").runs, text="批注")
    document.save(str(tmp_path / "a.docx"))
    assert read_document(tmp_path / "a.docx").dropped == ("批注1条",)
