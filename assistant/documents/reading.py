"""Files to text: .txt and .md in the encodings found in offices, and .docx."""

import codecs
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InputError

SUFFIXES = (".txt", ".md", ".markdown", ".docx")
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
    """Read a .txt, .md or .docx as text with LF line ends; anything else is an `InputError` that says why."""
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，请指定其中的一个文件。")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"找不到文件“{path}”，请检查路径是否正确。") from error
    except OSError as error:
        raise InputError(f"无法读取文件“{path}”（{error.strerror}），请检查权限后重试。") from error
    if path.suffix.lower() == ".docx":
        return _docx(path, data)
    if path.suffix.lower() in (".doc", ".wps", ".pdf", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx"):
        raise InputError(f"暂不支持 {path.suffix} 文件“{path.name}”，请另存为 .docx 或 .txt 后再试。")
    return decode(data, name=path.name)


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


def _is_beside_the_point(name: str) -> bool:
    """Tell whether a file in a folder is no report: hidden, an editor's lock file, or a note about the folder."""
    return name.startswith((".", "~$")) or name.lower().split(".")[0] == "readme"


def report_files(path: Path) -> list[Path]:
    """Return the readable reports at a path: the file itself, or those in a folder and below, in order of name."""
    if not path.exists():
        raise InputError(f"找不到“{path}”，请检查路径是否正确。")
    if not path.is_dir():
        return [path]
    found = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUFFIXES and file.is_file() and not _is_beside_the_point(file.name)
    )
    if not found:
        raise InputError(f"文件夹“{path}”里没有 .txt、.md 或 .docx 报告，请放入报告或换一个文件夹。")
    return found
