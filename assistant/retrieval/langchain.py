"""The corpus as a LangChain retriever, for chains of one's own."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig, ensure_config

from assistant.models.tracing import untraced
from assistant.retrieval.index import Index
from assistant.types import Hit, Role

Value = TypeVar("Value")


class CorpusRetriever(BaseRetriever, extra="forbid"):
    """Find the ``k`` passages of an open index nearest to a query, best first, each as a `Document`.

    ``role``, ``years``, ``kinds``, ``include`` and ``exclude`` (reports, by id) choose among the passages as in `Index.search`;
    empty ones choose nothing. The index must stay open; async calls search in another thread. Raises `CorpusError` and
    `ModelError`. A query goes to the embedding endpoint where one is set, and nowhere else.

    Its own run is not traced, whatever LangSmith's settings say. A chain around it is its author's: with
    ``LANGSMITH_TRACING=true`` LangChain sends what the chain's steps get and give, this one among them, to LangSmith;
    leave that setting off where passages must not leave the machine.
    """

    index: Index
    k: int = 5
    role: Role | None = None
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    # The names and types of the arguments of both methods are LangChain's.
    def invoke(self, input: str, config: RunnableConfig | None = None, **kwargs: Any) -> list[Document]:
        """Return the documents for a query."""
        chosen, ask = ensure_config(config), super().invoke
        return _silently(lambda: ask(input, chosen, **kwargs))

    async def ainvoke(
        self,
        input: str,
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> list[Document]:
        """Return the documents for a query, without blocking the event loop."""
        chosen, ask = ensure_config(config), super().ainvoke
        # A task keeps the silent context that it is made in.
        return await _silently(lambda: asyncio.ensure_future(ask(input, chosen, **kwargs)))

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = self.index.search(
            query,
            count=self.k,
            role=self.role,
            exclude=self.exclude,
            include=self.include,
            years=self.years,
            kinds=self.kinds,
        )
        return [_document(hit) for hit in found]


def _silently(call: Callable[[], Value]) -> Value:
    """Return what ``call`` returns, called with tracing off."""
    [value] = untraced(lambda: iter([call()]))
    return value


def _document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "id": passage.id,
            "report": passage.name,
            "role": passage.role.value,
            "heading_path": list(passage.heading_path),
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
        },
    )
