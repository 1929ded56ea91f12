"""What stands before the page: it is Chinese whatever the browser speaks, calls nobody, and knows a visitor again."""

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

COOKIE = "gongwen_visitor"
_YEAR = 365 * 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")
_KNOWN = re.compile(rf"(?:^|;\s*){COOKIE}=({_NAME.pattern})\s*(?:;|$)")
# Styles and scripts of the page are its own; the library writes some of them into the page itself.
_POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob: data:; worker-src 'self' blob:; "
    b"frame-src 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
# The library's words follow the browser's language and would be half English on many machines.
_CHINESE = (
    b"<script>for(const [name,value] of [['language','zh-CN'],['languages',['zh-CN','zh']]])"
    b"Object.defineProperty(navigator,name,{get:()=>value,configurable:true})</script>"
)
_ABROAD = re.compile(rb"<meta\s[^>]*https?://[^>]*>")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Doors:
    """An ASGI middleware that mends the page's HTML and sets the visitor's cookie."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the answer to one for the page itself is mended."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # Compressed, it could not be mended.
        headers = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        cookies = [value.decode("latin-1") for name, value in headers if name == b"cookie"]
        page = _Mended(send, is_known=any(map(visitor_cookie, cookies)))
        await self._app({**scope, "headers": headers}, receive, page.send)


class _Mended:
    """The answer on its way out: held until it is whole, then mended."""

    def __init__(self, send: Send, *, is_known: bool) -> None:
        self._send = send
        self._is_known = is_known
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish()

    async def _finish(self) -> None:
        body = mend_page(self._body)
        headers = [header for header in self._start["headers"] if header[0].lower() != b"content-length"]
        headers += [(b"content-length", str(len(body)).encode()), *_HEADERS]
        if not self._is_known:
            headers.append((b"set-cookie", _cookie()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def mend_page(body: bytes) -> bytes:
    """Return the page's HTML in Chinese, without what points to other hosts."""
    head, mark, rest = body.partition(b"</head>")
    head = _ABROAD.sub(b"", head.replace(b'lang="en"', b'lang="zh-CN"', 1))
    return head.replace(b"<head>", b"<head>" + _CHINESE, 1) + mark + rest


def visitor_cookie(cookies: str) -> str:
    """Return what a ``Cookie`` header knows the visitor by, empty if it is nothing that was given here."""
    match = _KNOWN.search(cookies)
    return match[1] if match else ""


def _cookie() -> bytes:
    return f"{COOKIE}={secrets.token_hex(16)}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax".encode()
