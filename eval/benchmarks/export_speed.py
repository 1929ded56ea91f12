"""Measure how long a Word file of 300 pages takes to write and to verify, and the memory that it takes at most.

Run as ``python eval/benchmarks/export_speed.py`` where the package is installed. The text is the five reports over and
over. It needs no network. Asked for are under 10 s and under 500 MB.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

from assistant.documents.reading import read_text
from assistant.documents.word.layout import PageFormat
from assistant.documents.word.verifying import verify
from assistant.documents.word.writing import export_docx

CORPUS = Path(__file__).parents[2] / "corpus"
PER_PAGE = 22 * 28


def main() -> None:
    """Print seconds, sizes and the most memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    pages = parser.parse_args().pages
    text = long_text(pages * PER_PAGE)
    start = time.perf_counter()
    data = export_docx(text)
    written = time.perf_counter()
    table = verify(data, PageFormat())
    ended = time.perf_counter()
    memory = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024) / 1024
    )
    print("| pages | characters | export, s | verify, s | file, kB | memory at most, GB | deviations |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(
        f"| {pages} | {len(text)} | {written - start:.2f} | {ended - written:.2f} | {len(data) // 1024} "
        f"| {memory:.3f} | {sum(not row.ok for row in table)} |"
    )


def long_text(characters: int) -> str:
    """Return a text of at least so many characters."""
    reports = "\n".join(read_text(path) for path in sorted(CORPUS.glob("*.txt")))
    return reports * (characters // len(reports) + 1)


if __name__ == "__main__":
    main()
