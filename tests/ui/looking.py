"""What holds of the page whatever it shows."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.ui.conftest import NARROW, WIDE

FOREIGN = (
    "Drop File",
    "Click to Upload",
    "Upload",
    "Loading",
    "Error",
    "undefined",
    "null",
    "Built with",
    "Settings",
    "Use via API",
)


def assert_in_order(page: Page) -> None:
    """Assert that what is shown is accessible, fits the window and is Chinese, in a narrow and in a wide window."""
    for width, height in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page)
        grave = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in grave] == []
    expect(page.locator("[aria-label^='Click']")).to_have_count(0)
    shown = page.locator("body").inner_text()
    assert [words for words in FOREIGN if words in shown] == []
