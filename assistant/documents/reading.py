"""Files to text: .txt and .md in the encodings found in offices, .docx and .pdf."""

import codecs
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from assistant.documents.limits import (
    ARCHIVE_ENTRIES,
    FILE_BYTES,
    MARKUP_BYTES,
    MEGABYTE,
    check_length,
    most_bytes,
    read_file,
    too_large,
)
from assistant.errors import InputError

SUFFIXES = (".txt", ".md", ".markdown", ".docx", ".pdf")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# An OLE file (old .doc, .wps) and some archives and pictures, by their first bytes.
_NOT_TEXT = (
    b"\xd0\xcf\x11\xe0",
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc",
)


# What a damaged .docx raises, by the layers that meet it: zip, deflate, XML, python-docx.
_DAMAGED = (
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


def read_text(path: Path) -> str:
    """Read a .txt, .md, .docx or .pdf as text with LF line ends; anything else is an `InputError` that says why."""
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，请指定其中的一个文件。")
    try:
        data = read_file(path, most=most_bytes(path.suffix))
    except FileNotFoundError as error:
        raise InputError(f"找不到文件“{path}”，请检查路径是否正确。") from error
    except OSError as error:
        raise InputError(f"无法读取文件“{path}”（{error.strerror}），请检查权限后重试。") from error
    return read_data(data, name=path.name)


def read_data(data: bytes, *, name: str) -> str:
    """Read the bytes of a file as `read_text` does; its suffix says how. Raises `InputError`."""
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix == ".docx":
        _check_package(path, data)
        return check_length(_docx(path, data), name=path.name)
    if suffix == ".pdf":
        from assistant.documents.pdf import pdf_text

        return pdf_text(data, name=path.name)
    if suffix in (".doc", ".wps", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx"):
        raise InputError(f"暂不支持 {path.suffix} 文件“{path.name}”，请另存为 .docx 或 .txt 后再试。")
    return check_length(decode(data, name=path.name), name=path.name)


def decode(data: bytes, *, name: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 or GB18030; bytes that are no text are an `InputError`."""
    if data.startswith(_NOT_TEXT):
        raise InputError(f"“{name}”不是文本文件，请提供 .txt、.md 或 .docx 文件。")
    text = _decode(data)
    if text is None:
        raise InputError(f"“{name}”不是文本文件，或编码无法识别，请另存为 UTF-8 编码的 .txt 后再试。")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _decode(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _try(data.removeprefix(mark), encoding)
    plain = _try(data, "utf-8")
    if plain is not None:
        return plain
    guesses = [
        text
        for text in (_try(data, name) for name in ("gb18030", "utf-16-le", "utf-16-be"))
        if text is not None
    ]
    best = max(guesses, key=_plausible, default=None)
    return best if best is not None and _plausible(best) > 0.9 else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = sum(
        1 for character in text if unicodedata.category(character) == "Cc" and character not in "\n\r\t\f\v"
    )
    return text if controls == 0 or ("\0" not in text and controls < len(text) / 200) else None


def _plausible(text: str) -> float:
    """Return the share of characters one expects in a Chinese office text."""
    usual = sum(
        1
        for character in text
        if " " <= character <= "~"
        or character in "\n\r\t×·°±÷—…‘’“”　"
        or "\u3000" <= character <= "\u303f"
        or "\u4e00" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
        or "\u2460" <= character <= "\u24ff"
    )
    return usual / len(text) if text else 1.0


def _check_package(path: Path, data: bytes) -> None:
    """Refuse a Word file that would burst: what it holds is told by its directory, and no more than that is unpacked."""
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return  # What is wrong with it is told where it is opened.
    markup = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    known = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    if len(parts) > ARCHIVE_ENTRIES or not known:
        raise InputError(f"“{path.name}”不是正常的 .docx 文件，请用 Word 或 WPS 重新保存后再试。")
    if markup > MARKUP_BYTES:
        raise InputError(f"“{path.name}”解压后的正文超过{MARKUP_BYTES // MEGABYTE}MB，请拆成单篇报告后再试。")
    if sum(part.file_size for part in parts) > 2 * FILE_BYTES:
        raise too_large(path.name, 2 * FILE_BYTES)


def _docx(path: Path, data: bytes) -> str:
    import io

    from docx import Document
    from docx.opc.exceptions import OpcError

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"“{path.name}”实际是旧版 .doc 或加密文件，请用 Word 或 WPS 另存为 .docx 后再试。")
    try:
        return "\n".join(_blocks(Document(io.BytesIO(data)).iter_inner_content()))
    except (OpcError, *_DAMAGED) as error:
        raise InputError(f"“{path.name}”不是完整的 .docx 文件，请用 Word 或 WPS 重新保存后再试。") from error


def _blocks(content: Iterator[object]) -> Iterator[str]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(dict.fromkeys(cell.text.replace("\n", " ") for cell in row.cells))
