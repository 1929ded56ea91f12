"""The data files of this folder, read."""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent


def entries(name: str) -> Iterator[list[str]]:
    """Yield the words of each line of a file here, comments left out."""
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        parts = line.partition("#")[0].split()
        if parts:
            yield parts
