"""Passages of any text: exact, complete, within the budget, cut along the anatomy."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages, has_body
from assistant.documents.reading import decode
from assistant.text.length import token_bound
from assistant.types import Report
from tests.conftest import ROOT

MARKS = (
    "",
    "",
    "",
    "一、",
    "二、",
    "十一、",
    "（一）",
    "(二)",
    "1.",
    "2．",
    "（1）",
    "(2)",
    "一是",
    "二是",
    "## ",
    "**一、",
    "　　",
)
PHRASES = (
    "主要工作", "存在的问题", "下一步打算", "存在的问题和下一步打算", "市纪委：", "特此报告。", "2024年12月20日", "工作情况报告",
    "但还存在一些问题和不足，", "下一步，将抓好学习。", "一是加强学习。二是严明纪律。", "全年投入12.5亿元，", "**局****人", "“两张皮",
    "现象”", "《规定", "办法》。", "（见附件", "）；", "加强学习！", "怎么办？", "……",
    "学习" * 45, "检查，" * 30, "𠀀" * 20, "a" * 120, "×",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\r\n", "\u00a0\n", "", "\n \u3000\n", " ")
LINES = st.lists(
    st.tuples(
        st.sampled_from(MARKS),
        st.lists(
            st.sampled_from(PHRASES) | st.text("局党组学查，。：！”“》\t \u00a0*1", max_size=8), max_size=5
        ),
        st.sampled_from(BREAKS),
    ),
    max_size=14,
)
REPORTS = LINES.map(lambda lines: "".join(mark + "".join(body) + stop for mark, body, stop in lines))
BLOCK = re.compile(
    r"[#\s*]*(?:[一二三四五六七八九十]+[、．.，,]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])"
)


ANY_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r\t"), max_size=200)


def read(text: str) -> Report:
    return parse(decode(text.encode(), name="a.txt"), name="a.txt")


def solid(text: str) -> str:
    return "".join(text.split())


@given(REPORTS | ANY_TEXT)
def test_the_anatomy_covers_the_text_and_nests(text: str) -> None:
    report = read(text)
    stretches = [section for section in report.sections if section.level == 1]
    assert solid("".join(report.text[part.start : part.end] for part in stretches)) == solid(report.text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(stretches))
    for section in report.sections:
        assert any(
            part.start <= section.start < section.end <= part.end and part.role is section.role
            for part in stretches
        )
        if section.heading is not None:
            assert report.text[section.start :].startswith(section.heading)


@given(REPORTS, st.integers(50, 400))
def test_passages_give_back_the_text_within_the_budget(text: str, tokens: int) -> None:
    report = read(text)
    passages = cut_passages(report, tokens=tokens)
    assert all(report.text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(before.end <= after.start for before, after in itertools.pairwise(passages))
    assert solid("".join(passage.text for passage in passages)) == solid(report.text)
    assert [passage for passage in passages if token_bound(passage.text) > tokens] == []


@given(REPORTS, st.integers(50, 400))
def test_no_passage_runs_over_a_block_heading(text: str, tokens: int) -> None:
    report = read(text)
    blocks = [
        section for section in report.sections if section.level == 1 or BLOCK.match(section.heading or "")
    ]
    for passage in cut_passages(report, tokens=tokens):
        assert [block for block in blocks if passage.start < block.start < passage.end] == []


@given(REPORTS, st.integers(50, 400))
def test_ids_are_unique_and_the_same_again(text: str, tokens: int) -> None:
    first, second = (cut_passages(read(text), tokens=tokens) for _ in range(2))
    assert first == second
    assert len({passage.id for passage in first}) == len(first)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_passages_of_a_real_report_end_with_a_sentence(path: Path) -> None:
    report = parse(path.read_text("utf-8"), name=path.name)
    for passage in cut_passages(report):
        following = report.text[passage.end : passage.end + 1]
        assert passage.text[-1] in "。！？；：”）" or following in ("", "\n"), passage.text[-20:]


def test_a_passage_knows_role_and_headings_above_it() -> None:
    text = "一、主要工作\n（一）加强学习\n1.集中学习。全年12次。\n（二）严明纪律\n检查3次。\n二、存在的问题\n学习不够深入。"
    found = [
        (passage.role.value, passage.heading_path) for passage in cut_passages(parse(text, name="a.txt"))
    ]
    assert ("work", ("一、主要工作", "（一）加强学习", "1.集中学习。")) in found
    assert ("work", ("一、主要工作", "（二）严明纪律")) in found
    assert found[-1] == ("problems", ("二、存在的问题",))


def test_a_run_of_items_stays_together_while_it_fits() -> None:
    run = "一是学习不够深入。二是检查不够经常。三是培养还有差距。"
    report = parse(f"一、主要工作\n全年平稳。\n二、存在的问题\n{run}", name="a.txt")
    assert any(run in passage.text for passage in cut_passages(report))


def test_a_paragraph_that_fits_is_not_begun_in_the_passage_before() -> None:
    first, second = (
        "全年工作总体平稳，各项任务按期完成，没有发生问题。",
        "组织集中学习六次，自学三次。开展检查三次，通报两次。",
    )
    report = parse(f"一、工作\n{first}\n{second}", name="a.txt")
    assert [passage.text for passage in cut_passages(report, tokens=50)] == [f"一、工作\n{first}", second]


@given(st.lists(st.integers(1, 40), min_size=2, max_size=20), st.integers(50, 90))
def test_full_passages_do_not_exceed_the_budget(lengths: list[int], tokens: int) -> None:
    report = parse("一、工作\n" + "".join("学" * length + "。" for length in lengths), name="a.txt")
    passages = cut_passages(report, tokens=tokens)
    assert [passage for passage in passages if token_bound(passage.text) > tokens] == []
    assert [passage.text for passage in passages if passage.text[-1] not in "。作"] == []


def test_a_bare_heading_has_no_body() -> None:
    report = parse("一、主要工作\n（一）加强学习。全年12次。", name="a.txt")
    assert [has_body(passage) for passage in cut_passages(report)] == [False, True]


def test_a_sentence_longer_than_the_budget_is_cut_at_a_clause() -> None:
    sentence = "，".join(["组织党员干部学习有关规定"] * 20) + "。"
    passages = cut_passages(parse("一、主要工作\n" + sentence, name="a.txt"), tokens=60)
    assert len(passages) > 3
    assert all(passage.text[-1] in "，。" for passage in passages[1:])


POINTS = "一、主要工作\n（一）加强学习\n1.抓实学习。一是集中学6次。二是自学3次。\n2.严明纪律。一是检查3次。二是通报2次。"


def test_a_point_holds_the_items_below_it() -> None:
    report = read(POINTS)
    held = {section.heading: POINTS[section.start : section.end] for section in report.sections}
    assert held["1.抓实学习。"] == "1.抓实学习。一是集中学6次。二是自学3次。"
    assert not [passage for passage in cut_passages(report) if "\n2." in passage.text]
