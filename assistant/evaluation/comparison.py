"""What a comparison of a draft with a reference says: values only."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.types import Fact, Finding, Note, Score


class Said(StrEnum):
    """What became of a piece: said on the other side, said in part, or not; a piece that only leads in is apart."""

    WHOLE = "whole"
    PARTLY = "partly"
    NOT = "not"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class ComparedPiece:
    """A sentence, or the part of one that makes an item or leads it in.

    The span lies in the whole text as given, ``item`` numbers the item that it belongs to, 0 before the first. ``group``
    is the number of the group that it stands in; ``left`` are the spans of the clauses that the other side leaves out.
    """

    start: int
    end: int
    item: int
    said: Said
    group: int | None = None
    left: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedStretch:
    """A text as given and the stretch of it that was compared, with its pieces in order.

    ``whole`` tells that nothing was left aside but headings.
    """

    text: str
    start: int
    end: int
    pieces: tuple[ComparedPiece, ...]
    whole: bool

    @property
    def compared(self) -> str:
        """Return the text that was compared."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces of the draft and of the reference that speak of the same: their places in ``pieces``.

    ``number`` counts from 1 in the reference's order; ``likeness`` runs from 0 to 1.
    """

    number: int
    draft: tuple[int, ...]
    reference: tuple[int, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What draft and reference say differently of the same: spans in the texts as given.

    ``kind`` is number, date, name, direction, level, degree, time, negation or opposite; ``message`` says it in a Chinese sentence.
    """

    kind: str
    start: int
    end: int
    reference_start: int
    reference_end: int
    message: str


@dataclass(frozen=True, slots=True)
class Trait:
    """One line of style and structure, side by side: none where it does not apply. ``unit`` is said behind the values."""

    name: str
    title: str
    unit: str
    draft: float | None
    reference: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft compared with a reference.

    ``section`` is the section kind's name, none where whole texts were compared; ``scope`` says in a sentence what was
    compared. ``covered`` is the share of the reference's content that the draft says, ``shared`` the share of the
    draft's that the reference says, 0 to 1, none without any. ``unfounded`` are the draft's facts that neither
    notes nor reference hold; ``findings`` are what proofreading finds in the draft. ``hint`` says in a sentence that the
    two texts are plainly not of one section kind, and is empty otherwise. All spans lie in the texts as given.
    """

    draft: ComparedStretch
    reference: ComparedStretch
    notes: tuple[Note, ...]
    section: str | None
    scope: str
    groups: tuple[Group, ...]
    contradictions: tuple[Contradiction, ...]
    unfounded: tuple[Fact, ...]
    covered: float | None
    shared: float | None
    scores: tuple[Score, ...]
    traits: tuple[Trait, ...]
    findings: tuple[Finding, ...]
    hint: str = ""

    @property
    def missing(self) -> tuple[ComparedPiece, ...]:
        """Return the pieces of the reference that the draft leaves out, wholly or in part."""
        return tuple(piece for piece in self.reference.pieces if piece.said in (Said.NOT, Said.PARTLY))

    @property
    def extra(self) -> tuple[ComparedPiece, ...]:
        """Return the pieces of the draft that nothing in the reference answers to."""
        return tuple(piece for piece in self.draft.pieces if piece.said is Said.NOT)
