"""Note files to notes: a Markdown or plain list, one bullet a note, nested bullets belonging to their parent."""

import re
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.types import Note

MOST_NOTES = 50
_DASH = re.compile(r"[ \t\u3000]*(?:[-+•·●○■□▪◆–—]+|\*(?=[ \t]))[ \t\u3000]*(?=\S)")
_NUMBER = re.compile(
    r"[ \t\u3000]*(?:\d{1,3}(?:[.．](?!\d)|[、)）])|[（(]\d{1,3}[)）]|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）])[ \t\u3000]*(?=\S)"
)
_LABEL = re.compile(
    r"(?:.{0,8}(?:问题|不足|工作|打算|计划|要点|素材|情况|导语|结语)(?:部分|要点|如下)?|.*(?:如下|要点))[：:]?|.*[：:]"
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(slots=True)
class _Line:
    indent: int
    bullet: bool
    text: str


def parse_notes(text: str, *, name: str) -> tuple[Note, ...]:
    """Parse bullets into notes n1, n2, … in order. No bullets at all: one line a note. None or too many: `InputError`."""
    lines = [
        _line(line) for line in _COMMENT.sub("", text).split("\n") if line.strip() and not _ignored(line)
    ]
    texts = _join(lines)
    if not texts:
        raise InputError(f"“{name}”里没有要点，请每行写一条，例如“- 理论学习抓得不够紧”。")
    if len(texts) > MOST_NOTES:
        raise InputError(
            f"“{name}”里有{len(texts)}条要点，一节最多写{MOST_NOTES}条，请分成几个文件分别起草。"
        )
    return tuple(Note(f"n{index}", note) for index, note in enumerate(texts, 1))


def _ignored(line: str) -> bool:
    return bool(_HEADING.match(line) or _RULE.match(line))


def _line(line: str) -> _Line:
    expanded = line.expandtabs(4).replace("\u3000", "  ")
    indent = 2 * (len(expanded) - len(expanded.lstrip()))
    number, dash = _NUMBER.match(line), _DASH.match(line)
    match = number or dash
    return _Line(
        indent + (0 if number else 1), bullet=bool(match), text=line[match.end() if match else 0 :].strip()
    )


def _join(lines: list[_Line]) -> list[str]:
    """Join nested bullets and continued lines to the bullet they belong to; dashes under a number are nested."""
    if not any(line.bullet for line in lines):
        return [
            line.text
            for line in lines
            if not (len(lines) > 1 and line is lines[0] and _LABEL.fullmatch(line.text))
        ]
    first = next(index for index, line in enumerate(lines) if line.bullet)
    notes = [[line] for line in lines[:first] if not _LABEL.fullmatch(line.text)]
    top = lines[first].indent
    for line in lines[first:]:
        if line.bullet and line.indent <= top:
            notes.append([line])
        else:
            notes[-1].append(line)
    return [_one(note) for note in notes]


def _one(note: list[_Line]) -> str:
    """Write a bullet with what is nested in it as one note: topic，first；second."""
    text, joined = note[0].text, False
    for line in note[1:]:
        if not line.bullet:
            text += line.text
        elif text.endswith(("：", ":")):
            text, joined = text[:-1] + "：" + line.text, True
        else:
            text, joined = text.rstrip("，,；;。 ") + ("；" if joined else "，") + line.text, True
    return text
