"""A real server on the loopback that speaks the OpenAI protocol and misbehaves on request.

    with LoopbackEndpoint(rate_limited(1), ok("第一段。")) as endpoint:
        environment = endpoint.environment()

Each chat request takes the next behaviour; the last one stays. Embeddings and the model list have scripts of their own.
"""

import hashlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

REMOTE = "http://model.example/v1"
KEY = "sk-" + "loopback-0123456789abcdef"
MODEL = "demo-model"
DIMENSIONS = 8


@dataclass(frozen=True)
class Received:
    """A request as it came: path, headers with lower-case names, and the JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class LoopbackEndpoint:
    """The server. ``requests`` grows as requests come; ``release`` lets a paused answer go on.

    ``hung_up`` is set when a client leaves an endless answer. As a proxy (`proxied`) it plays an endpoint elsewhere.
    """

    def __init__(
        self,
        *chat: "Behaviour",
        embeddings: "Sequence[Behaviour]" = (),
        listing: "Sequence[Behaviour]" = (),
        models: Sequence[str] = (MODEL,),
    ) -> None:
        self.requests: list[Received] = []
        self.hung_up = threading.Event()
        self.release = threading.Event()
        self.stopping = threading.Event()
        self._scripts = {
            "/chat/completions": list(chat) or [ok("好的。")],
            "/embeddings": list(embeddings) or [vectors()],
            "/models": list(listing) or [listed(models)],
        }
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.endpoint = self
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def environment(self, *, model: str = MODEL, key: str = KEY) -> dict[str, str]:
        """Return the variables that point gongwen here, with no revision asked for."""
        return {
            "GONGWEN_BASE_URL": self.url,
            "GONGWEN_API_KEY": key,
            "GONGWEN_MODEL": model,
            "GONGWEN_REVISIONS": "0",
        }

    def proxied(self) -> dict[str, str]:
        """Return the variables that make this server the proxy before an endpoint that is not on this machine."""
        return {"HTTP_PROXY": self.url.removesuffix("/v1"), "http_proxy": self.url.removesuffix("/v1")}

    def sent(self) -> str:
        """Return all that was sent here, as JSON with Chinese as it is."""
        return json.dumps([received.body for received in self.requests], ensure_ascii=False)

    def next_behaviour(self, received: Received) -> "Behaviour":
        with self._lock:
            self.requests.append(received)
            script = self._scripts.get(received.path.removeprefix("/v1"), [no_model()])
            return script.pop(0) if len(script) > 1 else script[0]

    def __enter__(self) -> "LoopbackEndpoint":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.release.set()
        with suppress(
            OSError
        ):  # the caller that the server waits for, so that it need not look up now and then
            socket.create_connection(("127.0.0.1", self._server.server_address[1])).close()
        self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        while not self.stopping.is_set():
            self._server.handle_request()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    endpoint: LoopbackEndpoint

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a client that hangs up is part of the play."""


class Exchange(BaseHTTPRequestHandler):
    """One request and the means to answer it."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def _answer(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.received = Received(urlsplit(self.path).path, headers, body)
        self.endpoint = self.server.endpoint
        self.endpoint.next_behaviour(self.received)(self)

    def send_document(
        self,
        status: int,
        content: object,
        *,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def begin_stream(self, *, chunked: bool = True) -> None:
        self._chunked = chunked
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header(*(("Transfer-Encoding", "chunked") if chunked else ("Connection", "close")))
        self.end_headers()

    def send_event(self, data: object) -> None:
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        event = f"data: {text}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event) if self._chunked else event)
        self.wfile.flush()

    def send_delta(self, delta: dict[str, str], *, finish_reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        self.send_event({**self._head(), "choices": [choice]})

    def send_pieces(self, text: str, *, size: int = 4, delay: float = 0.0) -> None:
        for start in range(0, len(text), size):
            self.send_delta({"content": text[start : start + size]})
            time.sleep(delay)

    def finish_stream(self, text: str, *, finish_reason: str = "stop") -> None:
        self.send_delta({}, finish_reason=finish_reason)
        if self.received.body.get("stream_options", {}).get("include_usage"):
            prompt = sum(len(str(message["content"])) for message in self.received.body["messages"])
            usage = {
                "prompt_tokens": prompt,
                "completion_tokens": len(text),
                "total_tokens": prompt + len(text),
            }
            self.send_event({**self._head(), "choices": [], "usage": usage})
        self.send_event("[DONE]")
        if self._chunked:
            self.wfile.write(b"0\r\n\r\n")

    def hang_up(self, *, abruptly: bool) -> None:
        if abruptly:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Stay silent."""

    def _head(self) -> dict[str, Any]:
        model = self.received.body.get("model", MODEL)
        return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": model}


Behaviour = Callable[[Exchange], None]


def ok(text: str, *, size: int = 4, delay: float = 0.0, finish_reason: str = "stop") -> Behaviour:
    """Stream ``text`` in pieces of ``size`` characters, ``delay`` seconds apart."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.send_delta({"role": "assistant", "content": ""})
        exchange.send_pieces(text, size=size, delay=delay)
        exchange.finish_stream(text, finish_reason=finish_reason)

    return behave


def paused(first: str, rest: str) -> Behaviour:
    """Stream ``first``, wait for ``release``, stream ``rest``."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.send_pieces(first, size=len(first))
        exchange.endpoint.release.wait(60)
        exchange.send_pieces(rest, size=len(rest))
        exchange.finish_stream(first + rest)

    return behave


def cut(text: str, *, abruptly: bool) -> Behaviour:
    """Stream ``text`` and hang up: with a reset in the middle of a chunked body, or as if the answer were whole."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream(chunked=abruptly)
        exchange.send_pieces(text)
        time.sleep(0.05)
        exchange.hang_up(abruptly=abruptly)

    return behave


def slow(text: str = "", *, seconds: float = 30.0) -> Behaviour:
    """Stream ``text``, or not even headers without one, and fall silent."""

    def behave(exchange: Exchange) -> None:
        if text:
            exchange.begin_stream()
            exchange.send_pieces(text)
        exchange.endpoint.stopping.wait(seconds)
        exchange.hang_up(abruptly=False)

    return behave


def error_in_stream(text: str, message: str) -> Behaviour:
    """Stream ``text`` and then an error object."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.send_pieces(text)
        exchange.send_event({"error": {"message": message, "code": "server_error"}})
        exchange.hang_up(abruptly=False)

    return behave


def raw_event(event: str) -> Behaviour:
    """Stream one event as it is, JSON or not."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream(chunked=False)
        exchange.send_event(event)
        exchange.hang_up(abruptly=False)

    return behave


def document(
    status: int, content: object, *, kind: str = "application/json", headers: dict[str, str] | None = None
) -> Behaviour:
    """Answer with a whole document."""
    return lambda exchange: exchange.send_document(status, content, kind=kind, headers=headers)


def failure(status: int, message: str, *, code: str = "", headers: dict[str, str] | None = None) -> Behaviour:
    """Answer with an error object."""
    return document(status, {"error": {"message": message, "code": code, "type": "error"}}, headers=headers)


def unauthorized() -> Behaviour:
    """Refuse the key, and quote it back as some endpoints do."""
    return lambda exchange: exchange.send_document(
        401,
        {
            "error": {
                "message": f"Incorrect API key provided: {exchange.received.headers.get('authorization')}"
            }
        },
    )


def no_model() -> Behaviour:
    return failure(404, "The model does not exist", code="model_not_found")


def rate_limited(seconds: float) -> Behaviour:
    return failure(429, "Rate limit reached", headers={"Retry-After": f"{seconds:g}"})


def server_error(status: int = 500) -> Behaviour:
    return failure(status, "Internal error")


def too_long() -> Behaviour:
    return failure(400, "This model's maximum context length is 8192 tokens.", code="context_length_exceeded")


def web_page(status: int = 200) -> Behaviour:
    return document(status, "<html><body>Welcome</body></html>", kind="text/html; charset=utf-8")


def empty() -> Behaviour:
    return ok("")


def endless(text: str, *, beginning: str = "") -> Behaviour:
    """Stream ``beginning``, then ``text`` again and again until the client hangs up."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        try:
            exchange.send_pieces(beginning)
            while not exchange.endpoint.stopping.is_set():
                exchange.send_pieces(text, size=8, delay=0.0005)
        except OSError:
            exchange.endpoint.hung_up.set()
            raise

    return behave


def pieces(*parts: str, finish_reason: str = "stop") -> Behaviour:
    """Stream these very pieces."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        for part in parts:
            exchange.send_delta({"content": part})
        exchange.finish_stream("".join(parts), finish_reason=finish_reason)

    return behave


def reasoned(thought: str, text: str, *, size: int = 3) -> Behaviour:
    """Stream a thought as ``reasoning_content``, as some endpoints do, and then the text."""

    def behave(exchange: Exchange) -> None:
        exchange.begin_stream()
        for start in range(0, len(thought), size):
            exchange.send_delta({"reasoning_content": thought[start : start + size]})
        exchange.send_pieces(text)
        exchange.finish_stream(text)

    return behave


def written(write: Callable[[list[dict[str, str]]], str], *, size: int = 4) -> Behaviour:
    """Stream what ``write`` makes of the messages that came."""

    def behave(exchange: Exchange) -> None:
        ok(write(exchange.received.body["messages"]), size=size)(exchange)

    return behave


def content_filter(text: str) -> Behaviour:
    return ok(text, finish_reason="content_filter")


def vector(text: str) -> list[float]:
    """Return the vector that this server gives ``text``: not of length 1."""
    return [byte / 16 - 8 for byte in hashlib.sha256(text.encode()).digest()[:DIMENSIONS]]


def vectors(*, limit: int | None = None) -> Behaviour:
    """Answer with a vector per text, last first; refuse more than ``limit`` texts."""

    def behave(exchange: Exchange) -> None:
        texts = exchange.received.body["input"]
        if limit is not None and len(texts) > limit:
            exchange.send_document(
                400, {"error": {"message": f"batch size should not be larger than {limit}"}}
            )
            return
        exchange.send_document(200, embedded([vector(text) for text in texts]))

    return behave


def embedded(rows: Iterable[Sequence[float]]) -> dict[str, Any]:
    """Return the document that holds ``rows``, last first."""
    data = [{"object": "embedding", "index": index, "embedding": list(row)} for index, row in enumerate(rows)]
    return {
        "object": "list",
        "model": MODEL,
        "data": data[::-1],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


def listed(names: Sequence[str]) -> Behaviour:
    return document(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in names]})
