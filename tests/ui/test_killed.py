"""The server killed while three work on the page: what each asked for, typed and saw is there when it is back."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import expect

from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.ui.conftest import LEAVING, PAPER, MakeVisitor, Visitor
from tests.ui.serving import Server, free_port, running_page

NOTES = "集中学习只有6次\n谈话43人次"
MORE = f"{NOTES}\n发文312份"
FIRST, REST = "一是集中学习", "只有6次。二是谈话43人次。"
TYPED = "停机时写的一句。"
# In the order in which the three ask: the last stays in the middle of its text, the one before has not begun.
ANSWERS = (play.ok(FIRST + REST), play.ok(FIRST + REST), play.slow(), play.paused(FIRST, REST))
# What one of the three does: until the kill, while the server is away, and when it is back.
Doing = Iterator[None]


def test_nothing_is_lost_when_the_server_is_killed(tmp_path: Path, make_visitor: MakeVisitor) -> None:
    port, visitors = free_port(), [make_visitor(expected=LEAVING) for _ in range(3)]
    with LoopbackEndpoint(*ANSWERS) as endpoint:
        environment = endpoint.environment()
        with running_page(tmp_path, env=environment, port=port) as server:
            doings = [
                doing(visitor, server)
                for doing, visitor in zip(
                    (typing, before_the_first_word, in_the_middle), visitors, strict=True
                )
            ]
            for doing in doings:
                next(doing)
            server.process.kill()
            server.process.wait(timeout=20)
        for doing, visitor in zip(doings, visitors, strict=True):
            next(doing)
            # The library would open the page anew of itself when it finds the server again, and cross the opening below.
            visitor.page.goto("about:blank")
        with running_page(tmp_path, env=environment, port=port):
            assert [next(doing, "done") for doing in doings] == ["done"] * 3
            for visitor in visitors:
                visitor.page.goto("about:blank")
    private = {path.stat().st_mode & 0o077 for path in (tmp_path / "data" / "visitors").rglob("*")}
    assert private == {0}


def begin(visitor: Visitor, server: Server, notes: str) -> None:
    visitor.open(server)
    visitor.page.get_by_label("要点", exact=True).fill(notes)
    visitor.page.locator("#draft-go").click()


def in_the_middle(visitor: Visitor, server: Server) -> Doing:
    begin(visitor, server, NOTES)
    expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
    yield
    yield
    visitor.open(server)
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
    expect(visitor.page.get_by_label("要点", exact=True)).to_have_value(NOTES)
    expect(visitor.page.locator(".status")).to_contain_text("没有写完")


def before_the_first_word(visitor: Visitor, server: Server) -> Doing:
    begin(visitor, server, NOTES)
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST + REST)
    visitor.page.get_by_label("要点", exact=True).fill(MORE)
    visitor.page.locator("#draft-go").click()
    expect(visitor.page.locator(".bench.writing .steps .now")).to_be_visible()
    yield
    yield
    visitor.open(server)
    expect(visitor.page.get_by_label("要点", exact=True)).to_have_value(MORE)
    expect(visitor.page.locator(PAPER)).to_have_text(FIRST + REST)


def typing(visitor: Visitor, server: Server) -> Doing:
    page, notes = visitor.page, visitor.page.get_by_label("要点", exact=True)
    begin(visitor, server, NOTES)
    expect(page.locator(PAPER)).to_have_text(FIRST + REST)
    yield
    notes.fill(MORE)
    page.locator(PAPER).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(TYPED)
    yield
    visitor.open(server)
    expect(page.locator(PAPER)).to_have_text(FIRST + REST + TYPED)
    expect(notes).to_have_value(MORE)
    page.wait_for_function("sessionStorage.getItem('gongwen-unsent') === '{}'")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    expect(page.locator(PAPER)).to_have_text(FIRST + REST + TYPED)
    expect(notes).to_have_value(MORE)
