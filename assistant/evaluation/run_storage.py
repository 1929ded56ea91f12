"""Runs as files: read with care, written whole and never over a file; of an interrupted one what is done is kept."""

import os
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import InputError
from assistant.evaluation.run_file import RunFile
from assistant.workflow.saving import check_writable

_FAULTS = {"missing": "没有写明", "extra_forbidden": "不是认识的键"}
# How long a draft may wait to be kept.
SECONDS = 5.0


def read_run(path: Path) -> RunFile:
    """Read a run. Raises `InputError`, which names the file and the key at fault."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"无法读取“{path}”，请写出 gongwen eval run 存下的文件。") from error
    try:
        run = RunFile.model_validate_json(text)
    except ValidationError as error:
        first: Any = error.errors()[0]
        if first["type"] == "json_invalid":
            raise InputError(f"“{path.name}”不是 JSON，请写出 gongwen eval run 存下的文件。") from error
        if first["loc"] == ("format",):
            raise InputError(
                f"“{path.name}”是另一版本的评测（{first['input']}），请用存下它的版本打开，或重新评测。"
            ) from error
        if not first["loc"]:
            raise InputError(f"“{path.name}”不是一次评测，请写出 gongwen eval run 存下的文件。") from error
        key = ".".join(str(part) for part in first["loc"])
        fault = _FAULTS.get(first["type"], "的值不合要求")
        raise InputError(f"评测文件 {path.name} 的 {key} {fault}，请改正或重新评测。") from error
    _check_names(run, path)
    return run


def _check_names(run: RunFile, path: Path) -> None:
    """Raise `InputError` when drafts or scores speak of what the file does not hold."""
    said = run.judgement
    ratings, verdicts = (said.ratings, said.verdicts) if said else ((), ())
    written = [
        *((each.system, each.case) for each in run.drafts),
        *((each.system, each.case) for each in run.scores),
        *((each.system, each.case) for each in ratings),
        *((name, each.case) for each in verdicts for name in (each.first, each.second)),
    ]
    told: list[tuple[Iterable[str], Iterable[str]]] = [
        ([system for system, _ in written], [system.name for system in run.systems]),
        ([*run.retrieved, *(case for _, case in written)], [case.id for case in run.cases]),
        ([score.scorer for score in run.scores], [scorer.name for scorer in run.scorers]),
        (
            [id_ for each in run.drafts for id_ in each.passages]
            + [id_ for ids in run.retrieved.values() for id_ in ids],
            run.passages,
        ),
    ]
    strays = [name for named, known in told for name in sorted(set(named) - set(known))]
    if strays:
        raise InputError(f"评测文件 {path.name} 提到了它没有列出的“{strays[0]}”，请改正或重新评测。")


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
