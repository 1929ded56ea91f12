"""The end of a report: list of attachments, signature, date."""

import re
from collections.abc import Sequence

from assistant.documents.cues import is_closing
from assistant.documents.headings import block_heading
from assistant.documents.word.layout import Part

_NOTE = re.compile(r"附件[：:][ \u3000]*\S")
_LISTED = re.compile(r"\d{1,2}[.．、][ \u3000]*\S")
_DATE = re.compile(
    r"(?:[\d×*〇○零一二三四五六七八九]{2,4}年[\d×*元一二三四五六七八九十]{1,3}月[\d×*一二三四五六七八九十]{1,3}日|〖待补[^〗]*日期[^〗]*〗)"
)
_NO_NAME = re.compile(r"[。；！？，：;!?,:]")
_FORMULA = re.compile(r"特此|专此|谨此|以上|此致|敬礼|谢谢|妥否|当否")
_LONGEST_NAME = 30
_MOST_SIGNERS = 6


def ending_parts(lines: Sequence[str]) -> dict[int, Part]:
    """Return the lines of signature, date and list of attachments at the end of a text."""
    found: dict[int, Part] = {}
    index = len(lines) - 1
    if index > 0 and _DATE.fullmatch(lines[index]):
        found[index] = Part.DATE
        index -= 1
        while index > 0 and _is_name(lines[index]) and len(found) < _MOST_SIGNERS:
            found[index] = Part.SIGNATURE
            index -= 1
    elif index > 0 and _is_name(lines[index]) and is_closing(lines[index]):
        found[index] = Part.SIGNATURE
        index -= 1
    return found | _notes(lines, index)


def _is_name(line: str) -> bool:
    return (
        len(line) <= _LONGEST_NAME
        and not _NO_NAME.search(line)
        and not _FORMULA.match(line)
        and block_heading(line, 0, len(line)) is None
    )


def _notes(lines: Sequence[str], last: int) -> dict[int, Part]:
    index = last
    while index > 0 and _LISTED.match(lines[index]):
        index -= 1
    if index > 0 and _NOTE.match(lines[index]):
        return dict.fromkeys(range(index, last + 1), Part.NOTE)
    return {}
