"""Models that misbehave and networks that fail: in the first answer, in the retry, and in a revision."""

from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.workflow.drafting import draft
from assistant.workflow.events import DraftEvent, Finished, Restarted, TextDelta
from tests import endpoint as play
from tests.endpoint import KEY, Behaviour, LoopbackEndpoint
from tests.workflow.conftest import connected, request

GOOD = "一是理论学习抓得不够紧。\n二是责任书签订后无人检查，谈话43人次。"
BAD = GOOD.replace("43", "48")
REFUSAL = "很抱歉，作为一个人工智能助手，我无法协助完成这项写作任务。"
ENGLISH = (
    "First, the study of theory is not sufficient. Second, the responsibility letters were never checked."
)
LOOP = "三是有的干部学习不够深入，有的干部作风不够扎实，有的干部担当不够主动。"
FAULTS: dict[str, tuple[Behaviour, str]] = {
    "401": (play.unauthorized(), "401"),
    "404": (play.no_model(), "没有模型"),
    "429": (play.rate_limited(0.01), "429"),
    "429 for an hour": (play.rate_limited(3600), "3600 秒"),
    "500": (play.server_error(), "500"),
    "503": (play.server_error(503), "503"),
    "too long": (play.too_long(), "超过模型"),
    "silence": (play.slow(), "没有回应"),
    "no answer": (play.cut("", abruptly=True), "没有作答"),
    "nothing written": (play.empty(), "没有写出"),
    "web page": (play.web_page(), "网页"),
    "no stream": (play.document(200, {"error": {"message": "busy"}}), "流式"),
    "redirect": (play.document(307, "", headers={"Location": "http://127.0.0.1:9/v1"}), "别的地址"),
    "nonsense": (play.raw_event("{not json"), "看不懂接口"),
}
BREAKS: dict[str, tuple[Behaviour, str]] = {
    "reset": (play.cut(GOOD[:20], abruptly=True), "中途断开"),
    "silent end": (play.cut(GOOD[:20], abruptly=False), "中途断开"),
    "stall": (play.slow(GOOD[:20]), "中途停顿"),
    "error in the stream": (play.error_in_stream(GOOD[:20], f"lost {KEY}"), "作答时报错"),
    "censored": (play.content_filter(GOOD[:20]), "内容审核"),
}
NO_TEXTS: dict[str, tuple[Behaviour, str]] = {
    "refusal": (play.ok(REFUSAL), "拒绝"),
    "language": (play.ok(ENGLISH), "中文"),
    "JSON": (play.ok('{"items": ["一是理论学习不够。", "二是谈话43人次。"]}'), "数据"),
    "broken JSON": (play.ok('{"text": "一是理论学习不够。二是谈话43'), "数据"),
    "only thoughts": (play.ok("<think>先想一想怎么写。</think>"), "没有写出"),
}


def patience(name: str) -> dict[str, float]:
    """Return the setting with which a test waits out a silence, and only a silence, in a short time."""
    return {"timeout": 1.0} if name in ("silence", "stall") else {}


def run(folder: Path, *script: Behaviour, **more: Any) -> tuple[list[DraftEvent], LoopbackEndpoint]:
    with LoopbackEndpoint(*script) as server:
        events = list(draft(request(), connected(server, folder, **more)))
    return events, server


def fail(folder: Path, *script: Behaviour, **more: Any) -> tuple[ModelError, int]:
    with LoopbackEndpoint(*script) as server:
        with pytest.raises(ModelError) as caught:
            list(draft(request(), connected(server, folder, **more)))
        error = caught.value
        assert KEY not in str(error)
        assert str(error).endswith("。")
        return error, len(server.requests)


def ended(events: list[DraftEvent]) -> Finished:
    last = events[-1]
    assert isinstance(last, Finished)
    return last


def shown(events: list[DraftEvent]) -> str:
    """Return the text that counts of what was shown."""
    text = ""
    for event in events:
        if isinstance(event, TextDelta):
            text += event.text
        elif isinstance(event, Restarted):
            text = ""
    return text


@pytest.mark.parametrize("name", [*FAULTS, *BREAKS])
@pytest.mark.parametrize("retries", [0, 1])
def test_a_fault_in_the_first_answer_is_told_and_keeps_what_came(
    tmp_path: Path, name: str, retries: int
) -> None:
    behaviour, words = {**FAULTS, **BREAKS}[name]
    error, requests = fail(tmp_path, behaviour, retries=retries, **patience(name))
    assert words in str(error)
    assert error.partial == (GOOD[:20].strip() if name in BREAKS else "")
    assert requests <= 1 + retries


@pytest.mark.parametrize("name", [*FAULTS, *BREAKS])
def test_a_fault_in_the_retry_keeps_the_better_of_what_came(tmp_path: Path, name: str) -> None:
    behaviour, words = {**FAULTS, **BREAKS}[name]
    error, requests = fail(tmp_path, play.ok(ENGLISH), behaviour, **patience(name))
    assert words in str(error)
    assert error.partial == (GOOD[:20].strip() if name in BREAKS else ENGLISH)
    assert requests == 2


@pytest.mark.parametrize("name", [*FAULTS, *BREAKS, *NO_TEXTS])
def test_a_fault_in_a_revision_costs_nothing(tmp_path: Path, name: str) -> None:
    behaviour, words = {**FAULTS, **BREAKS, **NO_TEXTS}[name]
    events, server = run(tmp_path, play.ok(BAD), behaviour, revisions=2, **patience(name))
    done = ended(events)
    assert done.draft.text == BAD
    assert words in (done.remark or "")
    assert [each.rule for each in done.draft.findings if each.level.value == "error"] != []
    assert len(server.requests) == (3 if name in NO_TEXTS else 2)


@pytest.mark.parametrize("name", [*FAULTS, *BREAKS])
def test_a_fault_in_a_continuation_leaves_a_text_that_is_cut_off(tmp_path: Path, name: str) -> None:
    behaviour, words = {**FAULTS, **BREAKS}[name]
    first = "各项工作有序推进，但存在以下不足："
    events, server = run(tmp_path, play.ok(first, finish_reason="length"), behaviour, **patience(name))
    done = ended(events)
    assert done.draft.text.startswith(first)
    assert done.draft.text == shown(events)
    assert done.cut_off
    assert words in (done.remark or "")
    assert len(server.requests) == 2


@pytest.mark.parametrize("name", NO_TEXTS)
def test_what_is_no_text_is_asked_for_once_more(tmp_path: Path, name: str) -> None:
    behaviour, words = NO_TEXTS[name]
    if name == "only thoughts":
        behaviour = play.ok("<think>先想一想怎么写。</think>\n")
    events, server = run(tmp_path, behaviour, play.ok(GOOD))
    [restarted] = [event for event in events if isinstance(event, Restarted)]
    assert words in restarted.reason
    assert ended(events).draft.text == shown(events) == GOOD
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == GOOD
    first, second = (received.body["messages"] for received in server.requests)
    assert [each["role"] for each in second] == ["system", "user"]
    assert second[1]["content"].startswith(first[1]["content"])
    assert second != first


TALK = ["这个请求违反了使用规范，请更换话题。", "请提供更多信息，以便我为您撰写。"]


@pytest.mark.parametrize("talk", TALK)
def test_a_refusal_in_other_words_is_known_by_what_it_does_not_speak_of(tmp_path: Path, talk: str) -> None:
    events, _ = run(tmp_path, play.ok(talk), play.ok(GOOD))
    [restarted] = [event for event in events if isinstance(event, Restarted)]
    assert "拒绝" in restarted.reason
    assert ended(events).draft.text == shown(events) == GOOD
    error, requests = fail(tmp_path, play.ok(talk))
    assert "拒绝" in str(error)
    assert requests == 2


@pytest.mark.parametrize("name", NO_TEXTS)
def test_what_is_no_text_again_is_refused_after_two_requests(tmp_path: Path, name: str) -> None:
    behaviour, words = NO_TEXTS[name]
    error, requests = fail(tmp_path, behaviour)
    assert words in str(error)
    assert requests == 2
    assert error.partial or name == "only thoughts"


def test_an_endless_answer_is_hung_up_on_and_its_repetition_cut_off(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.endless(LOOP, beginning=GOOD + "\n")) as server:
        events = list(draft(request(), connected(server, tmp_path)))
        assert server.hung_up.wait(5)
        assert len(server.requests) == 1
    done = ended(events)
    assert done.draft.text.startswith(GOOD)
    assert done.draft.text.count(LOOP[:12]) <= 2
    assert "反复" in (done.remark or "")
    assert not done.cut_off


def test_items_that_share_a_long_clause_are_no_loop(tmp_path: Path) -> None:
    clause = "已经下发整改通知书并责令限期整改，但至今尚未整改到位"
    items = ["食堂采购台账不全", "公车加油卡没有专人管", "值班记录补登", "档案借阅不登记", "办公用房面积超了"]
    text = "\n".join(
        f"{number}是{item}，{clause}。" for number, item in zip("一二三四五", items, strict=True)
    )
    events, server = run(tmp_path, play.ok(text))
    assert (ended(events).draft.text, ended(events).remark) == (text, None)
    assert len(server.requests) == 1


def test_an_answer_that_is_nothing_but_repetition_is_refused(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.endless("进一步加强学习")) as server:
        with pytest.raises(ModelError, match="反复"):
            list(draft(request(), connected(server, tmp_path)))
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    "behaviour",
    [
        play.ok(f"```\n{GOOD}\n```"),
        play.ok(f"好的，以下是根据您的要点起草的正文：\n\n{GOOD}\n\n希望以上内容对您有帮助！"),
        play.ok(f"## 存在的问题\n{GOOD}", size=1),
        play.ok(f"<think>要点有两条，一是学习。</think>\n{GOOD}", size=1),
        play.pieces("<th", "ink>先想", "一想</th", "ink>", GOOD),
        play.reasoned("要点有两条，先写学习，再写责任。", GOOD),
        play.ok('{"text": "' + GOOD.replace("\n", "\\n") + '"}', size=3),
        play.ok('```json\n{"正文": "' + GOOD.replace("\n", "\\n") + '"}\n```', size=3),
    ],
    ids=["fence", "chatter", "heading", "tags", "split tags", "reasoning_content", "JSON", "fenced JSON"],
)
def test_what_stands_about_the_text_is_left_out(tmp_path: Path, behaviour: Behaviour) -> None:
    events, server = run(tmp_path, behaviour)
    assert ended(events).draft.text == shown(events).strip() == GOOD
    assert len(server.requests) == 1


@pytest.mark.parametrize("place", [5, 12, 13, 20, len(GOOD) - 3])
@pytest.mark.parametrize("again", [0, 4, 9])
def test_a_text_cut_off_is_continued_without_a_seam(tmp_path: Path, place: int, again: int) -> None:
    rest = GOOD[max(0, place - again) :]
    script = [play.ok(GOOD[:place], finish_reason="length"), play.ok(rest, size=2)]
    events, server = run(tmp_path, *script)
    assert ended(events).draft.text == shown(events).strip() == GOOD
    assert not ended(events).cut_off
    assert len(server.requests) == 2
    *_, said, order = server.requests[1].body["messages"]
    assert (said["role"], order["role"]) == ("assistant", "user")
    assert said["content"] == GOOD[:place].strip()


def test_a_continuation_that_begins_anew_does_not_count(tmp_path: Path) -> None:
    first = "今年以来，各项工作有序推进，但对照上级要求和群众期盼，还存在一些不足："
    events, server = run(
        tmp_path, play.ok(first, finish_reason="length"), play.endless(first[:30] + "尚有其他问题需要改进，")
    )
    assert ended(events).draft.text == shown(events) == first
    assert ended(events).cut_off
    assert server.hung_up.is_set()
    assert len(server.requests) == 2


def test_a_text_is_continued_three_times_at_most(tmp_path: Path) -> None:
    parts = [
        "一是理论学习不够。",
        "二是责任没有压实。",
        "三是检查没有跟上。",
        "四是谈话只有43次。",
        "五是还有。",
    ]
    script = [play.ok(part, finish_reason="length") for part in parts]
    events, server = run(tmp_path, *script)
    assert ended(events).draft.text == "".join(parts[:4])
    assert ended(events).cut_off
    assert ended(events).remark is None
    assert len(server.requests) == 4


def test_whoever_repeats_itself_when_asked_to_go_on_is_cut_off_and_no_loop(tmp_path: Path) -> None:
    events, server = run(tmp_path, play.ok(GOOD, finish_reason="length"))
    done = ended(events)
    assert done.draft.text == shown(events) == GOOD
    assert (done.cut_off, done.remark) == (True, None)
    assert len(server.requests) == 2
