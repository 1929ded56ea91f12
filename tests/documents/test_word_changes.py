"""Tracked changes and comments: LibreOffice accepts and rejects them, and nothing else in the file moves."""

import io
import random
import runpy
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents.word_changes.commenting import WordComment, annotate
from assistant.documents.word_changes.tracking import Signature, WordChange, track
from assistant.documents.word_import.word_text import read_word
from tests.conftest import ROOT
from tests.office import convert, needs_office, review, rich_text
from tests.word_order import faults

TOOL = runpy.run_path(str(ROOT / "eval" / "tools" / "tracked_changes.py"))
MAKER = runpy.run_path(str(ROOT / "eval" / "benchmarks" / "word_producers.py"))
SIGNATURE = Signature("张三", datetime(2025, 3, 1, 9, 30, tzinfo=UTC))
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BY = 'w:author="李四" w:date="2024-05-01T08:00:00Z"'
TEXT = "一、主要工作\n全年学习12次，人人参加。\n二、存在的问题"


@cache
def word_file(text: str = TEXT, seed: int = 1) -> bytes:
    return bytes(TOOL["word_file"](text, random.Random(seed)))


def with_body(body: str) -> bytes:
    document = Document()
    MAKER["put_in"](document, body)
    return bytes(MAKER["saved"](document))


def rejected(data: bytes) -> str:
    """Return the text with all marks rejected, as the markup says it."""
    root = read_word(data).root
    for mark in list(root.iter(f"{WORD}ins")):
        mark.getparent().remove(mark)
    for mark in list(root.iter(f"{WORD}del")):
        for run in list(mark):
            mark.addprevious(run)
        mark.getparent().remove(mark)
    lines = []
    for paragraph in root.iter(f"{WORD}p"):
        nodes = (
            node for node in paragraph.iter() if node.tag in (f"{WORD}t", f"{WORD}delText", f"{WORD}tab")
        )
        lines.append("".join(node.text if node.text is not None else "\t" for node in nodes))
    return "\n".join(lines)


def looks(data: bytes) -> list[tuple[Any, ...]]:
    """Return each character that shows, deleted ones too, with how it looks."""
    shown = []
    for run in read_word(data).root.iter(f"{WORD}r"):
        if any(above.tag == f"{WORD}ins" for above in run.iterancestors()):
            continue
        properties = run.find(f"{WORD}rPr")
        look = [
            properties is not None and properties.find(f"{WORD}{name}") is not None
            for name in ("b", "i", "rFonts")
        ]
        for node in run:
            if node.tag in (f"{WORD}t", f"{WORD}delText"):
                shown += [(character, *look) for character in node.text or ""]
    return shown


@needs_office
def test_libreoffice_accepts_and_rejects_what_is_marked(tmp_path: Path) -> None:
    files = [word_file(text[:600]) for text in TOOL["report_texts"]()[:2]]
    (tmp_path / "own.rtf").write_bytes(rich_text(TOOL["report_texts"]()[1][:600]))
    files += [path.read_bytes() for path in convert([tmp_path / "own.rtf"], "docx", tmp_path)]
    marked = tmp_path / "marked"
    marked.mkdir()
    expected = TOOL["write_subsets"](marked, 6, files, 3)
    assert {path.name: found for path in marked.iterdir() if (found := faults(path.read_bytes()))} == {}
    assert review(marked) == expected


CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(TEXT)),
        st.integers(0, 6),
        st.sampled_from(["", "学", "开展学习", "\t", " a", "次"]),
    ),
    max_size=6,
)


@settings(max_examples=15)
@given(CHANGES, st.integers(0, 4))
def test_any_changes_give_the_text_and_leave_the_other(wishes: list[tuple[int, int, str]], seed: int) -> None:
    data = word_file(seed=seed)
    changes: list[WordChange] = []
    for start, length, after in wishes:
        change = WordChange(start, min(start + length, len(TEXT)), after)
        if all(change.end < each.start or each.end < change.start for each in changes):
            changes.append(change)
    tracked = track(data, changes, SIGNATURE)
    refused = dict(tracked.refused)
    made = [change for place, change in enumerate(changes) if place not in refused]
    assert tracked.text == read_word(tracked.data).text == TOOL["applied"](TEXT, made)
    assert rejected(tracked.data) == TEXT
    assert looks(tracked.data) == looks(data)
    assert faults(tracked.data) == []
    assert all(
        "\n" in TEXT[changes[place].start : changes[place].end + 1] or why for place, why in refused.items()
    )
    Document(io.BytesIO(tracked.data))


def test_what_is_put_in_looks_like_what_it_replaces_and_is_signed() -> None:
    document = Document()
    paragraph = document.add_paragraph("全年")
    paragraph.add_run("学习").bold = True
    paragraph.add_run("12次")
    data = bytes(MAKER["saved"](document))
    tracked = track(data, [WordChange(2, 4, "培训"), WordChange(6, 6, "多")], SIGNATURE)
    root = read_word(tracked.data).root
    inserted = root.findall(f".//{WORD}ins")
    assert [mark.find(f"{WORD}r/{WORD}rPr/{WORD}b") is not None for mark in inserted] == [True, False]
    assert {mark.get(f"{WORD}author") for mark in inserted} == {"张三"}
    assert {mark.get(f"{WORD}date") for mark in inserted} == {"2025-03-01T09:30:00Z"}


def test_only_what_changes_is_marked() -> None:
    tracked = track(word_file(), [WordChange(7, 19, "全年培训12次，人人参加")], SIGNATURE)
    read = read_word(tracked.data)
    assert "".join(node.text for node in read.root.iter(f"{WORD}delText")) == "学习"


def test_other_parts_of_the_file_stay_as_they_were() -> None:
    data = word_file()
    tracked = track(data, [WordChange(0, 2, "1.")], SIGNATURE)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(tracked.data)) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]


CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
RUN = "<w:r><w:t>{}</w:t></w:r>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
    '</w:r><w:r><w:t>学习</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
SAMPLES = {sample.name: sample for sample in MAKER["samples"]() if sample.producer == "Word 标记"}


@pytest.mark.parametrize(
    ("body", "old", "reason"),
    [
        (f"<w:p>{RUN.format('全年')}{FIELD}</w:p>", "学习", "域"),
        (f'<w:p>{RUN.format("全年")}<w:ins w:id="1" {BY}>{RUN.format("学习")}</w:ins></w:p>', "学习", "已有修订"),
        (f'<w:p>{RUN.format("学")}<w:del w:id="1" {BY}/>{RUN.format("习")}</w:p>', "学习", "已有修订"),
        (f'<w:p>{RUN.format("学")}<w:hyperlink>{RUN.format("习")}</w:hyperlink></w:p>', "学习", "超链接"),
        (f"<w:p>{RUN.format('学')}</w:p><w:p>{RUN.format('习')}</w:p>", "学\n习", "分段"),
        (f"<w:tbl><w:tr>{CELL.format('学')}{CELL.format('习')}</w:tr></w:tbl>", "学\t习", "分格"),
        (SAMPLES["文本框"].source, "框里", "文本框"),
        ('<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>学习</w:t></w:r></w:p>', "1.学", "自动编号"),
        (f"<w:p><w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{RUN.format('学习')}</w:sdtContent></w:sdt></w:p>", "学习", "内容控件"),
    ],
    ids=["field", "inserted", "deleted", "link", "paragraphs", "cells", "box", "number", "control"],
)  # fmt: skip
def test_what_cannot_be_marked_is_refused_and_left_alone(body: str, old: str, reason: str) -> None:
    data = with_body(body)
    text = read_word(data).text
    place = text.index(old)
    tracked = track(data, [WordChange(place, place + len(old), "检查")], SIGNATURE)
    assert len(tracked.refused) == 1
    assert reason in tracked.refused[0][1]
    assert tracked.text == text == read_word(tracked.data).text
    assert len(list(read_word(tracked.data).root.iter(f"{WORD}delText"))) == body.count("<w:delText>")


def test_somebody_elses_marks_stay_and_the_rest_is_changed() -> None:
    body = f'<w:p>{RUN.format("全年")}<w:ins w:id="7" {BY}>{RUN.format("共")}</w:ins>{RUN.format("学习12次")}</w:p>'
    tracked = track(with_body(body), [WordChange(3, 5, "培训")], SIGNATURE)
    assert tracked.refused == ()
    assert tracked.text == read_word(tracked.data).text == "全年共培训12次"
    authors = [mark.get(f"{WORD}author") for mark in read_word(tracked.data).root.iter(f"{WORD}ins")]
    assert authors == ["李四", "张三"]
    assert faults(tracked.data) == []


def test_a_picture_or_a_note_inside_a_change_stays() -> None:
    body = '<w:p><w:r><w:t>学</w:t><w:footnoteReference w:id="2"/><w:t>习12次</w:t></w:r></w:p>'
    tracked = track(with_body(body), [WordChange(0, 2, "培训")], SIGNATURE)
    root = read_word(tracked.data).root
    assert tracked.text == read_word(tracked.data).text == "培训12次"
    (reference,) = root.iter(f"{WORD}footnoteReference")
    assert not [above for above in reference.iterancestors() if above.tag == f"{WORD}del"]


def test_a_change_over_cells_and_paragraphs_is_made_in_each() -> None:
    rows = f"<w:tbl><w:tr>{CELL.format('都没去')}{CELL.format('搞活动')}</w:tr></w:tbl>"
    data = with_body(f"<w:p>{RUN.format('学习')}</w:p><w:p>{RUN.format('培训')}</w:p>{rows}")
    text = read_word(data).text
    changed = text.replace("学习\n培训", "学\n多培训").replace("都没去\t搞", "均未去\t开展")
    tracked = track(data, [WordChange(0, len(text), changed)], SIGNATURE)
    assert tracked.refused == ()
    assert tracked.text == read_word(tracked.data).text == changed
    assert faults(tracked.data) == []
    assert [node.text for node in read_word(tracked.data).root.iter(f"{WORD}delText")] == ["习", "都没", "搞"]


def test_a_change_of_which_a_part_cannot_be_made_is_not_made_at_all() -> None:
    data = with_body(f"<w:p>{RUN.format('学习')}</w:p><w:p>{FIELD}</w:p>")
    text = read_word(data).text
    tracked = track(data, [WordChange(0, 5, "培训\n检查")], SIGNATURE)
    assert [why for _, why in tracked.refused] == ["域的结果（如引用、页码、日期）"]
    assert tracked.text == text == read_word(tracked.data).text


def test_changes_that_overlap_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        track(word_file(), [WordChange(0, 3, "甲"), WordChange(2, 4, "乙")], SIGNATURE)


def test_what_xml_cannot_hold_is_refused() -> None:
    tracked = track(word_file(), [WordChange(0, 1, "\x0b")], SIGNATURE)
    assert [why for _, why in tracked.refused] == ["含有不能写入 Word 的字符的文字"]


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 15)), min_size=1, max_size=5),
    st.integers(0, 4),
)
def test_comments_hang_on_their_words(spans: list[tuple[int, int]], seed: int) -> None:
    comments = [
        WordComment(start, min(start + length, len(TEXT)), f"第{start}字起\n请核对")
        for start, length in spans
    ]
    data = annotate(word_file(seed=seed), comments, SIGNATURE)
    assert read_word(data).text == TEXT
    assert faults(data) == []
    told = {each.comment_id: (each.author, each.text) for each in Document(io.BytesIO(data)).comments}
    assert told == {place: ("张三", comment.text) for place, comment in enumerate(comments)}
    for place, comment in enumerate(comments):
        # One that is about nothing but a line's end hangs on what stands beside it.
        if words := TEXT[comment.start : comment.end].strip("\n"):
            assert held(data, place) == words


def held(data: bytes, number: int) -> str:
    """Return the words between the marks of a comment."""
    pieces: list[str] = []
    inside = False
    for element in read_word(data).root.iter():
        if element.tag in (f"{WORD}commentRangeStart", f"{WORD}commentRangeEnd"):
            inside = inside if element.get(f"{WORD}id") != str(number) else element.tag.endswith("Start")
        elif inside and element.tag == f"{WORD}t":
            pieces.append(element.text or "")
        elif inside and element.tag == f"{WORD}p":
            pieces.append("\n")
    return "".join(pieces).strip("\n")


def test_comments_come_besides_those_there_are() -> None:
    document = Document()
    document.add_comment(document.add_paragraph("全年学习12次。").runs, text="旧批注", author="李四")
    data = annotate(bytes(MAKER["saved"](document)), [WordComment(2, 4, "新批注")], SIGNATURE)
    assert [each.text for each in Document(io.BytesIO(data)).comments] == ["旧批注", "新批注"]
    assert faults(data) == []
    assert held(data, 1) == "学习"


@pytest.mark.parametrize(
    "name", ["文本框", "域、超链接", "修订、移动、并段", "内容控件", "符号、拼音、隐藏、公式"]
)
def test_every_stretch_of_an_odd_file_can_bear_a_comment(name: str) -> None:
    data = with_body(SAMPLES[name].source)
    text = read_word(data).text
    comments = [WordComment(place, place + 1, "请核对") for place in range(len(text))]
    commented = annotate(data, comments, SIGNATURE)
    assert read_word(commented).text == text
    assert faults(commented) == []
    assert len(list(Document(io.BytesIO(commented)).comments)) == len(text)
