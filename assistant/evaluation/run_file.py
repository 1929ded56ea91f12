"""A run as one JSON file: cases, drafts, scores and the signature they depend on; timings stand apart.

Everything that a score needs is in the file, so that a run can be scored again without a model, a corpus or the cases.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

# How a question to a judge ended.
Outcome = Literal["parsed", "unparsable", "timeout", "failed"]


class _Record(BaseModel):
    """What a run file is made of; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class RunSystem(_Record):
    """Who wrote."""

    name: str
    title: str


class RunScorer(_Record):
    """A scale from 0 to ``most``, or without an end. ``better`` says which end of it is the good one."""

    name: str
    title: str
    better: Literal["higher", "lower"]
    group: str
    signature: str
    most: float | None


class RunCase(_Record):
    """A case as it was drafted from; notes in order, their ids count up from n1."""

    id: str
    section: str
    kind: str
    topic: str
    notes: tuple[str, ...]
    reference: str
    unit: str | None
    year: int | None
    report: str | None
    tags: tuple[str, ...]
    sha: str


class RunDraft(_Record):
    """What a system wrote for a case, or why it wrote nothing.

    ``prompts`` are the hashes of what was sent, ``passages`` the ids of what the writer saw; tokens where they were told.
    """

    system: str
    case: str
    outcome: Literal["written", "skipped", "failed"]
    text: str = ""
    reason: str | None = None
    model: str | None = None
    prompts: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    revisions: int = 0
    cut_off: bool = False
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class RunScore(_Record):
    """How a draft did on a scale; no value where the scale does not apply."""

    system: str
    case: str
    scorer: str
    value: float | None
    answer: str
    explanation: str


class RunSignature(_Record):
    """All that the numbers depend on, without a key and without an address."""

    gongwen: str
    cases: str
    prompts: str
    corpus: str
    model: str | None
    endpoint: Literal["local", "remote"] | None
    temperature: float | None
    mask: str
    revisions: int
    prompt_tokens: int
    passage_tokens: int
    embedder: str
    libraries: dict[str, str]

    def line(self) -> str:
        """Return the signature on one line."""
        parts = {**self.model_dump(), "libraries": ",".join(f"{k}={v}" for k, v in self.libraries.items())}
        return "|".join(f"{name}:{value}" for name, value in parts.items() if value is not None)


class RunRating(_Record):
    """How the judge rated a draft, 1 to 5 a criterion; no marks unless the reply could be read."""

    system: str
    case: str
    outcome: Outcome
    marks: dict[str, int] = {}
    reason: str = ""


class RunVerdict(_Record):
    """Which of two drafts the judge preferred, as they were shown: ``first`` stood first."""

    case: str
    first: str
    second: str
    outcome: Outcome
    winner: Literal["first", "second", "tie"] | None = None
    reason: str = ""


class RunJudgement(_Record):
    """What a judge said of a run; ``base`` is the system that each other was compared with. ``stopped`` says why it broke off."""

    model: str
    endpoint: Literal["local", "remote"]
    prompts: str
    temperature: float | None
    base: str | None
    ratings: tuple[RunRating, ...] = ()
    verdicts: tuple[RunVerdict, ...] = ()
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    stopped: str | None = None


class RunTimings(_Record):
    """When a run was made, and the seconds each draft took, by system and case. No score depends on them."""

    made: str
    seconds: dict[str, dict[str, float]]


class RunFile(_Record):
    """A run. ``passages`` are texts by id, ``retrieved`` the ids of those found for a case, its own report left out."""

    form: Literal["gongwen-run-1"] = Field(default="gongwen-run-1", alias="format")
    complete: bool
    signature: RunSignature
    systems: tuple[RunSystem, ...]
    scorers: tuple[RunScorer, ...]
    cases: tuple[RunCase, ...]
    passages: dict[str, str]
    retrieved: dict[str, tuple[str, ...]]
    drafts: tuple[RunDraft, ...]
    scores: tuple[RunScore, ...]
    judgement: RunJudgement | None = None
    timings: RunTimings

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    def text(self) -> str:
        """Return the run as the JSON of its file."""
        return self.model_dump_json(indent=1, by_alias=True) + "\n"
