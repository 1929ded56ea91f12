"""How much faster ROUGE is here than in Google's rouge_score, on the same tokens of the same texts.

    python -m eval.benchmarks.rouge_speed [--pairs 2000] [--characters 1000] [--rounds 4]

Each pair is cut from the five reports of ``corpus/``: a stretch, and the stretch with every fifth clause from elsewhere.
The two take turns, a share of the pairs each time. Asked for is a ratio of 5 at least. It needs no network.
"""

import argparse
import time
from collections.abc import Callable
from random import Random

from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-untyped]

from assistant.evaluation.rouge import character_lines, character_tokens, rouge_l, rouge_n
from assistant.paths import shipped
from assistant.text.sentences import clauses

KINDS = ("rouge1", "rouge2", "rougeL")
Pairs = list[tuple[str, str]]
Figures = list[tuple[float, ...]]


class Characters:
    """A tokenizer for rouge_score that cuts as we do."""

    def tokenize(self, text: str) -> tuple[str, ...]:
        """Return a text's tokens."""
        return character_tokens(text)


def sample(count: int, size: int) -> Pairs:
    """Return pairs of texts of ``size`` characters each, the second much like the first."""
    whole = "".join(path.read_text("utf-8") for path in sorted(shipped("corpus").glob("*.txt")))
    pieces = [whole[start:end] for start, end in clauses(whole)]
    chance = Random(20240601)
    found = []
    for _ in range(count):
        start = chance.randrange(len(pieces))
        own = (pieces[start:] + pieces[:start])[:size]
        other = [piece if chance.random() < 0.8 else chance.choice(pieces) for piece in own]
        found.append(("".join(other)[:size], "".join(own)[:size]))
    return found


def ours(pairs: Pairs, kind: str) -> Figures:
    """Score pairs with our own functions."""
    found: Figures = []
    for candidate, reference in pairs:
        one, other = character_lines(candidate, reference)
        measure = rouge_l(one, other) if kind == "rougeL" else rouge_n(one, other, int(kind[-1]))
        found.append((measure.precision, measure.recall, measure.f))
    return found


def theirs(pairs: Pairs, kind: str) -> Figures:
    """Score pairs with rouge_score."""
    scorer = RougeScorer([kind], tokenizer=Characters())
    return [tuple(scorer.score(reference, candidate)[kind]) for candidate, reference in pairs]


def timed(work: Callable[[Pairs, str], Figures], pairs: Pairs, kind: str) -> tuple[float, Figures]:
    """Return the seconds that a scoring takes, and its figures; no tokens are remembered from before."""
    character_tokens.cache_clear()
    character_lines.cache_clear()
    start = time.perf_counter()
    found = work(pairs, kind)
    return time.perf_counter() - start, found


def main() -> None:
    """Print the seconds of both and their ratio, for each kind of ROUGE and for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--characters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    pairs = sample(options.pairs, options.characters)
    size = -(-len(pairs) // options.rounds)
    spent = {kind: [0.0, 0.0] for kind in KINDS}
    apart = 0.0
    for start in range(0, len(pairs), size):
        for kind in KINDS:
            part = pairs[start : start + size]
            (mine, one), (google, other) = timed(ours, part, kind), timed(theirs, part, kind)
            spent[kind][0] += mine
            spent[kind][1] += google
            apart = max(
                apart,
                *(abs(a - b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True)),
            )
    print(
        f"{len(pairs)} pairs of {options.characters} characters, {options.rounds} turns; seconds, tokens cut included"
    )
    for kind, (mine, google) in {
        **spent,
        "all": [sum(part) for part in zip(*spent.values(), strict=True)],
    }.items():
        print(f"{kind:7} ours {mine:8.2f}   rouge_score {google:8.2f}   ratio {google / mine:6.1f}")
    print(f"largest difference of a figure: {apart:.1e}")


if __name__ == "__main__":
    main()
