"""The folder of uploads: files that nobody took are gone after a day, and so is what a broken upload left."""

import contextlib
import time
from pathlib import Path

from assistant.settings import Settings

DAY = 24 * 3600


def uploads_folder(settings: Settings) -> Path:
    """Return the folder that uploads are kept in until they are read."""
    return settings.data / "uploads"


def sweep(folder: Path) -> None:
    """Remove files of yesterday and before, and the folders that they leave empty."""
    before = time.time() - DAY
    # To take a file out of a folder makes the folder new.
    for path in [path for path in sorted(folder.rglob("*"), reverse=True) if _is_older(path, before)]:
        # Another process may be faster, and a folder may not be empty.
        with contextlib.suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.lstat().st_mtime < moment
    except OSError:
        return False
