"""The pages that all tests share, and a real browser that may speak to nobody else.

All tests of this folder run in one process, so that pages and browser are started once. They end with the folder:
other tests could not bear the browser's event loop.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import running_browser
from tests.ui.serving import Server, Stage, running_page, running_stage

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


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a page without a model and with an empty shelf, for all tests that need nothing else."""
    with running_page(tmp_path_factory.mktemp("page")) as server:
        yield server


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Return a page with a model whose script each test writes."""
    with running_stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with running_browser() as browser:
        yield browser


@pytest.fixture
def make_visitor(browser: Browser) -> Iterator[MakeVisitor]:
    """Return what opens another browser context; at the end no page may have erred or asked another host."""
    visitors: list[Visitor] = []

    def make(*, size: tuple[int, int] = WIDE, expected: tuple[str, ...] = ()) -> Visitor:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        visitor = Visitor(context.new_page(), context, expected=expected)
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
