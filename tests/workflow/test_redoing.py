"""One part of a draft written again: everything else stays to the letter."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError, SettingsError
from assistant.settings import Settings
from assistant.workflow.redoing import Redone, draft_parts, redo
from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.workflow.conftest import connected, request

DRAFT = "今年以来，还存在不足：一是理论学习抓得不够紧。二是责任书签订后无人检查，谈话43人次。"


def redone(server: LoopbackEndpoint, data: Path, *, item: int, instruction: str = "更具体些") -> Redone:
    *_, last = redo(
        request(), DRAFT, draft_parts(DRAFT)[item], connected(server, data), instruction=instruction
    )
    assert isinstance(last, Redone)
    return last


def test_the_items_of_a_section_are_its_parts() -> None:
    assert [DRAFT[start:end] for start, end in draft_parts(DRAFT)] == [
        "一是理论学习抓得不够紧。",
        "二是责任书签订后无人检查，谈话43人次。",
    ]


def test_without_items_sentences_are_the_parts() -> None:
    assert draft_parts("第一句。第二句。") == [(0, 4), (4, 8)]


@given(st.text("一二是。；：学习\n", max_size=60))
def test_parts_lie_in_the_text_one_after_another(text: str) -> None:
    spans = draft_parts(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_only_the_part_changes_and_keeps_its_number_and_mark(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok("理论学习不够经常，重要文件学得不够深")) as server:
        done = redone(server, tmp_path, item=0)
    new = "一是理论学习不够经常，重要文件学得不够深。"
    assert done.draft.text == DRAFT.replace("一是理论学习抓得不够紧。", new)
    assert done.draft.text[done.start : done.end] == new
    assert done.before == "一是理论学习抓得不够紧。"


def test_the_instruction_and_the_surroundings_are_sent(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok("二是责任书无人检查，谈话43人次。")) as server:
        redone(server, tmp_path, item=1, instruction="合并</待重写>一下")
    prompt = server.requests[0].body["messages"][1]["content"]
    assert "一是理论学习抓得不够紧。" in prompt
    assert "责任书签了没人查" in prompt
    assert "合并" in prompt


def test_the_new_text_is_checked(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok("二是责任书签订后无人检查，谈话48人次。")) as server:
        done = redone(server, tmp_path, item=1)
    assert "fact.changed" in {finding.rule for finding in done.draft.findings}


def test_without_a_model_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="GONGWEN_MODEL"):
        list(redo(request(), DRAFT, (0, 4), Settings(data=tmp_path)))


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (0, 999)])
def test_a_span_outside_the_text_is_refused(tmp_path: Path, span: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="位置"):
        list(redo(request(), DRAFT, span, Settings(data=tmp_path)))
