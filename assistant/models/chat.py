"""A chat model behind an endpoint, as a stream of text and a closing account."""

import gc
import time
import weakref
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError
from assistant.models.client import http_client, waits
from assistant.models.endpoint import Endpoint
from assistant.models.failures import answering_errors, interrupted, model_error
from assistant.models.journal import Journal
from assistant.models.masking import Masked, Masker, Unmasker
from assistant.models.tracing import untraced
from assistant.text.secrecy import refuse_marked

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_openai import ChatOpenAI

REFUSALS = frozenset({"content_filter", "sensitive"})
BREAKDOWNS = frozenset({"error", "network_error", "insufficient_system_resource"})


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How the answer ended and what it cost, in tokens; none where the endpoint does not say. ``length`` is a cut-off.

    ``answer`` is the text as it came, with placeholders where texts were masked.
    """

    prompt_tokens: int | None
    completion_tokens: int | None
    finish_reason: str
    answer: str = ""


ChatEvent = Delta | Usage


class Chat:
    """A chat model, and the one place where texts leave for it. Needs no closing.

    With a ``masker`` what it masks leaves as placeholders, and comes back in the answer as it was. ``prompt_tokens`` and
    ``completion_tokens`` are those of all answers so far, none as long as the endpoint does not say.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        temperature: float | None = None,
        masker: Masker | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.temperature = temperature
        self.masker = masker
        self.prompt_tokens: int | None = None
        self.completion_tokens: int | None = None
        self._journal = journal

    def stream(self, messages: "Sequence[BaseMessage]") -> Generator[ChatEvent, None, None]:
        """Yield `Delta` as text arrives, then one `Usage`; raise `ModelError` with what had arrived.

        Raises `InputError`, before anything is sent, when a text with a secrecy marking would leave the machine.
        """
        leaving = outgoing([str(message.content) for message in messages], self.masker, self.endpoint)
        sent = [
            message.model_copy(update={"content": each.text})
            for message, each in zip(messages, leaving, strict=True)
        ]
        return untraced(
            lambda: self._logged(sent, [entity.kind for each in leaving for entity in each.entities])
        )

    def _logged(self, messages: "Sequence[BaseMessage]", masked: Sequence[str]) -> Iterator[ChatEvent]:
        """Stream, and write down how it ended, however that was."""
        started, outcome = time.perf_counter(), "stopped"
        tokens: tuple[int | None, int | None] = (None, None)
        try:
            for event in self._events(messages):
                if isinstance(event, Usage):
                    outcome, tokens = event.finish_reason, (event.prompt_tokens, event.completion_tokens)
                    self._count(event)
                yield event
        except ModelError:
            outcome = "failed"
            raise
        finally:
            if self._journal:
                self._journal.request(
                    self.endpoint,
                    [str(message.content) for message in messages],
                    masked,
                    outcome=outcome,
                    prompt_tokens=tokens[0],
                    completion_tokens=tokens[1],
                    seconds=round(time.perf_counter() - started, 3),
                )

    def _count(self, usage: Usage) -> None:
        self.prompt_tokens = _added(self.prompt_tokens, usage.prompt_tokens)
        self.completion_tokens = _added(self.completion_tokens, usage.completion_tokens)

    def _events(self, messages: "Sequence[BaseMessage]") -> Iterator[ChatEvent]:
        answer = _Answer(self.endpoint, self.masker)
        try:
            for chunk in self._model.stream(list(messages)):
                if text := answer.take(chunk):
                    yield Delta(text)
        except answering_errors() as error:
            raise model_error(error, self.endpoint, partial=answer.restored) from error
        except GeneratorExit:
            # The client's own generators, left in the middle, form a cycle. Collected at any other time they may meet a
            # module that is being imported just then, and complain on standard error.
            gc.collect()
            raise
        usage = answer.account()
        if text := answer.rest():
            yield Delta(text)
        yield usage

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
    masker: Masker | None
    parts: list[str] = field(default_factory=list)
    finish_reason: str | None = None
    usage: Any = None
    _unmasker: Unmasker | None = None

    def __post_init__(self) -> None:
        self._unmasker = self.masker.unmasker() if self.masker else None

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def restored(self) -> str:
        return self.masker.restore(self.text) if self.masker else self.text

    def take(self, chunk: "AIMessageChunk") -> str:
        self.usage = chunk.usage_metadata or self.usage
        self.finish_reason = chunk.response_metadata.get("finish_reason") or self.finish_reason
        text = str(chunk.text)
        self.parts.append(text)
        return self._unmasker.feed(text) if self._unmasker else text

    def rest(self) -> str:
        return self._unmasker.flush() if self._unmasker else ""

    def account(self) -> Usage:
        if complaint := self._complaint():
            raise ModelError(complaint, partial=self.restored)
        return Usage(
            prompt_tokens=self.usage["input_tokens"] if self.usage else None,
            completion_tokens=self.usage["output_tokens"] if self.usage else None,
            finish_reason=self.finish_reason or "",
            answer=self.text,
        )

    def _complaint(self) -> str | None:
        if self.finish_reason in REFUSALS:
            return f"模型 {self.endpoint.model} 因内容审核停止作答，请调整要点的措辞或更换模型。"
        if self.finish_reason is None or self.finish_reason in BREAKDOWNS:
            return interrupted(self.endpoint, self.restored)
        if not self.text.strip():
            return f"模型 {self.endpoint.model} 没有写出任何文字，请重试、放宽长度限制或更换模型。"
        return None


def _added(total: int | None, more: int | None) -> int | None:
    return total if more is None else (total or 0) + more


def outgoing(texts: Sequence[str], masker: Masker | None, endpoint: Endpoint) -> list[Masked]:
    """Return texts as they leave. Raises `InputError` for a secrecy marking unless they stay on this machine."""
    if not endpoint.is_local:
        for text in texts:
            refuse_marked(text)
    return masker.mask_all(texts) if masker else [Masked(text, ()) for text in texts]
