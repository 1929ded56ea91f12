"""Measure how long the page takes from its command to its first answer, beside an empty page of the library it is made with.

Run as ``python eval/benchmarks/page_start.py [--runs N]`` where the package is installed. The two take turns, so that a
busy moment of the machine falls on both. A page is there when it answers with its HTML. The page may take 1.5 times the
time of the empty one: beyond that the script ends with exit code 1. It needs no network and leaves nothing behind.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

MOST = 1.5
PATIENCE = 60.0
EMPTY = """
import sys
import gradio
with gradio.Blocks() as page:
    gradio.Markdown("")
page.launch(server_port=int(sys.argv[1]), quiet=True)
"""


def main() -> int:
    """Print the median and the extremes of both, and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, metavar="N")
    runs = max(1, parser.parse_args().runs)
    with tempfile.TemporaryDirectory() as folder:
        # The first start of each compiles what it imports.
        took = measure(Path(folder), runs=runs + 1)
    seconds = {name: found[1:] for name, found in took.items()}
    for name, found in seconds.items():
        print(
            f"{name:10} median {statistics.median(found):.3f} s   min {min(found):.3f}   max {max(found):.3f}   n {runs}"
        )
    ratio = statistics.median(seconds["gongwen ui"]) / statistics.median(seconds["empty page"])
    print(f"ratio      {ratio:.2f}   at most {MOST}")
    return int(ratio > MOST)


def measure(folder: Path, *, runs: int) -> dict[str, list[float]]:
    """Return the seconds of each start of each page."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GONGWEN_", "OPENAI_", "GRADIO_"))
    }
    environment |= {
        "GONGWEN_DATA": str(folder / "data"),
        "GONGWEN_OFFLINE": "1",
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    took: dict[str, list[float]] = {"gongwen ui": [], "empty page": []}
    for _ in range(runs):
        port = free_port()
        page = [sys.executable, "-m", "assistant", "ui", "--no-open", "--port", str(port)]
        took["gongwen ui"].append(seconds_to_answer(page, port, folder, environment))
        port = free_port()
        took["empty page"].append(
            seconds_to_answer([sys.executable, "-c", EMPTY, str(port)], port, folder, environment)
        )
    return took


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def seconds_to_answer(command: list[str], port: int, folder: Path, environment: dict[str, str]) -> float:
    """Start a page, wait for its HTML, end it, and return the seconds until it came."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while time.perf_counter() - started < PATIENCE and process.poll() is None:
            if _answers(port):
                return time.perf_counter() - started
            time.sleep(0.02)
    finally:
        process.terminate()
        process.wait()
    raise SystemExit(f"{' '.join(command[:4])} did not answer")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            return b"gradio" in answer.read()
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
