"""PDF files made here: a text layer, none, locked, broken."""

import logging
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents import pdf
from assistant.documents.page_edges import without_edges
from assistant.documents.pdf import join_lines, pdf_text
from assistant.documents.pdf_quotes import with_quotes_in_place
from assistant.documents.reading import read_data
from assistant.documents.word.writing import export_docx
from assistant.errors import InputError
from tests.conftest import ROOT
from tests.ending import ends
from tests.office import convert, needs_office

MAKER = runpy.run_path(str(ROOT / "eval" / "benchmarks" / "broken_files.py"))
text_pdf = cast("Callable[..., bytes]", MAKER["text_pdf"])
blank_pdf = cast("Callable[[int], bytes]", MAKER["blank_pdf"])
LINES = ["市林业局2024年工作总结", "2024年，市林业局抓学习，抓纪律，各项", "工作取得成效。", "一、主要工作"]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        pdf_text(data, name="报告.pdf")
    message = str(caught.value)
    assert "报告.pdf" in message
    assert message.endswith("。")
    assert message.count("。") == 1
    return message


def test_the_text_layer_comes_back_in_paragraphs() -> None:
    expected = "市林业局2024年工作总结\n2024年，市林业局抓学习，抓纪律，各项工作取得成效。\n一、主要工作"
    assert read_data(text_pdf([LINES]), name="报告.PDF") == expected


def test_a_file_that_only_printing_is_locked_in_is_read() -> None:
    assert pdf_text(text_pdf([LINES], user="", owner="owner"), name="报告.pdf").startswith(LINES[0])


def test_a_paragraph_goes_on_over_the_page_and_its_number() -> None:
    first = ["市林业局2024年工作总结", "2024年，市林业局抓学习，抓纪律，各项", "— 1 —"]
    second = ["工作取得成效，全年造林三千亩。", "一、主要工作", "第 2 页 共 2 页"]
    assert pdf_text(text_pdf([first, second]), name="报告.pdf").splitlines() == [
        "市林业局2024年工作总结",
        "2024年，市林业局抓学习，抓纪律，各项工作取得成效，全年造林三千亩。",
        "一、主要工作",
    ]


@pytest.mark.parametrize(
    "number",
    [
        *("1", "- 12 -", "—3—", "— 4 —", "－3－", "－３－", "·3·", "5/20", "3／9", " 7 "),
        *("第5页", "第3页 共9页", "第 5 页 共 20 页", "第5页/共20页"),
    ],
)
def test_page_numbers_are_dropped(number: str) -> None:
    page = "市林业局抓学习，抓纪律。\n2024\n全年造林三千亩。"
    joined = join_lines([f"{page}\n{number}", f"{number}\n{page}"])
    assert joined.replace("\n", "") == 2 * page.replace("\n", "")


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["全年组织学习十二次，全局干部职", "工都参加。"], ["全年组织学习十二次，全局干部职工都参加。"]),
        (["组织学习十二次，人人参加。", "另外检查三次，成效好。"], ["组织学习十二次，人人参加。另外检查三次，成效好。"]),
        (["全年组织学习十二次，人人都参加。", "　　另外开展检查三次。"], ["全年组织学习十二次，人人都参加。", "另外开展检查三次。"]),
        (["全年组织学习十二次。", "开展检查三次，干部职工反映都很好。"], ["全年组织学习十二次。", "开展检查三次，干部职工反映都很好。"]),
        (["全年组织学习十二次，人人都参加。", "（二）严明纪律"], ["全年组织学习十二次，人人都参加。", "（二）严明纪律"]),
        (["二、存在的问题", "全年组织学习十二次，人人都参加。"], ["二、存在的问题", "全年组织学习十二次，人人都参加。"]),
        (["（一）强化担当抓学习", "全年学习十二次，人人参加。"], ["（一）强化担当抓学习", "全年学习十二次，人人参加。"]),
        (["（一）抓学习，", "抓纪律。全年组织学习十二次多"], ["（一）抓学习，", "抓纪律。全年组织学习十二次多"]),
        (["（一）抓学习。全年组织学", "习十二次，人人都参加学习。"], ["（一）抓学习。全年组织学习十二次，人人都参加学习。"]),
        (["二〇二四年全市林业", "系统工作总结", "全年造林。"], ["二〇二四年全市林业系统工作总结", "全年造林。"]),
        (["市林业局二〇二四年工作总结", "全年造林三千亩，成效十分好。"], ["市林业局二〇二四年工作总结", "全年造林三千亩，成效十分好。"]),
        (["汇编", "市林业局二〇二四年工作总结"], ["汇编", "市林业局二〇二四年工作总结"]),
        (["The committee met twelve times", "this year."], ["The committee met twelve times this year."]),
        ([], []),
    ],
)  # fmt: skip
def test_lines_are_joined_where_they_run_to_the_margin(lines: list[str], paragraphs: list[str]) -> None:
    assert join_lines(["\n".join(lines)]) == "\n".join(paragraphs)


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("“ ”（一）推动 两个维护 落地见效。", "（一）推动“两个维护”落地见效。"),
        ("“ ” “ ”增强 四个意识 、坚定 四个自信 。", "增强“四个意识”、坚定“四个自信”。"),
        ("“两个维护”落地见效。", "“两个维护”落地见效。"),
        ("“ ”推动 两个维护 落地 见效。", "“ ”推动 两个维护 落地 见效。"),
        ("全年 学习。", "全年 学习。"),
    ],
)
def test_quotes_drawn_apart_go_back_into_the_gaps(line: str, mended: str) -> None:
    assert with_quotes_in_place(line) == mended


@needs_office
def test_an_exported_report_comes_back_from_its_pdf_in_whole_paragraphs(tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]
    files = [tmp_path / f"{number}.docx" for number in range(len(texts))]
    for path, text in zip(files, texts, strict=True):
        path.write_bytes(export_docx(text))
    for path, text in zip(convert(files, "pdf", tmp_path), texts, strict=True):
        found = pdf_text(path.read_bytes(), name=path.name).split("\n")
        whole = ["".join(line.split()) for line in text.split("\n") if line.strip()]
        assert ["".join(line.split()) for line in found] == whole


@given(st.lists(st.text("局党组学习，。：一二（）、1a \u3000", max_size=30), max_size=12))
def test_joining_lines_loses_no_word(lines: list[str]) -> None:
    lines = [line for line in lines if line.strip() and not line.strip(" \u3000").isdigit()]
    assert "".join(join_lines(["\n".join(lines)]).split()) == "".join("".join(lines).split())


TITLE = "市林业局2024年工作总结"
BODIES = [
    ["2024年，市林业局抓学习，抓纪律，各项", "工作取得成效，全年造林三千亩，完成年"],
    ["度任务的百分之一百二十，比上年增长一", "成，群众反映良好。"],
    ["全年组织学习十二次，开展检查三次，人", "人参加，成效明显。"],
    ["二、存在的问题", "学习不够深入，检查不够经常。"],
]
PARAGRAPHS = [
    "2024年，市林业局抓学习，抓纪律，各项工作取得成效，全年造林三千亩，完成年度任务的百分之一百二十，"
    "比上年增长一成，群众反映良好。",
    "全年组织学习十二次，开展检查三次，人人参加，成效明显。",
    "二、存在的问题",
    "学习不够深入，检查不够经常。",
]


def read(pages: list[list[str]]) -> list[str]:
    return pdf_text(text_pdf(pages), name="报告.pdf").splitlines()


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["内部资料　注意保存"], []),
        (["市林业局文件汇编"], ["— {} —"]),
        (["市林业局文件汇编　　{}"], []),
        (["{} 市林业局 文件汇编"], ["市林业局办公室印"]),
        (["市林业局", "2024年年度材料"], ["第{}页 共4页"]),
        (["文件汇编", "－{}－"], []),
        ([], ["市林业局办公室　第 {} 页"]),
        ([], ["{}/4", "市林业局办公室"]),
    ],
)
def test_what_runs_over_the_pages_is_dropped(head: list[str], foot: list[str]) -> None:
    bodies = [[TITLE, *BODIES[0]], *BODIES[1:]]
    pages = [
        [line.format(number) for line in head] + body + [line.format(number) for line in foot]
        for number, body in enumerate(bodies, 1)
    ]
    assert read(pages) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("first", [[], [TITLE]], ids=["the first page has no head", "every page has one"])
def test_a_head_that_is_the_title_leaves_the_title_once(first: list[str]) -> None:
    pages = [[*first, TITLE, *BODIES[0]], *([TITLE, *body] for body in BODIES[1:])]
    assert read(pages) == [TITLE, *PARAGRAPHS]


def test_heads_of_left_and_right_pages_may_differ() -> None:
    bodies = [*BODIES, ["三、下一步打算", "抓学习。"], ["抓检查。"]]
    heads = ["市林业局" if number % 2 else "年度材料" for number in range(6)]
    pages = [[head, *body] for head, body in zip(heads, bodies, strict=True)]
    assert read(pages) == [*PARAGRAPHS, "三、下一步打算", "抓学习。", "抓检查。"]


@pytest.mark.parametrize(
    "pages",
    [
        [["一、抓学习", "全年学习十二次。"], ["一、抓学习", "全年学习十五次。"]],
        [["张三　2021", "好。"], ["李四　2022", "好。"], ["王五　2023", "中。"], ["赵六　2024", "差。"]],
        [["2021年总结", "甲。"], ["2022年总结", "乙。"], ["2023年总结", "丙。"]],
        [["抓学习。"], ["抓学习。", "抓检查。"], ["抓检查。"], ["抓落实。"], ["抓整改。"], ["抓督办。"]],
    ],
    ids=["two pages", "a table", "years", "few pages"],
)
def test_what_only_looks_like_running_stays(pages: list[list[str]]) -> None:
    assert without_edges(["\n".join(page) for page in pages]) == pages


def test_a_line_of_blanks_without_end_is_soon_read() -> None:
    blanks = ["市林业局" + "\u3000" * 100_000 + "总结", " " * 100_000 + "x"]
    pages = ["\n".join([*blanks, f"全年造林{name}千亩。"]) for name in "三四五六"]
    with ends():
        assert "造林三千亩" in join_lines(pages)


def test_a_scanned_file_is_named_as_such() -> None:
    assert "扫描件" in refusal(blank_pdf(2))
    assert "扫描件" in refusal(text_pdf([["扫描王"], ["扫描王"]]))


def test_an_encrypted_file_is_named_as_such() -> None:
    assert "已加密" in refusal(text_pdf([LINES], user="secret", owner="owner"))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES", 2)
    assert pdf_text(text_pdf([LINES] * 2), name="报告.pdf")
    assert "有3页，最多读2页" in refusal(text_pdf([LINES] * 3))


def test_a_text_layer_of_private_characters_is_refused() -> None:
    assert "无法识别" in refusal(text_pdf([["\ue001\ue002\ue003\ue004" * 8]]))


def test_halves_of_characters_and_control_characters_are_taken_out() -> None:
    text = pdf_text(text_pdf([[*LINES, "造林\x00三千\x07亩"]]), name="报告.pdf")
    assert "造林三千亩" in text.encode().decode()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", "总结".encode() * 50, bytes(2000)])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert "不是完整的 PDF 文件" in refusal(data)


WHOLE = text_pdf([LINES])


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_one_sentence(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[: data.draw(st.integers(1, len(WHOLE)))])
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    assert outcome(bytes(damaged)).count("。") >= 1


def outcome(data: bytes) -> str:
    """Return the text, or the one sentence of refusal; any other error is a failure of the test."""
    try:
        return pdf_text(data, name="报告.pdf") + "。"
    except InputError as error:
        return str(error)


def test_what_pypdf_mends_is_not_told(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="pypdf"):
        pdf_text(b"junk" + WHOLE, name="报告.pdf")
    assert caplog.records == []
    assert capfd.readouterr().err == ""
