"""What the offline writer makes of given notes, in every section kind."""

import re

import pytest

from assistant.types import Note, Sentence
from assistant.writing.offline import Piece, join, write_section
from assistant.writing.templates import load_templates
from assistant.writing.topics import load_families
from tests.text.samples import SECTIONS, notes_of

TEMPLATES = load_templates()
FAMILIES = load_families()


def written(
    section: str, *texts: str, unit: str | None = None, year: int | None = None
) -> tuple[str, tuple[Sentence, ...]]:
    notes = [Note(f"n{number}", text) for number, text in enumerate(texts, 1)]
    return join(write_section(TEMPLATES[section], notes, families=FAMILIES, unit=unit, year=year))


def test_the_problems_of_four_notes_read_as_an_official_would_write_them() -> None:
    text, sentences = written(
        "problems",
        "理论学习抓得不够紧，有的支部就是读读文件",
        "责任书签了没人查",
        "8小时以外监督基本没招",
        "党建业务两张皮",
        year=2024,
        unit="市林业局",
    )
    assert re.match("2024年，市林业局.*但.*主要表现在：一是理论学习抓得不够紧，", text)
    assert re.search(
        "二是[^。]*责任书签订后无人检查。三是“八小时以外”监督办法不多。四是[^。]*“两张皮”[^。]*。$", text
    )
    assert [sentence.notes for sentence in sentences] == [("n1",), ("n2",), ("n3",), ("n4",)]


@pytest.mark.parametrize("section", ["problems", "work", "plan"])
def test_a_single_note_is_not_numbered(section: str) -> None:
    text, _ = written(section, notes_of(section)[0])
    assert not re.search("[一二三]是", text)
    assert text.count("：") == 1


@pytest.mark.parametrize("section", ["problems", "work"])
def test_unit_and_year_stand_where_given(section: str) -> None:
    text, _ = written(section, *notes_of(section)[:3], unit="市林业局", year=2023)
    assert text.startswith("2023年，市林业局")
    without, _ = written(section, *notes_of(section)[:3])
    assert without.startswith("今年以来，")


def test_the_plan_names_the_unit() -> None:
    assert "下一步，市林业局将" in written("plan", *notes_of("plan")[:3], unit="市林业局", year=2023)[0]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_note_of_the_samples_can_stand_alone(section: str) -> None:
    for note in notes_of(section):
        text, sentences = written(section, note)
        assert text.strip() == text
        assert text[-1] in "。："
        assert {number for sentence in sentences for number in sentence.notes} == {"n1"}
        assert not re.search("[，。；：、]{2}", text), text


@pytest.mark.parametrize("count", [6, 7, 12])
def test_many_items_have_lines_of_their_own(count: int) -> None:
    text, _ = written("problems", *notes_of("problems")[:count])
    assert text.count("\n") == (0 if count <= 6 else count)


@pytest.mark.parametrize(
    ("section", "formula", "notes", "saying"),
    [
        ("closing", "特此报告。", ("就这些", "后面有新进展再报"), "专此报告。"),
        ("closing", "特此报告。", ("附件2个：任务清单、整改台账",), "请审阅"),
        (
            "lead",
            "现将有关情况报告如下：",
            ("根据《关于报送情况的通知》来写", "总的还行"),
            "现将有关情况报告如下",
        ),
        ("lead", "现将有关情况报告如下：", ("一季度的",), "现将一季度工作汇报如下："),
    ],
)
def test_the_final_formula_comes_once_and_not_when_said(
    section: str, formula: str, notes: tuple[str, ...], saying: str
) -> None:
    text, _ = written(section, *notes)
    assert text.endswith(formula)
    assert text.count(formula) == 1
    said, _ = written(section, *notes, saying)
    assert said.rstrip("。：").endswith(saying.rstrip("。："))
    assert said.count(formula) == (saying.rstrip("。：") == formula.rstrip("。："))


def test_ordinals_of_the_user_give_way_to_those_of_the_section() -> None:
    text, _ = written("problems", "一是廉政谈话不经常", "首先，会多", "第三，食堂漏水")
    assert re.findall("[一二三四]是", text) == ["一是", "二是", "三是"]
    assert not re.search("首先|第三", text)


def test_matters_of_discipline_get_no_topic_sentence() -> None:
    text, _ = written("problems", "个别干部收了服务对象的礼品")
    assert text.split("：", 1)[1] == "个别干部收了服务对象的礼品。"


def test_what_only_names_a_matter_is_said_to_exist_each_time_otherwise() -> None:
    text, _ = written("problems", "档案室漏水", "食堂漏水", "会议室漏水")
    items = re.split("[一二三]是", text.split("：", 1)[1])[1:]
    endings = [item.split("漏水")[1] for item in items]
    assert all(ending.rstrip("。") in TEMPLATES["problems"].front.endings for ending in endings)
    assert len(set(endings)) == 3


def test_a_sentence_rests_on_the_notes_of_every_piece_it_overlaps() -> None:
    text, sentences = join([Piece("开头，"), Piece("甲，", ("n1",)), Piece("乙。丙。", ("n2",))])
    assert text == "开头，甲，乙。丙。"
    assert [(sentence.text, sentence.notes) for sentence in sentences] == [
        ("开头，甲，乙。", ("n1", "n2")),
        ("丙。", ("n2",)),
    ]
