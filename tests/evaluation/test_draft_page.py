import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from assistant.evaluation.comparing_draft import compare
from assistant.evaluation.draft_page import render
from assistant.types import Note
from tests.conftest import ROOT

REFERENCE = (ROOT / "corpus" / "004_7d90760bf9235187.txt").read_text("utf-8")
DRAFT = (
    "今年以来，局党组各项学习有序推进，对照全面从严治党要求还存在不足：一是理论学习的系统性还不够，解决改革新情况新问题还有差距。"
    "二是谈心谈话以工作建议代替批评意见；对重点岗位人员的监督严重缺失。三是公务接待超标准2次，涉及资金3.2万元。"
)
HOSTILE = '一是<img src="http://192.0.2.1/x" onerror="alert(1)">学习不够。二是</p><script>alert(2)</script>{{ 7 + 7 }}监督不严。'


class Opened:
    """A page opened from a file without network, and what it asked for and complained of."""

    def __init__(self, browser: Browser, path: Path, width: int) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.goto(path.as_uri())


def opened(browser: Browser, folder: Path, html: str, *, width: int = 1440) -> Opened:
    path = folder / "比对.html"
    path.write_text(html, "utf-8")
    return Opened(browser, path, width)


def page_of(draft: str, reference: str = REFERENCE, *, notes: tuple[Note, ...] = ()) -> str:
    return render(compare(draft, reference, notes=notes, section="problems"), draft_name="草稿.docx")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_asks_for_nothing_complains_of_nothing_and_fits(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    shown = opened(browser, tmp_path, page_of(DRAFT, notes=(Note("n1", "学习不够系统"),)), width=width)
    assert shown.asked == [(tmp_path / "比对.html").as_uri()]
    assert shown.complaints == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") == width
    first, second = (
        box for box in (side.bounding_box() for side in shown.page.locator(".side").all()) if box
    )
    assert (first["x"] == second["x"]) == (width == 390)


def test_everything_found_is_on_the_page_and_marked_with_words(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, page_of(DRAFT)).page
    assert page.locator(".lede").inner_text().startswith("参考稿的内容写到了")
    assert page.locator(".side mark.unfounded").all_inner_texts() == ["2次据1", "3.2万元据2"]
    assert page.locator(".side mark.differs").all_inner_texts() == ["严重异1", "有待异1"]
    draft, reference = page.locator(".side").all()
    assert draft.locator(".tag").all_inner_texts() == ["多写"]
    assert "不全" in reference.locator(".tag").all_inner_texts()
    text = re.sub(r"多写|异\d|据\d|^\d|(?<=[。：])\d|\s", "", draft.locator(".text").inner_text())
    assert text == DRAFT


def test_numbers_lead_from_either_side_to_the_other(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, page_of(DRAFT)).page
    links = page.locator("a[href^='#']").all()
    assert len(links) >= 6
    for link in links:
        assert page.locator(link.get_attribute("href") or "").count() == 1
    page.locator(".side").first.locator("a.number").first.click()
    assert page.locator(".side").nth(1).locator(".piece:target").count() == 1


def test_pieces_of_one_group_light_up_together(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, page_of(DRAFT)).page
    theirs = page.locator(".side").nth(1).locator("[data-group='2']").first
    look = "element => getComputedStyle(element).boxShadow"
    before = theirs.evaluate(look)
    page.locator(".side").first.locator("[data-group='2']").first.hover()
    assert (before, theirs.evaluate(look) != before) == ("none", True)


def test_markup_and_script_in_the_texts_are_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    shown = opened(browser, tmp_path, page_of(HOSTILE, HOSTILE))
    assert shown.complaints == []
    assert len(shown.asked) == 1
    assert shown.page.locator("script, img").count() == 0
    text = shown.page.locator(".side").first.inner_text()
    assert "<script>alert(2)</script>{{ 7 + 7 }}监督不严。" in text
    assert 'onerror="alert(1)"' in text


def test_masks_are_shown_and_two_whole_reports_can_be_read(browser: Browser, tmp_path: Path) -> None:
    other = (ROOT / "corpus" / "002_71d5212a2d8988ed.txt").read_text("utf-8")
    shown = opened(browser, tmp_path, render(compare(other, REFERENCE)))
    assert shown.complaints == []
    assert "*" not in shown.page.locator(".sides").inner_text()
    assert "××局" in shown.page.locator(".sides").inner_text()
