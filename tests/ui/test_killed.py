"""The server killed in the middle of writing: what was asked for and what was written are there when it is back."""

from pathlib import Path

from playwright.sync_api import expect

from tests import endpoint as play
from tests.endpoint import LoopbackEndpoint
from tests.ui.conftest import LEAVING, PAPER, Server, Visitor, free_port, running_page

NOTES = "集中学习只有6次\n谈话43人次"
MORE = f"{NOTES}\n发文312份"
FIRST, REST = "一是集中学习", "只有6次。二是谈话43人次。"


def begin(visitor: Visitor, server: Server, notes: str) -> None:
    visitor.expected = LEAVING
    visitor.open(server)
    visitor.page.get_by_label("要点", exact=True).fill(notes)
    visitor.page.locator("#draft-go").click()


def kill(server: Server) -> None:
    server.process.kill()
    server.process.wait(timeout=20)


def test_notes_and_text_so_far_outlive_a_killed_server(tmp_path: Path, visitor: Visitor) -> None:
    port = free_port()
    with LoopbackEndpoint(play.paused(FIRST, REST)) as endpoint:
        environment = endpoint.environment()
        with running_page(tmp_path, env=environment, port=port) as server:
            begin(visitor, server, NOTES)
            expect(visitor.page.locator(".writing .paper")).to_contain_text(FIRST)
            kill(server)
            visitor.page.goto("about:blank")
        with running_page(tmp_path, env=environment, port=port) as server:
            visitor.open(server)
            expect(visitor.page.locator(PAPER)).to_have_text(FIRST)
            expect(visitor.page.get_by_label("要点", exact=True)).to_have_value(NOTES)
            expect(visitor.page.locator(".status")).to_contain_text("没有写完")


def test_the_text_before_outlives_a_server_killed_before_the_first_word(
    tmp_path: Path, visitor: Visitor
) -> None:
    port = free_port()
    with LoopbackEndpoint(play.ok(FIRST + REST), play.slow()) as endpoint:
        environment = endpoint.environment()
        with running_page(tmp_path, env=environment, port=port) as server:
            begin(visitor, server, NOTES)
            expect(visitor.page.locator(PAPER)).to_have_text(FIRST + REST)
            visitor.page.get_by_label("要点", exact=True).fill(MORE)
            visitor.page.locator("#draft-go").click()
            expect(visitor.page.locator(".bench.writing .steps .now")).to_be_visible()
            kill(server)
            visitor.page.goto("about:blank")
        with running_page(tmp_path, env=environment, port=port) as server:
            visitor.open(server)
            expect(visitor.page.get_by_label("要点", exact=True)).to_have_value(MORE)
            expect(visitor.page.locator(PAPER)).to_have_text(FIRST + REST)
