"""Measure a query of the index, fused and with a role, beside LangChain's EnsembleRetriever on the same passages.

Run as ``python eval/benchmarks/peer_ensemble.py SOURCE [--sizes 5000 20000] [--queries N]`` where the package is installed, after
``pip install langchain-classic langchain-community langchain-chroma rank_bm25``, which the package itself does not need.
SOURCE is a file of reports, one JSON object with a ``text`` a line. The peer fuses rank_bm25 and Chroma, both fed with
the very terms and vectors of the index, without a role, which spares it a filter. Both are warm, in memory and asked in
turn, so that a busy moment of the machine falls on both. It needs no network and leaves nothing behind.
"""

import argparse
import importlib
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings
from recombined import bring_all, make_passages, make_queries

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import Index
from assistant.text.terms import terms
from assistant.types import Passage, Role

SEED = 11
COUNT = 5
BATCH = 5000
WARM_UP = 3


class SameVectors(Embeddings):
    """The offline embedder, as LangChain wants one."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text."""
        return OfflineEmbedder().embed(texts)

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a query."""
        return OfflineEmbedder().embed([text])[0]


def main() -> None:
    """Print both latencies and their ratio for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5000, 20000], metavar="N")
    parser.add_argument("--queries", type=int, default=60, metavar="N")
    arguments = parser.parse_args()
    print(
        f"{'passages':>9}{'ours p50':>11}{'p95':>8}{'peer p50':>11}{'p95':>9}{'ratio p50':>11}{'p95':>8}   (ms)"
    )
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            report(size, *measure(arguments.source, Path(folder), size=size, queries=arguments.queries))


def measure(source: Path, folder: Path, *, size: int, queries: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each query, ours and the peer's."""
    passages = make_passages(size, SEED, source=source)
    peer = make_peer(passages, folder / "peer")
    asked = make_queries(queries + WARM_UP, SEED, source=source)
    with Index.create_or_open(folder / "ours", embedder=OfflineEmbedder()) as index:
        with index.writing() as ingestion:
            bring_all(ingestion, passages)
        ways: list[Callable[[str], Any]] = [
            lambda query: index.search(query, count=COUNT, role=Role.WORK),
            peer.invoke,
        ]
        took = [[milliseconds(way, query) for way in ways] for query in asked]
    ours, theirs = zip(*took[WARM_UP:], strict=True)
    return list(ours), list(theirs)


def make_peer(passages: Sequence[Passage], folder: Path) -> Any:
    """Return an EnsembleRetriever over rank_bm25 and Chroma."""
    texts = [passage.text for passage in passages]
    words = peers("langchain_community.retrievers").BM25Retriever.from_texts(
        texts, preprocess_func=terms, k=COUNT
    )
    vectors = peers("langchain_chroma").Chroma(
        "peer",
        embedding_function=SameVectors(),
        persist_directory=str(folder),
        collection_configuration={"hnsw": {"space": "cosine"}},
    )
    for start in range(0, len(texts), BATCH):
        vectors.add_texts(texts[start : start + BATCH])
    nearest = vectors.as_retriever(search_kwargs={"k": COUNT})
    return peers("langchain_classic.retrievers").EnsembleRetriever(
        retrievers=[words, nearest], weights=[0.5, 0.5]
    )


def peers(name: str) -> Any:
    """Return a module that only this script needs; `langchain_community` says at import that it is being retired."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module(name)


def milliseconds(way: Callable[[str], Any], query: str) -> float:
    """Return how long a query takes."""
    started = time.perf_counter()
    found = way(query)
    took = (time.perf_counter() - started) * 1000
    if not found:
        raise SystemExit("A query found nothing: the figures would mean nothing.")
    return took


def report(size: int, ours: Sequence[float], theirs: Sequence[float]) -> None:
    """Print the line of one size."""
    (half, most), (peer_half, peer_most) = (
        (statistics.median(took), statistics.quantiles(took, n=20)[-1]) for took in (ours, theirs)
    )
    print(
        f"{size:9}{half:11.2f}{most:8.2f}{peer_half:11.1f}{peer_most:9.1f}"
        f"{peer_half / half:10.0f}x{peer_most / most:7.0f}x",
        flush=True,
    )


if __name__ == "__main__":
    main()
