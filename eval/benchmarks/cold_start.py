"""Measure how long a command takes from cold, beside the one import it cannot do without.

Run as ``python eval/benchmarks/cold_start.py [--runs N]`` where the package is installed. The commands take turns, so
that a busy moment of the machine falls on all of them. An offline draft may take twice the time of
``import chromadb``: beyond that the script ends with exit code 1. It needs no network and leaves nothing behind.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.paths import shipped

MOST = 2.0
YARDSTICK = "import chromadb"
DRAFT = "draft, offline"
GONGWEN = [sys.executable, "-m", "assistant"]


def main() -> int:
    """Print the median and the extremes of each command, and each median beside the yardstick's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, metavar="N")
    with tempfile.TemporaryDirectory() as folder:
        took = measure(Path(folder), runs=max(1, parser.parse_args().runs))
    medians = {name: statistics.median(seconds) for name, seconds in took.items()}
    for name, seconds in took.items():
        ratio = medians[name] / medians[YARDSTICK]
        print(
            f"{name:16} median {medians[name]:.3f} s   ratio {ratio:.2f}   "
            f"min {min(seconds):.3f}   max {max(seconds):.3f}   n {len(seconds)}"
        )
    return int(medians[DRAFT] > MOST * medians[YARDSTICK])


def measure(folder: Path, *, runs: int) -> dict[str, list[float]]:
    """Return the seconds of each run of each command, on an index of the shipped reports."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GONGWEN_", "OPENAI_"))
    }
    environment |= {"GONGWEN_DATA": str(folder / "data"), "GONGWEN_OFFLINE": "1"}
    seconds_of([*GONGWEN, "ingest", str(shipped("corpus"))], folder, environment)
    notes = str(shipped("eval/cases") / "demo.md")
    report = str(sorted(shipped("corpus").glob("*.txt"))[0])
    commands: dict[str, Sequence[str]] = {
        "python": [sys.executable, "-c", "pass"],
        YARDSTICK: [sys.executable, "-c", YARDSTICK],
        DRAFT: [*GONGWEN, "draft", "--section", "problems", "--notes", notes],
        "parse": [*GONGWEN, "parse", report],
        "--help": [*GONGWEN, "--help"],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(seconds_of(command, folder, environment))
    return took


def seconds_of(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Run a command to its end and return the seconds it took; one that fails ends the measurement."""
    started = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
