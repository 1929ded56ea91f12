"""How long proofreading takes, in all and by kind of rule, and whether time grows with length alone.

    python -m eval.benchmarks.proofreading_speed [FILE…] [--megabytes 1]

Without files the five reports of ``corpus/`` are repeated to the size asked for.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from assistant.checks.prepared import Prepared
from assistant.checks.proofreading import proofread
from assistant.checks.rulebook import KINDS, Rules, load_rules
from assistant.paths import shipped


def sample(files: list[Path], size: int) -> str:
    """Return the texts of the files, over and over, up to ``size`` bytes of UTF-8."""
    whole = "\n".join(path.read_text("utf-8") for path in files)
    times = size // len(whole.encode()) + 1
    return "\n".join([whole] * times).encode()[:size].decode(errors="ignore")


def seconds(work: Callable[[], object]) -> float:
    """Return the least time of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def by_kind(text: str, rules: Rules) -> dict[str, tuple[int, int, float]]:
    """Return for each kind of rule how many there are, what they find, and the seconds they take."""
    names = {family: name for name, family in KINDS.items()}
    prepared = Prepared(text)
    measured = {}
    for family, members in rules.by_kind().items():
        found = sum(1 for _ in family.check(prepared, members))
        taken = seconds(lambda family=family, members=members: list(family.check(prepared, members)))  # type: ignore[misc]
        measured[names[family]] = (len(members), found, taken)
    return measured


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=float, default=1.0)
    options = parser.parse_args()
    files = options.files or sorted(shipped("corpus").glob("*.txt"))
    start = time.perf_counter()
    rules = load_rules()
    print(f"rules: {len(rules.all)}, loaded in {time.perf_counter() - start:.2f} s")
    size = int(options.megabytes * 1_000_000)
    for part in (4, 2, 1):
        text = sample(files, size // part)
        taken = seconds(lambda text=text: proofread(text, rules=rules))  # type: ignore[misc]
        print(f"{len(text.encode()) / 1e6:.2f} MB, {len(text):,} characters: {taken:.2f} s")
    for name, (count, found, taken) in by_kind(sample(files, size), rules).items():
        print(f"  {name:12} {count:4} rules {found:6} findings {taken:6.2f} s")


if __name__ == "__main__":
    main()
