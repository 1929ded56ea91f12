"""Terms and vectors of texts, made beside the writing: here, or for a large import in a process of its own.

Chroma does not let other threads run while it adds, so only another process can do the reckoning meanwhile.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
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
    """Prepares passages in the background."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._thread = ThreadPoolExecutor(1)
        self._helper: Helper | None = None
        self._seen = 0

    def start(self, passages: Sequence[Passage]) -> "Future[Prepared]":
        """Begin to make the terms, joined by blanks, and the vectors (float32, a row each) of passages."""
        self._seen += len(passages)
        texts = [embedding_text(passage) for passage in passages]
        # Only reckoning gains from another process; an endpoint's answers are waited for just as well here.
        if self._helper is None and self._seen > MANY and type(self._embedder) is OfflineEmbedder:
            self._helper = Helper(self._embedder)
        if self._helper:
            return self._helper.start(texts)
        return self._thread.submit(prepare, texts, self._embedder)

    def close(self) -> None:
        """Wait for what is under way here, and end the process."""
        self._thread.shutdown(cancel_futures=True)
        if self._helper:
            self._helper.close()
            self._helper = None


class Helper:
    """A process that prepares texts until its input ends: with `close`, or when this process is gone.

    It takes any number of requests and works on while nobody fetches its answers.
    """

    def __init__(self, embedder: OfflineEmbedder) -> None:
        path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.retrieval.preparing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        self._asked: SimpleQueue[Future[Prepared] | None] = SimpleQueue()
        self._fetcher = Thread(target=self._fetch, daemon=True)
        self._fetcher.start()
        self._send(embedder)

    def start(self, texts: list[str]) -> "Future[Prepared]":
        """Begin to make terms and vectors of texts."""
        future: Future[Prepared] = Future()
        self._asked.put(future)
        self._send(texts)
        return future

    def _send(self, value: object) -> None:
        stream = cast("IO[bytes]", self._process.stdin)
        pickle.dump(value, stream)
        stream.flush()

    def _fetch(self) -> None:
        """Pass the answers on, in the order of the requests."""
        while future := self._asked.get():
            try:
                future.set_result(pickle.load(cast("IO[bytes]", self._process.stdout)))
            except (EOFError, pickle.UnpicklingError) as error:
                future.set_exception(error)

    def close(self) -> None:
        """End the process; what is still asked for is not answered."""
        self._asked.put(None)
        cast("IO[bytes]", self._process.stdin).close()
        self._fetcher.join()
        cast("IO[bytes]", self._process.stdout).close()
        self._process.wait()


def prepare(texts: Sequence[str], embedder: Embedder) -> "Prepared":
    """Return terms and vectors of texts."""
    import numpy

    cut = [terms(text) for text in texts]
    vectors: list[Any] = []
    for start in range(0, len(texts), embedder.batch):
        batch = slice(start, start + embedder.batch)
        if type(embedder) is OfflineEmbedder:
            # Its vectors are made of these very terms; to cut them twice takes as long as all the rest.
            vectors.extend(embedder.embed_terms(cut[batch]))
        else:
            vectors.extend(embedder.embed(texts[batch]))
    return [" ".join(each) for each in cut], numpy.asarray(vectors, dtype=numpy.float32)


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer lists of texts from ``source``, whose first value is the embedder, until either side is gone."""
    asked: SimpleQueue[Any] = SimpleQueue()
    answers: SimpleQueue[Prepared] = SimpleQueue()
    Thread(target=_receive, args=(source, asked), daemon=True).start()
    Thread(target=_answer, args=(target, answers), daemon=True).start()
    embedder = asked.get()
    while True:
        answers.put(prepare(asked.get(), embedder))


def _receive(source: IO[bytes], asked: "SimpleQueue[Any]") -> None:
    # A process that is killed may leave half a message.
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            asked.put(pickle.load(source))
    os._exit(0)


def _answer(target: IO[bytes], answers: "SimpleQueue[Prepared]") -> None:
    with suppress(BrokenPipeError):
        while True:
            pickle.dump(answers.get(), target, protocol=pickle.HIGHEST_PROTOCOL)
            target.flush()
    os._exit(0)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
