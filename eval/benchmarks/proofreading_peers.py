"""Slips planted in clean text, by kind: found by us and by what else can be installed.

    python eval/benchmarks/proofreading_peers.py [--node FOLDER] [--each 6] [--seed 5]

The peers are no dependencies of this project: ``pip install autocorrect-py`` and ``npm install zhlint``, the latter in the
FOLDER given. One that is not installed is left out. A tool finds a slip when it reports or changes something at its
place that it does not in the clean text; what it reports or changes in the clean text is an alarm.
"""

import argparse
import json
import subprocess
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

from planted_slips import KINDS, Planted, clean_reports, plant

from assistant.checks.proofreading import proofread
from assistant.checks.rulebook import load_rules
from assistant.types import Level

Span = tuple[int, int]
Tool = Callable[[Sequence[str]], list[list[Span]]]
_NEAR = 1
# A mark that is lost or a number that is wrong may be told of where the fault shows.
_FAR = {kind: 60 for kind in KINDS if ("lost" in kind and "character" not in kind) or "number" in kind}
_SCRIPT = Path(__file__).with_name("zhlint_lines.mjs")


def ours(texts: Sequence[str]) -> list[list[Span]]:
    """Return the spans of our errors and warnings in each text."""
    rules = load_rules()
    return [
        [(f.start, f.end) for f in proofread(text, rules=rules) if f.level is not Level.INFO]
        for text in texts
    ]


def autocorrect(texts: Sequence[str]) -> list[list[Span]]:
    """Return the spans of each text that autocorrect-py changes."""
    import autocorrect_py  # type: ignore[import-not-found, unused-ignore]

    return [changed(text, autocorrect_py.format(text)) for text in texts]


def zhlint(folder: Path) -> Tool:
    """Return zhlint as it is installed in a folder."""

    def run(texts: Sequence[str]) -> list[list[Span]]:
        script = folder / _SCRIPT.name
        script.write_text(_SCRIPT.read_text("utf-8"), "utf-8")
        done = subprocess.run(
            ["node", script.name],
            cwd=folder,
            input=json.dumps(texts),
            encoding="utf-8",
            capture_output=True,
            check=True,
        )
        return [changed(text, result) for text, result in zip(texts, json.loads(done.stdout), strict=True)]

    return run


def changed(text: str, result: str) -> list[Span]:
    """Return the spans of a text that are different in ``result``, line by line where the lines are as many."""
    before, after = text.split("\n"), result.split("\n")
    if len(before) != len(after):
        before, after = [text], [result]
    spans = []
    offset = 0
    for line, other in zip(before, after, strict=True):
        if line != other:
            codes = SequenceMatcher(None, line, other, autojunk=False).get_opcodes()
            spans += [(offset + a, offset + b) for tag, a, b, _, _ in codes if tag != "equal"]
        offset += len(line) + 1
    return spans


def is_found(slip: Planted, spans: Sequence[Span], before: Sequence[Span]) -> bool:
    """Tell whether one of ``spans`` is at the slip; those of the text without it (``before``) do not count."""
    near = _FAR.get(slip.kind, _NEAR)
    shift = len(slip.text) - len(slip.clean)
    old = {(a if b <= slip.start else a + shift, b if b <= slip.start else b + shift) for a, b in before}
    return any(a <= slip.end + near and slip.start - near <= b for a, b in spans if (a, b) not in old)


def measure_tool(tool: Tool, texts: list[str], slips: Sequence[Planted]) -> tuple[dict[str, int], int]:
    """Return how many slips of each kind a tool finds, and its alarms in the clean texts."""
    alarms = dict(zip(texts, tool(texts), strict=True))
    found: dict[str, int] = defaultdict(int)
    for slip, spans in zip(slips, tool([slip.text for slip in slips]), strict=True):
        found[slip.kind] += is_found(slip, spans, alarms[slip.clean])
    return found, sum(map(len, alarms.values()))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node", type=Path)
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    tools: dict[str, Tool] = {"gongwen": ours}
    if find_spec("autocorrect_py"):
        tools["autocorrect-py"] = autocorrect
    if options.node:
        tools["zhlint"] = zhlint(options.node)
    texts = clean_reports()
    slips = list(plant(texts, each=options.each, seed=options.seed))
    results = {name: measure_tool(tool, texts, slips) for name, tool in tools.items()}
    print("| planted | n |", " | ".join(tools), "|")
    print("|---|---|" + "---|" * len(tools))
    for kind in KINDS:
        count = sum(slip.kind == kind for slip in slips)
        print(f"| {kind} | {count} |", " | ".join(str(found[kind]) for found, _ in results.values()), "|")
    totals = " | ".join(str(sum(found.values())) for found, _ in results.values())
    print(f"| all | {len(slips)} | {totals} |")
    length = sum(map(len, texts))
    rates = " | ".join(f"{count} ({count / length * 10_000:.1f})" for _, count in results.values())
    print(f"| alarms in the clean text (per 10,000 characters) | {length:,} characters | {rates} |")


if __name__ == "__main__":
    main()
