"""A chat model behind an endpoint, as a stream of text and a closing account."""

import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError
from assistant.models.client import http_client, waits
from assistant.models.endpoint import Endpoint
from assistant.models.failures import answering_errors, interrupted, model_error
from assistant.models.tracing import untraced

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_core.prompt_values import PromptValue
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

REFUSALS = frozenset({"content_filter", "sensitive"})
BREAKDOWNS = frozenset({"error", "network_error", "insufficient_system_resource"})


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How the answer ended and what it cost, in tokens; none where the endpoint does not say. ``length`` is a cut-off."""

    prompt_tokens: int | None
    completion_tokens: int | None
    finish_reason: str


ChatEvent = Delta | Usage


class Chat:
    """A chat model. Needs no closing."""

    def __init__(self, endpoint: Endpoint, *, temperature: float | None = None) -> None:
        self.endpoint = endpoint
        self.temperature = temperature

    def stream(self, messages: "Sequence[BaseMessage]") -> Iterator[ChatEvent]:
        """Yield `Delta` as text arrives, then one `Usage`; raise `ModelError` with what had arrived."""
        return untraced(lambda: self._events(messages))

    def runnable(self) -> "Runnable[PromptValue | Sequence[BaseMessage], ChatEvent]":
        """Return the chat as the last step of a LangChain chain: stream the chain to get `ChatEvent` one by one."""
        from langchain_core.runnables import RunnableGenerator

        return RunnableGenerator(self._answer_each, name="chat")

    def _answer_each(self, prompts: "Iterator[PromptValue | Sequence[BaseMessage]]") -> Iterator[ChatEvent]:
        from langchain_core.prompt_values import PromptValue

        for prompt in prompts:
            yield from self.stream(prompt.to_messages() if isinstance(prompt, PromptValue) else prompt)

    def _events(self, messages: "Sequence[BaseMessage]") -> Iterator[ChatEvent]:
        answer = _Answer(self.endpoint)
        try:
            for chunk in self._model.stream(list(messages)):
                if text := answer.take(chunk):
                    yield Delta(text)
        except answering_errors() as error:
            raise model_error(error, self.endpoint, partial=answer.text) from error
        yield answer.account()

    @cached_property
    def _model(self) -> "ChatOpenAI":
        from langchain_openai import ChatOpenAI
        from openai import DefaultAsyncHttpxClient

        client = http_client(self.endpoint, streamed=True)
        weakref.finalize(self, client.close)
        return ChatOpenAI(
            model=self.endpoint.model,
            base_url=self.endpoint.base_url,
            api_key=lambda: self.endpoint.api_key,
            temperature=self.temperature,
            timeout=waits(self.endpoint.timeout),
            max_retries=self.endpoint.retries,
            stream_usage=True,
            use_responses_api=False,
            # Each of these would otherwise come from the environment.
            output_version="v0",
            openai_proxy=None,
            http_client=client,
            # Never used; trusts nobody, and costs nothing to make.
            http_async_client=DefaultAsyncHttpxClient(
                trust_env=False, verify=SSLContext(PROTOCOL_TLS_CLIENT)
            ),
        )


@dataclass(slots=True)
class _Answer:
    """What has arrived so far."""

    endpoint: Endpoint
    parts: list[str] = field(default_factory=list)
    finish_reason: str | None = None
    usage: Any = None

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def take(self, chunk: "AIMessageChunk") -> str:
        self.usage = chunk.usage_metadata or self.usage
        self.finish_reason = chunk.response_metadata.get("finish_reason") or self.finish_reason
        text = str(chunk.text)
        self.parts.append(text)
        return text

    def account(self) -> Usage:
        if complaint := self._complaint():
            raise ModelError(complaint, partial=self.text)
        return Usage(
            prompt_tokens=self.usage["input_tokens"] if self.usage else None,
            completion_tokens=self.usage["output_tokens"] if self.usage else None,
            finish_reason=self.finish_reason or "",
        )

    def _complaint(self) -> str | None:
        if self.finish_reason in REFUSALS:
            return f"模型 {self.endpoint.model} 因内容审核停止作答，请调整要点的措辞或更换模型。"
        if self.finish_reason is None or self.finish_reason in BREAKDOWNS:
            return interrupted(self.endpoint, self.text)
        if not self.text.strip():
            return f"模型 {self.endpoint.model} 没有写出任何文字，请重试、放宽长度限制或更换模型。"
        return None
