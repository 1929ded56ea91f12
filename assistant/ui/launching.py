"""Opening the page: where it may listen, who may enter, and until when it stays."""

import asyncio
import os
import re
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

from assistant.documents.limits import FILE_BYTES
from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.addresses import is_loopback
from assistant.ui.uploads import sweep, uploads_folder
from assistant.ui.warming import start_warming
from assistant.workflow.accounts import Accounts, read_accounts

# What the library, and the services that it knows of, would be told by the environment: where to listen, whom to share
# with, which files to give out. What is to be told is said when the page is launched.
_NOT_ASKED = re.compile("(?:GRADIO|SPACES?|OAUTH|KAGGLE)_.*|SYSTEM")
LOGIN = "请输入用户名和口令；没有的话，请找管理员添加。"


def serve_page(
    settings: Settings,
    *,
    host: str,
    port: int,
    auth_file: Path | None,
    browser: bool,
    tell: Callable[[str], None],
) -> None:
    """Serve the page until it is interrupted. Raises `InputError` for an address or account file that will not do."""
    accounts = read_accounts(auth_file) if auth_file else None
    check_place(host, port, guarded=accounts is not None)
    _keep_to_itself(settings)
    _spare_searches()
    from assistant.ui.app import build_page

    page = build_page(settings)
    # The library greets on standard output, in English, whatever it is told.
    with redirect_stdout(StringIO()), _past_proxies(host):
        _, address, _ = page.launch(**launch_options(host, port, accounts, uploads=uploads_folder(settings)))
    try:
        tell(f"网页已在 {address} 打开，按 Ctrl-C 结束。")
        start_warming(settings)
        if browser:
            webbrowser.open(address)
        page.server.thread.join()
    finally:
        # Browsers that are still there would hold the end up.
        page.server.force_exit = True
        page.close(verbose=False)
        tell("网页已关闭。")


def launch_options(host: str, port: int, accounts: Accounts | None, *, uploads: Path) -> dict[str, Any]:
    """Return how the page is launched: on one address, in Chinese, with nothing of its own but what is needed."""
    from assistant.ui.doors import Doors
    from assistant.ui.gate import Gate
    from assistant.ui.sessions import MOST
    from assistant.ui.theme import STATIC, STYLES, office_theme

    gate = (Gate, (), {"guarded": accounts is not None, "uploads": uploads})
    return {
        "server_name": host,
        "server_port": port,
        "auth": _without_delay(accounts) if accounts else None,
        "auth_message": LOGIN,
        "app_kwargs": {"middleware": [gate, (Doors, (), {})], "docs_url": None, "redoc_url": None},
        # The library's MCP server knows no logins: behind one it could only refuse.
        "mcp_server": accounts is None,
        "max_file_size": FILE_BYTES,
        # A draft from a model holds a thread while it waits; beyond these they queue.
        "max_threads": 100,
        "state_session_capacity": MOST,
        "theme": office_theme(),
        "css_paths": STYLES,
        "js": _script(STATIC),
        "favicon_path": str(Path(__file__).parent / "static" / "icon.svg"),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "pwa": False,
        "share": False,
        "ssr_mode": False,
        "show_error": False,
        "prevent_thread_lock": True,
        "inbrowser": False,
        "quiet": True,
    }


def _script(folder: Path) -> str:
    return (folder / "page.js").read_text("utf-8").replace("__MOST__", str(FILE_BYTES))


def _without_delay(accounts: Accounts) -> Callable[[str, str], Awaitable[bool]]:
    """Return what checks a login while the server goes on: to hash a password takes long, and is meant to."""

    async def admits(name: str, password: str) -> bool:
        return await asyncio.to_thread(accounts.admits, name, password)

    return admits


def check_place(host: str, port: int, *, guarded: bool) -> None:
    """Raise `InputError` for an address that others reach without a password, or that is taken."""
    if not guarded and not is_loopback(host):
        raise InputError(
            f"没有写 --auth-file，网页只能开在本机（127.0.0.1），不能开在 {host}；"
            "请先用 gongwen ui-user 生成用户文件，再加上 --auth-file。"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"地址 {host} 的端口 {port} 不能用（已被占用、没有权限或不是本机地址），请用 --port 换一个端口。"
            ) from error


def _keep_to_itself(settings: Settings) -> None:
    """Have the page's library ask nobody for anything, obey nobody else, and keep uploads with the data."""
    uploads = uploads_folder(settings)
    uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(uploads)
    for name in filter(_NOT_ASKED.fullmatch, list(os.environ)):
        del os.environ[name]
    os.environ |= {
        "GRADIO_ANALYTICS_ENABLED": "False",
        # It would keep who did what, and draw up a summary of all of it after every keystroke.
        "GRADIO_ANALYTICS_MAX_EVENTS": "1",
        "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
        "GRADIO_TEMP_DIR": str(uploads),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }


def _spare_searches() -> None:
    """Have the library not search the whole path, at every picture it shows, for a module that is not installed."""
    if "matplotlib" not in sys.modules and find_spec("matplotlib") is None:
        # This is how Python is told that there is none.
        sys.modules["matplotlib"] = None  # type: ignore[assignment]


@contextmanager
def _past_proxies(host: str) -> Iterator[None]:
    """Let the library reach its own server, which it does once at the start, past any proxy that is set."""
    before = {name: os.environ.get(name) for name in ("NO_PROXY", "no_proxy")}
    for name, known in before.items():
        os.environ[name] = ",".join(filter(None, (known, "127.0.0.1,localhost,::1", host)))
    try:
        yield
    finally:
        for name, known in before.items():
            if known is None:
                del os.environ[name]
            else:
                os.environ[name] = known
