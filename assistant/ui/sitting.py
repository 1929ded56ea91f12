"""A visitor at one desk: what lies there, and what he does with it. Nothing of his is ever on a module."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.visiting import Asking, visitor_name
from assistant.workflow.desk import Desk, visitor_folder
from assistant.workflow.saved_files import MadeFile

Paper = TypeVar("Paper")
Seat = TypeVar("Seat")
# What a browser still shows and edits without stumbling; it is several long reports.
MOST_CHARACTERS = 100_000


@dataclass(slots=True)
class Sitting(Generic[Paper]):
    """One open page of a visitor's at one desk. ``error`` says why what lay there could not be read.

    ``saved`` is what this page last read or wrote; ``later`` is what was filled in while it was busy. Events of a page come
    at once, and other pages have the same desk: whatever makes one paper of another does so under the desk's lock.
    """

    desk: Desk[Paper]
    paper: Paper
    saved: Paper | None = None
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    busy: bool = False
    later: dict[str, str] = field(default_factory=dict)

    def fill_in(self, **fields: str | None) -> None:
        """Write down what stands in the boxes; while the paper is being worked on, as soon as that is over."""
        # A box that is folded away and empty holds nothing at all.
        filled = {name: value or "" for name, value in fields.items()}
        with self.desk.lock:
            if self.busy:
                self.later = filled
            else:
                self.put(replace(self.paper, **filled))  # type: ignore[type-var]

    def put(self, paper: Paper) -> None:
        """Lay a paper on the desk if it is another than the one that lies there."""
        with self.desk.lock:
            if paper != self.paper:
                self.paper = paper
                self.save()

    def save(self) -> None:
        """Save the paper. What another page of the same visitor's has saved meanwhile is kept as a version."""
        with self.desk.lock:
            there = self.desk.load()
            if there is not None and there not in (self.saved, self.paper):
                self.desk.keep(there, "另一个网页")
            self.desk.save(self.paper)
            self.saved = self.paper

    def keep(self, paper: Paper, why: str) -> None:
        """Lay a paper on the desk and keep it as a version."""
        with self.desk.lock:
            self.put(paper)
            self.desk.keep(paper, why)

    def restore(self, version: str) -> None:
        """Put a version back, what lay there kept. Raises `InputError` for one that is not there."""
        with self.desk.lock:
            self._refuse_while_busy()
            self.desk.keep(self.paper, "恢复之前")
            self.paper = self.saved = self.desk.restore(version)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Be busy; afterwards save the paper, whatever became of it, and what was filled in meanwhile.

        Raises `InputError` for one who is busy already.
        """
        with self.desk.lock:
            self._refuse_while_busy()
            self.stop.clear()
            self.busy, self.later = True, {}
        try:
            yield
        finally:
            with self.desk.lock:
                self.busy = False
                self.save()
                if self.later:
                    self.put(replace(self.paper, **self.later))  # type: ignore[type-var]

    def _refuse_while_busy(self) -> None:
        if self.busy:
            raise InputError("上一次还没有做完，请等它做完，或先按“停止”。")


def sit_down(settings: Settings, request: Asking, name: str, kind: type[Paper]) -> Sitting[Paper]:
    """Open a visitor's desk with the paper on it; ``kind`` called without values is an empty one."""
    desk = Desk(visitor_folder(settings.data, visitor_name(request)), name, kind)
    try:
        there = desk.load()
    except InputError as error:
        return Sitting(desk, kind(), error=str(error))
    return Sitting(desk, there or kind(), saved=there)


def seated(seat: Seat | None) -> Seat:
    """Return what a visitor's page has. Raises `InputError` for one who was quicker than the page."""
    if seat is None:
        raise InputError("网页还没有准备好，请等一两秒再试；仍不行请刷新页面，存下的文稿都在。")
    return seat


def take_file(file: str) -> str:
    """Return the text of an upload, and forget the upload. Raises `InputError`."""
    return within_limit(read_upload(Path(file)).strip("\n"))


def read_upload(path: Path) -> str:
    """Return the text of an upload, whatever its length, and forget the upload. Raises `InputError`."""
    try:
        text = read_text(path)
    finally:
        path.unlink(missing_ok=True)
    if not text.strip():
        raise InputError(f"“{path.name}”里没有文字，请换一个有内容的文件。")
    return text


def within_limit(text: str | None) -> str:
    """Return what stands in a box unless it is too long for the page. Raises `InputError`."""
    text = text or ""
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"文字超过{MOST_CHARACTERS // 10_000}万字，请分几次处理，或用命令行。")
    return text


def handed_over(file: MadeFile) -> dict[str, Any]:
    """Return a file as the browser takes it."""
    return {"name": file.name, "type": file.media_type, "data": base64.b64encode(file.data).decode()}
