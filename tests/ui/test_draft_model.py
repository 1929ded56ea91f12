"""Drafting with a model, in a real browser: what streams, what is stopped, what fails, what is compared."""

from playwright.sync_api import Page, expect

from tests import endpoint as play
from tests.ui.conftest import PAPER, Visitor
from tests.ui.serving import Stage

NOTES = "集中学习只有6次\n谈话43人次"
FIRST, REST = "一是集中学习", "只有6次。二是谈话43人次。"
GOOD = FIRST + REST
WORSE = "一是集中学习只有16次。二是谈话43人次，造成严重后果。"


def begin(stage: Stage, visitor: Visitor, *, count: int = 1) -> None:
    visitor.open(stage.server)
    visitor.page.get_by_label("要点", exact=True).fill(NOTES)
    if count > 1:
        visitor.page.get_by_role("button", name="更多设置").click()
        # The slider and its box follow each other: only when both have settled has the number arrived.
        box, slider = (
            visitor.page.get_by_role(role, name="写几稿来比较") for role in ("spinbutton", "slider")
        )
        expect(slider).to_have_value("1")
        box.fill(str(count))
        visitor.page.keyboard.press("Tab")
        expect(slider).to_have_value(str(count))
        expect(box).to_have_value(str(count))
    visitor.page.locator("#draft-go").click()


def test_text_is_seen_before_the_end_and_one_item_is_written_again(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.paused(FIRST, REST), play.ok("二是谈话共43人次。"))
    begin(stage, visitor)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    expect(visitor.page.locator(".steps .now")).to_have_text("写作")
    expect(visitor.page.locator("#draft-go")).to_be_disabled()
    stage.endpoint.release.set()
    expect(visitor.page.locator(PAPER)).to_have_text(GOOD)
    expect(visitor.page.locator(".ai-label")).to_contain_text("人工智能辅助生成")
    expect(visitor.page.locator("#draft-stop")).to_be_hidden()
    rewrite_one_item(stage, visitor.page)
    assert stage.script.rest == []


def rewrite_one_item(stage: Stage, page: Page) -> None:
    page.locator(f"{PAPER} .s", has_text="43人次").click()
    page.get_by_label("请模型重写这一项").fill("更具体些")
    page.get_by_role("button", name="重写", exact=True).click()
    expect(page.locator(PAPER)).to_have_text("一是集中学习只有6次。二是谈话共43人次。")
    assert "更具体些" in str(stage.endpoint.requests[-1].body)


def test_a_stop_keeps_the_text(stage: Stage, visitor: Visitor) -> None:
    asked = len(stage.endpoint.requests)
    stage.play(play.paused(FIRST, REST))
    begin(stage, visitor)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    visitor.page.locator("#draft-stop").click()
    expect(visitor.page.locator(".status")).to_contain_text("已停止")
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
    visitor.page.reload()
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
    assert len(stage.endpoint.requests) == asked + 1


def test_what_was_seen_is_there_when_the_browser_left_in_the_middle(stage: Stage, visitor: Visitor) -> None:
    # The library says so when a page that still listens is left.
    visitor.expected = ("Stream errored", "ERR_")
    stage.play(play.paused(FIRST, REST))
    begin(stage, visitor)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    visitor.page.reload()
    expect(visitor.page.locator(PAPER)).to_contain_text(FIRST)
    assert visitor.page.get_by_label("要点", exact=True).input_value() == NOTES


def test_a_failure_is_one_sentence_without_the_key_and_keeps_text_and_notes(
    stage: Stage, visitor: Visitor
) -> None:
    stage.play(play.cut(FIRST, abruptly=True))
    begin(stage, visitor)
    expect(visitor.page.locator(".alert")).to_be_visible()
    alert = visitor.page.locator(".alert").inner_text()
    assert alert.endswith("。")
    assert alert.count("。") == 1
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
    expect(visitor.page.get_by_label("要点", exact=True)).to_have_value(NOTES)
    stage.play(play.unauthorized())
    visitor.page.locator("#draft-go").click()
    expect(visitor.page.locator(".alert")).to_contain_text("密钥")
    assert play.KEY not in visitor.page.content()


def test_candidates_are_compared_and_chosen(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.ok(WORSE), play.ok(GOOD))
    begin(stage, visitor, count=2)
    page = visitor.page
    expect(page.locator(PAPER)).to_have_text(GOOD)
    expect(page.locator(".status")).not_to_contain_text("正在写")
    page.get_by_role("button", name="并排比较").click()
    expect(page.locator(".compared article")).to_have_count(2)
    page.locator(".compared").get_by_role("button", name="用这一稿").last.click()
    expect(page.locator(PAPER)).to_have_text(WORSE)
    expect(page.locator(f"{PAPER} mark.changed")).to_have_text("16次")
    expect(page.locator(f"{PAPER} mark.escalated").first).to_be_visible()
    assert stage.script.rest == []
