"""PDF files to text: the text layer, page numbers and running heads dropped, the line ends inside a paragraph joined."""

import contextlib
import io
import logging
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.documents.headings import block_heading
from assistant.documents.limits import PAGES, TEXT_CHARACTERS, check_length
from assistant.documents.metadata import title_kind
from assistant.documents.page_edges import without_edges
from assistant.documents.pdf_quotes import with_quotes_in_place
from assistant.errors import InputError

if TYPE_CHECKING:
    from pypdf import PdfReader

# A scanned page may bear the scanning program's stamp of a few characters.
_STAMP = 10
_CONTROL = re.compile("[\\x00-\\x09\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_INDENT = re.compile(r"[\u3000 \t]{2,}|\u3000")
_ENDS = tuple("。！？!?：:；;…”）")
# A title of four lines is the longest that the standard's example has.
_TITLE_LINES = 4
_TITLE = 60
_STOPS = re.compile("[，。：；！？,;!?]")
_LOCK = threading.Lock()


def pdf_text(data: bytes, *, name: str) -> str:
    """Return the text layer. Scanned, encrypted, damaged or over-long: `InputError` that says which."""
    with _silence():
        try:
            pages = _pages(data, name)
        except InputError:
            raise
        except Exception as error:
            # pypdf says that a broken file may raise anything.
            raise InputError(f"“{name}”不是完整的 PDF 文件，请重新导出，或另存为 .docx 后再试。") from error
    text = join_lines([_in_place(_clean(page)) for page in pages])
    if len("".join(text.split())) < _STAMP * max(1, len(pages)):
        raise InputError(f"“{name}”没有文字层，多半是扫描件，请先做文字识别（OCR）再试。")
    if _garbled(text):
        raise InputError(f"“{name}”的文字层无法识别，请用 Word 或 WPS 转为 .docx 后再试。")
    return check_length(text, name=name)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep pypdf's log of what it mended out of the user's sight; the lock keeps threads from each other's level."""
    logger = logging.getLogger("pypdf")
    with _LOCK:
        before = logger.level
        logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            logger.setLevel(before)


def _pages(data: bytes, name: str) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opens(reader):
        raise InputError(f"“{name}”已加密，请解除密码、另存后再试。")
    if len(reader.pages) > PAGES:
        raise InputError(f"“{name}”有{len(reader.pages)}页，最多读{PAGES}页，请拆分后再试。")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > 2 * TEXT_CHARACTERS:
            break
    return pages


def _opens(reader: "PdfReader") -> bool:
    """Tell whether the file opens without a password; printing or copying may still be locked."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _clean(page: str) -> str:
    """Return what can be stored: a broken font table gives halves of characters and control characters."""
    whole = page.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", whole.replace("\t", " "))


def _in_place(page: str) -> str:
    return "\n".join(map(with_quotes_in_place, page.splitlines()))


def _garbled(text: str) -> bool:
    strange = sum(
        1 for character in text if character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn")
    )
    return strange > len(text) / 5


def join_lines(pages: Sequence[str]) -> str:
    """Return the pages as paragraphs: a line that runs to the margin goes on in the next, over a page's end too."""
    lines = [line for page in without_edges(pages) for line in page]
    title, broken = _title(lines)
    widths = sorted(map(_width, lines))
    margin = widths[len(widths) * 9 // 10] if widths else 0
    paragraphs = [title] if title else []
    last = ""
    for line in lines[broken:]:
        if last and _goes_on(last, line, margin):
            paragraphs[-1] += (" " if _latin(last[-1]) and _latin(line.strip()[0]) else "") + line.strip()
        else:
            paragraphs.append(line.strip())
        last = line.rstrip()
    return "\n".join(paragraphs)


def _title(lines: Sequence[str]) -> tuple[str, int]:
    """Return the title that the lines begin with, whole though it be broken over some, and how many; or nothing."""
    for count in range(1, min(_TITLE_LINES, len(lines)) + 1):
        parts = [line.strip() for line in lines[:count]]
        title = "".join(parts)
        if len(title) > _TITLE or _STOPS.search(title) or block_heading(parts[-1], 0, len(parts[-1])):
            break
        # The lines of a broken title are about as long; what is short above it is the name of a unit or a running head.
        if min(map(len, parts[:-1]), default=_TITLE) * 2 < max(map(len, parts)):
            break
        if title_kind(title) is not None:
            return title, count
    return "", 0


def _goes_on(line: str, following: str, margin: int) -> bool:
    """Tell whether a paragraph goes on below a line. ``margin`` is the width of a full one, in half characters."""
    if _INDENT.match(following) or block_heading(following, 0, len(following)):
        return False
    missing = margin - _width(line)
    if line.endswith(_ENDS):
        return missing <= 1
    heading = block_heading(line, 0, len(line))
    if heading is not None and heading.end >= len(line):
        # Headings are not set full. One that fills a line but for the indent of two characters goes on.
        return missing <= max(3, min(7, margin * 0.14))
    # Where a line may not begin with a closing mark, the last characters move down with it.
    return missing <= margin * 0.3


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in line.rstrip())


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
