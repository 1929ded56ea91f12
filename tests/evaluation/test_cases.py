"""The evaluation cases: how they are read, and what the shipped ones hold."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.checks.rulebook import Rules, load_rules
from assistant.errors import InputError
from assistant.evaluation.cases import Case, Tag, read_cases, shipped_cases
from assistant.paths import shipped
from assistant.types import Level
from assistant.workflow.checking import CheckRequest, check
from assistant.writing.templates import load_templates

CASES = shipped_cases()
INVENTED = [case for case in CASES if case.report is None]
OWN = [case for case in CASES if case.report is not None]
# The bodies of the sections, as a person marked them: file, start, end.
SPANS = {
    "report-000-problems": (2788, 2904),
    "report-001-problems": (1467, 1548),
    "report-002-problems": (2044, 2280),
    "report-003-problems": (2166, 2295),
    "report-004-problems": (3733, 3944),
    "report-000-plan": (2905, 3138),
    "report-001-plan": (1548, 2063),
    "report-002-plan": (2293, 2980),
    "report-004-plan": (3955, 4310),
}
PARTS = {
    "report-000-work": "（四）强化廉政建设，不断提高风险防控意识。",
    "report-001-work": "（二）加强制度建设，提升管理水平。",
    "report-002-work": "（二）坚决扛起管党治党责任，纵深推进全面从严治党。",
    "report-002-plan-part": "（三）持之以恒加强党风廉政建设。",
    "report-003-work": "二、健全廉政体系。\n",
    "report-004-work": "（三）严格选人用人，提高干部队伍素质。",
    "report-004-work-spending": "（四）落实中央八项规定，保持清正廉洁。",
}
# One item of a reference may take up several notes; a number that another note takes back is not written.
ALLOWED = {"form.items"}
TAKEN_BACK = {"branches-corrected": {"note.partly"}}
GOOD = {
    "id": "one",
    "section": "problems",
    "kind": "党建工作情况报告",
    "topic": "学习",
    "notes": ["全年学了12次"],
    "reference": "全年学习12次。",
}
TEXTS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def as_toml(*cases: Mapping[str, object]) -> str:
    tables = (
        "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in case.items())
        for case in cases
    )
    return "".join(f"[[case]]\n{table}\n\n" for table in tables)


@pytest.fixture
def complaint(tmp_path: Path) -> Callable[..., str]:
    """Return a function that reads a folder with one file of the good case, so altered, and says what was wrong."""

    def read(text: str | bytes | None = None, **changes: object) -> str:
        case = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
        content = as_toml(case) if text is None else text
        (tmp_path / "some.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(InputError) as raised:
            read_cases(tmp_path)
        message = str(raised.value)
        assert message.endswith("。")
        assert message.count("。") == 1
        assert "some.toml" in message
        return message

    return read


def test_the_cases_are_as_many_and_as_varied_as_they_must_be() -> None:
    assert len(CASES) >= 55
    assert len(INVENTED) >= 40
    assert [case.id for case in CASES] == sorted(case.id for case in CASES)
    assert {case.section for case in CASES} == set(load_templates())
    assert Counter(case.section for case in INVENTED).most_common(1)[0][0] == "problems"
    assert {tag for case in INVENTED for tag in case.tags} == set(get_args(Tag))
    assert {min(len(case.notes) for case in CASES), max(len(case.notes) for case in CASES)} == {1, 15}
    assert len({case.kind for case in INVENTED}) >= 15


def test_every_report_lends_its_problem_section() -> None:
    reports = {path.name for path in shipped("corpus").glob("*.txt")}
    assert {case.report for case in OWN if case.section == "problems"} == reports
    assert {case.report for case in OWN if case.section == "work"} == reports


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.id)
def test_a_reports_reference_is_its_own_section(case: Case) -> None:
    text = (shipped("corpus") / str(case.report)).read_text("utf-8")
    if case.id in SPANS:
        start, end = SPANS[case.id]
        assert case.reference == text[start:end]
    else:
        before, found, after = text.partition(case.reference)
        assert found
        assert before.endswith(PARTS[case.id])
        assert re.match(r"\n[（一二三四五六]", after)


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.id)
def test_the_notes_of_a_report_are_no_copy_of_its_wording(case: Case) -> None:
    """Names of documents and fixed enumerations apart, no note repeats a stretch of the section."""
    notes = re.sub(
        r"《[^》]*》|“[^”]*”|习近平新时代中国特色社会主义思想",
        "",
        "\n".join(note.text for note in case.notes),
    )
    stretches = {case.reference[at : at + 18] for at in range(len(case.reference) - 17)}
    assert [stretch for stretch in stretches if stretch in notes] == []


@pytest.mark.parametrize("case", INVENTED, ids=lambda case: case.id)
def test_an_invented_reference_says_what_its_notes_say_and_is_well_written(case: Case, rules: Rules) -> None:
    given = f"{case.unit or ''} {f'{case.year}年' if case.year else ''}"
    grounding = check(CheckRequest(case.reference, case.notes, (), case.section, given), rules)
    allowed = ALLOWED | TAKEN_BACK.get(case.id, set())
    assert [f for f in grounding.findings if f.level is not Level.INFO and f.rule not in allowed] == []
    assert [one for one in grounding.coverage if one.state == "missing"] == []
    assert not any("*" in text for text in (case.reference, *(note.text for note in case.notes)))


def test_invented_references_are_not_cast_in_one_mould() -> None:
    references = [case.reference for case in INVENTED]
    assert len({reference[:6] for reference in references}) > len(references) * 0.8
    shapes = Counter(
        "一是" if "一是" in text else "（一）" if "（一）" in text else "prose" for text in references
    )
    assert min(shapes.values()) >= 6
    stretches = Counter(
        part for text in references for part in {text[at : at + 16] for at in range(len(text) - 15)}
    )
    assert all(
        count == 1 or "《" in part or "》" in part or "条例" in part for part, count in stretches.items()
    )


def test_where_notes_contradict_each_other_no_side_is_taken_in_silence() -> None:
    cases = {case.id: case.reference for case in CASES if "contradiction" in case.tags}
    assert len(cases) >= 5
    both = cases.pop("study-two-tallies")
    assert "22次" in both
    assert "25次" in both
    corrected = cases.pop("branches-corrected")
    assert "4个" in corrected
    assert "6个" not in corrected
    assert all("〖待核实：" in reference for reference in cases.values())


@pytest.mark.parametrize("key", ["section", "kind", "topic", "notes"])
def test_a_missing_key_is_named(complaint: Callable[..., str], key: str) -> None:
    assert f"用例 one 的 {key} 没有写明" in complaint(**{key: None})


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"refrence": "甲"}, "refrence 不是认识的键"),
        ({"reference": None}, "reference 没有写明"),
        ({"notes": []}, "notes 是空的"),
        ({"notes": ["学了12次", " "]}, "notes 有一条是空的"),
        ({"tags": ["numbers", "short"]}, "tags.1 的值不合要求"),
        ({"section": "problem"}, "section “problem”不认识，可用的有 closing、lead、plan、problems、work"),
        ({"section": "存在的问题"}, "section “存在的问题”不认识"),
        ({"year": 24}, "year 的值不合要求"),
        ({"id": "一号"}, "用例 一号 的 id 的值不合要求"),
        ({"id": None}, "第1个用例的 id 没有写明"),
        ({"report": "none.txt"}, None),
        ({"reference": None, "report": "none.txt"}, "report “none.txt”找不到"),
        ({"reference": None, "report": "../corpus/none.txt"}, "report 的值不合要求"),
        ({"part": "（一）"}, "part 只在范文取自 report 时可用"),
    ],
)
def test_a_faulty_value_is_named(
    tmp_path: Path, complaint: Callable[..., str], changes: dict[str, object], named: str | None
) -> None:
    if named is None:
        (tmp_path / "some.toml").write_text(as_toml({**GOOD, **changes}), "utf-8")
        assert read_cases(tmp_path)[0].reference == GOOD["reference"]
    else:
        assert named in complaint(**changes)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (b"\xff\xfe", "不是 TOML"),
        ("[[case]\n", "不是 TOML"),
        ("", "case 没有写明"),
        ("case = []", "case 是空的"),
        ("case = 3", "case 的值不合要求"),
        ("case = [3]", "第1个用例的 case 的值不合要求"),
        ("[case]\nid = 'one'", "case 的值不合要求"),
        ("pair = []", "pair 不是认识的键"),
    ],
)
def test_a_faulty_file_is_named(complaint: Callable[..., str], text: str | bytes, named: str) -> None:
    assert named in complaint(text)


def test_a_misspelt_key_is_named_rather_than_the_one_that_is_missing(complaint: Callable[..., str]) -> None:
    assert "用例 one 的 topci 不是认识的键" in complaint(as_toml(GOOD).replace("topic", "topci"))


def test_an_id_used_twice_names_both_files(tmp_path: Path, complaint: Callable[..., str]) -> None:
    (tmp_path / "other.toml").write_text(as_toml(GOOD), "utf-8")
    message = complaint()
    assert "“one”在 other.toml 里已经用过" in message


def test_a_folder_without_cases_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("- 学了12次", "utf-8")
    with pytest.raises(InputError, match=re.escape(str(tmp_path))):
        read_cases(tmp_path)


def test_a_report_of_ones_own_may_lie_beside_the_cases(tmp_path: Path, complaint: Callable[..., str]) -> None:
    """Of two stretches with the role one must be chosen, and one that is not there is said to be missing."""
    own = "工作报告\n\n一、主要工作\n（一）抓学习。学了12次。\n（二）抓检查。查了3轮。\n二、下一步打算\n继续学。\n"
    (tmp_path / "own.txt").write_text(own, "utf-8")
    base = {"reference": None, "report": "own.txt"}
    kept = {key: value for key, value in GOOD.items() if key != "reference"} | {"report": "own.txt"}
    (tmp_path / "some.toml").write_text(as_toml(kept | {"section": "work", "part": "（二）"}), "utf-8")
    assert read_cases(tmp_path)[0].reference == "查了3轮。"
    (tmp_path / "some.toml").write_text(as_toml(kept | {"section": "plan"}), "utf-8")
    assert read_cases(tmp_path)[0].reference == "继续学。"
    assert "report 不合用，own.txt 里没有这样的“存在的问题”" in complaint(**base)
    assert "part 不合用，own.txt 里没有这样的“主要工作”" in complaint(**base, section="work", part="（九）")
    assert "part 不合用，own.txt 里有2处这样的" in complaint(**base, section="work", part="（")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True),
        st.tuples(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.sampled_from(sorted(load_templates()))),
        min_size=1,
        max_size=5,
    )
)
def test_what_was_written_is_read_in_order_of_id(
    tmp_path: Path, cases: dict[str, tuple[list[str], str, str]]
) -> None:
    written = [
        {**GOOD, "id": id_, "notes": notes, "reference": reference, "section": section}
        for id_, (notes, reference, section) in cases.items()
    ]
    (tmp_path / "a.toml").write_text(as_toml(*written), "utf-8")
    read = read_cases(tmp_path)
    assert [case.id for case in read] == sorted(cases)
    for case in read:
        notes, reference, section = cases[case.id]
        assert [note.text for note in case.notes] == notes
        assert [note.id for note in case.notes] == [f"n{number}" for number in range(1, len(notes) + 1)]
        assert (case.reference, case.section) == (reference, section)
