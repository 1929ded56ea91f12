"""The messages of a chat, so that who asks need not know whose they are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage as Message

    __all__ = ["Message", "conversation", "turns"]


def conversation(system: str, user: str) -> "list[Message]":
    """Return the messages that begin a chat."""
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(system), HumanMessage(user)]


def turns(said: str, asked: str) -> "list[Message]":
    """Return what the model said and what it is asked next, as messages."""
    from langchain_core.messages import AIMessage, HumanMessage

    return [AIMessage(said), HumanMessage(asked)]
