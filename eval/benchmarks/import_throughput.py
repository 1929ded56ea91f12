"""Measure an import beside the raw ``collection.add`` of the same vectors to one Chroma collection.

Run as ``python eval/benchmarks/import_throughput.py --source provincial_reports_2025.jsonl [--sizes 20000]`` where the
package is installed. The import cuts words, makes the vectors, keeps the texts and writes both lists; Chroma is
given the vectors ready made, in the largest batches it takes. Both take turns. It needs no network and leaves
nothing behind.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy
from recombined import SOURCE, bring_all, make_passages

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.chroma import open_folder, release
from assistant.retrieval.index import Index
from assistant.retrieval.preparing import prepare
from assistant.retrieval.records import embedding_text
from assistant.types import Passage

SEED = 3


def main() -> None:
    """Print seconds, passages a second and the ratio for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000])
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    for size in arguments.sizes:
        passages = make_passages(size, SEED, source=arguments.source)
        _, vectors = prepare([embedding_text(passage) for passage in passages], OfflineEmbedder())
        pairs = [(raw(passages, vectors), imported(passages)) for _ in range(arguments.runs)]
        ours, theirs = (
            statistics.median(pair[1] for pair in pairs),
            statistics.median(pair[0] for pair in pairs),
        )
        print(
            f"{size} passages: import {ours:.1f} s ({size / ours:.0f}/s)   collection.add {theirs:.1f} s "
            f"({size / theirs:.0f}/s)   ratio {ours / theirs:.2f}   n {len(pairs)}",
            flush=True,
        )


def raw(
    passages: list[Passage], vectors: "numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float32]]"
) -> float:
    """Return the seconds that Chroma itself takes to add the vectors."""
    with tempfile.TemporaryDirectory() as folder:
        client = open_folder(Path(folder) / "raw", create=True)
        collection = client.create_collection(
            "raw", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        ids, most = [passage.id for passage in passages], client.get_max_batch_size()
        started = time.perf_counter()
        for start in range(0, len(ids), most):
            collection.add(ids=ids[start : start + most], embeddings=vectors[start : start + most])
        seconds = time.perf_counter() - started
        release(client)
        return seconds


def imported(passages: list[Passage]) -> float:
    """Return the seconds that an import takes, to the end of its sealing."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.create_or_open(Path(folder) / "index", embedder=OfflineEmbedder()) as index,
    ):
        started = time.perf_counter()
        with index.writing() as ingestion:
            bring_all(ingestion, passages)
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
