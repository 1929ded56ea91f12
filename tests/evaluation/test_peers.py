"""The benchmark of planted slips runs as its page says."""

import subprocess
import sys

from tests.conftest import ROOT


def test_planted_slips_are_counted_by_kind(clean_environment: dict[str, str]) -> None:
    command = [sys.executable, str(ROOT / "eval/benchmarks/proofreading_peers.py"), "--each", "1"]
    runs = [
        subprocess.run(command, env=clean_environment, capture_output=True, encoding="utf-8", check=False)
        for _ in range(2)
    ]
    assert (runs[0].returncode, runs[0].stderr) == (0, "")
    rows = [line.strip("| ").split(" | ") for line in runs[0].stdout.splitlines()]
    counts = {row[0]: (int(row[1]), int(row[2])) for row in rows[2:-1]}
    assert all(found <= planted for planted, found in counts.values())
    assert counts["half-width brackets"][0] == counts["half-width brackets"][1] > 0
    assert counts["all"][1] > counts["all"][0] / 2
    assert runs[0].stdout == runs[1].stdout
