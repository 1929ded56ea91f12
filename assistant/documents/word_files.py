"""Word files of every age: what a file is, is told by its bytes; its name may say otherwise."""

import io
import re
import zipfile
import zlib

from assistant.documents.limits import (
    ARCHIVE_ENTRIES,
    FILE_BYTES,
    MARKUP_BYTES,
    MEGABYTE,
    check_length,
    too_large,
)
from assistant.documents.office import to_docx
from assistant.errors import InputError

WORD_SUFFIXES = (".docx", ".doc", ".wps", ".rtf")
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BODY = "WordDocument".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
# Web systems like to call a page .doc; Word 2003 had a markup of its own.
_PAGE = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
_FLAT = re.compile(rb"<\?mso-application progid=\"Word|<w:worddocument", re.IGNORECASE)
_HEAD = 2048
# What a damaged .docx raises, by the layers that meet it: zip, deflate, XML, what is missing in it.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    SyntaxError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)


def read_word_file(data: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a Word file and what was dropped. Raises `InputError`."""
    from assistant.documents.word_import.word_text import read_word

    try:
        read = read_word(data)
    except DAMAGED as error:
        raise damaged_word(name) from error
    return check_length(read.text, name=name), read.dropped


def damaged_word(name: str) -> InputError:
    """Return the error for what is called .docx and is none, or not a whole one."""
    return InputError(f"“{name}”不是完整的 .docx 文件，请用 Word 或 WPS 重新保存后再试。")


def as_docx(data: bytes, suffix: str, *, name: str) -> bytes | None:
    """Return a Word file as .docx, an old one by way of LibreOffice; none for what is no Word file, perhaps a text.

    ``suffix`` counts only where the bytes do not tell. Raises `InputError`.
    """
    if data.startswith(_OLE):
        _check_old(data, name)
    old = _old_kind(data)
    if old is not None:
        data = to_docx(data, old, name=name)
    elif not data.startswith(_ZIP) and suffix != ".docx":
        return None
    _check_package(data, name)
    return data


def _check_old(data: bytes, name: str) -> None:
    """Refuse what is no .doc, though of the same kind of container: LibreOffice would read it as a text of any sort."""
    if _ENCRYPTED in data:
        raise InputError(f"“{name}”已加密，请解除密码、另存后再试。")
    if _BODY not in data:
        raise InputError(
            f"“{name}”是旧版 Office 格式，但不是完整的 Word 文件，请用 Word 或 WPS 另存为 .docx 后再试。"
        )


def _old_kind(data: bytes) -> str | None:
    """Return the suffix that fits a file which only LibreOffice reads."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLE):
        return ".doc"
    if head.startswith(_RTF):
        return ".rtf"
    if head.startswith(b"<") and _FLAT.search(head):
        return ".xml"
    return ".html" if head.startswith(b"<") and _PAGE.search(head) else None


def _check_package(data: bytes, name: str) -> None:
    """Refuse a Word file that would burst: what it holds is told by its directory, and no more than that is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return  # What is wrong with it is told where it is opened.
    markup = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    known = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    if len(parts) > ARCHIVE_ENTRIES or not known:
        raise InputError(f"“{name}”不是正常的 .docx 文件，请用 Word 或 WPS 重新保存后再试。")
    if markup > MARKUP_BYTES:
        raise InputError(f"“{name}”解压后的正文超过{MARKUP_BYTES // MEGABYTE}MB，请拆成单篇报告后再试。")
    if sum(part.file_size for part in parts) > 2 * FILE_BYTES:
        raise too_large(name, 2 * FILE_BYTES)
