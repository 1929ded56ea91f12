"""A visitor's desk: the paper being worked on, and its earlier versions, in files that only their owner can read.

Under ``visitors/<hash>/`` of the data folder a desk has ``<name>.json``, the paper as it lies there, and ``<name>/0001.json``
and so on, the versions kept. Of these the oldest goes when there are more than `MOST`.
"""

import hashlib
import re
import secrets
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.errors import InputError
from assistant.types import Draft
from assistant.workflow.accounts import make_private, write_private

if TYPE_CHECKING:
    from threading import RLock as _Lock

MOST = 50
_FILE = re.compile(r"(\d{4,9})\.json")
Paper = TypeVar("Paper")
# A visitor's pages share a desk, and so its lock.
_LOCKS: weakref.WeakValueDictionary[Path, "_Lock"] = weakref.WeakValueDictionary()
_FINDING = threading.Lock()


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """What was asked for and what came of it: ``text`` as it stands now, ``drafts`` as the checks last saw them.

    ``chosen`` is the draft that the text belongs to. ``unfinished`` tells that the writing was stopped or failed.
    """

    section: str = "problems"
    unit: str = ""
    year: int | None = None
    notes: str = ""
    passages: bool = True
    count: int = 1
    text: str = ""
    drafts: tuple[Draft, ...] = ()
    chosen: int = 0
    unfinished: bool = False

    @property
    def draft(self) -> Draft | None:
        """Return the draft that the text belongs to."""
        return self.drafts[self.chosen] if self.chosen < len(self.drafts) else None


@dataclass(frozen=True, slots=True)
class Kept(Generic[Paper]):
    """A version: its number, when (ISO, local time) and why it was kept."""

    id: str
    saved: str
    why: str
    paper: Paper


def visitor_folder(data: Path, visitor: str) -> Path:
    """Return a visitor's folder. The name does not tell who it is, nor can it lead elsewhere."""
    return data / "visitors" / hashlib.sha256(visitor.encode()).hexdigest()[:32]


class Desk(Generic[Paper]):
    """One kind of paper of one visitor. ``kind`` is the paper's type, ``name`` what its files are called.

    ``lock`` is one for all desks of this process that are the same visitor's, and may be taken again by who has it: hold it
    from reading a paper until what is made of it is saved.
    """

    def __init__(self, folder: Path, name: str, kind: type[Paper]) -> None:
        self._current = folder / f"{name}.json"
        self._versions = folder / name
        self.lock = _lock_of(self._current)
        self._paper: TypeAdapter[Paper] = TypeAdapter(kind)
        self._kept: TypeAdapter[Kept[Paper]] = TypeAdapter(Kept[kind])  # type: ignore[valid-type]

    def save(self, paper: Paper) -> None:
        """Write down the paper as it lies there. Raises `InputError` when it cannot be written."""
        _write(self._current, self._paper.dump_json(paper))

    def load(self) -> Paper | None:
        """Return the paper as it lay there, if any. Raises `InputError` for a damaged file, which is put aside."""
        try:
            return self._paper.validate_json(self._current.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            aside = self._current.with_name(f"{self._current.stem}.损坏{secrets.token_hex(2)}.json")
            if self._current.exists():
                self._current.replace(aside)
            raise InputError(
                f"上次的文稿存档读不出来，已原样留在 {aside}，请从“稿次”里恢复较早的一稿。"
            ) from error

    def keep(self, paper: Paper, why: str) -> Kept[Paper]:
        """Keep a version, unless the newest is the same; beyond `MOST` the oldest goes. Raises `InputError`."""
        numbers = self._numbers()
        if numbers and (newest := self._read(numbers[-1])) and newest.paper == paper:
            return newest
        number = numbers[-1] if numbers else 0
        while True:
            number += 1
            version = Kept(f"{number:04d}", datetime.now().astimezone().isoformat("T", "seconds"), why, paper)
            if _write_new(self._path(number), self._kept.dump_json(version)):
                break
        for old in self._numbers()[:-MOST]:
            self._path(old).unlink(missing_ok=True)
        return version

    def versions(self) -> Iterator[Kept[Paper]]:
        """Yield the versions that can be read, newest first."""
        for number in reversed(self._numbers()):
            if version := self._read(number):
                yield version

    def restore(self, version: str) -> Paper:
        """Put a version back on the desk and return it. Raises `InputError` for one that is not there."""
        kept = self._read(int(version)) if version.isdecimal() and len(version) < 10 else None
        if kept is None:
            raise InputError("这一稿已不在，请刷新页面后另选一稿。")
        self.save(kept.paper)
        return kept.paper

    def _numbers(self) -> list[int]:
        if not self._versions.is_dir():
            return []
        found = (_FILE.fullmatch(path.name) for path in self._versions.iterdir())
        return sorted(int(match[1]) for match in found if match)

    def _path(self, number: int) -> Path:
        return self._versions / f"{number:04d}.json"

    def _read(self, number: int) -> Kept[Paper] | None:
        try:
            return self._kept.validate_json(self._path(number).read_bytes())
        except (OSError, ValidationError):
            return None


def _lock_of(path: Path) -> "_Lock":
    """Return the lock of a file, the same one as long as anybody has it."""
    with _FINDING:
        return _LOCKS.setdefault(path, threading.RLock())


def _write(path: Path, data: bytes) -> None:
    try:
        write_private(path, data)
    except OSError as error:
        raise _unwritable(path, error) from error


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file unless there is one of that name: another tab of the visitor's may have taken the number."""
    try:
        make_private(path.parent)
        path.open("xb").close()
    except FileExistsError:
        return False
    except OSError as error:
        raise _unwritable(path, error) from error
    _write(path, data)
    return True


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"无法把文稿存到“{path.parent}”（{error.strerror}），请先复制正文，并请管理员检查磁盘。"
    )
