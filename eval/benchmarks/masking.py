"""How much of what should be masked is masked: texts made of known names, by kind.

Run it from the root of the repository: ``PYTHONPATH=. python eval/benchmarks/masking.py``. The first list was looked at while
the rules were written, the second and third were written later; see the list files in ``tests/text``.
"""

import argparse

from assistant.text.entities import find_entities
from tests.text.masked_texts import LISTS, made_texts, measured


def main() -> None:
    """Print the share of characters masked for each list and kind, and how many words were masked without need."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20250601)
    given = parser.parse_args()
    for name in LISTS:
        outcome = measured(made_texts(name, given.texts, seed=given.seed), find_entities)
        shares = "  ".join(f"{kind} {outcome.share([kind]):.3f}" for kind in sorted(outcome.kinds))
        print(f"{name}: {shares}  needless {1000 * len(outcome.needless) / outcome.characters:.2f} per 1,000")


if __name__ == "__main__":
    main()
