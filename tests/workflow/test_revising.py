"""Draft, check, revise: what the model mends, what is dropped, and how it ends."""

import time
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from assistant.errors import InputError, ModelError
from assistant.settings import Settings
from assistant.types import Level
from assistant.workflow.drafting import draft, draft_candidates, preview
from assistant.workflow.events import (
    Checked,
    DraftEvent,
    Finished,
    Prompted,
    Retrieved,
    Revised,
    Sending,
    Started,
    TextDelta,
)
from tests import endpoint as play
from tests.endpoint import Behaviour, LoopbackEndpoint
from tests.workflow.conftest import connected, request

GOOD = "一是理论学习抓得不够紧。\n二是责任书签订后无人检查，谈话43人次。"
BAD = GOOD.replace("43", "48")
WORSE = "一是理论学习抓得不够紧。\n二是责任书签订后无人检查，谈话49人次，罚款3000元。"


def run(folder: Path, *script: Behaviour, **more: Any) -> tuple[list[DraftEvent], LoopbackEndpoint]:
    with LoopbackEndpoint(*script) as server:
        events = list(draft(request(), connected(server, folder, **{"revisions": 2, **more})))
    return events, server


def ended(events: list[DraftEvent]) -> Finished:
    last = events[-1]
    assert isinstance(last, Finished)
    return last


def errors(events: list[DraftEvent]) -> list[str]:
    found = ended(events).draft.findings
    text = ended(events).draft.text
    return [text[each.start : each.end] for each in found if each.level is Level.ERROR]


def told(events: list[DraftEvent]) -> list[tuple[int, bool]]:
    return [(event.revision, event.kept) for event in events if isinstance(event, Revised)]


def test_an_error_goes_back_to_the_model_and_the_mended_text_is_the_result(tmp_path: Path) -> None:
    events, server = run(tmp_path, play.ok(BAD), play.ok(GOOD))
    kinds = [type(event) for event in events if not isinstance(event, TextDelta)]
    assert kinds == [Started, Retrieved, Prompted, Sending, Checked, Revised, Checked, Finished]
    assert [event.revision for event in events if isinstance(event, Checked)] == [0, 1]
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == BAD
    assert ended(events).draft.text == GOOD
    assert errors(events) == []
    *_, said, order = server.requests[1].body["messages"]
    assert (said["role"], said["content"]) == ("assistant", BAD)
    assert "48" in order["content"]
    assert len(server.requests) == 2


def test_a_text_without_errors_is_not_sent_again(tmp_path: Path) -> None:
    events, server = run(tmp_path, play.ok(GOOD))
    assert told(events) == []
    assert len(server.requests) == 1


def test_a_revision_that_is_worse_is_dropped_and_the_errors_stay_marked(tmp_path: Path) -> None:
    events, server = run(tmp_path, play.ok(BAD), play.ok(WORSE))
    assert told(events) == [(1, False)]
    assert ended(events).draft.text == BAD
    assert any("48" in part for part in errors(events))
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "revision",
    [
        play.ok("一是理论学习抓得不够紧。"),
        play.ok(BAD),
        play.ok("二是责任书签订后无人检查，", finish_reason="length"),
    ],
    ids=["a note lost", "nothing mended", "cut off"],
)
def test_a_revision_that_loses_something_is_dropped(tmp_path: Path, revision: Behaviour) -> None:
    events, _ = run(tmp_path, play.ok(BAD), revision)
    assert told(events) == [(1, False)]
    assert ended(events).draft.text == BAD


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_there_are_as_many_rounds_as_are_set(tmp_path: Path, rounds: int) -> None:
    texts = [BAD + "三是罚款3000元。四是培训17场。", BAD + "三是罚款3000元。", BAD, GOOD]
    events, server = run(tmp_path, *map(play.ok, texts), revisions=rounds)
    assert told(events) == [(number, True) for number in range(1, rounds + 1)]
    assert len(server.requests) == 1 + rounds
    assert ended(events).draft.text == texts[rounds]


@pytest.mark.parametrize("count", [2, 3])
def test_of_several_candidates_the_checks_choose(tmp_path: Path, count: int) -> None:
    texts = [WORSE, GOOD, BAD][:count]
    with LoopbackEndpoint(*map(play.ok, texts)) as server:
        events = list(draft_candidates(request(), connected(server, tmp_path), count=count))
        assert len(server.requests) == count
    done = ended(events)
    assert done.draft.text == GOOD
    assert [each.text for each in done.others] == [each for each in (BAD, WORSE) if each in texts]
    assert sum(isinstance(event, Finished) for event in events) == 1


def test_a_candidate_that_fails_takes_none_with_it(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.ok(BAD), play.ok(GOOD), play.server_error()) as server:
        done = ended(list(draft_candidates(request(), connected(server, tmp_path), count=3)))
    assert done.draft.text == GOOD
    assert "只写成2稿" in (done.remark or "")


def test_candidates_need_a_model() -> None:
    with pytest.raises(InputError, match="GONGWEN_MODEL"):
        list(draft_candidates(request(), Settings(), count=2))


@pytest.mark.parametrize("taken", [5, 8])
def test_leaving_early_hangs_up(tmp_path: Path, taken: int) -> None:
    with LoopbackEndpoint(play.endless("一是理论学习抓得不够紧，", beginning=BAD)) as server:
        events = draft(request(), connected(server, tmp_path))
        assert isinstance(list(islice(events, taken))[-1], TextDelta)
        events.close()
        assert server.hung_up.wait(5)
        assert len(server.requests) == 1


def many(count: int) -> str:
    """Return long notes that share no wording."""
    chance = Random(6)
    matters = "信访台账会议培训档案采购值班调研督办公文食堂车辆编制预算考勤网站宣传保密安全绿化"
    words = ["".join(chance.sample(matters, 24)) for _ in range(count)]
    return "".join(f"- {word}推进得慢，涉及{100 + number}人\n" for number, word in enumerate(words, 1))


def items(messages: list[dict[str, str]]) -> str:
    """Write one item a note, numbered from one each time, as a model that forgets where it was."""
    notes = messages[-1]["content"].split("<要点>\n")[1].split("\n</要点>")[0].split("\n")
    numerals = "一二三四五六七八九十"
    return "".join(f"{numerals[number]}是{note.split('. ', 1)[1]}。\n" for number, note in enumerate(notes))


def test_notes_that_do_not_fit_are_written_in_portions_with_one_numbering(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.written(items, size=200)) as server:
        settings = connected(server, tmp_path, prompt_tokens=1150)
        asked = preview(request(notes=many(30)), settings)
        events = list(draft(request(notes=many(30)), settings))
        sent = [received.body["messages"][-1]["content"] for received in server.requests]
    text = ended(events).draft.text
    assert len(sent) > 3
    assert [prompt.user for prompt in asked] == sent
    assert all(prompt.tokens <= 1150 for prompt in asked)
    begun = [line.partition("是")[0] for line in text.splitlines()]
    tens = ["", "十", "二十"]
    expected = [
        f"{tens[n // 10]}{'一二三四五六七八九十'[n % 10 - 1] if n % 10 else ''}" for n in range(1, 30)
    ]
    assert begun == [*expected, "三十"]
    assert all(f"涉及{100 + number}人" in text for number in range(1, 31))
    assert {each.state for each in ended(events).draft.coverage} == {"covered"}
    shown = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert len(shown.splitlines()) == 30
    assert "不写开头" not in sent[0]
    assert "不写结尾" in sent[0]
    assert "不写结尾" not in sent[-1]


def test_a_portion_that_fails_keeps_those_before_it(tmp_path: Path) -> None:
    script = [play.written(items, size=200), play.written(items, size=200), play.cut("一是", abruptly=True)]
    with LoopbackEndpoint(*script) as server, pytest.raises(ModelError) as caught:
        list(draft(request(notes=many(30)), connected(server, tmp_path, prompt_tokens=1150)))
    assert caught.value.partial.count("涉及") > 1
    assert caught.value.partial.endswith("\n一是")


def test_a_section_in_sentences_is_not_cut_up(tmp_path: Path) -> None:
    with LoopbackEndpoint() as server:
        with pytest.raises(InputError, match="要点太长"):
            list(draft(request("lead", notes=many(30)), connected(server, tmp_path, prompt_tokens=1150)))
        assert server.requests == []


def test_a_revision_takes_no_longer_than_its_request(tmp_path: Path) -> None:
    started = time.monotonic()
    events, server = run(tmp_path, play.ok(BAD), play.slow(), timeout=0.4)
    assert time.monotonic() - started < 4
    assert ended(events).draft.text == BAD
    assert len(server.requests) == 2
