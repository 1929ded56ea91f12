"""The page in a process of its own, and a real browser that may speak to nobody else."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import OFFLINE, ROOT

PATIENCE = 20_000
# The text on the desk, which the visitor may change.
PAPER = ".desk .paper[contenteditable]"
# What the library says of a page that is left, or whose server is gone, while it listens.
LEAVING = (
    "ERR_",
    "network error",
    "Failed to fetch",
    "errored out",
    "Stream errored",
    "AbortError",
    "status of 503",
)
# What it says of its own stream when a page is left, reloaded or stopped while it listens.
LEFT = ("AbortError", "Connection errored out")
WIDE, NARROW = (1440, 900), (400, 850)


@dataclass
class Server:
    """A running page: its address, its data folder and what it said."""

    address: str
    data: Path
    log: Path
    process: "subprocess.Popen[bytes]"


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def running_page(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None, port: int | None = None
) -> Iterator[Server]:
    """Run ``gongwen ui`` with its data in ``folder`` until it is no longer wanted."""
    port = port or free_port()
    log = folder / f"{port}.log"
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "GONGWEN_DATA": str(folder / "data"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(OFFLINE)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        **(env or {}),
    }
    command = [sys.executable, "-m", "assistant", "ui", "--no-open", "--port", str(port), *arguments]
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)
    try:
        _await_page(f"http://127.0.0.1:{port}/", process, log)
        yield Server(f"http://127.0.0.1:{port}/", folder / "data", log, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def _await_page(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


@dataclass
class Visitor:
    """A browser page of a visitor's own, and all that it should not have done."""

    page: Page
    context: BrowserContext
    faults: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def open(self, server: Server) -> None:
        self.page.goto(server.address)
        expect(self.page.locator(".bench")).to_be_visible()

    def unexpected(self) -> list[str]:
        spared = (*self.expected, *LEFT)
        return [fault for fault in self.faults if not any(part in fault for part in spared)]


MakeVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a page without a model and with an empty shelf, for all tests that need nothing else."""
    with running_page(tmp_path_factory.mktemp("page")) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium on this machine; CI has one")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def make_visitor(browser: Browser) -> Iterator[MakeVisitor]:
    """Return what opens another browser context; at the end no page may have erred or asked another host."""
    visitors: list[Visitor] = []

    def make(*, size: tuple[int, int] = WIDE, language: str = "en-US") -> Visitor:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=language)
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        visitor = Visitor(context.new_page(), context)
        _watch(visitor)
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [fault for visitor in visitors for fault in visitor.unexpected()] == []


@pytest.fixture
def visitor(make_visitor: MakeVisitor) -> Visitor:
    return make_visitor()


def _watch(visitor: Visitor) -> None:
    page = visitor.page
    page.on(
        "console",
        lambda said: visitor.faults.append(f"console: {said.text}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: visitor.faults.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: None if _is_own(request.url) else visitor.faults.append(f"request: {request.url}"),
    )


def _is_own(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"
