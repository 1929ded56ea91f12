"""Names of a draft that come from a passage, or that differ from those of the notes."""

import pytest

from assistant.types import Level
from tests.checks.samples import check, errors, found

LEAD = "今年以来，局党组持续推进清廉机关建设。"


@pytest.mark.parametrize(
    ("draft", "passage", "name"),
    [
        ("清查合同36份，翠屏社区等单位均已公示。", "翠屏社区获评先进。", "翠屏社区"),
        ("清查合同36份，会同青峰林场完成核对。", "青峰林场植树4万株。", "青峰林场"),
        ("清查合同36份，由宏达公司协助。", "与宏达公司签订协议。", "宏达公司"),
        ("清查合同36份，市残联派人参加。", "市残联开展慰问。", "市残联"),
        ("清查合同36份，何志强带队核对。", "副镇长何志强主持会议。", "何志强"),
    ],
)
def test_a_name_that_only_a_passage_has_is_leaked(draft: str, passage: str, name: str) -> None:
    grounding = check(LEAD + draft, "清查合同36份", passages=(passage,))
    leaks = [one for one in grounding.findings if one.rule == "fact.leaked"]
    assert any(name in (LEAD + draft)[one.start : one.end] for one in leaks)
    assert {one.level for one in leaks} == {Level.ERROR}
    same = check(LEAD + draft, "清查合同36份，" + name + "也来了", passages=(passage,))
    assert found(same, "fact.leaked") == []


@pytest.mark.parametrize(
    "draft",
    [
        "县民政局党组坚持从严管理。清查合同36份。",
        "今年以来，县民政局深入推进作风建设。清查合同36份。",
        "清查基层站所、农村党支部合同36份。",
    ],
)
def test_the_units_own_name_and_common_words_are_no_leak(draft: str) -> None:
    passage = "县民政局印发通知，基层站所、农村党支部、业务部门一并执行。"
    assert errors(check(draft, "清查基层站所、党支部合同36份", passages=(passage,))) == []


@pytest.mark.parametrize(
    ("note", "own", "other"),
    [
        ("合同请县纪委看过，共36份", "县纪委", "市纪委"),
        ("报县政府备案36份", "县政府", "市政府"),
        ("36份合同董事会议过", "董事会", "监事会"),
        ("请党校何志强讲了36次", "何志强", "何志刚"),
        ("去区法治基地参观36次", "区法治", "市法治"),
    ],
)
def test_a_name_that_differs_from_the_notes_is_changed(note: str, own: str, other: str) -> None:
    assert errors(check(note + "。", note)) == []
    grounding = check(note.replace(own, other) + "。", note)
    assert "fact.changed" in errors(grounding)


def test_a_formula_about_a_higher_level_is_no_change() -> None:
    draft = "今年以来，认真落实市委决策部署，各项工作有序推进。合同报县委备案36份，按县委要求公示。"
    assert errors(check(draft, "合同报县委备案36份，按县委要求公示")) == []
