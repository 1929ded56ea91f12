"""Writing the user's files without losing one."""

import os
from pathlib import Path

from assistant.errors import InputError


def check_writable(path: Path, *, option: str = "--out") -> None:
    """Raise `InputError` unless a file can be written at ``path``; so ask before a long draft, not after it.

    ``option`` is the one that the path was given with.
    """
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，请在 {option} 后写明文件名。")
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if (
        not folder.is_dir()
        or not os.access(folder, os.W_OK)
        or (path.exists() and not os.access(path, os.W_OK))
    ):
        raise InputError(f"无法写入“{path}”，请换一个有写入权限的位置。")


def save_text(path: Path, text: str) -> Path | None:
    """Write a text with a closing line end; a file already there is kept beside it under the returned name."""
    return save_bytes(path, _bytes(text))


def save_bytes(path: Path, data: bytes) -> Path | None:
    """Write a file; one already there that differs is kept beside it under the returned name. Raises `InputError`."""
    kept = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() != data:
            kept = _free_name(path)
            path.rename(kept)
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"无法写入“{path}”（{error.strerror}），请换一个有写入权限的位置。") from error
    return kept


def _bytes(text: str) -> bytes:
    return (text.rstrip("\n") + "\n").encode()


def _free_name(path: Path) -> Path:
    number = 1
    while (candidate := path.with_name(f"{path.stem}.旧{number}{path.suffix}")).exists():
        number += 1
    return candidate


def save_beside(path: Path, data: bytes) -> Path:
    """Write a file that does not exist yet: ``path``, or the next free name (稿.改.md, 稿.改2.md); return where."""
    number = 1
    while True:
        candidate = path if number == 1 else path.with_name(f"{path.stem}{number}{path.suffix}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with candidate.open("xb") as file:
                file.write(data)
        except FileExistsError as error:
            if not path.parent.is_dir():
                raise InputError(f"无法写入“{path}”，请换一个有写入权限的位置。") from error
            number += 1
        except OSError as error:
            raise InputError(f"无法写入“{path}”（{error.strerror}），请换一个有写入权限的位置。") from error
        else:
            return candidate


def keep_partial(text: str, *, out: Path | None, folder: Path) -> Path | None:
    """Keep what a model had written when it failed, beside ``out`` or in ``folder``; return where, if there was any."""
    if not text:
        return None
    # A half-written text is no Word file.
    suffix = ".md" if out and out.suffix.lower() == ".docx" else out.suffix if out else ""
    path = out.with_name(f"{out.stem}.未完成{suffix}") if out else folder / "drafts" / "未完成.md"
    save_text(path, text)
    return path
