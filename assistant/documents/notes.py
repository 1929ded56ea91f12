"""Note files to notes: a Markdown or plain list, one bullet a note, nested bullets belonging to their parent."""

import re
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.text.numerals import ordinal
from assistant.types import Note

MOST_NOTES = 50
_DASH = re.compile(r"[ \t\u3000]*(?:[-+•·●○■□▪◆–—]+|\*(?=[ \t]))[ \t\u3000]*(?:\[[ xX]\][ \t]+)?")
_NUMBER = re.compile(
    r"[ \t\u3000]*(?:(?P<dot>\d{1,3})[.．](?!\d)|(?P<mark>\d{1,3})[、)）]|[（(](?P<paren>\d{1,3})[)）]|(?P<ring>[①-⑳])"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})[、．.]|[（(](?P<inner>[一二三四五六七八九十]{1,3})[)）])[ \t\u3000]*"
)
_LABEL = re.compile(
    r"(?:(?:存在)?的?(?:主要)?问题(?:和不足)?|主要工作|工作情况|下一?步(?:工作)?(?:打算|安排|计划|思路)?|导语|结语|要点|素材|提纲)"
    r"(?:要点|素材|部分)?(?:如下)?[：:]?"
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_RULE = re.compile(r"^\s*(?:(?:[-*_=]\s*){3,}|```.*|~~~.*)$")
_QUOTE = re.compile(r"^[ \t]*>[ \t]?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


_COLONS = ("：", ":")
_ABOVE_ALL = -1


@dataclass(slots=True)
class _Line:
    """A line: its indent, where dashes count as deeper than numbers; whether a bullet begins it, or a gap stands before."""

    indent: int
    bullet: bool
    text: str
    gap: bool


def parse_notes(text: str, *, name: str) -> tuple[Note, ...]:
    """Parse bullets into notes n1, n2, … in order. No bullets at all: one line a note. None or too many: `InputError`."""
    texts = _join(_read(_COMMENT.sub("", text).split("\n")))
    if not texts:
        raise InputError(f"“{name}”里没有要点，请每行写一条，例如“- 理论学习抓得不够紧”。")
    if len(texts) > MOST_NOTES:
        raise InputError(
            f"“{name}”里有{len(texts)}条要点，一节最多写{MOST_NOTES}条，请分成几个文件分别起草。"
        )
    return tuple(Note(f"n{index}", note) for index, note in enumerate(texts, 1))


def _read(raw: list[str]) -> list[_Line]:
    written = [_QUOTE.sub("", line) for line in raw]
    numbered = _numbered(written)
    lines: list[_Line] = []
    gap = False
    for index, line in enumerate(written):
        if not line.strip() or _HEADING.match(line) or _RULE.match(line):
            gap = True
            continue
        read = _line(line, numbered=index in numbered, gap=gap)
        gap = False
        if read.text:
            lines.append(read)
    return lines


def _line(line: str, *, numbered: bool, gap: bool) -> _Line:
    expanded = line.expandtabs(4).replace("\u3000", "  ")
    indent = 2 * (len(expanded) - len(expanded.lstrip()))
    match = _NUMBER.match(line) if numbered else _DASH.match(line)
    text = line[match.end() if match else 0 :].strip()
    return _Line(indent + (0 if numbered else 1), bullet=bool(match), text=text, gap=gap)


def _numbered(lines: list[str]) -> set[int]:
    """Return the lines that a count numbers (1, 2, 3… or 1, 1, 1… as Markdown has it).

    1、2月 alone is a text about two months, not a first bullet.
    """
    runs: dict[str, list[list[int]]] = {}
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        match = _NUMBER.match(line)
        if not match or match.lastgroup is None:
            continue
        style, value = match.lastgroup, _value(match.group(match.lastgroup))
        if value in (last.get(style), last.get(style, -1) + 1):
            runs[style][-1].append(index)
        else:
            runs.setdefault(style, []).append([index])
        last[style] = value
    return {index for of_style in runs.values() for run in of_style if _counts(lines, run) for index in run}


def _counts(lines: list[str], run: list[int]) -> bool:
    if len(run) > 1:
        return True
    match = _NUMBER.match(lines[run[0]])
    if not match or match.lastgroup is None or _value(match.group(match.lastgroup)) != 1:
        return False
    return not re.match(r"[\d一二三四五六七八九十个名次项]", lines[run[0]][match.end() :])


def _value(numeral: str) -> int:
    if numeral.isascii():
        return int(numeral)
    return ord(numeral) - ord("①") + 1 if "①" <= numeral <= "⑳" else ordinal(numeral)


def _join(lines: list[_Line]) -> list[str]:
    """Join nested bullets and continued lines to the bullet they belong to; dashes under a number are nested."""
    if lines and not lines[0].bullet and len(lines) > 1 and _is_label(lines):
        lines = lines[1:]
    if not any(line.bullet for line in lines):
        return [line.text for line in lines]
    for line in lines:
        if not line.bullet and line.text.endswith(_COLONS):
            line.bullet, line.indent = True, _ABOVE_ALL
    notes: list[list[_Line]] = []
    top = next(line.indent for line in lines if line.bullet)
    for line in lines:
        own = line.bullet and line.indent <= top
        if own or not notes or (not line.bullet and (line.gap or not notes[-1][0].bullet)):
            notes.append([line])
        else:
            notes[-1].append(line)
    return [_one(note) for note in notes]


def _is_label(lines: list[_Line]) -> bool:
    """Tell whether the first line only announces the list: a section's name, or the one line that ends in a colon."""
    first = lines[0].text
    colons = [line for line in lines if not line.bullet and line.text.endswith(_COLONS)]
    return bool(_LABEL.fullmatch(first)) or (first.endswith(_COLONS) and len(colons) == 1)


def _one(note: list[_Line]) -> str:
    """Write a bullet with what is nested in it as one note: topic，first；second."""
    text, joined = note[0].text, False
    for line in note[1:]:
        if not line.bullet:
            text += line.text
        elif text.endswith(_COLONS):
            text, joined = text[:-1] + "：" + line.text, True
        else:
            text, joined = text.rstrip("，,；;。 ") + ("；" if joined else "，") + line.text, True
    return text
