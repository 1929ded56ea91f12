"""What happens while a section is drafted, in order, for whoever shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Coverage, Draft, Finding, Hit

if TYPE_CHECKING:
    from assistant.models.masking import MaskedEntity
    from assistant.writing.changes import Polished


@dataclass(frozen=True, slots=True)
class Started:
    """Who writes, and which addresses hear of it.

    ``model`` and ``address`` are none when the offline writer writes; ``embedding`` is the address that embeds the
    notes to search the shelf, if any. ``outside`` holds those addresses that are not on this machine, ``keeper`` the one
    outside it that keeps the vectors of the shelf. ``offline`` tells that the settings forbid any model, ``masked`` that what
    goes outside is masked.
    """

    model: str | None
    address: str | None
    embedding: str | None
    outside: tuple[str, ...]
    offline: bool
    keeper: str | None = None
    masked: bool = False


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
class Sending:
    """What leaves for the model: the messages as they are sent, and what was masked in them."""

    messages: tuple[str, ...]
    masked: "tuple[MaskedEntity, ...]"


@dataclass(frozen=True, slots=True)
class Restarted:
    """The answer could not be used, and is asked for again: the text shown so far no longer counts."""

    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The text was checked. ``revision`` 0 is the first text."""

    revision: int
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """The model mended its text. One that is no better is not ``kept``: the text before it stays."""

    revision: int
    text: str
    kept: bool


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More of the section's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The section. ``cut_off`` tells that the model's length limit ended it; tokens where the endpoint told them.

    ``remark`` is what the user should know of the answer; ``others`` are the candidates that the checks ranked below.
    """

    draft: Draft
    cut_off: bool = False
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    remark: str | None = None
    others: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True)
class PolishedSoFar:
    """A model has polished the text as far as ``end``: so many paragraphs of so many."""

    polished: "Polished"
    end: int
    paragraphs: int
    total: int


DraftEvent = Started | Retrieved | Prompted | Sending | TextDelta | Restarted | Checked | Revised | Finished
