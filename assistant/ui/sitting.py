"""A visitor at one desk: what lies there, and what he does with it. Nothing of his is ever on a module."""

import base64
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from assistant.documents.reading import read_text
from assistant.errors import InputError
from assistant.settings import Settings
from assistant.ui.visiting import Asking, visitor_name
from assistant.workflow.desk import Desk, visitor_folder
from assistant.workflow.saved_files import MadeFile

Paper = TypeVar("Paper")
# What a browser still shows and edits without stumbling; it is several long reports.
MOST_CHARACTERS = 100_000


@dataclass(slots=True)
class Sitting(Generic[Paper]):
    """One open page of a visitor's at one desk. ``error`` says why what lay there could not be read."""

    desk: Desk[Paper]
    paper: Paper
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    busy: bool = False

    def put(self, paper: Paper) -> None:
        """Lay a paper on the desk if it is another than the one that lies there."""
        if paper != self.paper:
            self.paper = paper
            self.desk.save(paper)

    def keep(self, paper: Paper, why: str) -> None:
        """Lay a paper on the desk and keep it as a version."""
        self.put(paper)
        self.desk.keep(paper, why)

    def restore(self, version: str) -> None:
        """Put a version back, what lay there kept. Raises `InputError` for one that is not there."""
        self.desk.keep(self.paper, "恢复之前")
        self.paper = self.desk.restore(version)


def sit_down(settings: Settings, request: Asking, name: str, kind: type[Paper]) -> Sitting[Paper]:
    """Open a visitor's desk with the paper on it; ``kind`` called without values is an empty one."""
    desk = Desk(visitor_folder(settings.data, visitor_name(request)), name, kind)
    try:
        return Sitting(desk, desk.load() or kind())
    except InputError as error:
        return Sitting(desk, kind(), str(error))


def take_file(file: str) -> str:
    """Return the text of an upload, and forget the upload. Raises `InputError`."""
    path = Path(file)
    try:
        return within_limit(read_text(path).strip("\n"))
    finally:
        path.unlink(missing_ok=True)


def within_limit(text: str) -> str:
    """Return a text unless it is too long for the page. Raises `InputError`."""
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"文字超过{MOST_CHARACTERS // 10_000}万字，请分几次处理，或用命令行。")
    return text


def handed_over(file: MadeFile) -> dict[str, Any]:
    """Return a file as the browser takes it."""
    return {"name": file.name, "type": file.media_type, "data": base64.b64encode(file.data).decode()}
