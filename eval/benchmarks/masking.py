"""Measure masking on made texts with known entities, and count what it masks in files that name nobody.

Run as ``python eval/benchmarks/masking.py`` from the root of the repository where the package is installed; it needs no
network. ``--lists`` chooses the lists of names and sentences (all by default), ``--seed`` other texts of them, ``--missed``
shows what was left open. ``--source`` takes files of one JSON object a line with a ``text``, or plain texts: of these it prints
what is masked of each kind per 1,000 characters, needless or not. Asked for are 98 % of the characters of persons, units,
telephones, ids and document numbers. Ends with 1 where a list falls short of that.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.models.masking import Masker
from assistant.text.entities import find_entities
from assistant.text.entity_scan import Entity
from tests.text.masked_texts import LISTS, REQUIRED, made_texts, measured

LEAST = 0.98


def main() -> int:
    """Print the shares of each list, or what is masked of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", choices=tuple(LISTS), action="append")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20250601)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--source", type=Path, nargs="*")
    options = parser.parse_args()
    if options.source:
        for path in options.source:
            report(path)
        return 0
    return max(measure(name, options) for name in options.lists or LISTS)


def measure(name: str, options: argparse.Namespace) -> int:
    """Print what is masked of the texts of one list; return 0 where it is enough."""
    outcome = measured(made_texts(name, options.count, seed=options.seed), masked)
    share = outcome.share(REQUIRED)
    kinds = "、".join(f"{kind} {hit / of:.3f}" for kind, (hit, of) in sorted(outcome.kinds.items()))
    print(f"{name}: {share:.4f} of what is asked for, {len(outcome.needless)} needless; {kinds}")
    if options.missed:
        for kind, text, where in outcome.missed:
            print(f"  {kind} {text} | {where!r}")
    return int(share < LEAST)


def masked(text: str) -> list[Entity]:
    """Return what a job of this text alone would mask."""
    return [Entity(each.kind, each.start, each.end, each.text) for each in Masker().mask(text).entities]


def report(path: Path) -> None:
    """Print what is masked of a file, by kind and per 1,000 characters."""
    whole = path.read_text("utf-8")
    texts = [json.loads(line)["text"] for line in whole.splitlines()] if path.suffix == ".jsonl" else [whole]
    kinds = Counter(entity.kind for text in texts for entity in find_entities(text))
    size = sum(map(len, texts))
    print(f"{path.name}: {size} characters; " + ", ".join(f"{kind} {count}" for kind, count in kinds.items()))
    print(f"  {1000 * sum(kinds.values()) / size:.2f} per 1,000 characters")


if __name__ == "__main__":
    sys.exit(main())
