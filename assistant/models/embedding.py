"""Embeddings: of an endpoint, or offline from hashed words and character pairs."""

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from assistant.models.endpoint import embedding_endpoint
from assistant.settings import Settings
from assistant.text.terms import terms

if TYPE_CHECKING:
    import numpy as np

DIMENSIONS = 512
# Hashed words know no meaning. Fused with k = 5, vectors that weigh less than 1 / 7 cannot displace the best lexical hit,
# at 0.05 not one of the best five; more loses hit@1 on CMRC 2018 dev: 0.976 up to 0.14 as by words alone, 0.968 at 0.2
# (gongwen eval retrieval, the first 1,500 questions).
OFFLINE_WEIGHT = 0.05
# What a term weighs by how often it stands in a text; rounded, so that every platform has the same.
DAMPED = [0.0, *(round(1 + math.log(count), 6) for count in range(1, 256))]


class Embedder(Protocol):
    """Texts to vectors. ``name`` is what an index remembers; two embedders of one name give the same vectors.

    ``weight`` is the vector list's share in fusion, the lexical list's being 1.0; ``batch`` is how many texts to hand
    over at once.
    """

    @property
    def name(self) -> str:
        """Return the identity of the vectors."""

    @property
    def weight(self) -> float:
        """Return the share in fusion."""

    @property
    def batch(self) -> int:
        """Return how many texts to hand over at once."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 per text, in order, all of one dimension; raise `ModelError`."""


class OfflineEmbedder:
    """Signed feature hashing of words and character pairs, with sub-linear counts: no model, no network.

    Source: Weinberger and others, Feature Hashing for Large Scale Multitask Learning, 2009.
    """

    batch = 256

    def __init__(self, *, dimensions: int = DIMENSIONS, weight: float = OFFLINE_WEIGHT) -> None:
        self.name = f"offline-hash-{dimensions}-v1"
        self.weight = weight
        self.dimensions = dimensions

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 per text, in order."""
        return self.embed_terms([terms(text) for text in texts]).tolist()  # type: ignore[no-any-return]

    def embed_terms(self, texts: Sequence[Sequence[str]]) -> "np.ndarray[Any, Any]":
        """Return one vector (a row) of length 1 per text, in order, given the search terms of each."""
        import numpy

        counts = [Counter(text) for text in texts]
        sizes = [len(count) for count in counts]
        total = sum(sizes)
        numbers = numpy.fromiter(
            chain.from_iterable(map(_number, count) for count in counts), numpy.uint64, total
        )
        repeats = numpy.fromiter(chain.from_iterable(count.values() for count in counts), numpy.intp, total)
        # Each row has two slots a dimension: one for the terms hashed to plus, one for those hashed to minus.
        width = 2 * self.dimensions
        slots = (numbers % width).astype(numpy.intp) + numpy.repeat(numpy.arange(len(texts)) * width, sizes)
        weights = numpy.array(DAMPED).take(repeats, mode="clip")
        sums = numpy.bincount(slots, weights, len(texts) * width).reshape(len(texts), 2, self.dimensions)
        vectors = sums[:, 0, :] - sums[:, 1, :]
        # A text without terms, or whose terms cancel out, is equally far from everything.
        vectors[~vectors.any(axis=1)] = 1.0
        return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)  # type: ignore[no-any-return]


@lru_cache(maxsize=1 << 18)
def _number(term: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )


def make_embedder(settings: Settings) -> Embedder:
    """Return the embedder that the settings name, the offline one without an embedding model; raise `SettingsError`."""
    endpoint = embedding_endpoint(settings)
    if endpoint is None:
        return OfflineEmbedder()
    from assistant.models.journal import Journal
    from assistant.models.masking import mask_policy
    from assistant.models.remote_embedding import RemoteEmbedder

    return RemoteEmbedder(endpoint, mask_policy(settings), Journal(settings))
