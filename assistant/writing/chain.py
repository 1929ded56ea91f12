"""The LangChain chain: retrieve for each note → build the prompt → chat model, streamed."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from assistant.models.messages import conversation
from assistant.models.tracing import untraced
from assistant.retrieval.index import Index
from assistant.text.formal import formalise
from assistant.types import Hit, Note
from assistant.writing.covering import cover
from assistant.writing.prompting import Prompt
from assistant.writing.templates import SectionTemplate

if TYPE_CHECKING:
    from assistant.models.messages import Message

Event = TypeVar("Event")
CANDIDATES = 6
PASSAGES_PER_NOTE = 3
MOST_PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that the chain retrieved, best first."""

    hits: tuple[Hit, ...]


def retrieve(index: Index, template: SectionTemplate, notes: Sequence[Note]) -> list[Hit]:
    """Return the passages of the section's role that serve the notes best, most useful first, spread over reports.

    Each note is looked up by itself, in its formal wording, as the reports would say it.
    """
    lists = [index.search(formalise(note.text), count=CANDIDATES, role=template.front.role) for note in notes]
    return cover(lists, count=min(MOST_PASSAGES, PASSAGES_PER_NOTE * len(notes)))


def stream_chain(
    answer: "Callable[[list[Message]], Generator[Event, None, None]]",
    *,
    retrieve_hits: Callable[[], Sequence[Hit]],
    build: Callable[[Sequence[Hit]], Prompt],
) -> Iterator[Found | Prompt | Event]:
    """Run the chain; yield what it found, the prompt, then the events of ``answer``. Raises what its steps raise."""
    from langchain_core.runnables import RunnableGenerator, RunnableLambda

    steps: list[Found | Prompt] = []
    answers: list[Generator[Event, None, None]] = []

    def found(_: object) -> Sequence[Hit]:
        hits = retrieve_hits()
        steps.append(Found(tuple(hits)))
        return hits

    def prompted(hits: Sequence[Hit]) -> "list[Message]":
        prompt = build(hits)
        steps.append(prompt)
        return messages(prompt)

    def answered(prompts: "Iterator[list[Message]]") -> Iterator[Event]:
        for prompt in prompts:
            answers.append(events := answer(prompt))
            yield from events

    chain = RunnableLambda(found) | RunnableLambda(prompted) | RunnableGenerator(answered, name="chat")
    try:
        for event in untraced(lambda: chain.stream(None)):
            while steps:
                yield steps.pop(0)
            yield event
    finally:
        # A chain that is left early does not close its steps, and the request would go on.
        for events in answers:
            events.close()


def messages(prompt: Prompt) -> "list[Message]":
    """Return the prompt as chat messages."""
    return conversation(prompt.system, prompt.user)
