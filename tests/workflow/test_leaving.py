"""What leaves the machine: nothing unmasked, nothing marked secret, and what is shown beforehand is what is sent."""

import contextlib
import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import SecretStr

from assistant.errors import InputError, ModelError
from assistant.models.endpoint import chat_endpoint
from assistant.settings import Settings
from assistant.workflow.drafting import draft, preview, preview_masked
from assistant.workflow.events import DraftEvent, Finished, Restarted, Sending, TextDelta
from assistant.workflow.importing import Status, import_reports
from assistant.workflow.masking import leaving_text
from assistant.workflow.shelf import rebuild, search
from tests import endpoint as play
from tests.endpoint import KEY, MODEL, REMOTE, Behaviour, LoopbackEndpoint
from tests.workflow.conftest import REPORTS, connected, request

NAMES = ("青山县卫健局", "王建国", "13812345678", "青政发〔2023〕12号")
NOTES = (
    "- 青山县卫健局学习不够经常，王建国同志只参加了2次\n"
    "- 青政发〔2023〕12号文件没有传达，投诉电话13812345678无人接听\n"
)
MARKED = "内部资料 注意保存\n"


def guarded(server: LoopbackEndpoint, data: Path, **more: Any) -> Settings:
    """Return settings that mask even for an endpoint on this machine, chat and embeddings alike."""
    return connected(server, data, mask="always", **more)


def elsewhere(data: Path, **more: Any) -> Settings:
    """Return settings with an endpoint that is not on this machine; a proxy that is answers for it."""
    settings = Settings(data=data, base_url=REMOTE, api_key=SecretStr(KEY), model=MODEL, retries=0, **more)
    endpoint = chat_endpoint(settings)
    assert endpoint is not None
    assert not endpoint.is_local
    return settings


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that makes a server the proxy of this process."""

    def set_up(server: LoopbackEndpoint) -> LoopbackEndpoint:
        for name, value in server.proxied().items():
            monkeypatch.setenv(name, value)
        return server

    return set_up


def echo(messages: list[dict[str, str]]) -> str:
    """Write the notes as they came, one item each."""
    notes = messages[1]["content"].split("<要点>\n")[1].split("\n</要点>")[0].split("\n")
    return "\n".join(
        f"{number}是{note.split('. ', 1)[1]}。" for number, note in zip("一二三", notes, strict=False)
    )


def ended(events: list[DraftEvent]) -> Finished:
    last = events[-1]
    assert isinstance(last, Finished)
    return last


def run(server: LoopbackEndpoint, settings: Settings, notes: str = NOTES) -> list[DraftEvent]:
    return list(draft(request(notes=notes), settings))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 400])
def test_nothing_masked_is_in_any_request_and_the_draft_has_it_back(tmp_path: Path, size: int) -> None:
    with LoopbackEndpoint(play.written(echo, size=size)) as server:
        events = run(server, guarded(server, tmp_path))
        sent = server.sent()
        [received] = server.requests
    assert [name for name in NAMES if name in sent] == []
    assert "〖" in sent
    text = ended(events).draft.text
    assert [name for name in NAMES if name not in text] == []
    assert "〖" not in text
    deltas = [event.text for event in events if isinstance(event, TextDelta)]
    assert "".join(deltas).strip() == text
    assert not [delta for delta in deltas if "〖" in delta]
    [sending] = [event for event in events if isinstance(event, Sending)]
    assert set(NAMES) <= {entity.text for entity in sending.masked}
    assert [message["content"] for message in received.body["messages"]] == list(sending.messages)


def test_nothing_masked_is_in_a_retry_a_continuation_or_a_revision(tmp_path: Path) -> None:
    def lose(messages: list[dict[str, str]]) -> str:
        return echo(messages).replace("〖人名1〗", "某同志")

    def break_off(exchange: play.Exchange) -> None:
        text = echo(exchange.received.body["messages"])
        play.ok(text[: len(text) // 2], finish_reason="length")(exchange)

    def go_on(messages: list[dict[str, str]]) -> str:
        text = echo(messages)
        return text[len(text) // 2 :].replace("无人接听", "无人接听达99次")

    script = [play.written(lose), break_off, play.written(go_on), play.written(echo)]
    with LoopbackEndpoint(*script) as server:
        events = run(server, guarded(server, tmp_path, revisions=2))
        sent = server.sent()
        assert len(server.requests) == 4
    assert [name for name in NAMES if name in sent] == []
    assert [event.reason for event in events if isinstance(event, Restarted)] != []
    text = ended(events).draft.text
    assert [name for name in NAMES if name not in text] == []
    assert "99" not in text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("〖人名1〗", "该同志"),
        lambda text: text.replace("〖人名1〗", "〖人名7〗"),
        lambda text: text + "〖单位8〗有待改进。",
        lambda text: text.replace("〖人名1〗", "【人名1】"),
        lambda text: text.replace("〖人名1〗", "〖人名1"),
    ],
    ids=["lost", "renumbered", "invented", "other marks", "half"],
)
def test_a_placeholder_that_does_not_come_back_is_asked_for_once_and_then_refused(
    tmp_path: Path, spoil: Any
) -> None:
    spoiled = play.written(lambda messages: spoil(echo(messages)), size=1)
    with LoopbackEndpoint(spoiled, play.written(echo)) as server:
        events = run(server, guarded(server, tmp_path))
        assert len(server.requests) == 2
    assert "〖" not in ended(events).draft.text
    with LoopbackEndpoint(spoiled) as server, pytest.raises(ModelError, match="占位符") as caught:
        run(server, guarded(server, tmp_path))
    assert len(server.requests) == 2
    assert [name for name in NAMES if name in server.sent()] == []
    assert "学习不够" in caught.value.partial


def test_a_revision_that_loses_a_placeholder_costs_nothing(tmp_path: Path) -> None:
    bad = play.written(lambda messages: echo(messages).replace("2次", "9次"))
    lost = play.written(lambda messages: echo(messages).replace("〖人名1〗", "该同志"))
    with LoopbackEndpoint(bad, lost) as server:
        done = ended(run(server, guarded(server, tmp_path, revisions=2)))
        assert len(server.requests) == 3
    assert "9次" in done.draft.text
    assert "王建国" in done.draft.text
    assert "占位符" in (done.remark or "")


def test_what_is_previewed_masked_is_what_is_sent(shelf: Path) -> None:
    with LoopbackEndpoint(play.written(echo)) as server:
        settings = guarded(server, shelf)
        asked = request(notes=NOTES, passages=True)
        [[system, user]] = preview_masked(asked, settings)
        assert server.requests == []
        list(draft(asked, settings))
        messages = server.requests[0].body["messages"]
    assert [each["content"] for each in messages] == [system.text, user.text]
    assert user.entities


def test_embeddings_leave_masked_too(tmp_path: Path) -> None:
    report = tmp_path / "旧稿.txt"
    report.write_text(REPORTS[2].read_text("utf-8") + f"\n联系人：{NAMES[1]}，电话{NAMES[2]}。\n", "utf-8")
    with LoopbackEndpoint(play.written(echo)) as server:
        settings = guarded(server, tmp_path / "data", embedding_model="m3")
        assert [result.reason for result in import_reports([report], settings)] == [None]
        list(draft(request(notes=NOTES, passages=True), settings))
        search(f"{NAMES[0]}的{NAMES[1]}", settings, count=2)
        assert {received.path for received in server.requests} == {"/v1/embeddings", "/v1/chat/completions"}
        sent = server.sent()
    assert [name for name in NAMES if name in sent] == []


@pytest.mark.parametrize(
    "notes",
    [
        MARKED + NOTES,
        "机密★5年\n\n" + NOTES,
        "# 机密★5年\n\n" + NOTES,
        NOTES + "- 密级：秘密\n",
    ],
    ids=["internal", "line", "heading", "note"],
)
def test_notes_with_a_secrecy_marking_do_not_leave(
    tmp_path: Path, proxy: Any, notes: str, shelf: Path
) -> None:
    from assistant.workflow.batch import draft_batch
    from assistant.writing.templates import load_templates

    path = tmp_path / "b.jsonl"
    path.write_text(json.dumps({"id": 1, "section": "problems", "notes": notes}, ensure_ascii=False), "utf-8")
    with proxy(LoopbackEndpoint(play.written(echo))) as server:
        results = list(draft_batch(path, load_templates(), elsewhere(shelf), passages=False))
        assert server.requests == []
    [result] = results
    assert isinstance(result, dict)
    assert "远程" in result["error"]
    with LoopbackEndpoint(play.written(echo)) as server:
        results = list(draft_batch(path, load_templates(), connected(server, shelf), passages=False))
        assert len(server.requests) > 0


def test_notes_with_the_word_alone_leave(tmp_path: Path, proxy: Any) -> None:
    with proxy(LoopbackEndpoint(play.written(echo))) as server:
        done = ended(run(server, elsewhere(tmp_path), "- 保守国家秘密教育不够\n- 机密文件管理不严\n"))
        [received] = server.requests
    assert "保守国家秘密" in done.draft.text
    assert received.headers["host"] == "model.example"


def test_an_endpoint_elsewhere_is_masked_for_without_being_asked(tmp_path: Path, proxy: Any) -> None:
    with proxy(LoopbackEndpoint(play.written(echo))) as server:
        done = ended(run(server, elsewhere(tmp_path)))
        assert [name for name in NAMES if name in server.sent()] == []
    assert [name for name in NAMES if name not in done.draft.text] == []


def test_passages_of_a_marked_report_stay_here(tmp_path: Path, proxy: Any) -> None:
    folder, data = tmp_path / "旧稿", tmp_path / "data"
    folder.mkdir()
    (folder / "密.txt").write_text(MARKED + REPORTS[2].read_text("utf-8"), "utf-8")
    (folder / "明.txt").write_text(REPORTS[0].read_text("utf-8"), "utf-8")
    assert [result.reason for result in import_reports([folder], Settings(data=data))] == [None, None]
    asked = request(notes="- 党建和业务两张皮\n- 思想教育还有差距\n", passages=True)
    [local] = preview(asked, Settings(data=data))
    assert "密.txt" in {hit.passage.name for hit in local.hits}
    with proxy(LoopbackEndpoint(play.written(echo))) as server:
        [shown] = preview_masked(asked, elsewhere(data))
        done = ended(list(draft(asked, elsewhere(data))))
        sent = server.requests[0].body["messages"]
    assert {hit.passage.name for hit in done.draft.passages} == {"明.txt"}
    assert [each["content"] for each in sent] == [each.text for each in shown]


def test_a_marked_report_is_not_embedded_elsewhere(tmp_path: Path, proxy: Any) -> None:
    folder, data = tmp_path / "旧稿", tmp_path / "data"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORTS[2].read_text("utf-8") + "\n\n机密★10年\n", "utf-8")
    (folder / "b.txt").write_text(REPORTS[0].read_text("utf-8"), "utf-8")
    secret = "仍存在以下不足"
    assert secret in REPORTS[2].read_text("utf-8")
    with proxy(LoopbackEndpoint()) as server:
        remote = elsewhere(data, embedding_model="m3")
        failed, added = import_reports([folder], remote)
        assert (failed.status, added.status) == (Status.FAILED, Status.ADDED)
        assert "机密★10年" in (failed.reason or "")
        assert server.requests
        assert secret not in server.sent()
    assert import_all(folder, tmp_path / "local") == [None, None]
    with proxy(LoopbackEndpoint()) as server:
        with pytest.raises(InputError, match=r"a\.txt.*gongwen corpus remove"):
            rebuild(elsewhere(tmp_path / "local", embedding_model="m3"))
        assert server.requests == []


def import_all(folder: Path, data: Path) -> list[str | None]:
    return [result.reason for result in import_reports([folder], Settings(data=data))]


def test_the_log_holds_no_text_and_no_key(tmp_path: Path) -> None:
    script: list[Behaviour] = [
        play.written(lambda messages: echo(messages).replace("2次", "9次")),
        play.empty(),
    ]
    with LoopbackEndpoint(*script) as server:
        settings = guarded(server, tmp_path / "data", revisions=1)
        done = ended(run(server, settings)).draft
        address = server.url
    log = (tmp_path / "data" / "requests.jsonl").read_text("utf-8")
    first, second, checked = map(json.loads, log.splitlines())
    assert {line["kind"] for line in (first, second)} == {"request"}
    assert (first["endpoint"], first["model"], first["outcome"]) == (address, MODEL, "stop")
    assert second["outcome"] == "failed"
    assert first["masked"]["person"] >= 1
    assert len({line["prompt"] for line in (first, second)}) == 2
    assert first["prompt_tokens"] > 0
    assert first["characters"] > 100
    assert checked["kind"] == "checked"
    assert sum(checked["findings"].values()) == len(done.findings) > 0
    assert all("T" in line["when"] for line in (first, second, checked))
    assert KEY not in log
    pieces = ["".join(pair) for pair in pairwise(NOTES)]
    assert [piece for piece in pieces if piece.isalpha() and not piece.isascii() and piece in log] == []


def test_the_log_can_be_turned_off(tmp_path: Path) -> None:
    with LoopbackEndpoint(play.written(echo)) as server:
        run(server, guarded(server, tmp_path / "data", log=False, embedding_model="m3"))
    assert not (tmp_path / "data").exists()


def test_a_name_that_a_later_portion_makes_known_is_masked_in_the_first(tmp_path: Path) -> None:
    filling = "".join(f"- 第{number}个支部的学习记录不全，检查时才发现\n" for number in range(1, 30))
    notes = f"- 向曲波问过两次\n{filling}- 局长曲波同志没有参加\n"
    with LoopbackEndpoint(play.written(echo)) as server, contextlib.suppress(ModelError):
        run(server, guarded(server, tmp_path, prompt_tokens=1150), notes)
    assert server.requests
    assert "曲波" not in server.sent()


def test_what_is_previewed_of_portions_is_what_is_sent(tmp_path: Path) -> None:
    filling = "".join(f"- 第{number}个支部的学习记录不全，检查时才发现\n" for number in range(1, 30))
    asked = request(notes=f"- 柜子里少了高远那份材料\n{filling}- 局长高远同志没有参加\n")
    with LoopbackEndpoint(play.written(echo)) as server:
        settings = guarded(server, tmp_path, prompt_tokens=1150, revisions=0)
        shown = preview_masked(asked, settings)
        assert server.requests == []
        list(draft(asked, settings))
        sent = [[each["content"] for each in received.body["messages"]] for received in server.requests]
    assert len(sent) > 1
    assert sent == [[each.text for each in messages] for messages in shown]
    assert "高远" not in "".join(each.text for messages in shown for each in messages)


@pytest.mark.parametrize(
    "own", ["〖人名1没有到会", "【单位1】没有到会", "〖单位1〗没有到会", "〖掩码1〗没有到会"]
)
def test_what_only_looks_like_a_placeholder_in_the_users_text_is_no_fault(tmp_path: Path, own: str) -> None:
    with LoopbackEndpoint(play.written(echo)) as server:
        done = ended(run(server, guarded(server, tmp_path), f"- {own}\n{NOTES}"))
        assert len(server.requests) == 1
    assert own in done.draft.text
    assert [name for name in NAMES if name not in done.draft.text] == []


TYPED = "张伟同志（电话13812345678）在会上讲话。"


@pytest.mark.parametrize(
    ("mask", "url", "masks"),
    [
        ("remote", "http://127.0.0.1:9/v1", False),
        ("always", "http://127.0.0.1:9/v1", True),
        ("remote", "http://model.example/v1", True),
        ("never", "http://model.example/v1", False),
        ("remote", None, True),
        ("never", None, False),
    ],
)
def test_a_typed_text_is_shown_as_it_would_leave(
    mask: Literal["always", "remote", "never"], url: str | None, *, masks: bool, tmp_path: Path
) -> None:
    model = MODEL if url else None
    leaving = leaving_text(TYPED, Settings(data=tmp_path, mask=mask, base_url=url, model=model))
    assert (leaving.to, leaving.masks) == (url, masks)
    assert ("13812345678" in leaving.masked.text) is not masks
    assert bool(leaving.masked.entities) is masks


def test_a_typed_text_with_a_secrecy_marking_leaves_for_this_machine_only(tmp_path: Path) -> None:
    local = Settings(data=tmp_path, base_url="http://127.0.0.1:9/v1", model=MODEL)
    assert leaving_text("机密★1年\n" + TYPED, local).masks is False
    with pytest.raises(InputError, match="机密★1年"):
        leaving_text("机密★1年\n" + TYPED, Settings(data=tmp_path))
