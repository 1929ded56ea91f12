"""Titles, numbers of documents and tables: what a typist sets by hand."""

import io
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.reading import read_data
from assistant.documents.word.anatomy import Line, read_lines_of
from assistant.documents.word.layout import Part
from assistant.documents.word.notes import Remark
from assistant.documents.word.tables import row_cells
from assistant.documents.word.titles import line_ends, title_room
from assistant.documents.word.writing import Extras, export_docx
from tests.word_order import faults

MOST = 20.1
LONG = "某某市某某局党组关于2022年度贯彻落实党风廉政建设责任制和推进全面从严治党向基层延伸暨作风突出问题集中整治行动情况的报告"
FOUR_LINES = [
    *(
        "某某市某某局党组关于2022年度贯彻落实",
        "党风廉政建设责任制和推进全面从严治党",
        "向基层延伸暨作风突出问题集中整治行动",
    ),
    "情况的报告",
]
NUMBERED = "某某市某某局文件\n\n某发〔2023〕5号\n\n关于学习情况的报告\n\n市委：\n\n学习情况如下。\n"
TABLE = "情况如下。\n\n| 单位 | 次数 |\n| --- | ---: |\n| 办公室 | 12 |\n| 人事科 |\n"


def told(text: str) -> list[tuple[Part, str]]:
    return [(line.part, line.text) for line in read_lines_of(text)]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2022年党组贯彻落实党风廉政建设责任制情况报告", ["2022年党组贯彻落实党风廉政建设", "责任制情况报告"]),
        ("党组书记2022年履行全面从严治党责任述职报告", ["党组书记2022年履行全面从严治党", "责任述职报告"]),
        ("市直机关2022年党风廉政建设和反腐败工作情况报告", ["市直机关2022年党风廉政建设", "和反腐败工作情况报告"]),
        (LONG, FOUR_LINES),
        ("关于学习情况的报告", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", [0, 0.25])
def test_a_long_title_parts_between_words_in_every_program(title: str, lines: list[str], gap: float) -> None:
    room = title_room(title, MOST)
    ends = line_ends(title, room, gap) if room else []
    assert [title[start:end] for start, end in pairwise([0, *ends])] == lines


@given(st.text(st.sampled_from("关于学习工作情况的报告2022年《》、"), min_size=2, max_size=90))
def test_any_title_fits_its_page(title: str) -> None:
    room = title_room(title, MOST)
    assert room <= MOST
    ends = line_ends(title, room or MOST, 0)
    assert "".join(title[start:end] for start, end in pairwise([0, *ends])) == title
    if room:
        assert not {title[end] for end in ends[:-1]} & set("》、")


def test_the_number_of_a_document_hides_neither_title_nor_addressee() -> None:
    parts = [part for part, _ in told(NUMBERED)]
    assert parts == [Part.MASTHEAD, Part.NUMBER, Part.TITLE, Part.ADDRESSEE, Part.BODY]
    below = "关于学习情况的报告\n某发〔2023〕5号\n\n市委：\n\n学习情况如下。"
    assert [part for part, _ in told(below)] == [Part.TITLE, Part.NUMBER, Part.ADDRESSEE, Part.BODY]
    blanks = [paragraph.text for paragraph in Document(io.BytesIO(export_docx(NUMBERED))).paragraphs]
    assert blanks[:8] == ["某某市某某局文件", "", "", "某发〔2023〕5号", "", "", "关于学习情况的报告", ""]


@pytest.mark.parametrize("line", ["某发〔2023〕5号文件要求抓好学习", "2023年5号", "（一）〔2023〕5号"])
def test_a_number_is_a_line_of_its_own(line: str) -> None:
    assert Part.NUMBER not in dict(told(f"关于学习情况的报告\n{line}\n市委：\n学习情况如下。"))


def test_a_title_of_three_lines_is_a_title() -> None:
    text = f"{LONG}\n\n市委：\n\n学习情况如下。"
    assert [part for part, _ in told(text)] == [Part.TITLE, Part.ADDRESSEE, Part.BODY]
    assert told(text)[0][1] == LONG
    sentence = LONG.replace("报告", "问题。" + LONG)
    assert told(f"{sentence}\n市委：")[0][0] is not Part.TITLE


def test_the_title_of_an_attachment_may_have_two_lines() -> None:
    head = "情况如下。\n\n附件1\n\n"
    two = told(head + "2022年度责任清单\n落实情况统计表\n\n统计如下。")
    assert [part for part, _ in two[-3:]] == [Part.TITLE, Part.TITLE, Part.BODY]
    close = told(head + "责任清单\n办公室张三\n人事科李四\n")
    assert [part for part, _ in close[-3:]] == [Part.TITLE, Part.BODY, Part.BODY]


def test_a_table_of_markdown_becomes_a_table() -> None:
    data = export_docx(TABLE)
    (table,) = Document(io.BytesIO(data)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["单位", "次数"],
        ["办公室", "12"],
        ["人事科", ""],
    ]
    assert read_data(data, name="x.docx").split("\n")[:4] == [
        "情况如下。",
        "单位\t次数",
        "办公室\t12",
        "人事科",
    ]
    assert faults(data) == []


def test_a_remark_about_a_table_hangs_on_its_row() -> None:
    start = TABLE.index("12")
    data = export_docx(TABLE, extras=Extras(comments=(Remark(start, start + 2, "请核对"),)))
    assert [each.text for each in Document(io.BytesIO(data)).comments] == ["请核对"]
    assert faults(data) == []


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("| a | b", ("a", "b")),
        (r"| a \| b | c |", ("a | b", "c")),
        ("| | b |", ("", "b")),
        ("a | b", ()),
        ("|a", ()),
    ],
)
def test_the_cells_of_a_row(line: str, cells: tuple[str, ...]) -> None:
    assert row_cells(line) == cells


def test_bars_without_a_rule_stay_text() -> None:
    lines = read_lines_of("情况如下。\n| a | b |\n| c | d |")
    assert [(line.part, line.text) for line in lines[1:]] == [
        (Part.BODY, "| a | b |"),
        (Part.BODY, "| c | d |"),
    ]
    assert all(isinstance(line, Line) and not line.table for line in lines)
