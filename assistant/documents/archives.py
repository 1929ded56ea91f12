"""Zip archives as streams of files: nothing is unpacked to disk, and nothing bursts in memory."""

import io
import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from assistant.documents.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_ENTRIES,
    ARCHIVE_RATIO,
    HARMLESS_BYTES,
    MEGABYTE,
    most_bytes,
    too_large,
)
from assistant.documents.names import SIDECAR, decode_name, escapes, is_beside_the_point, printable
from assistant.documents.reading import SUFFIXES
from assistant.errors import InputError

ARCHIVE = ".zip"
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 16
# 10,000 entries with names of 300 bytes; an honest archive's directory takes a tenth of that.
_DIRECTORY_BYTES = 4 * MEGABYTE
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive by its name there; ``read`` gives its bytes and raises `InputError`.

    An entry without a name stands for the archive itself, when nothing of it can be read. ``is_sidecar`` marks the
    file that says what the others are: it is none of them, and comes first.
    """

    name: str
    read: Callable[[], bytes]
    is_sidecar: bool = False


class _Stream(io.FileIO):
    """A file that refuses to be read at a gulp: the directory of a hostile archive may claim gigabytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = os.fstat(self.fileno()).st_size - self.tell() if size is None or size < 0 else size
        if wanted > _DIRECTORY_BYTES:
            raise zipfile.BadZipFile("directory too large")
        return super().read(size)


def archive_files(path: Path, name: str, skipped: Counter[str]) -> Iterator[Entry]:
    """Yield the reports in an archive, each to be read before the next; ``skipped`` counts other files by suffix."""
    try:
        stream = _open(path)
    except InputError as error:
        yield _refused("", error)
        return
    with stream:
        try:
            archive = zipfile.ZipFile(stream)
        except _FAULTS:
            yield _refused("", InputError(f"“{name}”不是完整的 zip 压缩包，请重新压缩后再试。"))
            return
        with archive:
            yield from _Archive(archive, name).entries(skipped)


def _open(path: Path) -> _Stream:
    try:
        if not path.is_file():
            raise InputError(f"“{path.name}”不是普通文件，请换一个文件。")
        return _Stream(path)
    except OSError as error:
        raise InputError(f"无法读取文件“{path}”（{error.strerror}），请检查权限后重试。") from error


class _Archive:
    """An open archive, and how much of it has been expanded."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.expanded = 0

    def entries(self, skipped: Counter[str]) -> Iterator[Entry]:
        named = [(_name(info), info) for info in self.archive.infolist()]
        listed = [(name, info) for name, info in named if not name.endswith("/")]
        if len(listed) > ARCHIVE_ENTRIES:
            reason = f"“{self.name}”里有{len(listed)}个文件，最多{ARCHIVE_ENTRIES}个，请分成几个压缩包。"
            yield _refused("", InputError(reason))
            return
        found = False
        listed.sort(key=lambda pair: pair[0])
        yield from self._sidecar(listed)
        for name, info in listed:
            if _is_beside(name):
                continue
            suffix = PurePosixPath(name).suffix.lower()
            if suffix in (*SUFFIXES, ARCHIVE) or escapes(name):
                found = True
                yield Entry(printable(name), partial(self._read, printable(name), info))
            else:
                skipped[suffix or "无扩展名"] += 1
        if not found:
            yield _refused("", InputError(f"压缩包“{self.name}”里没有报告，请换一个压缩包。"))

    def _sidecar(self, listed: list[tuple[str, zipfile.ZipInfo]]) -> Iterator[Entry]:
        """Yield the sidecar: at the top, or in the folder that all reports are in, as when a folder is packed whole."""
        tops = {name.partition("/")[0] for name, _ in listed if not _is_beside(name)}
        places = [SIDECAR, *(f"{top}/{SIDECAR}" for top in tops if len(tops) == 1)]
        entries = dict(listed)
        for place in places:
            if place in entries:
                yield Entry(
                    printable(place), partial(self._read, printable(place), entries[place]), is_sidecar=True
                )
                return

    def _read(self, name: str, info: zipfile.ZipInfo) -> bytes:
        """Read an entry piece by piece, within the limits whatever its directory says."""
        if escapes(name):
            raise InputError(f"压缩包里的“{name}”路径越出了压缩包，请重新压缩后再试。")
        suffix = PurePosixPath(name).suffix.lower()
        if suffix == ARCHIVE:
            raise InputError(f"“{name}”是压缩包中的压缩包，请先解开这一层再收入。")
        if info.flag_bits & _ENCRYPTED:
            raise InputError(f"压缩包里的“{name}”已加密，请解除密码后再试。")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"压缩包里的“{name}”用了不支持的压缩方式，请用普通 zip 方式重新压缩。")
        if _bursts(info.file_size, info):
            raise _bomb(name)
        try:
            return self._expand(name, info, most_bytes(suffix))
        except _FAULTS as error:
            raise InputError(f"压缩包里的“{name}”已损坏，请重新压缩后再试。") from error

    def _expand(self, name: str, info: zipfile.ZipInfo, most: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with self.archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                self.expanded += len(piece)
                if _bursts(size, info):
                    raise _bomb(name)
                if size > most:
                    raise too_large(name, most)
                if self.expanded > ARCHIVE_BYTES:
                    limit = ARCHIVE_BYTES // MEGABYTE
                    raise InputError(f"压缩包“{self.name}”展开后超过{limit}MB，请分成几个压缩包。")
        return b"".join(pieces)


def _is_beside(name: str) -> bool:
    return any(is_beside_the_point(part) for part in name.split("/") if part != "..")


def _bursts(size: int, info: zipfile.ZipInfo) -> bool:
    return size > HARMLESS_BYTES and size > ARCHIVE_RATIO * info.compress_size


def _bomb(name: str) -> InputError:
    return InputError(f"压缩包里的“{name}”展开超过{ARCHIVE_RATIO}倍，疑为压缩炸弹，请检查它的来源。")


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; without the flag of UTF-8 it is in the encoding of the system that packed it."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        name = decode_name(name.encode("cp437"))
    return name.replace("\\", "/")


def _refused(name: str, error: InputError) -> Entry:
    def read() -> bytes:
        raise error

    return Entry(name, read)
