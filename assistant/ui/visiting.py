"""Who a visitor is, and the desk that is his: no text of his is ever on a module."""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from assistant.settings import Settings
from assistant.ui.doors import COOKIE, visitor_cookie
from assistant.workflow.desk import Desk, DraftPaper, visitor_folder


class Asking(Protocol):
    """What is asked of a request: the name of a login, if any, and the cookies."""

    username: str | None
    cookies: Mapping[str, str]


def visitor_name(request: Asking) -> str:
    """Return what a visitor is known by: the login's name, else the cookie; without either, a name for this visit only."""
    if request.username:
        return f"user:{request.username}"
    return f"cookie:{visitor_cookie(f'{COOKIE}={request.cookies.get(COOKIE)}') or secrets.token_hex(16)}"


@dataclass(slots=True)
class Visit:
    """One open page of a visitor's.

    ``turn`` counts what was shown, so that the browser knows new from old; ``saved`` is what this page last read or wrote;
    ``later`` is what was filled in while a text was being written. The desk's lock is held while one part of the paper is
    replaced: what is filled in and what is edited come at once, and neither may undo the other.
    """

    desk: Desk[DraftPaper]
    paper: DraftPaper = field(default_factory=DraftPaper)
    stop: threading.Event = field(default_factory=threading.Event)
    turn: int = 0
    writing: bool = False
    saved: DraftPaper | None = None
    later: tuple[object, ...] = ()


def open_visit(settings: Settings, visitor: str) -> Visit:
    """Open a visitor's drafting desk, empty as yet."""
    return Visit(Desk(visitor_folder(settings.data, visitor), "draft", DraftPaper))
