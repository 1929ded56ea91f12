"""Drafting with a model, in a real browser: what streams, what is stopped, what fails, what is compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests import endpoint as play
from tests.endpoint import Exchange, LoopbackEndpoint
from tests.ui.conftest import PAPER, Server, Visitor, running_page

NOTES = "集中学习只有6次\n谈话43人次"
FIRST, REST = "一是集中学习", "只有6次。二是谈话43人次。"
GOOD = FIRST + REST
WORSE = "一是集中学习只有16次。二是谈话43人次，造成严重后果。"


@dataclass
class Stage:
    """A page and its endpoint, whose script each test writes anew."""

    script: list[play.Behaviour] = field(default_factory=list)
    endpoint: LoopbackEndpoint | None = None
    server: Server | None = None

    def play(self, *behaviours: play.Behaviour) -> None:
        assert self.endpoint is not None
        self.endpoint.release.clear()
        self.script[:] = behaviours

    def __call__(self, exchange: Exchange) -> None:
        self.script.pop(0)(exchange)

    def begin(self, visitor: Visitor, *, count: int = 1) -> None:
        assert self.server is not None
        visitor.open(self.server)
        visitor.page.get_by_label("要点", exact=True).fill(NOTES)
        if count > 1:
            visitor.page.get_by_role("button", name="更多设置").click()
            visitor.page.get_by_role("spinbutton", name="写几稿来比较").fill(str(count))
            visitor.page.keyboard.press("Tab")
        visitor.page.locator("#draft-go").click()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage()
    with LoopbackEndpoint(stage) as endpoint:
        env = {**endpoint.environment(), "GONGWEN_RETRIES": "0", "GONGWEN_TIMEOUT": "10"}
        with running_page(tmp_path_factory.mktemp("page"), env=env) as server:
            stage.endpoint, stage.server = endpoint, server
            yield stage


def test_text_is_seen_before_the_end(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.paused(FIRST, REST))
    stage.begin(visitor)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    expect(visitor.page.locator(".steps .now")).to_have_text("写作")
    expect(visitor.page.locator("#draft-go")).to_be_disabled()
    assert stage.endpoint is not None
    stage.endpoint.release.set()
    expect(visitor.page.locator(PAPER)).to_have_text(GOOD)
    expect(visitor.page.locator(".ai-label")).to_contain_text("人工智能辅助生成")
    expect(visitor.page.locator("#draft-stop")).to_be_hidden()


def test_a_stop_keeps_the_text(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.paused(FIRST, REST))
    stage.begin(visitor)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    visitor.page.locator("#draft-stop").click()
    expect(visitor.page.locator(".status")).to_contain_text("已停止")
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
    visitor.page.reload()
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)


def test_what_was_seen_is_there_when_the_browser_left_in_the_middle(stage: Stage, visitor: Visitor) -> None:
    # The library says so when a page that still listens is left.
    visitor.expected = ("AbortError", "Stream errored", "errored out", "ERR_")
    stage.play(play.paused(FIRST, REST))
    stage.begin(visitor)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    visitor.page.reload()
    expect(visitor.page.locator(PAPER)).to_contain_text(FIRST)


def test_a_failure_is_one_sentence_and_keeps_text_and_notes(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.cut(FIRST, abruptly=True))
    stage.begin(visitor)
    expect(visitor.page.locator(".alert")).to_be_visible()
    alert = visitor.page.locator(".alert").inner_text()
    assert alert.endswith("。")
    assert alert.count("。") == 1
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
    expect(visitor.page.get_by_label("要点", exact=True)).to_have_value(NOTES)


def test_a_refused_key_is_not_shown(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.unauthorized())
    stage.begin(visitor)
    expect(visitor.page.locator(".alert")).to_contain_text("密钥")
    assert play.KEY not in visitor.page.content()


def test_candidates_are_compared_and_chosen(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.ok(WORSE), play.ok(GOOD))
    stage.begin(visitor, count=2)
    page = visitor.page
    expect(page.locator(PAPER)).to_have_text(GOOD)
    expect(page.locator(".status")).not_to_contain_text("正在写")
    page.get_by_role("button", name="并排比较").click()
    expect(page.locator(".compared article")).to_have_count(2)
    page.locator(".compared").get_by_role("button", name="用这一稿").last.click()
    expect(page.locator(PAPER)).to_have_text(WORSE)
    expect(page.locator(f"{PAPER} mark.changed")).to_have_text("16次")
    expect(page.locator(f"{PAPER} mark.escalated").first).to_be_visible()


def test_one_item_is_written_again(stage: Stage, visitor: Visitor) -> None:
    stage.play(play.ok(GOOD), play.ok("二是谈话共43人次。"))
    stage.begin(visitor)
    page = visitor.page
    expect(page.locator(PAPER)).to_have_text(GOOD)
    page.locator(f"{PAPER} .s", has_text="43人次").click()
    page.get_by_label("请模型重写这一项").fill("更具体些")
    page.get_by_role("button", name="重写", exact=True).click()
    expect(page.locator(PAPER)).to_have_text("一是集中学习只有6次。二是谈话共43人次。")
    assert stage.endpoint is not None
    assert "更具体些" in str(stage.endpoint.requests[-1].body)
