"""Measure how long after an endpoint's first token the first text reaches the caller, beside the bare openai client.

Run as ``python eval/benchmarks/first_delta.py --runs 30`` where the package is installed. The endpoint is on loopback and in this
process; masking and streaming are on. It needs no network.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from assistant.documents.notes import parse_notes
from assistant.settings import Settings
from assistant.workflow.drafting import draft
from assistant.workflow.events import TextDelta
from assistant.workflow.requests import DraftRequest
from assistant.writing.templates import find_template, load_templates

NOTES = "- 青山县卫健局学习不够经常，王建国同志只参加了2次\n- 责任书签了没人查，电话13812345678无人接听\n"
PIECES = (
    "一是",
    "〖单",
    "位1〗学习不够",
    "经常，",
    "〖人名1",
    "〗只参加了",
    "2次。二是",
    "电话〖电话",
    "1〗无人接听。",
)
PAUSE = 0.02


class Endpoint(BaseHTTPRequestHandler):
    """Streams a short answer, and remembers when its first token left."""

    protocol_version = "HTTP/1.1"
    sent = 0.0

    def do_POST(self) -> None:
        """Answer a chat request."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        for number, piece in enumerate(PIECES):
            time.sleep(PAUSE)
            if number == 0:
                Endpoint.sent = time.perf_counter()
            self._send({"content": piece})
        self._send({}, finish_reason="stop")
        self._write("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def _send(self, delta: dict[str, str], *, finish_reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        self._write(json.dumps({**head, "choices": [choice]}, ensure_ascii=False))

    def _write(self, data: str) -> None:
        event = f"data: {data}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


def main() -> None:
    """Print the median and the longest wait of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    runs = parser.parse_args().runs
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), base_url=url, model="m", mask="always", revisions=0)
        ways: dict[str, Callable[[], float]] = {
            "bare openai client": lambda: bare(url),
            "gongwen draft, masked": lambda: drafted(settings),
        }
        for name, run in ways.items():
            run()
            waits = [run() * 1000 for _ in range(runs)]
            print(
                f"{name:22} median {statistics.median(waits):5.1f} ms   longest {max(waits):5.1f} ms   n {runs}"
            )
    server.shutdown()


def bare(url: str) -> float:
    """Return the seconds from the endpoint's first token to the client's first content."""
    import openai

    with openai.OpenAI(base_url=url, api_key="none") as client:
        stream = client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": NOTES}], stream=True
        )
        arrived = [
            time.perf_counter() for chunk in stream if chunk.choices and chunk.choices[0].delta.content
        ]
    return arrived[0] - Endpoint.sent


def drafted(settings: Settings) -> float:
    """Return the seconds from the endpoint's first token to the first text of a draft."""
    template = find_template("problems", load_templates())
    request = DraftRequest(template, parse_notes(NOTES, name="notes"), passages=False)
    arrived = [time.perf_counter() for event in draft(request, settings) if isinstance(event, TextDelta)]
    return arrived[0] - Endpoint.sent


if __name__ == "__main__":
    main()
