"""How often the fact lock refuses rewritings with one thing changed, and harmless ones: the probes with several seeds.

Run it from the root of the repository: ``PYTHONPATH=. python eval/benchmarks/lock.py``.
"""

import argparse

from assistant.checks.lock import broken_fact
from assistant.evaluation.probe_pairs import read_pairs
from assistant.evaluation.probes import make_probes
from assistant.paths import shipped
from tests.checks.test_lock import HARMLESS, LOCKED


def main() -> None:
    """Print both shares and their counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    pairs = read_pairs(shipped("eval") / "probes")
    clean = {pair.id: pair.draft for pair in pairs}
    changed, harmless = list[bool](), list[bool]()
    for seed in range(1, given.seeds + 1):
        for probe in make_probes(pairs, seed=seed):
            if probe.family in LOCKED:
                changed.append(broken_fact(clean[probe.pair], probe.draft) is not None)
            elif probe.operator in HARMLESS:
                harmless.append(broken_fact(clean[probe.pair], probe.draft) is not None)
    for name, refused in (("changed", changed), ("harmless", harmless)):
        print(f"{name}: {sum(refused)} of {len(refused)} refused ({sum(refused) / len(refused):.4f})")


if __name__ == "__main__":
    main()
