"""What stands above or below the title without being part of it, and titles that are longer than most."""

import re
from collections.abc import Sequence

from assistant.documents.cues import names_document
from assistant.documents.headings import block_heading
from assistant.documents.word.layout import Part

_NUMBER = re.compile(r"[\u4e00-\u9fff×*A-Za-z]{1,16}[〔\[［（(][\d×*]{2,4}[〕\]］）)]第?[\d×*]{1,5}号")
_MASTHEAD = re.compile(r"[^，。；：、]{2,30}文件")
_FIRST_LINES = 4
_USUAL_TITLE = 60
_LONGEST_TITLE = 120
_TOLD = 40


def front_parts(lines: Sequence[str]) -> dict[int, Part]:
    """Return the lines at the top that are the document's number, or the issuer's masthead above one."""
    numbers = [index for index, line in enumerate(lines[:_FIRST_LINES]) if _NUMBER.fullmatch(line)]
    if not numbers or len(lines) == 1:
        return {}
    found = {numbers[0]: Part.NUMBER}
    if numbers[0] == 1 and _MASTHEAD.fullmatch(lines[0]):
        found[0] = Part.MASTHEAD
    return found


def short_title(line: str) -> str:
    """Return the end of a title that is longer than most, for what tells titles by their length; else the line."""
    is_title = (
        _USUAL_TITLE < len(line) <= _LONGEST_TITLE
        and names_document(line)
        and not re.search(r"[。；！？]", line)
        and block_heading(line, 0, len(line)) is None
    )
    return line[-_TOLD:] if is_title else line
