"""Fixes are judged one by one: only those that change a fact are refused."""

from assistant.checks.rulebook import shipped_rules
from assistant.workflow.correcting import correct

RULES = shipped_rules()


def test_a_fix_beside_a_number_is_no_reason_to_refuse_another() -> None:
    text = "落实中央八项定精神。\n严格落实“三会课”制度。\n作出布署。\n增强4个意识。\n"
    correction = correct(text, rules=RULES)
    assert "落实中央八项规定精神。" in correction.text
    assert "作出部署。" in correction.text
    assert "增强4个意识。" in correction.text
    assert [change.rule for change in correction.refused] == ["E16"]
    again = correct(correction.text, rules=RULES)
    assert again.text == correction.text
    assert again.changes == ()
