"""Notes as people write them: any bullet, nested or not, with labels and masks."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.notes import MOST_NOTES, parse_notes
from assistant.errors import InputError


def texts(source: str) -> list[str]:
    return [note.text for note in parse_notes(source, name="要点.md")]


@pytest.mark.parametrize(
    "bullet",
    [
        "- ",
        "* ",
        "+ ",
        "• ",
        "· ",
        "●",
        "○ ",
        "■",
        "□ ",
        "– ",
        "— ",
        "——",
        "\u3000- ",
        "\u3000\u3000",
        "-",
        "1. ",
        "1.",
        "12. ",
        "1、",
        "1) ",
        "1）",
        "(1)",
        "（1）",
        "①",
        "⑳ ",
        "一、",
        "十二、",
        "（一）",
        "(一)",
        "二．",
    ],
)
def test_any_bullet_is_taken_off(bullet: str) -> None:
    assert texts(f"{bullet}学习不够深入\n{bullet}检查不够经常") == ["学习不够深入", "检查不够经常"]


def test_ids_count_in_the_users_order() -> None:
    notes = parse_notes("- 丙\n- 甲\n- 乙\n", name="a.md")
    assert [(note.id, note.text) for note in notes] == [("n1", "丙"), ("n2", "甲"), ("n3", "乙")]


def test_nested_bullets_belong_to_their_parent() -> None:
    source = "- 理论学习\n  - 集中学习6次\n  - 自学少\n    - 有的没笔记\n- 责任书签了没人查\n"
    assert texts(source) == ["理论学习，集中学习6次；自学少；有的没笔记", "责任书签了没人查"]


def test_a_colon_opens_what_is_nested() -> None:
    assert texts("- 理论学习：\n\t- 集中少\n\t- 自学少\n") == ["理论学习：集中少；自学少"]


def test_dashes_below_a_number_are_nested_even_without_indent() -> None:
    source = "1. 理论学习\n- 集中少\n- 自学少\n2. 责任落实\n- 签了没人查\n"
    assert texts(source) == ["理论学习，集中少；自学少", "责任落实，签了没人查"]


def test_a_continued_line_belongs_to_its_bullet() -> None:
    assert texts("- 理论学习抓得不够紧，\n  有的支部就是读读文件\n- 台账乱") == [
        "理论学习抓得不够紧，有的支部就是读读文件",
        "台账乱",
    ]


def test_plain_lines_are_notes() -> None:
    assert texts("会多\n\n台账乱\n") == ["会多", "台账乱"]


@pytest.mark.parametrize("line", ["*局党组学习少", "**局食堂漏水", "****材料不全", "×局学习少"])
def test_a_mask_at_the_start_of_a_line_is_kept(line: str) -> None:
    assert texts(f"- 台账乱\n- {line}") == ["台账乱", line]
    assert texts(f"{line}\n台账乱") == [line, "台账乱"]


@pytest.mark.parametrize(
    "line", ["12.5亿元没花完", "3.8%的党员没参加", "2024年的任务没完成", "35岁以下的少", "8小时以外没人管"]
)
def test_a_number_at_the_start_of_a_line_is_kept(line: str) -> None:
    assert texts(f"{line}\n台账乱") == [line, "台账乱"]
    assert texts(f"- {line}\n- 台账乱") == [line, "台账乱"]


@pytest.mark.parametrize(
    "label",
    [
        "# 要点",
        "## 存在的问题",
        "存在的问题：",
        "要点如下：",
        "问题要点",
        "---",
        "<!-- 内部 -->",
        "<!-- 两\n行 -->",
    ],
)
def test_headings_labels_and_comments_are_no_notes(label: str) -> None:
    assert texts(f"{label}\n- 会多\n- 台账乱") == ["会多", "台账乱"]


def test_a_paragraph_before_the_first_bullet_is_a_note() -> None:
    assert texts("食堂漏水没人修\n- 会多") == ["食堂漏水没人修", "会多"]


@pytest.mark.parametrize("source", ["", "\n \n", "# 要点\n", "<!-- 会多 -->", "---\n***\n"])
def test_no_notes_are_refused(source: str) -> None:
    with pytest.raises(InputError, match=r"“要点\.md”里没有要点，请.*。$"):
        parse_notes(source, name="要点.md")


@pytest.mark.parametrize("count", [MOST_NOTES, MOST_NOTES + 1, 200])
def test_fifty_notes_are_the_most(count: int) -> None:
    source = "\n".join(f"- 第{number}个支部没开会" for number in range(count))
    if count <= MOST_NOTES:
        assert len(texts(source)) == count
        return
    with pytest.raises(InputError, match=rf"“要点\.md”里有{count}条要点.*请分成.*。$"):
        parse_notes(source, name="要点.md")


BULLETS = ("- ", "  - ", "\t* ", "1. ", "2、", "（一）", "①", "", "\u3000\u3000", "    ")
WORDS = (
    "学习",
    "*局",
    "**",
    "12.5亿元",
    "3个",
    "《办法》",
    "（2人）",
    "没人查",
    "，",
    "；",
    "。",
    "：",
    "问题",
    "要点",
    "—",
    "8小时",
)
BODIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join)
LISTS = st.lists(st.tuples(st.sampled_from(BULLETS), BODIES), min_size=1, max_size=10)


def content(text: str) -> str:
    return "".join(
        character for character in text if unicodedata.category(character)[0] in "LN" or character in "*《》"
    )


@given(LISTS)
def test_no_character_of_a_bullet_is_lost(lines: list[tuple[str, str]]) -> None:
    bodies = ["支部" + body for _, body in lines]
    source = "\n".join(bullet + body for (bullet, _), body in zip(lines, bodies, strict=True))
    joined = content("".join(texts(source)))
    kept = [body for body, (bullet, _) in zip(bodies, lines, strict=True) if bullet.strip()]
    position = 0
    for body in kept:
        found = joined.find(content(body), position)
        assert found >= 0, body
        position = found + len(content(body))


@given(LISTS)
def test_notes_are_of_one_line_and_not_empty(lines: list[tuple[str, str]]) -> None:
    found = texts("\n".join(bullet + "支部" + body for bullet, body in lines))
    assert all(note.strip() == note and note and not re.search("[\r\n]", note) for note in found)


@pytest.mark.parametrize(
    ("source", "notes"),
    [
        ("人手不足\n台账乱", ["人手不足", "台账乱"]),
        ("年初制定工作计划\n台账乱", ["年初制定工作计划", "台账乱"]),
        ("人手不足\n- 台账乱\n- 会多", ["人手不足", "台账乱", "会多"]),
        ("1、2月没开会\n3、4月没学习", ["1、2月没开会", "3、4月没学习"]),
        ("一、二季度没开会\n三季度没学习", ["一、二季度没开会", "三季度没学习"]),
        ("(3)个支部没开会", ["(3)个支部没开会"]),
        ("- 会多\n- \n- 台账乱", ["会多", "台账乱"]),
        ("> - 会多\n> - 台账乱", ["会多", "台账乱"]),
        ("- [ ] 会多\n- [x] 台账乱", ["会多", "台账乱"]),
        ("- 会多\n\n以上是全部", ["会多", "以上是全部"]),
        ("学习方面：\n- 不紧\n- 不深\n责任方面：\n- 没人查", ["学习方面：不紧；不深", "责任方面：没人查"]),
    ],
)
def test_nothing_written_is_taken_for_a_mark(source: str, notes: list[str]) -> None:
    assert texts(source) == notes


@pytest.mark.parametrize("source", ["- \n-\n", "•\n"])
def test_bullets_without_text_are_no_notes(source: str) -> None:
    with pytest.raises(InputError):
        parse_notes(source, name="a")
