"""Keep LangChain's runs on this machine, whatever the environment says."""

from collections.abc import Callable, Generator, Iterator
from contextvars import copy_context
from typing import TypeVar

Item = TypeVar("Item")


def untraced(start: Callable[[], Iterator[Item]]) -> Generator[Item, None, None]:
    """Yield what the iterator from ``start`` yields, with LangSmith's tracing off and no callbacks inherited.

    Every step runs in a context of its own, so the caller's stays as it was. Wrap a whole chain in it: a chain traces
    its own inputs and outputs.
    """
    from langsmith.run_helpers import tracing_context

    context = copy_context()
    silence = tracing_context(enabled=False, parent=False)
    context.run(silence.__enter__)
    context.run(_forget_handlers)
    items = context.run(start)
    end = object()
    try:
        while (item := context.run(next, items, end)) is not end:
            yield item  # type: ignore[misc]
    finally:
        if close := getattr(items, "close", None):
            context.run(close)
        context.run(silence.__exit__, None, None, None)


def _forget_handlers() -> None:
    from langchain_core.runnables.config import var_child_runnable_config
    from langchain_core.tracers.context import tracing_v2_callback_var

    tracing_v2_callback_var.set(None)
    var_child_runnable_config.set(None)
