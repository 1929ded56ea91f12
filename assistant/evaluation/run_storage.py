"""Where runs are written: whole or not at all, never over a file; what an interrupted one has done is kept beside it."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.run_file import RunFile
from assistant.workflow.saving import check_writable

# How long a draft may wait to be kept.
SECONDS = 5.0


def default_run_path(data: Path, *, now: datetime) -> Path:
    """Return where a run goes that was given no name."""
    return data / "runs" / f"{now:%Y%m%d-%H%M%S}.json"


def check_new(path: Path) -> None:
    """Raise `InputError` unless a new file can be written at ``path``; so ask before a long run, not after it."""
    if path.is_file():
        raise InputError(f"“{path}”已经存在，为免覆盖请换一个文件名。")
    check_writable(path)


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet, whole or not at all. Raises `InputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(exist_ok=False)
        rewrite(path, text)
    except FileExistsError as error:
        raise InputError(f"“{path}”已经存在，为免覆盖请换一个文件名。") from error
    except OSError as error:
        raise InputError(f"无法写入“{path}”（{error.strerror}），请换一个有写入权限的位置。") from error


def rewrite(path: Path, text: str) -> None:
    """Put a text in the place of what the same command wrote before: at every moment the file is whole."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_text(text, "utf-8")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


class Unfinished:
    """What a run has done so far, kept beside the file it is to become, at most every few seconds."""

    def __init__(self, path: Path) -> None:
        self.path = _free(path)
        self._kept = time.monotonic()
        self.made = False

    def keep(self, run: Callable[[], RunFile], *, now: bool = False) -> None:
        """Keep what there is, if it is time or wanted ``now``. Raises `InputError`."""
        if not now and time.monotonic() - self._kept < SECONDS:
            return
        text = run().text()
        if self.made:
            rewrite(self.path, text)
        else:
            write_new(self.path, text)
        self.made, self._kept = True, time.monotonic()

    def drop(self) -> None:
        """Take the file away: the run is whole, and stands under its own name."""
        if self.made:
            self.path.unlink(missing_ok=True)


def _free(path: Path) -> Path:
    number = 1
    while (
        candidate := path.with_name(f"{path.stem}.未完成{number if number > 1 else ''}{path.suffix}")
    ).exists():
        number += 1
    return candidate
