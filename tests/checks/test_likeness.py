"""How much of one text's content stands in another, looked up in a table or in the text itself."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks import likeness
from assistant.checks.likeness import content, evidence, held_share, share_in, vocabulary

# Characters of lists and synonyms, so that random texts hold words of both.
TEXTS = st.text("及时督促检查整改不到位台账ＡaB1２，。\n问题存在差距党员群众的了", max_size=40)
WORDS = tomllib.loads(Path(likeness.__file__).with_name("formulae.toml").read_text("utf-8"))
LISTS = (("light", "kept"), ("light", "formula", "kept"), ("topics", "kept"))


@given(TEXTS, TEXTS)
def test_a_text_holds_what_its_table_holds(one: str, other: str) -> None:
    assert share_in(content(one), other) == held_share(content(one), evidence([other]))


def test_nothing_is_held_by_an_empty_text() -> None:
    assert share_in(content("台账登记不及时"), "") == 0.0
    assert share_in(content(""), "台账登记不及时") == 0.0


@pytest.mark.parametrize("names", LISTS)
@given(text=TEXTS)
def test_words_are_found_as_by_trying_all(names: tuple[str, ...], text: str) -> None:
    words = {word for name in names for word in WORDS[name].split()}
    plainly = re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
    spans = [match.span() for match in vocabulary(*names).finditer(text)]
    assert spans == [match.span() for match in plainly.finditer(text)]


@given(TEXTS)
def test_neighbours_stand_in_the_content_as_in_the_text(text: str) -> None:
    part = content(text)
    for place, (before, after, letter) in zip(part.places, part.pairs, strict=True):
        assert part.text[place] == letter
        assert before in ("", part.text[place - 1 : place + 1])
        assert after in ("", part.text[place : place + 2])


def test_neighbours_are_words_that_stand_together() -> None:
    pairs = content("学习不够，谈话少").pairs
    assert [(before, after) for before, after, _ in pairs if before or after] == [
        ("", "学习"),
        ("学习", ""),
        ("", "谈话"),
        ("谈话", "话少"),
        ("话少", ""),
    ]
