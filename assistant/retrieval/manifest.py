"""The file that makes a folder an index: its format, and the id under which a server knows its vectors."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.retrieval.faults import damaged, folder_faults, missing, other_format, unwritable

FORMAT = 2
NAME = "meta.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``id`` tells the indexes apart that share a server."""

    id: str
    format: int = FORMAT


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


def _checked(folder: Path, fields: object) -> Manifest:
    match fields:
        case {"format": int(number)} if number != FORMAT:
            raise other_format(folder)
        case {"format": int(), "id": str(id_)} if id_:
            return Manifest(id_)
    raise damaged(folder)
