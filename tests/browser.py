"""Debian's Chromium for the tests that look at a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

# The first is Debian's build without windows: a visit of the page costs it half the processor time of the second.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run a browser until it is no longer wanted. While it runs, its thread has an event loop, and no other can run there."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine; CI has one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
