"""One part of a draft written again: everything else stays to the letter."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from assistant.errors import InputError, SettingsError
from assistant.settings import Settings
from assistant.workflow.events import Started
from assistant.workflow.redoing import Redone, draft_parts, redo
from tests import endpoint as play
from tests.endpoint import KEY, MODEL, REMOTE, LoopbackEndpoint
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


@pytest.mark.parametrize(
    "answer",
    [
        "一是理论学习不够。二是责任书签后无人问津，谈话43人次。",
        "今年以来，还存在不足：一是理论学习抓得不够紧。\n二是责任书签后无人问津，谈话43人次。",
        "责任书签后无人问津，\n谈话43人次",
    ],
)
def test_of_a_whole_section_only_the_part_counts(tmp_path: Path, answer: str) -> None:
    with LoopbackEndpoint(play.ok(answer)) as server:
        done = redone(server, tmp_path, item=1)
    assert done.draft.text == DRAFT.replace(done.before, "二是责任书签后无人问津，谈话43人次。")


def test_a_placeholder_of_the_part_that_is_lost_is_asked_for_again(tmp_path: Path) -> None:
    draft = DRAFT.replace("责任书签订后", "曲波同志签订责任书后")
    script = [
        play.ok("二是签订责任书后无人检查，谈话43人次。"),
        play.ok("二是〖人名1〗同志签后无人检查，谈话43人次。"),
    ]
    with LoopbackEndpoint(*script) as server:
        settings = connected(server, tmp_path, mask="always")
        *_, done = redo(request(), draft, draft_parts(draft)[1], settings)
        assert len(server.requests) == 2
        assert "曲波" not in server.sent()
    assert isinstance(done, Redone)
    assert "曲波同志签后" in done.draft.text


def test_who_writes_is_told_first(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok("二是责任书无人检查，谈话43人次。")) as server:
        first, *_ = redo(request(), DRAFT, draft_parts(DRAFT)[1], connected(server, tmp_path))
        assert isinstance(first, Started)
        assert first.address == server.url


@pytest.mark.parametrize(
    ("draft", "source", "instruction"),
    [
        ("秘密\n" + DRAFT, "", "更具体些"),
        (DRAFT + "\n内部资料 注意保存", "", "更具体些"),
        (DRAFT, "机密★5年\n", "更具体些"),
        (DRAFT, "", "密级：机密"),
    ],
)
def test_a_marking_in_draft_notes_or_instruction_keeps_all_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft: str, source: str, instruction: str
) -> None:
    with LoopbackEndpoint() as server:
        for name, value in server.proxied().items():
            monkeypatch.setenv(name, value)
        remote = Settings(data=tmp_path, base_url=REMOTE, api_key=SecretStr(KEY), model=MODEL, retries=0)
        asked = replace(request(), source=source)
        with pytest.raises(InputError, match="标记"):
            list(redo(asked, draft, draft_parts(draft)[0], remote, instruction=instruction))
        assert server.requests == []


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
