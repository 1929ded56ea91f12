"""What programs may call: the same use cases, and nothing else."""

import json
import urllib.request
from typing import Any

import pytest

from tests.ui.serving import Server

NOTHING = False
TOOLS = {"draft", "polish", "check", "evaluate", "search"}


def ask(address: str, body: dict[str, Any] | None = None) -> str:
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=30) as answer:
        return str(answer.read().decode())


def call(server: Server, name: str, *values: Any) -> tuple[str, Any]:
    """Call an endpoint and return how it ended and what it gave."""
    base = f"{server.address}gradio_api/call/{name}"
    event = json.loads(ask(base, {"data": list(values)}))["event_id"]
    lines = ask(f"{base}/{event}").strip().splitlines()
    return lines[-2].removeprefix("event: "), json.loads(lines[-1].removeprefix("data: "))


def rpc(server: Server, method: str, parameters: dict[str, Any]) -> Any:
    """Ask the MCP server, and return its result."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
    answer = ask(f"{server.address}gradio_api/mcp/", body)
    line = next(line for line in answer.splitlines() if line.startswith("data: "))
    return json.loads(line.removeprefix("data: "))["result"]


def test_the_endpoints_are_named_and_typed_and_no_others(server: Server) -> None:
    info = json.loads(ask(f"{server.address}gradio_api/info"))
    assert {name.strip("/") for name in info["named_endpoints"]} == TOOLS
    assert info["unnamed_endpoints"] == {}
    draft = info["named_endpoints"]["/draft"]["parameters"]
    assert [(one["parameter_name"], one["type"]["type"]) for one in draft] == [
        ("notes", "string"),
        ("section", "string"),
        ("unit", "string"),
        ("year", "integer"),
        ("passages", "boolean"),
    ]


def test_the_tools_are_the_endpoints_and_say_what_their_parameters_are(server: Server) -> None:
    tools = {tool["name"]: tool for tool in rpc(server, "tools/list", {})["tools"]}
    assert tools.keys() == TOOLS
    assert all(
        described.get("description")
        for tool in tools.values()
        for described in tool["inputSchema"]["properties"].values()
    )


def test_a_tool_does_what_its_command_does(server: Server) -> None:
    done = rpc(server, "tools/call", {"name": "check", "arguments": {"text": "截止目前，完成投资5亿元。"}})
    assert "截至" in str(done)


def test_a_draft_can_be_had(server: Server) -> None:
    ended, [draft] = call(server, "draft", "谈话43人次", "problems", "局党组", 2025, NOTHING)
    assert ended == "complete"
    assert "43人次" in draft["text"]
    assert draft["notes"] == [{"id": "n1", "text": "谈话43人次"}]


def test_a_draft_can_be_held_against_a_reference(server: Server) -> None:
    ended, [done] = call(
        server,
        "evaluate",
        "一是理论学习抓得不够紧，集中学习仅16次。",
        "一是理论学习抓得不够紧，集中学习仅6次。",
        "",
        "",
    )
    assert ended == "complete"
    assert "说法不一1处" in done["summary"]
    assert {"scores", "groups", "unfounded"} <= done.keys()


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("evaluate", ["谈话6次。", "", "", ""], "参考稿里没有文字"),
        ("draft", ["", "problems", "", 0, False], "没有要点"),
        ("draft", ["谈话43人次", "nothing", "", 0, False], "没有叫“nothing”的小节"),
        ("search", ["学习", 1000], "1 至 50"),
        ("search", ["学习", 5], "还没有索引"),
        ("polish", ["长" * 100_001, "full"], "text 超过10万字，请分几次提交。"),
        ("draft", ["长" * 100_001, "problems", "", 0, False], "notes 超过10万字"),
        ("draft", [None, None, None, None, None], "没有写 notes，请补上。"),
        ("draft", ["谈话43人次", "problems", "", "去年", False], "year 应为整数，请改正。"),
        ("draft", ["谈话43人次", "problems", "", 2025.5, False], "year 应为整数"),
        ("draft", [["谈话43人次"], "problems", "", 0, False], "notes 应为文字"),
        ("draft", ["谈话43人次", "problems", "", True, False], "year 应为整数"),
        ("draft", ["谈话43人次", "problems", "", 0, "是"], "passages 应为 true 或 false"),
        ("polish", [None, "full"], "没有写 text"),
        ("polish", ["抓好落实。", "half"], "level 应为 light 或 full，请改正。"),
        ("check", [None, None, None], "没有写 text"),
        ("evaluate", ["谈话6次。", None, None, None], "没有写 reference"),
        ("search", [None, None], "没有写 query"),
    ],
)
def test_an_error_is_one_sentence(server: Server, name: str, values: list[Any], message: str) -> None:
    ended, said = call(server, name, *values)
    assert ended == "error"
    assert message in str(said)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("draft", ["谈话43人次", None, None, None, None]),
        ("draft", ["谈话43人次", "problems", "", 2025.0, False]),
        ("polish", ["抓好落实。", None]),
        ("check", ["截止目前，完成投资5亿元。", None, None]),
        ("evaluate", ["谈话6次。", "谈话7次。", None, None]),
    ],
)
def test_what_is_null_is_as_if_it_were_not_given(server: Server, name: str, values: list[Any]) -> None:
    assert call(server, name, *values)[0] == "complete"


def test_where_the_index_lies_on_the_server_is_not_told(server: Server) -> None:
    _, said = call(server, "search", "学习", 5)
    assert str(server.data) not in str(said)
    assert "请先在“语料”页收入旧稿。" in str(said)
