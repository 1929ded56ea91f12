"""The vocabulary of the package: frozen values, no I/O.

Spans are character offsets into the text as read, half-open: ``report.text[start:end] == passage.text`` always.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """What a stretch of a report is for."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    LEAD = "lead"
    WORK = "work"
    PROBLEMS = "problems"
    PLAN = "plan"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report with its role.

    Level 1 sections follow one another and cover the text, whitespace aside. Deeper sections (2 for （一）, 3 for 1. and
    一是, and so on) lie inside the level 1 section before them. ``heading`` is as it stands in the text, with its
    number and closing mark; a stretch without one has none. The span includes the heading.
    """

    role: Role
    level: int
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read, and its anatomy. ``id`` comes from the content: one text, one id."""

    id: str
    name: str
    text: str
    title: str | None
    addressee: str | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class ReportData:
    """What a report says about itself; what it does not say is none."""

    title: str | None
    kind: str | None
    year: int | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a report to be found again. ``report`` is a report's id, ``name`` its file's."""

    id: str
    report: str
    name: str
    role: Role
    heading_path: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """One bullet of the user's, nested bullets included. Ids are n1, n2, … in the user's order."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A verifiable particular of a text.

    ``kind`` is number, date, title, document, quoted, organisation, person, place or meeting. Two facts of one kind with
    the same ``value`` say the same: 十二次 and 12次, 3500万元 and 0.35亿元.
    """

    kind: str
    surface: str
    value: str
    start: int
    end: int


class Level(StrEnum):
    """How sure and how grave a finding is: an error is to be mended, a warning looked at, a hint may be passed over."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a finding refers to: ``kind`` is note, passage, draft or source; the span lies in the text of that ``id``."""

    kind: str
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at a span of a text. ``message`` says what to do; ``replacement`` stands for the whole span."""

    rule: str
    level: Level
    message: str
    start: int
    end: int
    refers: Reference | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found: its fused score, higher is better, and the lists that held it."""

    passage: Passage
    score: float
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft, the ids of the notes it rests on, best first, and how well these hold it, 0 to 1."""

    text: str
    start: int
    end: int
    notes: tuple[str, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a note a draft says, and the clauses and facts of the note that it leaves out."""

    note: str
    state: Literal["covered", "partly", "missing"]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted section, and what the checks found. ``model`` is the chat model's name, or the offline writer's."""

    text: str
    model: str
    section: str
    notes: tuple[Note, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Hit, ...]
    seconds: float
    coverage: tuple[Coverage, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """How a text did on one scale; ``value`` is none where the scale does not apply or could not be told.

    ``answer`` is what was scored, in short; ``explanation`` says in one Chinese sentence what the value means here.
    """

    scorer: str
    value: float | None
    answer: str
    explanation: str
