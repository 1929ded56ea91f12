"""What is posted to the page's queue: read before the library reads it, and then handed on."""

import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from assistant.ui.doors import Message, Receive


async def read_body(receive: Receive) -> tuple[bytes, Receive]:
    """Read a request's body, and return it with what hands it on."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
    handed: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return handed.pop() if handed else await receive()

    return body, again


def parsed(body: bytes) -> dict[str, Any]:
    """Return what was posted; empty if it is nothing that the library would take."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def session_named(posted: dict[str, Any]) -> str:
    """Return the session that a call is part of, empty if it names none."""
    return str(posted.get("session_hash") or "")


def fetches(posted: dict[str, Any]) -> bool:
    """Tell whether a call would have the library fetch a file from another host: it takes an address for a path."""
    return any(
        isinstance(one, dict) and str(one.get("path", "")).lower().startswith(("http:", "https:"))
        for one in _all(posted)
    )


def _all(value: object) -> Iterator[object]:
    """Yield a value and all that is in it, without recursion: the depth is the sender's."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
