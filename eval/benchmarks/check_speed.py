"""Measure how long a grounding check takes: a usual draft, long texts as draft or as notes, runs of one character.

Run as ``python eval/benchmarks/check_speed.py`` where the package is installed. The texts are the probes' own, put
together to size; ``--source`` takes a file of one JSON object a line with a ``text`` for the long ones instead. It needs
no network. Asked for are under 100 ms for 3,000 characters against 30 notes and 40 passages, and under 3 s for 150,000.
"""

import argparse
import json
import re
import statistics
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Text
from assistant.text.sentences import clauses
from assistant.types import Note

PROBES = Path(__file__).parents[1] / "probes"
DOCUMENTS = 50
USUAL, NOTES, PASSAGES, PASSAGE = 3000, 30, 40, 250
WHOLE = 150_000
RUN = 30_000
TIMES = 20
CHARACTERS = "会一1“《，*是已。\n第（张镇省每"


def main() -> None:
    """Print the milliseconds of each kind of check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, help="a file of reports, one JSON object with a text a line")
    arguments = parser.parse_args()
    draft, notes, passages = usual()
    check_grounding(draft, notes, passages=passages, section="problems")
    whole = long_text(arguments.source, draft)
    print("| check | ms, median | ms, longest |\n| --- | --- | --- |")
    usually = [
        span(lambda: check_grounding(draft, notes, passages=passages, section="problems"))
        for _ in range(TIMES)
    ]
    tell("usual", usually)
    tell("whole report as draft", [span(lambda: check_grounding(whole, notes, passages=passages))])
    tell("whole report as note", [span(lambda: check_grounding(draft, [Note("n1", whole)]))])
    tell("whole report as both", [span(lambda: check_grounding(whole, [Note("n1", whole)]))])
    tell("one report as draft, another as note", [span(lambda: check_grounding(*apart()))])
    documents = [Note(f"n{number}", recombined(RUN, number)) for number in range(DOCUMENTS)]
    tell(
        "50 notes of 30,000 characters", [span(lambda: check_grounding(draft, documents, section="problems"))]
    )
    tell("one character 30,000 times", [one_character(sign) for sign in CHARACTERS])


def usual() -> tuple[str, list[Note], list[Text]]:
    """Return a draft of problem sections with notes and passages, of the usual size."""
    pairs = [
        pair
        for path in sorted(PROBES.glob("*.toml"))
        for pair in tomllib.loads(path.read_text("utf-8"))["pair"]
        if pair["section"] == "problems"
    ]
    draft = "\n".join(pair["draft"].strip() for pair in pairs)[:USUAL]
    notes = [text for pair in pairs for text in pair["notes"]][:NOTES]
    passages = [text for pair in pairs for text in pair["passages"]][:PASSAGES]
    return (
        draft,
        [Note(f"n{number}", text) for number, text in enumerate(notes, 1)],
        [Text(f"p{number}", (text * 5)[:PASSAGE]) for number, text in enumerate(passages, 1)],
    )


def long_text(source: Path | None, draft: str) -> str:
    """Return a text of the length of a whole report."""
    if source is None:
        return (draft * (WHOLE // len(draft) + 1))[:WHOLE]
    lines = source.read_text("utf-8").splitlines()
    return "".join(json.loads(line)["text"] for line in lines)[:WHOLE]


def recombined(size: int, seed: int) -> str:
    """Return a text of the probes' clauses in any order, with other digits: nearly every number stands but once."""
    pairs = [
        pair
        for path in sorted(PROBES.glob("*.toml"))
        for pair in tomllib.loads(path.read_text("utf-8"))["pair"]
    ]
    whole = "\n".join(text for pair in pairs for text in (pair["draft"].strip(), *pair["notes"]))
    pieces = [whole[start:end] for start, end in clauses(whole)]
    chance = Random(seed)
    text = "".join(chance.choice(pieces) for _ in range(size // 4))[:size]
    return re.sub(r"\d", lambda _: str(chance.randint(1, 9)), text)


def apart() -> tuple[str, list[Note]]:
    """Return two long texts of the same matters, with other numbers."""
    return recombined(WHOLE, 1), [Note("n1", recombined(WHOLE, 2))]


def one_character(sign: str) -> float:
    """Return the milliseconds of a check of one character many times over."""
    text = sign * RUN
    notes = [Note("n1", text), Note("n2", "会多")]
    return span(lambda: check_grounding(text, notes, passages=[Text("p", text)], section="problems"))


def span(action: Callable[[], object]) -> float:
    """Return the milliseconds that an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def tell(name: str, spans: list[float]) -> None:
    """Print a row of the table."""
    print(f"| {name} | {statistics.median(spans):.0f} | {max(spans):.0f} |")


if __name__ == "__main__":
    main()
