"""How much of a file is read, and the reading that keeps to it."""

import os
import stat
from pathlib import Path

from assistant.errors import InputError

MEGABYTE = 1_000_000
# The longest of 31 provincial reports is 0.1 MB of text; 50 MB leave room for a Word file full of pictures.
FILE_BYTES = 50 * MEGABYTE
# A text has no pictures. Decoding takes some ten times its size in memory.
TEXT_BYTES = 20 * MEGABYTE
# The markup of a Word file grows some fifteenfold when it is parsed; the five reports have less than 0.1 MB of it.
MARKUP_BYTES = 30 * MEGABYTE
# A hundred and fifty times the longest of 31 provincial reports: beyond it the pieces of one text fill the memory.
TEXT_CHARACTERS = 5_000_000
PAGES = 2_000
ARCHIVE_ENTRIES = 10_000
ARCHIVE_BYTES = 500 * MEGABYTE
# Deflate shrinks prose to a third and never below a thousandth: only what is made to burst comes near that.
ARCHIVE_RATIO = 200
# Below this size no ratio does harm, and a short file of blanks may well exceed the one above.
HARMLESS_BYTES = MEGABYTE


def most_bytes(suffix: str) -> int:
    """Return how large a file with this suffix may be."""
    return FILE_BYTES if suffix.lower() in (".docx", ".doc", ".wps", ".rtf", ".pdf") else TEXT_BYTES


def too_large(name: str, most: int) -> InputError:
    """Return the error for a file beyond the limit."""
    return InputError(f"“{name}”超过{most // MEGABYTE}MB，请拆分、压缩其中的图片或另存为较小的文件后再试。")


def check_length(text: str, *, name: str) -> str:
    """Return the text unless it is too long to be a report."""
    if len(text) > TEXT_CHARACTERS:
        raise InputError(f"“{name}”的文字超过{TEXT_CHARACTERS // 10_000}万字，请拆成单篇报告后再试。")
    return text


def read_file(path: Path, *, most: int) -> bytes:
    """Read a regular file of at most ``most`` bytes. Raises `OSError`, or `InputError` for a pipe, device or giant."""
    # Without blocking: to open a pipe nobody writes to would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise InputError(f"“{path.name}”不是普通文件，请换一个文件。")
        if os.fstat(stream.fileno()).st_size > most:
            raise too_large(path.name, most)
        data = stream.read(most + 1)
    if len(data) > most:
        raise too_large(path.name, most)
    return data
