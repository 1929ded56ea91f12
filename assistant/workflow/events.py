"""What happens while a section is drafted, in order, for whoever shows it."""

from dataclasses import dataclass

from assistant.types import Draft, Hit


@dataclass(frozen=True, slots=True)
class Started:
    """Who writes, and which addresses hear of it.

    ``model`` and ``address`` are none when the offline writer writes; ``embedding`` is the address that embeds the
    notes to search the shelf, if any. ``outside`` holds those addresses that are not on this machine, ``keeper`` the one
    outside it that keeps the vectors of the shelf. ``offline`` tells that the settings forbid any model.
    """

    model: str | None
    address: str | None
    embedding: str | None
    outside: tuple[str, ...]
    offline: bool
    keeper: str | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages found for the notes, best first."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Prompted:
    """The prompt was built: its tokens and how many passages found room."""

    tokens: int
    passages: int


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More of the section's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The section. ``cut_off`` tells that the model's length limit ended it; tokens where the endpoint told them."""

    draft: Draft
    cut_off: bool = False
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


DraftEvent = Started | Retrieved | Prompted | TextDelta | Finished
