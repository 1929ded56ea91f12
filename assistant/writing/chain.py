"""The LangChain chain: retrieve for each note → build the prompt → chat model, streamed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.models.chat import Chat, ChatEvent
from assistant.models.tracing import untraced
from assistant.retrieval.index import Index
from assistant.text.formal import formalise
from assistant.types import Hit, Note
from assistant.writing.covering import cover
from assistant.writing.prompting import Prompt
from assistant.writing.templates import SectionTemplate

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

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
    chat: Chat,
    *,
    retrieve_hits: Callable[[], Sequence[Hit]],
    build: Callable[[Sequence[Hit]], Prompt],
) -> Iterator[Found | Prompt | ChatEvent]:
    """Run the chain; yield what it found, the prompt, then the chat's events. Raises `ModelError` and `InputError`."""
    from langchain_core.runnables import RunnableLambda

    steps: list[Found | Prompt] = []

    def found(_: object) -> Sequence[Hit]:
        hits = retrieve_hits()
        steps.append(Found(tuple(hits)))
        return hits

    def prompted(hits: Sequence[Hit]) -> "list[BaseMessage]":
        prompt = build(hits)
        steps.append(prompt)
        return messages(prompt)

    chain = RunnableLambda(found) | RunnableLambda(prompted) | chat.runnable()
    for event in untraced(lambda: chain.stream(None)):
        while steps:
            yield steps.pop(0)
        yield event


def messages(prompt: Prompt) -> "list[BaseMessage]":
    """Return the prompt as chat messages."""
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(prompt.system), HumanMessage(prompt.user)]
