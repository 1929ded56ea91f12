"""Hold the fact lock against the probes' operators: 2,000 changed rewrites to be refused, 500 harmless ones to pass.

Run as ``python eval/benchmarks/lock.py`` where the package is installed; it needs no network and takes about a minute. The
harmless ones are all that the operators make of a draft, the changed ones those of which a number, a date, a title, a
document number, a name, or a word of scope, status, obligation, degree, frequency or character was changed. Asked for are
99 % of the changed refused, and 2 % of the harmless at most. Ends with 1 where that does not hold.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.checks.lock import broken_fact
from assistant.evaluation.probe_pairs import read_pairs
from assistant.evaluation.probes import HARMLESS, SEED, Probe, make_probes

PROBES = Path(__file__).parents[1] / "probes"
CHANGED = {"number", "date", "title", "document", "name", "escalation"}
WANTED = {"changed": 2000, "harmless": 500}
REFUSED, PASSED = 0.99, 0.98
MOST_SEEDS = 12


def main() -> int:
    """Print, for each operator and in all, how many rewrites were judged rightly."""
    right: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for before, probe in rewrites():
        sort = HARMLESS if probe.family == HARMLESS else "changed"
        refused = broken_fact(before, probe.draft) is not None
        every[sort, probe.operator] += 1
        right[sort, probe.operator] += refused == (sort == "changed")
    for (sort, operator), count in sorted(every.items()):
        print(f"{sort:10}{operator:24}{right[sort, operator]:6} / {count}")
    return report(right, every)


def report(right: Counter[tuple[str, str]], every: Counter[tuple[str, str]]) -> int:
    """Print the two shares, and return 0 where both are as asked for."""
    failed = False
    for sort, least in (("changed", REFUSED), (HARMLESS, PASSED)):
        whole = sum(count for (kind, _), count in every.items() if kind == sort)
        good = sum(count for (kind, _), count in right.items() if kind == sort)
        failed |= good < least * whole or whole < WANTED[sort]
        print(f"{sort}: {good} of {whole} judged rightly, {good / whole:.4f}")
    return int(failed)


def rewrites() -> Iterator[tuple[str, Probe]]:
    """Yield clean drafts, each with a rewrite, from seed to seed until there are as many of either sort as wanted."""
    pairs = read_pairs(PROBES)
    clean = {pair.id: pair.draft for pair in pairs}
    seen: set[tuple[str, str]] = set()
    left = Counter(WANTED)
    for seed in range(SEED, SEED + MOST_SEEDS):
        for probe in make_probes(pairs, seed=seed):
            sort = HARMLESS if probe.family == HARMLESS else "changed"
            before, key = clean[probe.pair], (probe.pair, probe.draft)
            if key in seen or before == probe.draft or (sort == "changed" and probe.family not in CHANGED):
                continue
            seen.add(key)
            left[sort] -= 1
            yield before, probe
        if all(count <= 0 for count in left.values()):
            return


if __name__ == "__main__":
    sys.exit(main())
