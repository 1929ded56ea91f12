"""Kill an import at random instants and see that nothing is lost, doubled or half there.

Run as ``python eval/benchmarks/kills.py FOLDER [--kills 60]`` where the package is installed. After each kill the index
is opened and checked: an interrupted import is no fault, anything else is. After some kills the import is completed and
its index compared with one that was made undisturbed: the same passages, and the same hits for 50 queries. Half of
the kills follow within a moment on the start of a sealing, where they can do most harm. Every wait has an end. It
needs no network and leaves nothing behind; exit code 1 when anything is amiss.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from assistant.errors import CorpusError
from assistant.retrieval.index import Index
from assistant.settings import Settings
from assistant.workflow.shelf import index_folder, open_shelf

QUERIES = 50
LONGEST_SECONDS = 900.0
KILLS_A_ROUND = 6
CHILD = (
    "import sys; from pathlib import Path; from assistant.settings import Settings;"
    "from assistant.workflow.importing import import_reports;"
    "settings = Settings(data=Path(sys.argv[1]));"
    "print('started', flush=True);"
    "[None for _ in import_reports([Path(sys.argv[2])], settings)]"
)


def main() -> int:
    """Kill, check, complete, compare; print what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return disturb(
            arguments.folder.resolve(),
            Path(scratch),
            kills=arguments.kills,
            chance=random.Random(arguments.seed),
        )


def disturb(reports: Path, scratch: Path, *, kills: int, chance: random.Random) -> int:
    """Import ``reports`` under kills and return 1 if anything is amiss, else 0."""
    calm, rounds = Settings(data=scratch / "calm"), 1
    length = whole_import(reports, calm)
    print(f"an undisturbed import takes {length:.2f} s after the start of its process")
    began, outcomes, amiss = time.monotonic(), Counter[str](), list[str]()
    rough = Settings(data=scratch / str(rounds))
    done = 0
    while done < kills:
        ended = interrupted_import(reports, rough, chance.uniform(0, length), chance)
        faults = faults_of(rough)
        amiss += [fault for fault in faults if fault != "interrupted"]
        done += not ended
        outcomes.update([] if ended else [", ".join(sorted(set(faults))) or "between reports"])
        if ended or chance.random() < 1 / KILLS_A_ROUND:
            amiss += completed(reports, rough, calm, chance)
            rounds += 1
            rough = Settings(data=scratch / str(rounds))
        if time.monotonic() - began > LONGEST_SECONDS:
            amiss.append("out of time")
            break
    amiss += completed(reports, rough, calm, chance)
    for outcome, times in sorted(outcomes.items()):
        print(f"{times:4} kills, then found: {outcome}")
    seconds = time.monotonic() - began
    print(f"{rounds} imports completed and compared; amiss: {amiss or 'nothing'}; {seconds:.0f} s in all")
    return int(bool(amiss))


def completed(reports: Path, rough: Settings, calm: Settings, chance: random.Random) -> list[str]:
    """Complete an import and return what is amiss with it or differs from the calm one; it is deleted then."""
    whole_import(reports, rough)
    amiss = faults_of(rough) + differences(calm, rough, chance)
    shutil.rmtree(rough.data)
    return amiss


def whole_import(reports: Path, settings: Settings) -> float:
    """Import to the end in a process of its own; return the seconds after its start."""
    process = start(reports, settings)
    started = time.monotonic()
    if process.wait(timeout=LONGEST_SECONDS):
        sys.exit("the import failed")
    return time.monotonic() - started


def interrupted_import(reports: Path, settings: Settings, after: float, chance: random.Random) -> bool:
    """Import and kill after some seconds, or soon after the vectors change; tell whether it had ended before."""
    process = start(reports, settings)
    until = time.monotonic() + after
    if chance.random() < 0.5:
        seen = generations(settings)
        limit = time.monotonic() + LONGEST_SECONDS / 10
        while generations(settings) == seen and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.002)
        until = time.monotonic() + chance.uniform(0, 0.4)
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    ended = process.poll() is not None
    if not ended:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return ended


def start(reports: Path, settings: Settings) -> subprocess.Popen[str]:
    """Start an import and wait until its process is about to begin."""
    command = [sys.executable, "-c", CHILD, str(settings.data), str(reports)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def generations(settings: Settings) -> set[str]:
    """Return the names of the parts of the index that hold vectors."""
    return {path.name for path in index_folder(settings).glob("chroma-*")}


def faults_of(settings: Settings) -> list[str]:
    """Return the kinds of faults of an index; one that was not made yet has none."""
    if not (index_folder(settings) / "meta.json").exists():
        return []
    try:
        with open_shelf(settings) as index:
            index.search("高质量发展")
            return [fault.kind for fault in index.check()]
    except CorpusError as error:
        return [f"cannot be opened: {error}"]


def differences(calm: Settings, rough: Settings, chance: random.Random) -> list[str]:
    """Return in what two indexes differ."""
    with open_shelf(calm) as one, open_shelf(rough) as other:
        found = [] if one.passages() == other.passages() else ["passages differ"]
        texts = [passage.text[:40] for passage in one.passages() if len(passage.text) > 40]
        queries = chance.sample(texts, min(QUERIES, len(texts)))
        unlike = [query for query in queries if hits(one, query) != hits(other, query)]
        return found + [f"{len(unlike)} of {len(queries)} queries differ"] * bool(unlike)


def hits(index: Index, query: str) -> list[str]:
    """Return what an index finds, best first. Scores are left out: Chroma's lists are approximate far down."""
    return [hit.passage.id for hit in index.search(query, count=10)]


if __name__ == "__main__":
    sys.exit(main())
