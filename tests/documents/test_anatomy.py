"""Small invented reports, each with one thing that reports do to a parser."""

import pytest

from assistant.documents.parsing import parse

TITLE = "市林业局2024年工作情况报告"
LEAD = "按照会议安排，现将我局2024年各项重点工作完成情况和下一年工作安排报告如下："
WORK = "一、主要工作\n（一）加强学习。全年组织集中学习12次。\n（二）严明纪律。开展检查3次。"
PROBLEMS = (
    "在肯定成绩的同时，我们也清醒地看到，工作中还存在一些问题和不足：一是学习不够深入。二是检查不够经常。"
)
PLAN = "下一步，我局将抓好整改：一是加强学习。二是做实检查。"


def stretches(text: str) -> list[tuple[str, str | None, str]]:
    """Return role, heading and first six characters of each level-1 section."""
    sections = [section for section in parse(text, name="a.txt").sections if section.level == 1]
    return [
        (section.role.value, section.heading, text[section.start : section.end][:6]) for section in sections
    ]


def roles(text: str) -> list[str]:
    return [role for role, _, _ in stretches(text)]


def headings(text: str) -> list[tuple[int, str | None]]:
    return [(section.level, section.heading) for section in parse(text, name="a.txt").sections]


def test_problems_without_a_heading() -> None:
    text = "\n".join([TITLE, LEAD, WORK, PROBLEMS, "二、下一步打算", "加强学习，做实检查。"])
    assert stretches(text)[2:] == [
        ("work", "一、主要工作", "一、主要工作"),
        ("problems", None, PROBLEMS[:6]),
        ("plan", "二、下一步打算", "二、下一步打"),
    ]


def test_problems_that_share_a_paragraph_with_the_plan() -> None:
    text = "\n".join([TITLE, LEAD, WORK, "二、存在的问题", PROBLEMS + PLAN])
    assert stretches(text)[3:] == [
        ("problems", "二、存在的问题", "二、存在的问"),
        ("plan", None, PLAN[:6]),
    ]
    plan = parse(text, name="a.txt").sections[-3]
    assert text[plan.start : plan.end] == PLAN


def test_a_heading_shared_by_problems_and_plan() -> None:
    text = "\n".join([TITLE, LEAD, WORK, "二、存在的问题和下一步打算", PROBLEMS, PLAN])
    assert stretches(text)[3:] == [
        ("problems", "二、存在的问题和下一步打算", "二、存在的问"),
        ("plan", None, PLAN[:6]),
    ]


def test_numbering_that_starts_again_inside_a_section_is_nested() -> None:
    text = (
        f"{TITLE}\n{LEAD}\n一、工作情况\n总体平稳。\n二、存在的问题\n学习不够深入。\n三、下一步打算"
        "\n一、加强学习。每月1次。\n二、做实检查。每季1次。\n四、有关建议\n请予支持。"
    )
    assert roles(text) == ["title", "lead", "work", "problems", "plan", "plan"]
    assert (2, "一、加强学习。") in headings(text)
    assert (2, "二、做实检查。") in headings(text)


def test_half_width_brackets_and_points_number_headings_too() -> None:
    text = (
        f"{TITLE}\n{LEAD}\n一、主要工作\n(一)加强学习。共12次。\n1.集中学。共6次。"
        "\n(1)党组学。共3次。\n(二)严明纪律。检查3次。"
    )
    assert headings(text)[2:] == [
        (1, "一、主要工作"),
        (2, "(一)加强学习。"),
        (3, "1.集中学。"),
        (4, "(1)党组学。"),
        (2, "(二)严明纪律。"),
    ]


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    parts = ["（一）加强学习。共12次。\n1.集中学。共6次。", "（二）严明纪律。检查3次。"]
    text = "\n".join(["一、主要工作", *parts])
    found = [text[part.start : part.end] for part in parse(text, name="a.txt").sections if part.level == 2]
    assert found == parts


def test_a_decimal_at_the_start_of_a_line_is_no_heading() -> None:
    text = "\n".join([TITLE, LEAD, "一、主要工作", "12.5亿元资金全部到位。", "3.8万人受益。"])
    assert [level for level, _ in headings(text)] == [1, 1, 1]


def test_a_markdown_report() -> None:
    text = (
        f"# {TITLE}\n\n{LEAD}\n\n## 一、主要工作\n\n### （一）加强学习\n\n全年学习12次。\n\n"
        f"## **二、存在的问题**\n\n学习不够深入。\n"
    )
    report = parse(text, name="a.md")
    assert report.title == TITLE
    assert roles(text) == ["title", "lead", "work", "problems"]
    assert (2, "### （一）加强学习") in headings(text)


def test_no_title() -> None:
    text = "\n".join([LEAD, WORK])
    assert parse(text, name="a.txt").title is None
    assert roles(text) == ["lead", "work"]


def test_a_title_in_two_lines() -> None:
    text = "\n".join(["市林业局关于2024年度落实全面从严治党", "主体责任情况的报告", "", LEAD, WORK])
    assert parse(text, name="a.txt").title == "市林业局关于2024年度落实全面从严治党主体责任情况的报告"
    assert roles(text) == ["title", "lead", "work"]


def test_an_addressee_below_the_title() -> None:
    text = "\n".join([TITLE, "", "市纪委监委：", LEAD, WORK])
    assert parse(text, name="a.txt").addressee == "市纪委监委："
    assert roles(text) == ["title", "addressee", "lead", "work"]


@pytest.mark.parametrize(
    "closing",
    [
        "特此报告。",
        "以上报告，请审阅。",
        "特此报告。\n市林业局党组\n2024年12月20日",
        "市林业局党组\n2024年12月20日",
        "专此报告。\n二〇二四年十二月二十日",
    ],
)
def test_sign_off_and_date_close_the_report(closing: str) -> None:
    text = "\n".join([TITLE, LEAD, WORK, "二、下一步打算", "加强学习，做实检查。", closing])
    assert roles(text) == ["title", "lead", "work", "plan", "closing"]
    last = parse(text, name="a.txt").sections[-1]
    assert text[last.start : last.end] == closing


def test_headings_without_numbers() -> None:
    text = (
        f"{TITLE}\n{LEAD}\n主要工作开展情况\n全年组织集中学习12次，开展检查3次，按期完成各项任务。"
        "\n存在的主要问题\n学习不够深入，检查不够经常，干部培养还有差距。\n下一步工作打算"
        "\n加强学习，做实检查，持续推进干部队伍建设。"
    )
    assert [(role, heading) for role, heading, _ in stretches(text)][2:] == [
        ("work", "主要工作开展情况"),
        ("problems", "存在的主要问题"),
        ("plan", "下一步工作打算"),
    ]


@pytest.mark.parametrize("line", ["全年组织集中学习12次。", TITLE, "一、主要工作", "市纪委：", "*"])
def test_a_report_of_one_line_is_one_stretch(line: str) -> None:
    sections = parse(line, name="a.txt").sections
    assert [(section.level, section.start, section.end) for section in sections] == [(1, 0, len(line))]


@pytest.mark.parametrize("text", ["", "\n", " \u3000\u00a0\n\n"])
def test_an_empty_report_has_no_sections(text: str) -> None:
    report = parse(text, name="a.txt")
    assert (report.sections, report.title, report.addressee) == ((), None, None)


def test_a_first_level_heading_about_solving_problems_is_work() -> None:
    text = "\n".join(
        [TITLE, LEAD, "一、坚持问题导向，着力解决突出问题", "整改问题9个。", "二、存在的问题", "学习不深。"]
    )
    assert roles(text)[2:] == ["work", "problems"]


def test_items_are_found_inside_a_paragraph() -> None:
    text = "\n".join(
        [TITLE, LEAD, "一、主要工作", "全年抓了两件事：一是加强学习，共12次。二是严明纪律，检查3次。"]
    )
    assert headings(text)[3:] == [(3, "一是加强学习，"), (3, "二是严明纪律，")]


@pytest.mark.parametrize(
    "sentence", ["这一是非问题已经查清。", "一是一、二是二，实事求是。", "统一是关键，第二是保障。"]
)
def test_what_only_looks_like_an_item_is_none(sentence: str) -> None:
    text = "\n".join([TITLE, LEAD, "一、主要工作", sentence])
    assert [level for level, _ in headings(text)] == [1, 1, 1]


def test_the_id_depends_on_the_text_alone() -> None:
    assert parse(WORK, name="a.txt").id == parse(WORK, name="b.txt").id != parse(WORK + "。", name="a.txt").id


@pytest.mark.parametrize("lead", ["按照要求，现将情况报告如下：", "现将有关情况报告如下："])
def test_a_short_lead_is_no_addressee(lead: str) -> None:
    report = parse(f"市林业局工作报告\n{lead}\n一、主要工作\n学习12次。", name="a.txt")
    assert [section.role.value for section in report.sections] == ["title", "lead", "work"]
