import time

import pytest

from assistant.models.endpoint import Endpoint
from assistant.models.probe import reach
from tests import endpoint as play
from tests.endpoint import KEY, Behaviour, LoopbackEndpoint


def probe(server: LoopbackEndpoint, model: str = "qwen3") -> str:
    return reach(Endpoint(server.url, KEY, model, retries=5))[1]


@pytest.mark.parametrize("name", ["qwen3", "qwen3:latest"])
def test_a_listed_model_is_available(name: str) -> None:
    with LoopbackEndpoint(models=["other", name]) as server:
        assert probe(server).endswith("模型 qwen3 可用。")
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (play.listed(["other"]), "没有 qwen3"),
        (play.listed([]), "没有 qwen3"),
        (play.no_model(), "不提供模型列表"),
        (play.unauthorized(), "拒绝了密钥"),
        (play.server_error(), "服务出错"),
        (play.web_page(), "网页"),
        (play.document(200, "hello", kind="text/plain"), "看不懂接口"),
        (play.document(200, {"data": None}), "看不懂接口"),
    ],
)
def test_each_outcome_is_one_line(behaviour: Behaviour, words: str) -> None:
    with LoopbackEndpoint(listing=[behaviour]) as server:
        line = probe(server)
        assert len(server.requests) == 1
    assert words in line
    assert line.count("。") == 1
    assert KEY not in line


def test_silence_is_not_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.probe.SECONDS", 0.3)
    start = time.monotonic()
    with LoopbackEndpoint(listing=[play.slow()]) as server:
        assert "0.3 秒内没有回应" in probe(server)
    assert time.monotonic() - start < 2.5


def test_what_counts_as_reached() -> None:
    with LoopbackEndpoint(models=["qwen3"]) as server:
        assert reach(Endpoint(server.url, KEY, "qwen3"))[0]
        assert not reach(Endpoint(server.url, KEY, "another"))[0]
    assert not reach(Endpoint(server.url, KEY, "qwen3"))[0]


def test_nobody_listening() -> None:
    with LoopbackEndpoint() as server:
        pass
    assert "连不上接口" in probe(server)
