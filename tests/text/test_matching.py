from hypothesis import given
from hypothesis import strategies as st

from assistant.text.matching import matched_spans
from assistant.text.terms import terms

TEXT = "理论学习抓得不够紧，１２次集中学习。Party学"


def words(query: str, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in matched_spans(query, text)]


def test_what_is_shared_is_found_however_it_is_written() -> None:
    assert words("理论学习不够") == ["理论学习", "不够", "学习"]
    assert words("12 PARTY") == ["１２", "Party"]
    assert words("学") == ["学", "学", "学"]
    assert words("党建") == words("，") == []


@given(st.text(st.sampled_from("理论学习12ＡＢab ，。**"), max_size=12), st.text(max_size=30))
def test_spans_are_in_order_apart_and_within(query: str, text: str) -> None:
    spans = matched_spans(query, text + query)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text + query) for edge in edges)
    assert bool(spans) == bool(terms(query)) or not terms(text + query)
