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
    """An endpoint's embeddings. Sends text, not tokens, which only OpenAI's own endpoint takes. Needs no closing."""

    weight = REMOTE_WEIGHT

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.name = f"{endpoint.model}@{endpoint.host}"
        self.batch = BATCHES[0]
        self._dimensions: int | None = None

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 per text, in order; raise `ModelError`."""
        vectors: list[list[float]] = []
        while len(vectors) < len(texts):
            part = [
                text if text.strip() else EMPTY for text in texts[len(vectors) : len(vectors) + self.batch]
            ]
            vectors.extend(self._embed_part(part))
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
                return self.embed(texts)
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
