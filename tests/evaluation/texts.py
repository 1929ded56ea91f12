"""Chinese texts to score: random pairs, and references with what can become of them."""

import json
from functools import cache
from pathlib import Path
from random import Random

from assistant.evaluation.probe_pairs import Pair, read_pairs
from assistant.evaluation.samples import Sample
from assistant.paths import shipped
from assistant.text.sentences import sentences
from assistant.types import Note

TESTS = Path(__file__).parent.parent
GOLD = json.loads((TESTS / "gold" / "sections.json").read_text("utf-8"))
CONDENSED = json.loads((TESTS / "checks" / "condensed.json").read_text("utf-8"))
EDGES = (
    *(
        "",
        " \n\u3000",
        "。",
        "****",
        "的",
        "的" * 300,
        "责任落实" * 40,
        "12",
        "１２３４５",
        "2024年3月5日，完成投资3.5亿元。",
    ),
    *(
        "２０２４年３月５日，完成投资３．５亿元。",
        "学习强国APP",
        "ＡＰＰ",
        "𠮷野家𠮷野家",
        "存在“两张皮”现象",
        "《办法》（试行）",
    ),
)
_WIDE = str.maketrans("0123456789，。", "０１２３４５６７８９,.")


@cache
def report(name: str) -> str:
    return (shipped("corpus") / name).read_bytes().decode("utf-8")


def stretches(name: str, *roles: str) -> list[str]:
    """Return the level-1 sections of a report that have one of the roles."""
    return [report(name)[one["start"] : one["end"]] for one in GOLD[name] if one["role"] in roles]


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Return every edge case against every other, and 500 random pairs of candidate and reference."""
    chance = Random(20240601)
    pool = [pair.draft for pair in read_pairs(shipped("eval/probes"))]
    found = [(one, other) for one in EDGES for other in EDGES]
    while len(found) < len(EDGES) ** 2 + 500:
        reference = _stretch(chance.choice(pool), chance)
        found.append((_candidate(reference, pool, chance), reference))
    return tuple(found)


def _stretch(text: str, chance: Random) -> str:
    start = chance.randrange(len(text) // 2)
    return text[start : start + chance.randrange(1, len(text))]


def _candidate(reference: str, pool: list[str], chance: Random) -> str:
    other = _stretch(chance.choice(pool), chance)
    cut = chance.randrange(len(reference))
    signs = list(reference)
    chance.shuffle(signs)
    return chance.choice(
        [
            reference,
            other,
            reference.translate(_WIDE),
            reference[:cut] + other,
            other + reference[cut:],
            "".join(signs),
            "".join(sign for sign in reference if chance.random() < 0.8),
            "".join(sign * chance.choice((1, 1, 1, 3)) for sign in reference),
        ]
    )


@cache
def reports() -> tuple[Pair, ...]:
    """Return the five reports' problem sections, each on condensed notes, the other reports' work as passages."""
    return tuple(
        Pair(
            id=f"report-{number:02}",
            section="problems",
            notes=tuple(CONDENSED[name]),
            draft=stretches(name, "problems")[0],
            passages=tuple(text for other in GOLD if other != name for text in stretches(other, "work")),
        )
        for number, name in enumerate(GOLD)
    )


def sample(pair: Pair, text: str) -> Sample:
    """Return a text as written on the notes of a pair, the pair's draft being the reference."""
    notes = tuple(Note(f"n{number}", note) for number, note in enumerate(pair.notes, 1))
    return Sample(text, pair.section, notes, pair.draft, pair.passage_values())


def shuffled(text: str) -> str:
    """Return the sentences of a text in the reverse order."""
    return "".join(text[start:end] for start, end in reversed(sentences(text)))
