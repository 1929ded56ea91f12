import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.documents.parsing import parse
from assistant.documents.reading import read_data, read_text
from assistant.documents.word.anatomy import read_lines_of
from assistant.documents.word.layout import PageFormat, Part
from assistant.documents.word.notes import ANNEX_HEADING, Remark
from assistant.documents.word.writing import UNKNOWN_DATE, UNKNOWN_NAME, Extras, export_docx
from assistant.errors import InputError
from assistant.types import Report
from tests.conftest import ROOT

REPORTS = sorted((ROOT / "corpus").glob("*.txt"))
CASES = sorted((ROOT / "eval" / "cases").glob("*.md"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNED = "关于学习情况的报告\n\n市委：\n\n导语。\n\n一、情况\n\n（一）抓学习。开展学习。\n\n特此报告。\n"


def imported(data: bytes) -> str:
    return read_data(data, name="x.docx")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def anatomy(report: Report) -> list[object]:
    sections = [
        (each.role, each.level, each.heading, lines(report.text[each.start : each.end]))
        for each in report.sections
    ]
    return [report.title, report.addressee, sections]


def parts_of(text: str) -> list[tuple[Part, str]]:
    return [(line.part, line.text) for line in read_lines_of(text)]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name[:3])
def test_a_report_comes_back_with_its_text_and_anatomy(path: Path) -> None:
    text = read_text(path)
    back = imported(export_docx(text))
    assert lines(back) == lines(text)
    assert anatomy(parse(back, name="x")) == anatomy(parse(text, name="x"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_back_without_its_heading_marks(path: Path) -> None:
    text = read_text(path)
    assert lines(imported(export_docx(text))) == [line.lstrip("#").strip() for line in lines(text)]


WORDS = st.text(
    st.sampled_from("的一是了学习工作不够深入局党组**××2022《》“”，；、：（）〖待补〗&<>—…·\u00a0\t"),
    min_size=1,
    max_size=40,
).map(str.strip)
PARAGRAPH = st.one_of(
    WORDS,
    st.builds("{}、{}".format, st.sampled_from("一二三四五"), WORDS),
    st.builds("（{}）{}。{}".format, st.sampled_from("一二三四五"), WORDS, WORDS),
    st.builds("一是{}。二是{}；三是{}".format, WORDS, WORDS, WORDS),
    st.sampled_from(
        [
            "市委：",
            "特此报告。",
            "××局党组",
            "2023年1月5日",
            "附件：1. 任务表",
            "2. 名单",
            "附件1",
            "附件",
            "2.学习",
        ]
    ),
)


@given(st.lists(PARAGRAPH.filter(bool), min_size=1, max_size=12))
def test_any_report_comes_back_whole(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    back = imported(export_docx(text))
    assert lines(back) == lines(text)
    assert anatomy(parse(back, name="x")) == anatomy(parse(text, name="x"))


def test_each_line_is_told_what_it_is() -> None:
    text = (
        "# 关于2022年工作的报告\n张三\n市委：\n导语。\n## 一、情况\n（一）抓学习。开展学习。\n1.抓机关\n"
        "一是学习不够。二是落实不够。\n## 小结\n特此报告。\n附件：1. 任务表\n2. 名单\n市局党组\n2023年1月5日\n"
        "附件1\n任务表\n一、任务\n任务如下。"
    )
    assert [part for part, _ in parts_of(text)] == [
        Part.TITLE, Part.BODY, Part.BODY, Part.BODY, Part.HEADING1, Part.BODY, Part.HEADING3, Part.BODY, Part.HEADING1,
        Part.BODY, Part.NOTE, Part.NOTE, Part.SIGNATURE, Part.DATE, Part.MARK, Part.TITLE, Part.HEADING1, Part.BODY,
    ]  # fmt: skip


def test_a_heading_that_the_text_goes_on_from_is_set_up_to_its_full_stop() -> None:
    line = read_lines_of("一、情况\n（一）抓学习。开展学习。")[1]
    assert [(each.part, line.text[each.start : each.end]) for each in line.stretches] == [
        (Part.HEADING2, "（一）抓学习。")
    ]


def test_where_one_item_leads_with_a_long_clause_all_show_only_their_number() -> None:
    long = "学习" * 20
    line = read_lines_of(f"问题如下。\n一是不够。二是{long}。")[1]
    assert [line.text[each.start : each.end] for each in line.stretches] == ["一是", "二是"]


def test_a_text_is_signed_only_when_asked_and_no_date_is_made_up() -> None:
    assert lines(imported(export_docx(SIGNED))) == lines(SIGNED)
    signed = lines(imported(export_docx(SIGNED, extras=Extras(unit="市局党组"))))
    assert signed[-2:] == ["市局党组", UNKNOWN_DATE]
    dated = lines(imported(export_docx(SIGNED, extras=Extras(date="2023年1月5日"))))
    assert dated[-2:] == [UNKNOWN_NAME, "2023年1月5日"]


def test_a_text_that_is_signed_is_not_signed_again() -> None:
    with pytest.raises(InputError, match="已有署名"):
        export_docx(SIGNED + "市局党组\n2023年1月5日", extras=Extras(unit="市委"))


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="没有文字"):
        export_docx(" \n\n")


def test_the_signature_stands_before_the_attachments() -> None:
    text = SIGNED + "附件1\n\n任务表\n\n任务如下。"
    back = lines(imported(export_docx(text, extras=Extras(unit="市局党组", date="2023年1月5日"))))
    assert back[-5:] == ["市局党组", "2023年1月5日", "附件1", "任务表", "任务如下。"]


def test_remarks_are_comments_at_their_span_and_leave_the_text_alone() -> None:
    start = SIGNED.index("开展学习")
    data = export_docx(SIGNED, extras=Extras(comments=(Remark(start, start + 4, "请补充次数 & 人数"),)))
    assert imported(data) == imported(export_docx(SIGNED))
    document = Document(io.BytesIO(data))
    assert [comment.text for comment in document.comments] == ["请补充次数 & 人数"]
    body = document.element.body
    inside = [
        each for each in body.iter() if each.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t")
    ]
    tags = [each.tag for each in inside]
    first, last = tags.index(f"{W}commentRangeStart"), tags.index(f"{W}commentRangeEnd")
    assert "".join(each.text or "" for each in inside[first + 1 : last]) == "开展学习"


def test_the_annex_comes_last_on_a_page_of_its_own() -> None:
    data = export_docx(SIGNED, extras=Extras(annex=("一、依据", "1. 要点")))
    back = lines(imported(data))
    assert back[: len(lines(SIGNED))] == lines(SIGNED)
    assert back[-3:] == [ANNEX_HEADING, "一、依据", "1. 要点"]
    heading = next(p for p in Document(io.BytesIO(data)).paragraphs if p.text == ANNEX_HEADING)
    assert heading.paragraph_format.page_break_before


def test_the_label_goes_into_the_properties_and_into_the_text_only_when_asked() -> None:
    label = "人工智能生成合成内容；模型：<m>"
    hidden, shown = (export_docx(SIGNED, extras=Extras(label=label, shown=shown)) for shown in (False, True))
    with zipfile.ZipFile(io.BytesIO(hidden)) as package:
        properties = etree.fromstring(package.read("docProps/custom.xml"))
    assert [each.get("name") for each in properties] == ["AIGC"]
    assert "".join(properties.itertext()) == label
    assert lines(imported(hidden)) == lines(SIGNED)
    assert lines(imported(shown)) == [*lines(SIGNED), label]


def test_what_a_word_file_cannot_hold_becomes_a_space() -> None:
    assert lines(imported(export_docx("学习\x0b工作\x00情况\ud800好。"))) == ["学习 工作 情况 好。"]


def test_the_same_text_gives_the_same_bytes() -> None:
    assert export_docx(SIGNED) == export_docx(SIGNED)


def test_elements_stand_in_the_order_that_word_demands() -> None:
    order = {
        "pPr": [
            "pStyle",
            "pageBreakBefore",
            "widowControl",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
            "jc",
            "outlineLvl",
        ],
        "rPr": ["rStyle", "rFonts", "b", "bCs", "snapToGrid", "color", "spacing", "sz", "szCs", "lang"],
        "sectPr": ["footerReference", "pgSz", "pgMar", "cols", "docGrid"],
        "style": ["name", "basedOn", "next", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr"],
    }
    data = export_docx(
        SIGNED + "附件1\n任务表\n如下。", extras=Extras(unit="市局", annex=("提示",), label="x", shown=True)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        trees = [
            etree.fromstring(package.read(n))
            for n in package.namelist()
            if n.startswith("word/") and n.endswith("l")
        ]
    for kind, names in order.items():
        for element in (each for tree in trees for each in tree.iter(f"{W}{kind}")):
            places = [names.index(child.tag.removeprefix(W)) for child in element]
            assert all(one <= other for one, other in pairwise(places)), etree.tostring(element)


def test_a_grid_of_the_standard_has_the_measures_of_the_standard() -> None:
    layout = PageFormat()
    assert (layout.line_pitch, layout.char_space) == (579, -848)
    assert layout.line_pitch * 22 <= layout.area[1] < layout.line_pitch * 23
