"""What one pass of the rules makes room for is done at once: formal text is settled."""

import pytest

from assistant.text.formal import formalise


@pytest.mark.parametrize(
    ("note", "formal"),
    [
        # Quoting a term makes the comma before it one between Chinese words.
        ("局在市委领导下,8小时以外监督，", "局在市委领导下，“八小时以外”监督，"),
        # A word that a rule writes longer makes the blank beside it one between clauses.
        ("先拟7月补上 拟8月补上", "先拟于7月补上，拟于8月补上"),
        # A clause rule uncovers what a rule for the whole text joins.
        ("１２次,8小时外监督 打算明年一季度报党组会审", "１２次，“八小时以外”监督，拟于明年一季度报党组会审"),
    ],
)
def test_a_formal_text_is_settled(note: str, formal: str) -> None:
    assert formalise(note) == formal
    assert formalise(formal) == formal
