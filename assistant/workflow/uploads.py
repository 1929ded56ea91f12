"""Uploads into the index: files that lie under made-up names, and the names that their owners know them by."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings
from assistant.workflow.importing import Imported, Status, import_reports, import_summary, survey

# What file systems take for a name, in bytes, with room for what they add.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: what became of each file so far, of how many, and at the end the sum of it in words."""

    results: tuple[Imported, ...]
    total: int
    summary: str = ""


def import_uploads(
    uploads: Sequence[tuple[Path, str]], settings: Settings
) -> Generator[Progress, None, None]:
    """Bring uploads into the index under their owners' names; the uploads are gone afterwards, whatever happens.

    Raises `InputError` for an archive without a report, `CorpusError`, `ModelError`.
    """
    folder = Path(tempfile.mkdtemp(dir=_uploads(settings)))
    try:
        paths = [_moved(upload, folder / str(at), name) for at, (upload, name) in enumerate(uploads)]
        found = survey(paths)
        results: list[Imported] = []
        yield Progress((), found.total)
        for result in import_reports(paths, settings):
            results.append(result)
            yield Progress(tuple(results), found.total)
        counts: Counter[Status] = Counter(result.status for result in results)
        yield Progress(tuple(results), found.total, import_summary(found, counts))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for upload, _ in uploads:
            upload.unlink(missing_ok=True)


def _uploads(settings: Settings) -> Path:
    folder = settings.data / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _moved(upload: Path, folder: Path, name: str) -> Path:
    folder.mkdir()
    return Path(shutil.move(upload, folder / safe_name(name)))


def safe_name(name: str) -> str:
    """Return a file's own name, which leads nowhere and which a file system takes; its suffix stays."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(mark for mark in last if mark.isprintable()).strip(". ") or "未命名"
    path = Path(shown)
    stem = path.stem.encode()[: _LONGEST - len(path.suffix.encode())].decode(errors="ignore")
    return f"{stem}{path.suffix}" if stem else "未命名"
