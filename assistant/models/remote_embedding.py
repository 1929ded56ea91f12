"""Embeddings of an endpoint."""

import math
import weakref
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.client import open_client
from assistant.models.endpoint import Endpoint
from assistant.models.failures import answering_errors, model_error
from assistant.models.journal import Journal
from assistant.models.masking import Masked, Masker, MaskPolicy
from assistant.text.secrecy import refuse_marked

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import CreateEmbeddingResponse

# A little below the words' 1: in a draw the words decide, so that an endpoint's vectors that are bad for Chinese spoil
# little, while good ones lift both lists (measured with stand-ins of known quality: eval/README.md).
REMOTE_WEIGHT = 0.9
# Endpoints take 2,048, 64, 25 or 10 texts at once and do not say which.
BATCHES = (64, 25, 10)
SMALLER = dict(pairwise(BATCHES))
PERHAPS_TOO_MANY = (400, 413, 422)
# Endpoints refuse an empty text.
EMPTY = "。"


class RemoteEmbedder:
    """An endpoint's embeddings. Sends text, not tokens, which only OpenAI's own endpoint takes. Needs no closing.

    With a ``policy`` each text leaves masked, as a job of its own, so that a text always gives the same vector.
    """

    weight = REMOTE_WEIGHT

    def __init__(
        self, endpoint: Endpoint, policy: MaskPolicy | None = None, journal: Journal | None = None
    ) -> None:
        self.endpoint = endpoint
        self._journal = journal
        self._policy = policy if policy and policy.applies(local=endpoint.is_local) else None
        self.name = f"{endpoint.model}@{endpoint.host}{'+masked' if self._policy else ''}"
        self.batch = BATCHES[0]
        self._dimensions: int | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 per text, in order; raise `ModelError`.

        Raises `InputError` when a text with a secrecy marking would leave the machine.
        """
        masked = [self._masked(text) for text in texts]
        leaving = [each.text if each.text.strip() else EMPTY for each in masked]
        outcome = "failed"
        try:
            vectors = self._embed_all(leaving)
            outcome = "stop"
        finally:
            if self._journal and texts:
                kinds = [entity.kind for each in masked for entity in each.entities]
                self._journal.request(self.endpoint, leaving, kinds, texts=len(texts), outcome=outcome)
        return vectors

    def _masked(self, text: str) -> Masked:
        if not self.endpoint.is_local:
            refuse_marked(text)
        return Masker(self._policy).mask(text) if self._policy else Masked(text, ())

    def _embed_all(self, texts: Sequence[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        while len(vectors) < len(texts):
            vectors.extend(self._embed_part(list(texts[len(vectors) : len(vectors) + self.batch])))
        return vectors

    def _embed_part(self, texts: list[str]) -> list[list[float]]:
        from openai import APIStatusError

        try:
            return self._checked(self._ask(texts), len(texts))
        except APIStatusError as error:
            if (
                error.status_code in PERHAPS_TOO_MANY
                and self.batch in SMALLER
                and len(texts) > SMALLER[self.batch]
            ):
                self.batch = SMALLER[self.batch]
                return self._embed_all(texts)
            raise model_error(error, self.endpoint) from error
        except answering_errors() as error:
            raise model_error(error, self.endpoint) from error

    def _ask(self, texts: list[str]) -> "CreateEmbeddingResponse":
        return self._client.embeddings.create(model=self.endpoint.model, input=texts, encoding_format="float")

    def _checked(self, answer: "CreateEmbeddingResponse", count: int) -> list[list[float]]:
        items = sorted(answer.data, key=lambda item: item.index)
        vectors = [[float(number) for number in item.embedding] for item in items]
        if len(vectors) != count:
            raise ModelError(
                f"向量接口 {self.endpoint.address} 对 {count} 段文字返回了 {len(vectors)} 个向量，请更换向量模型或接口。"
            )
        dimensions = {len(vector) for vector in vectors} | ({self._dimensions} if self._dimensions else set())
        if len(dimensions) != 1 or 0 in dimensions:
            raise ModelError(f"向量接口 {self.endpoint.address} 返回的向量维数不一致，请更换向量模型或接口。")
        self._dimensions = dimensions.pop()
        return [self._unit(vector) for vector in vectors]

    def _unit(self, vector: list[float]) -> list[float]:
        length = math.hypot(*vector)
        if length == 0 or not math.isfinite(length):
            raise ModelError(f"向量接口 {self.endpoint.address} 返回了不可用的向量，请更换向量模型或接口。")
        return [number / length for number in vector]

    @cached_property
    def _client(self) -> "OpenAI":
        client = open_client(self.endpoint)
        weakref.finalize(self, client.close)
        return client
