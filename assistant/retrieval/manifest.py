"""The file that makes a folder an index: its format, its embedder, and which of its subfolders count."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.retrieval.faults import damaged, folder_faults, missing, other_format, unwritable

FORMAT = 1
NAME = "meta.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``generation`` counts rebuilds; each writes into subfolders of its own."""

    embedder: str
    generation: int = 0
    format: int = FORMAT

    def vectors(self, folder: Path) -> Path:
        """Return where Chroma lives."""
        return folder / self._name("chroma")

    def words(self, folder: Path) -> Path:
        """Return where the lexical index lives."""
        return folder / self._name("words")

    def _name(self, part: str) -> str:
        return f"{part}-{self.generation}" if self.generation else part


def has_manifest(folder: Path) -> bool:
    """Tell whether ``folder`` has a manifest, good or not."""
    with folder_faults(folder):
        return (folder / NAME).exists()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of ``folder``; `CorpusError` when there is none or it is not readable."""
    try:
        fields = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise missing(folder) from error
    except OSError as error:
        raise unwritable(folder) from error
    except ValueError as error:
        raise damaged(folder) from error
    return _checked(folder, fields)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest in one step: a reader sees the old one or the new one."""
    beside = folder / f"{NAME}.new"
    beside.write_text(json.dumps(asdict(manifest), ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(folder / NAME)


def discard_parts(folder: Path, manifest: Manifest) -> None:
    """Delete the subfolders of a generation that does not count, or no longer does."""
    for part in (manifest.vectors(folder), manifest.words(folder)):
        shutil.rmtree(part, ignore_errors=True)


def _checked(folder: Path, fields: object) -> Manifest:
    match fields:
        case {"format": int(number)} if number != FORMAT:
            raise other_format(folder)
        case {"format": int(), "embedder": str(embedder), "generation": int(generation)}:
            return Manifest(embedder, generation)
    raise damaged(folder)
