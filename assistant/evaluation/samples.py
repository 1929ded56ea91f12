"""What a scorer is given: a text, and what it may be held against."""

from dataclasses import dataclass

from assistant.checks.results import Text
from assistant.types import Note


@dataclass(frozen=True, slots=True)
class Sample:
    """A text to be scored. ``section`` is a section template's name (problems, work, plan, lead or closing).

    ``reference`` is what a person wrote on the same notes, none where there is nothing; ``passages`` are those a writer
    saw; ``given`` is what was said besides the notes, such as the unit and the year.
    """

    text: str
    section: str
    notes: tuple[Note, ...] = ()
    reference: str | None = None
    passages: tuple[Text, ...] = ()
    given: str = ""
