"""An office server: nothing but a password opens it, and the work is the user's."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from assistant.ui.gate import LOGINS
from assistant.workflow.accounts import set_password
from tests.ui.calling import Answer, Caller, ask, named
from tests.ui.conftest import LEAVING, PAPER, Visitor
from tests.ui.serving import Server, running_page

MARK = "绝不外传的要点四十三"
PASSWORD = "一个够长的口令吧"
# What would open the library's server, were it asked.
FOREIGN = {
    "GRADIO_SERVER_NAME": "0.0.0.0",
    "GRADIO_SERVER_PORT": "80",
    "GRADIO_SHARE": "True",
    "GRADIO_ALLOWED_PATHS": "/",
    "GRADIO_ROOT_PATH": "https://far.example",
    "GRADIO_VIBE_MODE": "1",
    "GRADIO_WATCH_DIRS": "/",
    "GRADIO_DEBUG": "1",
    "GRADIO_NUM_WORKERS": "1",
    "GRADIO_LOCAL_DEV_MODE": "1",
    "GRADIO_TEMP_DIR": "/",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "SYSTEM": "spaces",
    "SPACE_ID": "a/b",
    "KAGGLE_KERNEL_RUN_TYPE": "Interactive",
}


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "users"
    for name in ("li", "wang", "王芳", "刘英"):
        set_password(path, name, PASSWORD)
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, accounts: Path) -> Iterator[Server]:
    """Return a page behind logins."""
    with running_page(tmp_path_factory.mktemp("page"), "--auth-file", str(accounts)) as server:
        yield server


def login(server: Server, name: str, password: str, *, cookie: str = "") -> Answer:
    form = f"username={quote(name)}&password={quote(password)}".encode()
    headers = {"content-type": "application/x-www-form-urlencoded", "cookie": cookie}
    return ask(server, "/login", form, headers=headers)


def test_a_login_is_needed_for_everything(server: Server) -> None:
    call = {"data": ["学习", 5], "session_hash": "abc", "fn_index": 0}
    for path in (
        "config",
        "gradio_api/info",
        "gradio_api/openapi.json",
        "gradio_api/queue/data?session_hash=x",
    ):
        assert ask(server, f"/{path}").status == 401
    for path in ("queue/join", "call/search", "call/v2/search", "upload"):
        assert ask(server, f"/gradio_api/{path}", call).status == 401
    assert ask(server, "/gradio_api/mcp/").status in (401, 404)
    assert json.loads(ask(server, "/gradio_api/user").text) is None


def test_a_login_cannot_be_chosen_by_somebody_else(server: Server) -> None:
    fixed = login(server, "li", PASSWORD, cookie="access-token-unsecure-x=chosen; access-token-x=chosen")
    assert fixed.status == 200
    assert "chosen" not in fixed.cookies()
    assert all("httponly" in value.lower() for name, value in fixed.headers if name == "set-cookie")
    assert ask(server, "/config", headers={"cookie": fixed.cookies()}).status == 200


def test_whose_desk_it_is_tells_the_login_not_what_another_left_in_the_browser(server: Server) -> None:
    li, wang = (
        Caller(server, cookie=f"{login(server, name, PASSWORD).cookies()}; gongwen_visitor={'a' * 32}")
        for name in ("li", "wang")
    )
    config = li.config()
    li.run(named(config, "opened"), [])
    li.run(named(config, "asked"), [None, "problems", "", None, MARK, False, 1])
    assert MARK in Caller(server, cookie=li.cookie).run(named(config, "opened"), [])
    assert MARK not in wang.run(named(config, "opened"), [])


def test_a_login_opens_the_page_and_the_work_is_the_users(server: Server, visitor: Visitor) -> None:
    visitor.expected = ("401", "400", *LEAVING)
    page = visitor.page
    page.goto(server.address)
    expect(page.get_by_text("请输入用户名和口令")).to_be_visible()
    fill_in(page, "王芳", "错的口令错的口令")
    expect(page.get_by_text("凭据不正确")).to_be_visible()
    fill_in(page, "王芳", PASSWORD)
    expect(page.locator(".bench")).to_be_visible()
    page.get_by_label("要点", exact=True).fill("谈话43人次")
    page.locator("#draft-go").click()
    expect(page.locator(PAPER)).to_contain_text("43人次")
    visitor.context.clear_cookies()
    page.goto(server.address)
    fill_in(page, "刘英", PASSWORD)
    expect(page.locator(".welcome")).to_be_visible()
    assert page.get_by_label("要点", exact=True).input_value() == ""
    page.goto("about:blank")


def fill_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_after_a_new_start_neither_old_logins_nor_the_librarys_variables_nor_guesses_open_it(
    server: Server, accounts: Path
) -> None:
    cookie = login(server, "li", PASSWORD).cookies()
    with running_page(server.data.parent, "--auth-file", str(accounts), env=FOREIGN) as again:
        assert ask(again, "/config", headers={"cookie": cookie}).status == 401
        fresh = login(again, "li", PASSWORD).cookies()
        assert cookie.split("=")[0] not in fresh
        port = urlsplit(again.address).port
        assert port is not None
        assert listening(port) == {"0100007F"}
        own = {"cookie": fresh}
        page = ask(again, "/", headers=own).text
        assert "far.example" not in page
        assert '"vibe_mode":false' in page
        assert ask(again, "/gradio_api/file=/etc/hostname", headers=own).status == 403
        assert all(login(again, "li", PASSWORD).status == 200 for _ in range(LOGINS))
        tries = [login(again, "li", f"错的口令错的口令{number}").status for number in range(LOGINS + 1)]
        assert tries == [400] * LOGINS + [429]
        assert login(again, "li", PASSWORD).status == 429
    assert again.log.read_text("utf-8").count("http") <= 1


def listening(port: int) -> set[str]:
    """Return the addresses, as the kernel writes them, on which somebody listens at a port."""
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text("ascii").splitlines()[1:]
    ]
    places = [parts[1].split(":") for parts in lines if parts[3] == "0A"]
    return {host for host, at in places if int(at, 16) == port}
