"""Measure the index on a retrieval set in BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv.

Run as ``python eval/benchmarks/retrieval_quality.py DIR [--weights 0.01 0.1 …]`` where the package is installed.
It needs no network: vectors are the offline embedder's.
"""

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.fusion import fuse
from assistant.retrieval.index import DEPTH, LEXICAL_WEIGHT, Index
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.vectors import VectorStore
from assistant.types import Passage, Role

CUT = 10
SET = "benchmark"


def main() -> None:
    """Print hit@1 and MRR@10 of both lists, of their fusion under some weights, and of the index's own search."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--weights", type=float, nargs="*", default=[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments.folder, Path(folder), weights=arguments.weights)


def measure(source: Path, folder: Path, *, weights: Sequence[float]) -> None:
    """Index the corpus of ``source`` in ``folder`` and print a line for each way of searching it."""
    queries = {line["_id"]: line["text"] for line in lines(source / "queries.jsonl")}
    relevant = judgements(source / "qrels.tsv")
    embedder = OfflineEmbedder()
    with Index.create_or_open(folder, embedder=embedder) as index:
        index.ingest(SET, corpus(source / "corpus.jsonl", report=SET))
        words, vectors = (
            LexicalIndex(index.manifest.words(folder)),
            VectorStore(index.manifest.vectors(folder)),
        )
        started = time.perf_counter()
        lexical = {key: ids(words.query(text, DEPTH)) for key, text in queries.items()}
        report("lexical", lexical, relevant, started)
        started = time.perf_counter()
        embedded = zip(queries, embedder.embed(list(queries.values())), strict=True)
        nearest = {key: ids(vectors.query(vector, DEPTH)) for key, vector in embedded}
        report("vector", nearest, relevant, started)
        for weight in weights:
            started = time.perf_counter()
            fused = {
                key: ids(fuse([(LEXICAL_WEIGHT, lexical[key]), (weight, nearest[key])])) for key in queries
            }
            report(f"fused, vectors weighing {weight:g}", fused, relevant, started)
        started = time.perf_counter()
        found = {
            key: [hit.passage.id for hit in index.search(text, count=CUT)] for key, text in queries.items()
        }
        report(f"index.search, vectors weighing {embedder.weight:g}", found, relevant, started)
        vectors.close()


def report(name: str, ranked: dict[str, list[str]], relevant: dict[str, set[str]], started: float) -> None:
    """Print hit@1, MRR@10 and milliseconds per query of one way of searching."""
    milliseconds = (time.perf_counter() - started) / len(ranked) * 1000
    ranks = [first_rank(found[:CUT], relevant[key]) for key, found in ranked.items() if key in relevant]
    hit = sum(rank == 1 for rank in ranks) / len(ranks)
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    print(
        f"{name:36} hit@1 {hit:.4f}   MRR@{CUT} {reciprocal:.4f}   n {len(ranks)}   {milliseconds:.2f} ms/query"
    )


def first_rank(found: Sequence[str], relevant: set[str]) -> int | None:
    """Return the rank, from 1, of the first relevant id."""
    return next((rank for rank, id_ in enumerate(found, start=1) if id_ in relevant), None)


def ids(ranked: Iterable[tuple[Any, ...]]) -> list[str]:
    """Return the ids of a ranked list."""
    return [entry[0] for entry in ranked]


def corpus(path: Path, *, report: str) -> list[Passage]:
    """Read the texts of the set as the passages of one report, which spreading leaves in their order."""
    return [
        Passage(line["_id"], report, report, Role.WORK, (), 0, len(line["text"]), line["text"])
        for line in lines(path)
    ]


def judgements(path: Path) -> dict[str, set[str]]:
    """Read which texts answer which query."""
    relevant: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if float(row["score"]) > 0:
                relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    return relevant


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


if __name__ == "__main__":
    main()
