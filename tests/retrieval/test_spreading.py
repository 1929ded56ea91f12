from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.spreading import spread
from assistant.types import Hit, Passage, Role


def hits(reports: str) -> list[Hit]:
    """Return hits in falling order, one for each letter, which names the report."""
    return [
        Hit(Passage(str(rank), report, report, Role.WORK, (), 0, 1, "文"), 1 / (rank + 1), ("lexical",))
        for rank, report in enumerate(reports)
    ]


def reports(found: list[Hit]) -> str:
    return "".join(hit.passage.report for hit in found)


def test_a_report_does_not_crowd_out_the_others() -> None:
    assert reports(spread(hits("aaaabbc"), count=3)) == "abc"


def test_more_of_a_report_comes_once_the_others_have_run_out() -> None:
    assert reports(spread(hits("aaab"), count=4)) == "abaa"


def test_a_report_far_down_does_not_push_out_the_second_of_the_best() -> None:
    assert reports(spread(hits("aa" + "a" * 20 + "b"), count=2)) == "aa"


@given(st.text("abcd", min_size=1, max_size=40), st.integers(1, 50))
def test_the_best_stays_first_and_each_hit_comes_once(names: str, count: int) -> None:
    ranked = hits(names)
    found = spread(ranked, count=count)
    assert found[0] == ranked[0]
    assert len({hit.passage.id for hit in found}) == len(found) == min(count, len(ranked))


@given(st.text("abcd", max_size=40))
def test_within_a_report_the_order_is_kept(names: str) -> None:
    for report in "abcd":
        of_one = [hit.score for hit in spread(hits(names), count=40) if hit.passage.report == report]
        assert of_one == sorted(of_one, reverse=True)


@given(st.text("a", max_size=20))
def test_hits_of_one_report_stay_as_they_are(names: str) -> None:
    assert spread(hits(names), count=20) == hits(names)
