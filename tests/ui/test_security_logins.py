"""Nothing opens the page to others but an account file, and nothing but a password opens it then."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from assistant.ui.gate import LOGINS
from tests.conftest import RunGongwen
from tests.ui.calling import Answer, Caller, ask, named
from tests.ui.conftest import Server, free_port, running_page

MARK = "绝不外传的要点四十三"
PASSWORD = "一个够长的口令吧"


def test_the_librarys_own_variables_open_nothing(tmp_path: Path) -> None:
    port = free_port()
    foreign = {
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
    with running_page(tmp_path, env=foreign, port=port) as server:
        page = ask(server, "/").text
        assert "far.example" not in page
        assert '"vibe_mode":false' in page
        assert ask(server, "/gradio_api/file=/etc/hostname").status == 403
        assert listening(port) == {"0100007F"}
    assert server.log.read_text("utf-8").count("http") <= 1


def listening(port: int) -> set[str]:
    """Return the addresses, as the kernel writes them, on which somebody listens at a port."""
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text("ascii").splitlines()[1:]
    ]
    places = [parts[1].split(":") for parts in lines if parts[3] == "0A"]
    return {host for host, at in places if int(at, 16) == port}


@pytest.fixture
def accounts(tmp_path: Path, run_gongwen: RunGongwen) -> Path:
    path = tmp_path / "users"
    for name in ("li", "wang"):
        assert run_gongwen("ui-user", str(path), name, stdin=f"{PASSWORD}\n{PASSWORD}\n").returncode == 0
    return path


def login(server: Server, name: str, password: str, *, cookie: str = "") -> Answer:
    form = f"username={name}&password={quote(password)}".encode()
    headers = {"content-type": "application/x-www-form-urlencoded", "cookie": cookie}
    return ask(server, "/login", form, headers=headers)


def test_a_login_is_needed_for_everything_and_does_not_outlive_the_server(
    tmp_path: Path, accounts: Path
) -> None:
    arguments = ("--auth-file", str(accounts))
    call = {"data": ["学习", 5], "session_hash": "abc", "fn_index": 0}
    with running_page(tmp_path, *arguments) as server:
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
        fixed = login(server, "li", PASSWORD, cookie="access-token-unsecure-x=chosen; access-token-x=chosen")
        assert fixed.status == 200
        assert "chosen" not in fixed.cookies()
        cookie = fixed.cookies()
        assert all("httponly" in value.lower() for name, value in fixed.headers if name == "set-cookie")
        assert ask(server, "/config", headers={"cookie": cookie}).status == 200
        # Whose desk it is tells the login, not the cookie that another user may have left in the browser.
        li, wang = (
            Caller(server, cookie=f"{login(server, name, PASSWORD).cookies()}; gongwen_visitor={'a' * 32}")
            for name in ("li", "wang")
        )
        config = li.config()
        li.run(named(config, "opened"), [])
        li.run(named(config, "asked"), [None, "problems", "", None, MARK, False, 1])
        assert MARK in Caller(server, cookie=li.cookie).run(named(config, "opened"), [])
        assert MARK not in wang.run(named(config, "opened"), [])
        name = li.cookie.split("=")[0]
        port = int(server.address.rsplit(":", 1)[1].strip("/"))
    with running_page(tmp_path, *arguments, port=port) as server:
        assert ask(server, "/config", headers={"cookie": cookie}).status == 401
        again = login(server, "li", PASSWORD)
        assert name not in again.cookies()


def test_passwords_cannot_be_tried_without_end(tmp_path: Path, accounts: Path) -> None:
    with running_page(tmp_path, "--auth-file", str(accounts)) as server:
        tries = [login(server, "li", f"错的口令错的口令{number}").status for number in range(LOGINS + 2)]
        assert tries == [400] * LOGINS + [429] * 2
        assert login(server, "li", PASSWORD).status == 429
