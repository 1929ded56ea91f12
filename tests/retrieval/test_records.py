from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.records import embedding_text, to_metadata, to_passage
from assistant.types import Passage, Role

PASSAGE = Passage("p", "r", "报告.txt", Role.WORK, ("一、工作", "（一）整治"), 3, 9, "清理河道。")


def test_headings_come_before_the_text() -> None:
    assert embedding_text(PASSAGE) == "一、工作\n（一）整治\n清理河道。"


def test_a_heading_that_the_text_begins_with_comes_once() -> None:
    assert (
        embedding_text(replace(PASSAGE, text="（一）整治\n清理河道。")) == "一、工作\n（一）整治\n清理河道。"
    )


def test_masks_of_any_length_are_shown_alike() -> None:
    masked = replace(PASSAGE, heading_path=("一、**工作",), text="*****同志到***县")
    assert embedding_text(masked) == "一、××工作\n××同志到××县"


@given(
    st.builds(
        Passage,
        id=st.text(min_size=1),
        report=st.text(),
        name=st.text(),
        role=st.sampled_from(Role),
        heading_path=st.lists(st.text(), max_size=4).map(tuple),
        start=st.integers(0, 10**9),
        end=st.integers(0, 10**9),
        text=st.text(),
    )
)
def test_what_is_stored_comes_back_the_same(passage: Passage) -> None:
    assert to_passage(passage.id, passage.text, to_metadata(passage)) == passage
