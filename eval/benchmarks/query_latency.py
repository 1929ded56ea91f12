"""Measure how long a warm query takes in an index of many passages, by words, by vectors, fused, and with a role.

Run as ``python eval/benchmarks/query_latency.py FOLDER --source provincial_reports_2025.jsonl --sizes 5000``
where the package is installed. The index of each size is made once, in FOLDER, and used again. Each size is asked in a process of
its own, so that its peak memory is told. It needs no network.
"""

import argparse
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from recombined import SOURCE, bring_all, make_passages, make_queries

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import DEPTH, Index
from assistant.retrieval.selection import Selection
from assistant.types import Role

SEED = 1
WARM = 20


def main() -> None:
    """Print p50 and p95 of each way of asking, and the peak memory, for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5000, 50_000, 200_000])
    parser.add_argument("--queries", type=int, default=200)
    arguments = parser.parse_args()
    for size in arguments.sizes:
        folder = arguments.folder / str(size)
        for step, given in ((build, (size,)), (measure, (arguments.queries, size))):
            process = multiprocessing.get_context("spawn").Process(
                target=step, args=(folder, arguments.source, *given)
            )
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(f"{step.__name__} failed")


def build(folder: Path, source: Path, size: int) -> None:
    """Make the index of a size unless it is there, whole."""
    with Index.create_or_open(folder, embedder=OfflineEmbedder()) as index:
        held = sum(entry.passages for entry in index.reports())
        if held == size:
            return
        started = time.perf_counter()
        with index.writing() as ingestion:
            bring_all(ingestion, make_passages(size, SEED, source=source))
        print(f"{size} passages imported in {time.perf_counter() - started:.1f} s")


def measure(folder: Path, source: Path, queries: int, size: int) -> None:
    """Ask an index in every way and print what it took."""
    asked = make_queries(queries, SEED + 1, source=source)
    with Index.open(folder, embedder=OfflineEmbedder()) as index:
        reading, selection = index.reading, Selection()
        vectors = dict(zip(asked, OfflineEmbedder().embed(asked), strict=True))
        ways: dict[str, Callable[[str], object]] = {
            "lexical": lambda query: reading.by_words(query, DEPTH, selection),
            "vector": lambda query: reading.by_vector(vectors[query], DEPTH, selection),
            "fused": index.search,
            "fused, role": lambda query: index.search(query, role=Role.PROBLEMS),
            "fused, common role": lambda query: index.search(query, role=Role.WORK),
        }
        for name, ask in ways.items():
            print(f"{size:7} {name:18} {told(ask, asked)}", flush=True)
    print(
        f"{size:7} peak memory of the asking process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def told(ask: Callable[[str], object], queries: Sequence[str]) -> str:
    """Return p50 and p95 in milliseconds, after some queries to warm up."""
    for query in queries[:WARM]:
        ask(query)
    took = []
    for query in queries:
        started = time.perf_counter()
        ask(query)
        took.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(took, n=20)
    return f"p50 {statistics.median(took):6.2f} ms   p95 {cuts[-1]:6.2f} ms   n {len(took)}"


if __name__ == "__main__":
    main()
