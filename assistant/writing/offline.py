"""The offline writer: a section from notes without a model, by the formula of its template.

It adds connecting phrases and topic sentences from the template and nothing else: no fact, number, cause or remedy; every
note comes out, in the user's order.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template

from assistant.text.numerals import numeral
from assistant.text.sentences import sentences
from assistant.types import Note, Sentence
from assistant.writing.items import Composer
from assistant.writing.templates import Opening, SectionFront, SectionTemplate
from assistant.writing.topics import Family, family_of

NAME = "离线写作（未使用模型）"
_FRAGMENT = re.compile(
    r"^(?:按照?|根据|依据|遵照|围绕|对照|为了?)[^，。]*$|^(?:\d{4}年(?:度|上半年|第?[一二三四]季度)?|上半年|[一二三四]季度|今年以来)$"
)
_PERIOD = re.compile(r"^(\d{4}年度?|[一二三四]季度|上半年|下半年|全年)的$")
# A run of items in one paragraph, as in most reports, unless there are many of them.
_MOST_IN_PARAGRAPH = 6
_LONGEST_PARAGRAPH = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the section and the notes it rests on."""

    text: str
    notes: tuple[str, ...] = ()


def write_section(
    template: SectionTemplate,
    notes: Sequence[Note],
    *,
    families: tuple[Family, ...],
    unit: str | None = None,
    year: int | None = None,
) -> list[Piece]:
    """Write a section as pieces that join to its text. ``notes`` holds at least one."""
    composer = Composer(template.front, families)
    if template.front.form == "sentences":
        return _sentences(template.front, notes, composer)
    opening = Piece(_opening(template.front, notes, families, unit=unit, year=year))
    items = [Piece(composer.item(note), (note.id,)) for note in notes]
    if len(items) == 1:
        return [opening, items[0]]
    long = len(items) > _MOST_IN_PARAGRAPH or sum(len(item.text) for item in items) > _LONGEST_PARAGRAPH
    lead = "\n" if long else ""
    numbered = [
        Piece(f"{lead}{numeral(number)}是{item.text}", item.notes) for number, item in enumerate(items, 1)
    ]
    return [opening, *numbered]


def join(pieces: Sequence[Piece]) -> tuple[str, tuple[Sentence, ...]]:
    """Join pieces to the text and its sentences, each with the notes of the pieces that it overlaps."""
    text = "".join(piece.text for piece in pieces)
    spans, position = [], 0
    for piece in pieces:
        spans.append((position, position + len(piece.text), piece.notes))
        position += len(piece.text)
    found = tuple(
        Sentence(text[start:end], start, end, _resting(spans, start, end)) for start, end in sentences(text)
    )
    return text, found


def _resting(spans: Sequence[tuple[int, int, tuple[str, ...]]], start: int, end: int) -> tuple[str, ...]:
    overlapping = (note for first, last, notes in spans if first < end and start < last for note in notes)
    return tuple(dict.fromkeys(overlapping))


def _opening(
    front: SectionFront,
    notes: Sequence[Note],
    families: tuple[Family, ...],
    *,
    unit: str | None,
    year: int | None,
) -> str:
    found = [family_of(note.text, families) for note in notes]
    party = sum(1 for family in found if family and family.party)
    kind = "single" if len(notes) == 1 else "party" if party * 2 > len(notes) else "general"
    chosen = _pick(
        [opening for opening in front.openings if opening.kind == kind] or list(front.openings), notes
    )
    return Template(chosen.text).substitute(when=f"{year}年，" if year else "今年以来，", who=unit or "")


def _pick(openings: Sequence[Opening], notes: Sequence[Note]) -> Opening:
    """Pick an opening by the notes' content: the same notes always get the same one."""
    digest = zlib.crc32("\n".join(note.text for note in notes).encode())
    return openings[digest % len(openings)]


def _sentences(front: SectionFront, notes: Sequence[Note], composer: Composer) -> list[Piece]:
    """Write a lead or closing: the notes as sentences, then the template's last words unless a note has said them."""
    bodies = [_PERIOD.sub(r"\1", composer.body(note)) for note in notes]
    said = any(front.final_unless and re.search(front.final_unless, body) for body in bodies)
    pieces = []
    for note, body in zip(notes, bodies, strict=True):
        last = said and note is notes[-1]
        mark = "，" if _FRAGMENT.match(body) and not last else "。"
        pieces.append(Piece(body + (_final_mark(body) or mark), (note.id,)))
    return pieces if said or front.final is None else [*pieces, Piece(front.final)]


def _final_mark(body: str) -> str | None:
    return "：" if re.search("(?:报告|汇报|通报|说明)如下$", body) else None
