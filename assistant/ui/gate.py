"""Who may ask what of the page's server: its own pages, and programs that are no web page of somebody else's.

The library's server answers to whatever name it is called by, has many addresses that this page does not need, fetches
files from elsewhere, and knows a visit by a name that the browser chose. `Gate` stands before all of it.
"""

import re
import time
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs

from assistant.documents.limits import FILE_BYTES, MEGABYTE
from assistant.ui.addresses import is_foreign, names_loopback
from assistant.ui.doors import App, Message, Receive, Scope, Send, visitor_cookie
from assistant.ui.posted import fetches, parsed, read_body, session_named
from assistant.ui.uploads import sweep

# A hundred thousand characters in JSON are at most 1.2 MB; an edit brings the text once, the notes once.
BODY_BYTES = 4 * MEGABYTE
# Several reports dropped at once.
UPLOAD_BYTES = 4 * FILE_BYTES
LOGINS, LOGIN_SECONDS = 10, 60.0
MOST_KNOWN = 10_000
UPLOAD = "/gradio_api/upload"
# The query of these chooses parts that the page does not have, or a state that somebody saved.
_WHOLE = ("/", "/config", "/config/")
_OPEN = re.compile(
    r"/(?:config/?|login/?|logout|theme\.css|favicon\.ico|(?:static|assets|svelte)/.*|gradio_api/(?:info/?|login_check/?"
    r"|openapi\.json|user/?|app_id/?|startup-events|theme\.css|upload|upload_progress|cancel|reset/?|queue/(?:join|data)"
    r"|heartbeat/[^/]+|call/(?:v2/)?[^/]+(?:/[^/]*)?|mcp(?:/.*)?))?"
)
_VISIT = re.compile(r"/gradio_api/heartbeat/([^/]+)")
CLOSED = "网页没有开放这个地址，请从首页打开。"
FOREIGN = "这个请求来自别的网站，已拒绝；请直接打开本网页。"
MISNAMED = (
    "没有用户文件时，网页只供本机使用，请用 http://127.0.0.1 加端口打开；要让别人使用，请加 --auth-file。"
)
STRANGER = "这个页面属于另一位访问者，请刷新后再用。"
TOO_MUCH = "一次发来的内容太多，请分几次发。"
NO_LENGTH = "请求没有写明长度，请写明后再发。"
NOT_FETCHED = "网页不代取别处的文件，请先下载，再从本机上传。"
TOO_OFTEN = "登录试得太多，请过一分钟再试。"
Value = TypeVar("Value")
Refusal = tuple[int, str]
Headers = Mapping[str, str]


class Gate:
    """An ASGI middleware. ``guarded`` tells that there are logins; without, only this machine's own names will do."""

    def __init__(self, app: App, *, guarded: bool, uploads: Path) -> None:
        self._app = app
        self._guarded = guarded
        self._uploads = uploads
        self._sessions = Sessions()
        self._logins = Logins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in one sentence."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._at_sight(scope, headers)
        if refusal is None and _is_call(scope):
            body, receive = await read_body(receive)
            refusal = self._of_call(body, headers)
        if refusal is not None:
            await refuse(send, *refusal)
            return
        if scope["path"] == UPLOAD:
            sweep(self._uploads)
        if _is_login(scope):
            send = self._logins.forgiving(send, _address(scope))
        await self._app({**scope, "query_string": b""} if scope["path"] in _WHOLE else scope, receive, send)

    def _at_sight(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Return why a request is refused for what its head says."""
        path, is_post = scope["path"], scope["method"] == "POST"
        if not self._guarded and not names_loopback(headers):
            return 421, MISNAMED
        if is_foreign(headers):
            return 403, FOREIGN
        if not _OPEN.fullmatch(path):
            return 403, CLOSED
        if is_post and (refusal := _too_much(path, headers)):
            return refusal
        if _is_login(scope) and not self._logins.may_try(_address(scope)):
            return 429, TOO_OFTEN
        named = all(self._sessions.is_of(name, headers) for name in _sessions_named(scope))
        return None if named else (403, STRANGER)

    def _of_call(self, body: bytes, headers: Headers) -> Refusal | None:
        """Return why a call is refused for what it brings."""
        call = parsed(body)
        if fetches(call):
            return 400, NOT_FETCHED
        return None if self._sessions.is_of(session_named(call), headers) else (403, STRANGER)


class Sessions:
    """Whose the sessions are: each is of the browser that named it first."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    def is_of(self, session: str, headers: Headers) -> bool:
        """Tell whether a session, if any is named, is of the browser that sent these headers."""
        visitor = visitor_cookie(headers.get("cookie", ""))
        return not session or _kept(self._owners, session, visitor) == visitor


class Logins:
    """When each address tried to log in, and failed. Attempts are few, so that passwords are not found by trying."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def may_try(self, address: str) -> bool:
        """Tell whether an address may try again, and if so count it."""
        tries = _kept(self._tries, address, deque[float](maxlen=LOGINS))
        if len(tries) == LOGINS and time.monotonic() - tries[0] < LOGIN_SECONDS:
            return False
        tries.append(time.monotonic())
        return True

    def forgiving(self, send: Send, address: str) -> Send:
        """Return what sends an answer on, and no longer counts an attempt that it says succeeded."""

        async def forgive(message: Message) -> None:
            if (
                message["type"] == "http.response.start"
                and message["status"] < 400
                and self._tries.get(address)
            ):
                self._tries[address].pop()
            await send(message)

        return forgive


def _kept(known: OrderedDict[str, Value], name: str, value: Value) -> Value:
    """Return what is known of a name, the value if nothing was; of too many the one not asked for longest is forgotten."""
    found = known.setdefault(name, value)
    known.move_to_end(name)
    if len(known) > MOST_KNOWN:
        known.popitem(last=False)
    return found


def _is_login(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["method"] == "POST" and path.startswith("/login")


def _address(scope: Scope) -> str:
    return (scope["client"] or ("",))[0]


def _is_call(scope: Scope) -> bool:
    path: str = scope["path"]
    apart = path == UPLOAD or path.startswith("/gradio_api/mcp")
    return scope["method"] == "POST" and path.startswith("/gradio_api/") and not apart


def _too_much(path: str, headers: Headers) -> Refusal | None:
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return 411, NO_LENGTH
    return (413, TOO_MUCH) if int(length) > (UPLOAD_BYTES if path == UPLOAD else BODY_BYTES) else None


def _sessions_named(scope: Scope) -> Iterable[str]:
    """Return the sessions that a request's address names."""
    if match := _VISIT.fullmatch(scope["path"]):
        yield match[1]
    yield from parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", ())


async def refuse(send: Send, status: int, words: str) -> None:
    """Answer with a status and a sentence."""
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
