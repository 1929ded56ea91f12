"""What a grounding check is given and what it returns."""

from dataclasses import dataclass

from assistant.types import Coverage, Finding, Sentence


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be compared with, a passage of an old report or a whole one, by its id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Grounding:
    """What each sentence of a draft rests on, what became of each note, and the findings in order of the draft."""

    sentences: tuple[Sentence, ...]
    coverage: tuple[Coverage, ...]
    findings: tuple[Finding, ...]
