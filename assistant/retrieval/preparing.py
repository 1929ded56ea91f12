"""Terms and vectors of texts, made beside the writing: here, or for a large import in a process of its own.

Chroma does not let other threads run while it adds, so only another process can do the reckoning meanwhile.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

from assistant.models.embedding import Embedder, OfflineEmbedder
from assistant.paths import CHECKOUT
from assistant.retrieval.records import embedding_text
from assistant.text.terms import terms
from assistant.types import Passage

if TYPE_CHECKING:
    import numpy as np

    Prepared = tuple[list[str], np.ndarray[Any, Any]]

# From so many passages on, a process of its own is worth its start.
MANY = 2000


class Preparer:
    """Prepares passages in the background, in the order in which they come."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._thread = ThreadPoolExecutor(1)
        self._helper: Helper | None = None
        self._seen = 0

    def start(self, passages: Sequence[Passage]) -> "Future[Prepared]":
        """Begin to make the terms, joined by blanks, and the vectors (float32, a row each) of passages."""
        self._seen += len(passages)
        return self._thread.submit(self._prepare, [embedding_text(passage) for passage in passages])

    def _prepare(self, texts: list[str]) -> "Prepared":
        # Only reckoning gains from another process; an endpoint's answers are waited for just as well here.
        if self._helper is None and self._seen > MANY and type(self._embedder) is OfflineEmbedder:
            self._helper = Helper(self._embedder)
        return self._helper.prepare(texts) if self._helper else prepare(texts, self._embedder)

    def close(self) -> None:
        """Wait for what is under way, and end the process."""
        self._thread.shutdown(cancel_futures=True)
        if self._helper:
            self._helper.close()
            self._helper = None


class Helper:
    """A process that prepares texts until its input ends: with `close`, or when this process is gone."""

    def __init__(self, embedder: OfflineEmbedder) -> None:
        path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.retrieval.preparing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        self._send(embedder)

    def prepare(self, texts: list[str]) -> "Prepared":
        """Return terms and vectors of texts."""
        self._send(texts)
        return cast("Prepared", pickle.load(cast("IO[bytes]", self._process.stdout)))

    def _send(self, value: object) -> None:
        stream = cast("IO[bytes]", self._process.stdin)
        pickle.dump(value, stream)
        stream.flush()

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def prepare(texts: Sequence[str], embedder: Embedder) -> "Prepared":
    """Return terms and vectors of texts."""
    import numpy

    vectors: deque[list[float]] = deque()
    for start in range(0, len(texts), embedder.batch):
        vectors += embedder.embed(texts[start : start + embedder.batch])
    return [" ".join(terms(text)) for text in texts], numpy.asarray(vectors, dtype=numpy.float32)


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer lists of texts from ``source``, whose first value is the embedder, until either side is gone."""
    # A process that is killed may leave half a message, or none to take the answer.
    with suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        embedder = pickle.load(source)
        while True:
            pickle.dump(prepare(pickle.load(source), embedder), target, protocol=pickle.HIGHEST_PROTOCOL)
            target.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
    # Without a reader, the output may not even be closed.
    os._exit(0)
