from dataclasses import replace

from assistant.retrieval.records import embedding_text
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
