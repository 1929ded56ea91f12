"""When an item of the offline writer has a topic sentence, and what of the note stands behind it."""

import pytest

from assistant.types import Note
from assistant.writing.offline import join, write_section
from assistant.writing.templates import load_templates
from assistant.writing.topics import family_of, load_families

TEMPLATES, FAMILIES = load_templates(), load_families()


def items(section: str, *texts: str) -> list[str]:
    notes = [Note(f"n{number}", text) for number, text in enumerate(texts, 1)]
    text, _ = join(write_section(TEMPLATES[section], notes, families=FAMILIES))
    return [item for item in text.split("：", 1)[1].replace("\n", "").split("。") if item]


@pytest.mark.parametrize(
    ("section", "note"),
    [
        ("work", "中秋国庆节前抽查了公车和值班"),
        ("problems", "副院长何砚池分管采购又分管审计"),
        ("problems", "有时候急脾气，批评人不讲方式"),
        ("plan", "海外项目用线上党课，一季度一次"),
    ],
)
def test_a_matter_only_touched_on_gives_no_topic_sentence(section: str, note: str) -> None:
    family = family_of(note, FAMILIES)
    topics = TEMPLATES[section].front.topics
    heads = tuple(topic for topics in topics.values() for topic in topics)
    assert family is None or not family.opens(note)
    assert not items(section, note)[0].startswith(heads)


def test_a_matter_is_announced_once_in_a_section() -> None:
    first, second = items("problems", "党务干部全是兼的", "支部阵地没专人管")
    assert first.startswith("一是基层党建")
    assert "基层党建" not in second


@pytest.mark.parametrize(
    ("note", "item"),
    [
        ("理论学习基本上是领导念、大家听", "理论学习有待加强，基本上是领导宣读、其他人员听讲"),
        ("理论学习净念文件", "理论学习有待加强，多为宣读文件"),
    ],
)
def test_the_subject_that_the_topic_sentence_named_is_not_said_again(note: str, item: str) -> None:
    assert items("problems", note) == [item]


@pytest.mark.parametrize("note", ["廉政谈话一人几分钟", "组织生活会拖到年底"])
def test_half_a_name_is_no_subject(note: str) -> None:
    assert note[:4] in items("problems", note)[0]
