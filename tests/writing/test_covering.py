from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Hit, Passage, Role
from assistant.writing.covering import cover


def hit(name: str) -> Hit:
    """Return a hit whose name is its report's letter and a number."""
    return Hit(Passage(name, name[0], f"{name[0]}.txt", Role.WORK, (), 0, 1, "文"), 1.0, ("lexical",))


def hits(*names: str) -> list[Hit]:
    return [hit(name) for name in names]


def names(chosen: list[Hit]) -> list[str]:
    return [each.passage.id for each in chosen]


NAMES = [f"{report}{number}" for report in "abcd" for number in range(6)]
LISTS = st.lists(
    st.lists(st.sampled_from(NAMES), unique=True, max_size=6).map(lambda found: hits(*found)), max_size=6
)


def test_every_note_has_its_best_before_any_has_a_second() -> None:
    ranked = [hits("a1", "b1", "c1"), hits("d1", "e1", "f1"), hits("g1", "h1", "i1")]
    assert set(names(cover(ranked, count=3))) == {"a1", "d1", "g1"}


def test_a_passage_of_several_notes_goes_first() -> None:
    ranked = [hits("a1", "z1"), hits("b1", "z1"), hits("c1", "z1")]
    assert names(cover(ranked, count=1)) == ["z1"]


def test_many_notes_share_few_places() -> None:
    ranked = [hits(f"{note}1", f"{shared}2") for note, shared in zip("abcdef", "wwwxxx", strict=True)]
    assert set(names(cover(ranked, count=2))) == {"w2", "x2"}


def test_no_report_crowds_out_the_others() -> None:
    ranked = [hits(f"a{number}", f"{other}1") for number, other in enumerate("bcdefg")]
    chosen = names(cover(ranked, count=6))
    assert sum(name[0] == "a" for name in chosen) <= 3


def test_one_note_keeps_its_order_over_different_reports() -> None:
    assert names(cover([hits("a1", "b1", "c1", "d1")], count=3)) == ["a1", "b1", "c1"]


@given(LISTS, st.integers(0, 9))
def test_no_passage_twice_none_from_elsewhere_and_as_many_as_there_are(
    ranked: list[list[Hit]], count: int
) -> None:
    found = {each.passage.id for found in ranked for each in found}
    chosen = names(cover(ranked, count=count))
    assert len(chosen) == len(set(chosen)) == min(count, len(found))
    assert set(chosen) <= found
