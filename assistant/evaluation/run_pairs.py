"""Which systems of which runs are compared with which."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.comparing import Column, columns
from assistant.evaluation.run_file import RunFile
from assistant.evaluation.run_storage import read_run
from assistant.evaluation.systems import OFFLINE


def named_runs(paths: Sequence[Path]) -> dict[str, RunFile]:
    """Read runs; each goes by its file's name, and where two are alike by its place too. Raises `InputError`."""
    runs: dict[str, RunFile] = {}
    for number, path in enumerate(paths, 1):
        runs[f"{number}.{path.stem}" if path.stem in runs else path.stem] = read_run(path)
    return runs


def paired_columns(runs: Mapping[str, RunFile], names: Sequence[str] = ()) -> list[tuple[Column, Column]]:
    """Return what is to be compared, base first.

    Of several runs: each system that the first run and another both have. Of one run: the first system named, or the
    offline writer, with each other one. Raises `InputError` where there is nothing to compare.
    """
    sides = columns(runs, names)
    if len(runs) > 1:
        first = next(iter(runs.values()))
        pairs = [
            (base, other)
            for base in sides
            for other in sides
            if base.run is first and other.run is not first and base.system == other.system
        ]
    else:
        base = _base(sides, names)
        pairs = [(base, side) for side in sides if side.system != base.system]
    if not pairs:
        raise InputError("没有可比的两方，请写出两次评测，或用 --system 写出一次评测里的两个系统。")
    return pairs


def _base(sides: Sequence[Column], names: Sequence[str]) -> Column:
    wanted = names[0] if names else OFFLINE
    return next((side for side in sides if side.system == wanted), sides[0])
