import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.reading import read_text
from assistant.documents.word.layout import PageFormat
from assistant.documents.word.verifying import template_layout, verify
from assistant.documents.word.writing import Extras, export_docx
from assistant.errors import InputError
from tests.documents.word.test_export import REPORTS

STANDARD = PageFormat()
WHOLE = (
    "某某市某某局文件\n\n某发〔2023〕5号\n\n关于2022年“学习”工作的报告\n\n市委：\n\n导语。\n\n一、情况\n\n（一）抓学习。开展学习2次——很好。\n\n1.机关\n\n（1）支部\n\n"
    "一是学习不够。二是落实不够。\n\n特此报告。\n\n附件：1. 任务表\n\n附件1\n\n任务表\n\n任务如下。\n"
)


def whole() -> bytes:
    return export_docx(WHOLE, extras=Extras(unit="中共某某市某某局党组", date="2023年1月5日"))


def wrong(data: bytes, layout: PageFormat = STANDARD) -> set[str]:
    return {row.item for row in verify(data, layout) if not row.ok}


def edited(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            xml = source.read(name).decode()
            for before, after in changes if name == part else ():
                assert before in xml
                xml = xml.replace(before, after)
            target.writestr(name, xml)
    return stream.getvalue()


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name[:3])
def test_the_reports_are_exported_as_the_standard_asks(path: Path) -> None:
    assert wrong(export_docx(read_text(path))) == set()


def test_a_document_with_every_part_is_as_the_standard_asks() -> None:
    table = verify(whole(), STANDARD)
    assert [row for row in table if not row.ok] == []
    assert [row.item for row in table if row.found == "文中没有"] == ["题下署名"]


BLANK = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'
PROPERTIES = '<w:pPr><w:pStyle w:val="BodyText"/></w:pPr>'
ADDRESSEE = '<w:p><w:pPr><w:pStyle w:val="Salutation"/>'
LEAD = "<w:p>"
LOOK = '<w:rFonts w:hint="eastAsia"/>'
OTHER_SECTION = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1000" w:left="1000"/></w:sectPr>'
DOCUMENT, STYLES, SETTINGS, FOOTER = (
    f"word/{name}.xml" for name in ("document", "styles", "settings", "footer1")
)


@pytest.mark.parametrize(
    ("item", "part", "before", "after"),
    [
        ("纸张", DOCUMENT, 'w:w="11906"', 'w:w="12240"'),
        ("页边距", DOCUMENT, 'w:top="2098"', 'w:top="1440"'),
        ("文档网格", DOCUMENT, 'w:charSpace="-848"', 'w:charSpace="0"'),
        ("文档网格", DOCUMENT, "linesAndChars", "lines"),
        ("正文行距", STYLES, 'w:line="579" w:lineRule="exact"', 'w:line="600" w:lineRule="exact"'),
        ("正文字距", STYLES, '<w:spacing w:val="-6"/>', '<w:spacing w:val="0"/>'),
        ("孤行控制", STYLES, '<w:widowControl w:val="0"/>', ""),
        ("中文与西文、数字自动间距", STYLES, '<w:autoSpaceDE w:val="0"/>', ""),
        ("页码", FOOTER, "— ", "- "),
        ("页码", FOOTER, '<w:pStyle w:val="Footer"/>', ""),
        ("页码位置", SETTINGS, "<w:evenAndOddHeaders/>", ""),
        ("页码位置", FOOTER, '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'),
        ("页码与版心", DOCUMENT, 'w:footer="1447"', 'w:footer="850"'),
        ("标题", STYLES, 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="宋体"'),
        ("一级标题", STYLES, 'w:eastAsia="黑体"', 'w:eastAsia="微软雅黑"'),
        ("二级标题", DOCUMENT, '<w:rStyle w:val="Heading2Run"/>', ""),
        ("正文", STYLES, '<w:sz w:val="32"/>', '<w:sz w:val="28"/>'),
        ("数字和字母", STYLES, 'w:ascii="Times New Roman"', 'w:ascii="Arial"'),
        ("引号、破折号", DOCUMENT, ' w:hint="eastAsia"', ""),
        ("主题字体", STYLES, "<w:rFonts ", '<w:rFonts w:eastAsiaTheme="minorEastAsia" '),
        ("文字颜色", STYLES, '<w:color w:val="000000"/>', '<w:color w:val="2F5496"/>'),
        ("正文和小标题缩进", STYLES, 'w:firstLineChars="200" w:firstLine="632"', 'w:firstLine="0"'),
        ("正文对齐", STYLES, '<w:jc w:val="both"/>', '<w:jc w:val="left"/>'),
        ("标题位置", STYLES, '<w:jc w:val="center"/>', ""),
        ("主送机关位置", DOCUMENT, "市委：", "市委:"),
        ("附件位置", DOCUMENT, "<w:pageBreakBefore/>", ""),
        ("附件说明格式", DOCUMENT, "1. 任务表", "1. 任务表。"),
        ("署名位置", DOCUMENT, 'w:rightChars="200"', 'w:rightChars="400"'),
        ("成文日期位置", DOCUMENT, 'w:rightChars="400"', 'w:rightChars="200"'),
        ("成文日期写法", DOCUMENT, "2023年1月5日", "2023年01月05日"),
        ("发文机关标志", STYLES, 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="宋体"'),
        ("发文字号写法", DOCUMENT, "〔2023〕5号", "[2023]5号"),
        ("发文字号写法", DOCUMENT, "〔2023〕5号", "〔2023〕05号"),
        ("页边距", DOCUMENT, 'w:gutter="0"', 'w:gutter="567"'),
        ("分节和分栏", DOCUMENT, "<w:cols ", '<w:cols w:num="2" '),
        ("分节和分栏", DOCUMENT, f"{LEAD}{PROPERTIES}", f"{LEAD}<w:pPr>{OTHER_SECTION}</w:pPr>"),
        ("页码", DOCUMENT, "<w:docGrid ", "<w:titlePg/><w:docGrid "),
        ("页码", DOCUMENT, "<w:cols ", '<w:pgNumType w:start="0"/><w:cols '),
        ("标题之后", DOCUMENT, ADDRESSEE, f"{BLANK}{ADDRESSEE}"),
        ("正文段落之间", DOCUMENT, LEAD, f"{BLANK}{LEAD}"),
        (
            "正文段落之间",
            DOCUMENT,
            LEAD + PROPERTIES,
            f'{LEAD}{PROPERTIES[:-8]}<w:spacing w:before="200"/></w:pPr>',
        ),
        ("附件说明格式", DOCUMENT, "附件：1", "附件:1"),
        ("附件位置", DOCUMENT, ">附件1<", ">附件1：<"),
        ("文字修饰", DOCUMENT, LOOK, f'{LOOK}<w:u w:val="single"/>'),
        ("文字修饰", DOCUMENT, LOOK, f'{LOOK}<w:w w:val="80"/>'),
        ("文字修饰", STYLES, '<w:color w:val="000000"/>', '<w:i/><w:color w:val="000000"/>'),
        (
            "正文和小标题缩进",
            STYLES,
            'w:firstLineChars="200" w:firstLine="632"',
            'w:leftChars="200" w:left="632"',
        ),
        ("正文和小标题缩进", STYLES, 'w:firstLine="632"', 'w:firstLine="632" w:rightChars="300"'),
        ("Markdown 记号", DOCUMENT, "导语。", "- 导语。"),
    ],
)
def test_a_deviation_is_found(item: str, part: str, before: str, after: str) -> None:
    assert item in wrong(edited(whole(), part, (before, after)))


def test_what_a_file_does_not_say_of_its_page_is_told_so() -> None:
    data = whole()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = package.read(DOCUMENT).decode()
    section = document[document.index("<w:sectPr>") : document.index("</w:body>")]
    table = verify(edited(data, DOCUMENT, (section, "")), STANDARD)
    told = {row.item for row in table if row.found == "文件里没有指定"}
    assert told == {"纸张", "页边距", "版心", "正文字距"}


def test_a_page_that_lies_on_its_side_for_a_table_is_no_deviation() -> None:
    lying = OTHER_SECTION.replace('w:w="12240" w:h="15840"', 'w:w="16838" w:h="11906"')
    data = edited(whole(), DOCUMENT, (f"{LEAD}{PROPERTIES}", f"{LEAD}<w:pPr>{lying}</w:pPr>"))
    assert "分节和分栏" not in wrong(data)


def test_a_deviation_says_what_was_found_where_and_how_often() -> None:
    data = edited(whole(), STYLES, ('w:eastAsia="黑体"', 'w:eastAsia="微软雅黑"'))
    row = next(row for row in verify(data, STANDARD) if row.item == "一级标题")
    assert (row.required, row.found) == ("三号黑体，不加粗", "1处中有1处不符：三号微软雅黑（“一、情况”）")


def plain() -> object:
    document = Document()
    document.add_heading("关于工作的报告", 0)
    document.add_paragraph("市委：")
    document.add_paragraph("　　一、工作情况")
    document.add_paragraph("    开展学习2次。").runs[0].font.color.rgb = RGBColor(255, 0, 0)
    document.add_table(2, 2).cell(0, 0).text = "表"
    return document


def test_a_document_of_another_making_is_looked_at_and_told_what_deviates() -> None:
    stream = io.BytesIO()
    plain().save(stream)  # type: ignore[attr-defined]
    found = wrong(stream.getvalue())
    assert {
        "页边距",
        "文档网格",
        "标题",
        "一级标题",
        "正文",
        "主题字体",
        "文字颜色",
        "页码",
        "正文和小标题缩进",
    } <= found


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Document(), id="empty"),
        pytest.param(lambda: plain(), id="plain"),
    ],
)
def test_odd_documents_do_not_break_it(make: Callable[[], object]) -> None:
    stream = io.BytesIO()
    make().save(stream)  # type: ignore[attr-defined]
    assert all(row.item and row.found for row in verify(stream.getvalue(), STANDARD))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0" + b"x" * 600])
def test_what_is_no_word_file_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match="请用 Word 或 WPS"):
        verify(data, STANDARD)


ODD = st.sampled_from(["", "abc", "-5", "12pt", "999999999999", "0", "2.5"])


@given(st.sampled_from([DOCUMENT, STYLES, FOOTER]), st.integers(0, 300), ODD)
def test_odd_values_do_not_break_it(part: str, place: int, odd: str) -> None:
    with zipfile.ZipFile(io.BytesIO(whole())) as package:
        values = re.findall(r' w:\w+="[^"]*"', package.read(part).decode())
    value = values[place % len(values)]
    data = edited(whole(), part, (value, f'{value[: value.index("=")]}="{odd}"'))
    assert all(row.found for row in verify(data, STANDARD))


def template() -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(30), Mm(25)
    style = document.styles["Heading 1"]
    style.font.size, style.font.bold = Pt(18), True
    document.add_paragraph("模板里的字")
    document.add_comment(document.paragraphs[0].runs, text="旧批注")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_template_gives_its_styles_and_page_and_loses_its_text() -> None:
    made = Document(io.BytesIO(export_docx(WHOLE, template=template())))
    texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
    assert texts == [line for line in WHOLE.split("\n") if line]
    assert round(made.sections[0].top_margin.mm) == 30  # type: ignore[union-attr]
    heading = next(each for each in made.paragraphs if each.text == "一、情况")
    assert heading.style is not None
    assert (heading.style.name, heading.style.font.size) == ("Heading 1", Pt(18))
    assert "附件说明" in [style.name for style in made.styles]
    assert len(made.comments) == 0


def test_a_template_with_no_room_for_text_is_refused() -> None:
    document = Document(io.BytesIO(template()))
    document.sections[0].left_margin = Mm(205)
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(InputError, match="排不下"):
        export_docx(WHOLE, template=stream.getvalue())


def test_what_is_made_from_a_template_is_as_the_template_asks() -> None:
    data = export_docx(WHOLE, template=template())
    asked = template_layout(template(), STANDARD, name="模板")
    # The headings of this template are blue, which no office's are.
    assert wrong(data, asked) == {"文字颜色"}
    assert wrong(data) >= {"页边距", "一级标题", "页码", "主题字体"}
