import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.errors import ModelError, SettingsError
from assistant.models.chat import Chat, ChatEvent, Delta, Usage
from assistant.models.endpoint import Endpoint
from assistant.models.tracing import untraced
from tests import endpoint as play
from tests.endpoint import KEY, MODEL, Behaviour, LoopbackEndpoint

ASK = [SystemMessage("你是写公文的人。"), HumanMessage("写一段问题。")]
TEXT = "一是基层力量不足。二是制度落实不到位。"


def open_chat(
    server: LoopbackEndpoint, *, retries: int = 0, timeout: float = 5.0, model: str = MODEL
) -> Chat:
    return Chat(Endpoint(server.url, KEY, model, timeout=timeout, retries=retries), temperature=0.2)


def text_of(events: Iterator[ChatEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))


def fail(chat: Chat) -> ModelError:
    with pytest.raises(ModelError) as caught:
        list(chat.stream(ASK))
    return caught.value


def test_an_answer_comes_in_pieces_and_ends_with_its_account() -> None:
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        *deltas, usage = open_chat(server).stream(ASK)
    assert all(isinstance(delta, Delta) and delta.text for delta in deltas)
    assert len(deltas) == -(-len(TEXT) // 4)
    assert text_of(iter(deltas)) == TEXT
    assert usage == Usage(sum(len(str(message.content)) for message in ASK), len(TEXT), "stop", TEXT)


def test_the_request_says_what_was_asked() -> None:
    with LoopbackEndpoint() as server:
        list(open_chat(server).stream(ASK))
        [received] = server.requests
    assert received.path == "/v1/chat/completions"
    assert received.headers["authorization"] == f"Bearer {KEY}"
    assert received.body["model"] == MODEL
    assert received.body["temperature"] == 0.2
    assert [message["content"] for message in received.body["messages"]] == [
        message.content for message in ASK
    ]


@pytest.mark.parametrize("model", ["gpt-5.2-pro", "codex-mini", "o1"])
def test_every_model_is_asked_for_a_chat_completion(model: str) -> None:
    with LoopbackEndpoint() as server:
        list(open_chat(server, model=model).stream(ASK))
        assert [received.path for received in server.requests] == ["/v1/chat/completions"]


def test_text_arrives_while_the_server_is_still_sending() -> None:
    with LoopbackEndpoint(play.paused("一是力量不足。", "二是制度不全。")) as server:
        events = open_chat(server).stream(ASK)
        assert next(events) == Delta("一是力量不足。")
        assert not server.release.is_set()
        server.release.set()
        assert text_of(events) == "二是制度不全。"


def test_a_chain_of_the_users_own_streams_the_events_of_its_last_step() -> None:
    def prompt(notes: list[str]) -> list[BaseMessage]:
        return [HumanMessage("；".join(notes))]

    with LoopbackEndpoint(play.paused("甲", "乙")) as server:
        chat = open_chat(server)

        def ask(prompts: Iterator[list[BaseMessage]]) -> Iterator[ChatEvent]:
            for messages in prompts:
                yield from chat.stream(messages)

        chain: Runnable[list[str], ChatEvent] = RunnableLambda(prompt) | RunnableGenerator(ask)
        events = untraced(lambda: chain.stream(["a", "b"]))
        assert next(events) == Delta("甲")
        server.release.set()
        assert isinstance(list(events)[-1], Usage)
        assert server.requests[0].body["messages"][0]["content"] == "a；b"


def test_a_cut_off_by_length_is_an_answer() -> None:
    with LoopbackEndpoint(play.ok(TEXT, finish_reason="length")) as server:
        *deltas, usage = open_chat(server).stream(ASK)
    assert text_of(iter(deltas)) == TEXT
    assert isinstance(usage, Usage)
    assert usage.finish_reason == "length"


@pytest.mark.parametrize(
    ("behaviour", "words", "partial"),
    [
        (play.unauthorized(), "拒绝了密钥（401），请检查 GONGWEN_API_KEY", ""),
        (play.failure(403, "forbidden"), "拒绝了密钥（403）", ""),
        (play.no_model(), f"没有模型 {MODEL}", ""),
        (play.rate_limited(7200), "等 7200 秒后再试", ""),
        (play.failure(402, "Insufficient Balance"), "余额不足", ""),
        (play.too_long(), "超过模型", ""),
        (play.failure(400, f"bad temperature for {KEY}"), "“bad temperature for ***”", ""),
        (play.server_error(503), "服务出错（503）", ""),
        (play.web_page(502), "服务出错（502）", ""),
        (play.web_page(), "网页", ""),
        (play.document(200, {"error": {"message": "busy"}}), "没有以流式方式作答（busy）", ""),
        (play.document(307, "", headers={"Location": "http://127.0.0.1:9/v1"}), "要求转到别的地址", ""),
        (play.raw_event("{not json"), "看不懂接口", ""),
        (play.raw_event('{"choices": [{"index": 0}]}'), "看不懂接口", ""),
        (play.raw_event('{"choices": null}'), "没有作答就断开", ""),
        (play.raw_event("[]"), "看不懂接口", ""),
        (play.raw_event("[DONE]"), "看不懂接口", ""),
        (play.empty(), "没有写出任何文字", ""),
        (play.slow(), "没有回应超过 0.4 秒", ""),
        (play.slow(TEXT), "中途停顿超过 0.4 秒", TEXT),
        (play.cut(TEXT, abruptly=True), "中途断开", TEXT),
        (play.cut(TEXT, abruptly=False), "中途断开", TEXT),
        (play.cut("", abruptly=True), "没有作答就断开", ""),
        (play.error_in_stream(TEXT, "backend lost"), "“backend lost”", TEXT),
        (play.content_filter(TEXT), "内容审核", TEXT),
    ],
)
def test_each_failure_is_one_sentence_and_keeps_the_text(
    behaviour: Behaviour, words: str, partial: str
) -> None:
    with LoopbackEndpoint(behaviour) as server:
        error = fail(open_chat(server, timeout=0.4 if "0.4" in words else 5.0))
        requests = len(server.requests)
    assert words in str(error)
    assert error.partial == partial
    assert str(error).endswith("。")
    assert str(error).count("。") == 1
    assert "请" in str(error)
    assert KEY not in str(error)
    assert requests == 1


@pytest.mark.parametrize("trouble", [play.rate_limited(0.05), play.server_error()])
def test_passing_trouble_is_tried_again(trouble: Behaviour) -> None:
    with LoopbackEndpoint(trouble, play.ok(TEXT)) as server:
        assert text_of(open_chat(server, retries=1).stream(ASK)) == TEXT
        assert len(server.requests) == 2


def test_retry_after_is_waited_for() -> None:
    with LoopbackEndpoint(play.rate_limited(0.8), play.ok(TEXT)) as server:
        start = time.monotonic()
        list(open_chat(server, retries=1).stream(ASK))
    assert time.monotonic() - start >= 0.8


def test_lasting_trouble_ends() -> None:
    with LoopbackEndpoint(play.rate_limited(0.02)) as server:
        assert "429" in str(fail(open_chat(server, retries=3)))
        assert len(server.requests) == 4


@pytest.mark.parametrize("seconds", [90, 3600, 1e30])
def test_a_wait_beyond_the_timeout_is_not_begun(seconds: float) -> None:
    with LoopbackEndpoint(play.rate_limited(seconds)) as server:
        start = time.monotonic()
        assert "429" in str(fail(open_chat(server, retries=5)))
        assert len(server.requests) == 1
    assert time.monotonic() - start < 5


def test_a_text_half_arrived_is_not_asked_for_again() -> None:
    with LoopbackEndpoint(play.cut(TEXT, abruptly=True), play.ok("另一段。")) as server:
        assert fail(open_chat(server, retries=2)).partial == TEXT
        assert len(server.requests) == 1


def test_nobody_listening() -> None:
    with LoopbackEndpoint() as server:
        chat = open_chat(server)
    assert "请检查本机服务是否已启动" in str(fail(chat))


def test_leaving_early_hangs_up() -> None:
    with LoopbackEndpoint(play.paused("甲", "乙"), play.ok("丙")) as server:
        chat = open_chat(server)
        events = chat.stream(ASK)
        next(events)
        events.close()
        assert text_of(chat.stream(ASK)) == "丙"


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:9"])
def test_a_proxy_does_not_stand_before_this_machine(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"):
        monkeypatch.setenv(name, proxy)
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        assert text_of(open_chat(server).stream(ASK)) == TEXT


def test_an_unusable_proxy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "nonsense://127.0.0.1:9")
    with pytest.raises(SettingsError, match="ALL_PROXY"):
        next(Chat(Endpoint("https://example.com/v1", KEY, MODEL)).stream(ASK))


def test_the_environment_adds_nothing_to_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer sk-of-another")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LC_OUTPUT_VERSION", "v1")
    with LoopbackEndpoint(play.ok(TEXT)) as server:
        assert text_of(open_chat(server).stream(ASK)) == TEXT
        assert "of-another" not in str(server.requests)


TRACED = """
import sys, time
from langchain_core.runnables import RunnableGenerator, RunnableLambda
from langchain_core.messages import HumanMessage
from langchain_core.tracers.langchain import wait_for_all_tracers
from assistant.models.chat import Chat
from assistant.models.endpoint import Endpoint
from assistant.models.tracing import untraced

chat = Chat(Endpoint(sys.argv[1], "sk-0123456789", "demo-model"))
def ask(prompts):
    for prompt in prompts:
        yield from chat.stream(prompt)

chain = RunnableLambda(lambda text: [HumanMessage(text)]) | RunnableGenerator(ask)
list(chat.stream([HumanMessage("要点")]))
list(untraced(lambda: chain.stream("要点")))
wait_for_all_tracers()
time.sleep(0.3)
"""


def test_nothing_is_traced_to_langsmith(clean_environment: dict[str, str]) -> None:
    with LoopbackEndpoint() as server, LoopbackEndpoint() as langsmith:
        tracing = dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"), "true")
        address = {"LANGSMITH_ENDPOINT": langsmith.url, "LANGSMITH_API_KEY": "lsv2_0"}
        subprocess.run(
            [sys.executable, "-c", TRACED, server.url],
            check=True,
            env={**clean_environment, **tracing, **address},
            timeout=60,
        )
        assert len(server.requests) == 2
        assert langsmith.requests == []


def test_importing_the_models_imports_no_client(clean_environment: dict[str, str]) -> None:
    parts = ", ".join(f"assistant.models.{part}" for part in ("chat", "embedding", "tokens", "probe"))
    heavy = ("openai", "langchain_openai", "langchain_core", "numpy", "tiktoken", "langsmith")
    code = f"import sys, {parts}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=clean_environment
    )
    assert done.stdout.strip() == "[]"
