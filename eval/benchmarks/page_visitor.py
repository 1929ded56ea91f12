"""The page in a process of its own, and a visitor without a browser: his cookie, his sessions and the page's events over HTTP."""

import asyncio
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@contextmanager
def running_page(data: Path, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Run the page and yield its address and process id."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME")}
    environment = {**kept, "PYTHONPATH": str(ROOT), "GONGWEN_DATA": str(data), **environment}
    command = [sys.executable, "-m", "assistant", "ui", "--no-open", "--port", port]
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=data)
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def resident(process: int) -> float:
    """Return the resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


@dataclass
class Seen:
    """What a run showed: the markup of the page with the time it came, and when the run was over."""

    pages: list[tuple[float, str]] = field(default_factory=list)
    ended: float = 0.0


def patched(page: str | None, change: Any) -> str:
    """Return the page's markup after a change: first it comes whole, then as what is appended to it or replaces it."""
    if page is None:
        return str(change)
    for action, _, value in change:
        page = page + value if action == "append" else str(value)
    return page


class Browser:
    """One visitor. ``open`` opens the page anew, in a session of its own, as a reload does."""

    def __init__(self, address: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=address, timeout=PATIENCE, trust_env=False, limits=httpx.Limits(max_connections=None)
        )
        self._session = ""
        self._alive: asyncio.Task[None] | None = None
        self._loads: list[int] = []
        self._go = 0

    async def open(self) -> None:
        """Open the page; wait for the server if it is still starting."""
        if self._alive:
            self._alive.cancel()
        while True:
            try:
                await self._client.get("/")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.2)
        config = (await self._client.get("/config")).json()
        names = {one["id"]: one["props"].get("elem_id") for one in config["components"]}
        events = [
            (names.get(at), event, handler["id"])
            for handler in config["dependencies"]
            for at, event in handler["targets"]
        ]
        self._loads = [handler for _, event, handler in events if event == "load"]
        [self._go] = [handler for name, event, handler in events if (name, event) == ("draft-go", "click")]
        self._session = secrets.token_hex(6)
        self._alive = asyncio.create_task(self._stay())
        await self._run(self._loads, [])

    async def draft(self, notes: str) -> Seen:
        """Press 起草 with these notes, and return what the page showed."""
        return await self._run([self._go], [None, "problems", "", None, notes, False, 1])

    async def close(self) -> None:
        """Leave."""
        if self._alive:
            self._alive.cancel()
        await self._client.aclose()

    async def _stay(self) -> None:
        async with self._client.stream("GET", f"/gradio_api/heartbeat/{self._session}") as answer:
            async for _ in answer.aiter_bytes():
                pass

    async def _run(self, handlers: list[int], values: list[Any]) -> Seen:
        """Run handlers at once, as the page does when it opens; what they show is told apart only where it is one."""
        for handler in handlers:
            body = {"data": values, "fn_index": handler, "session_hash": self._session, "event_data": None}
            (await self._client.post("/gradio_api/queue/join", json=body)).raise_for_status()
        seen, page = Seen(), None
        async for at, message in self._messages():
            if message["msg"] == "process_generating":
                page = patched(page, message["output"]["data"][0])
                seen.pages.append((at, page))
            elif message["msg"] == "process_completed":
                assert message["success"], message
                seen.ended = at
        return seen

    async def _messages(self) -> AsyncIterator[tuple[float, dict[str, Any]]]:
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    message = json.loads(line.removeprefix("data: "))
                    if message["msg"] == "close_stream":
                        return
                    yield time.monotonic(), message
