"""Files to text: .txt and .md in the encodings found in offices, Word files of every age, .pdf."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.limits import check_length, most_bytes, read_file
from assistant.documents.word_files import WORD_SUFFIXES, as_docx, read_word_file
from assistant.errors import InputError

SUFFIXES = (".txt", ".md", ".markdown", *WORD_SUFFIXES, ".pdf")
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
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_USUAL = re.compile(r"[ -~\n\r\t×·°±÷—…‘’“”\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A file's text with LF line ends, and what the file holds besides, in words: 批注3条."""

    text: str
    dropped: tuple[str, ...] = ()


def read_document(path: Path) -> DocumentText:
    """Read a report as text, and tell what was left out; anything else is an `InputError` that says why.

    Of a Word file revisions are read as accepted, automatic numbers become text, tables a row a line, cells parted by
    tabs, and notes follow their paragraph; comments, page heads and feet, hidden text, contents and pictures are left out.
    """
    return _reading(file_bytes(path), name=path.name)


def read_text(path: Path) -> str:
    """Read a report as `read_document` does."""
    return read_document(path).text


def read_data(data: bytes, *, name: str) -> str:
    """Read the bytes of a file as `read_document` does; its suffix says how. Raises `InputError`."""
    return _reading(data, name=name).text


def docx_bytes(path: Path) -> bytes | None:
    """Return a Word file as .docx, an old one by way of LibreOffice; none for a file of another kind. Raises `InputError`."""
    suffix = path.suffix.lower()
    return as_docx(file_bytes(path), suffix, name=path.name) if suffix in WORD_SUFFIXES else None


def file_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises `InputError` for one that is not there, too large or no regular file."""
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，请指定其中的一个文件。")
    try:
        return read_file(path, most=most_bytes(path.suffix))
    except FileNotFoundError as error:
        raise InputError(f"找不到文件“{path}”，请检查路径是否正确。") from error
    except OSError as error:
        raise InputError(f"无法读取文件“{path}”（{error.strerror}），请检查权限后重试。") from error


def _reading(data: bytes, *, name: str) -> DocumentText:
    path = Path(name)
    suffix = path.suffix.lower()
    if suffix in WORD_SUFFIXES:
        docx = as_docx(data, suffix, name=path.name)
        if docx is not None:
            return DocumentText(*read_word_file(docx, name=path.name))
    if suffix == ".pdf":
        from assistant.documents.pdf import pdf_text

        return DocumentText(pdf_text(data, name=path.name))
    if suffix in (".xls", ".xlsx", ".ppt", ".pptx"):
        raise InputError(f"暂不支持 {path.suffix} 文件“{path.name}”，请另存为 .docx 或 .txt 后再试。")
    return DocumentText(check_length(decode(data, name=path.name), name=path.name))


def decode(data: bytes, *, name: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 or GB18030; bytes that are no text are an `InputError`."""
    if data.startswith(_NOT_TEXT):
        raise InputError(f"“{name}”不是文本文件，请提供 .txt、.md、.docx 或 .pdf 文件。")
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
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    return text if controls == 0 or ("\0" not in text and controls < len(text) / 200) else None


def _plausible(text: str) -> float:
    """Return the share of characters one expects in a Chinese office text."""
    usual = len(text) - len(_USUAL.sub("", text))
    return usual / len(text) if text else 1.0
