"""What a scorer is, and what its scores are made of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from assistant import __version__
from assistant.evaluation.samples import Sample
from assistant.types import Score

_EXCERPT, _QUOTED, _LISTED = 24, 20, 3
EMPTY = "稿子是空的，没有可评的内容。"


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scale to put texts on. ``title`` is Chinese; ``signature`` says all that its values depend on.

    ``likeness`` scorers compare with the reference, ``grounds`` with notes and passages, ``form`` looks at the text itself.
    ``most`` is the highest value there is, none where there is no bound; the lowest is always 0.
    """

    name: str
    title: str
    better: Literal["higher", "lower"]
    group: Literal["likeness", "grounds", "form"]
    signature: str
    score: Callable[[Sample], Score]
    most: float | None = 1.0


Scored = Callable[[Sample], tuple[float | None, str]]


def scorer(
    name: str,
    title: str,
    scored: Scored,
    *,
    better: Literal["higher", "lower"],
    group: Literal["likeness", "grounds", "form"],
    signature: str,
    most: float | None = 1.0,
) -> Scorer:
    """Return a scorer out of a function from a sample to a value (or none) and its explanation."""

    def score(sample: Sample) -> Score:
        value, explanation = scored(sample)
        return Score(name, value, excerpt(sample.text), explanation)

    return Scorer(name, title, better, group, f"{name}|{signature}", score, most)


def own(definition: str) -> str:
    """Return the signature of a scorer of our own: its definition and the version."""
    return f"{definition}|gongwen:{__version__}"


def files_digest(paths: Iterable[Path]) -> str:
    """Return eight hexadecimal digits that change with the content of the files."""
    return sha256(b"\0".join(path.read_bytes() for path in sorted(paths))).hexdigest()[:8]


def says_nothing(text: str) -> bool:
    """Tell whether a text has neither a letter nor a digit: there is nothing in it to be scored."""
    return not any(map(str.isalnum, text))


def excerpt(text: str) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def quoted(pieces: Sequence[str]) -> str:
    """Return the first few of the pieces in quotation marks, shortened, and how many there are beyond them."""
    shown = []
    for piece in list(dict.fromkeys(pieces))[:_LISTED]:
        line = "".join(piece.split()).translate(_INNER)
        line = line.strip("，。；：、,;") or line
        shown.append(f"“{line if len(line) <= _QUOTED else line[:_QUOTED] + '…'}”")
    more = len(dict.fromkeys(pieces)) - len(shown)
    return "".join(shown) + (f"等{len(shown) + more}处" if more else "")


_INNER = str.maketrans("“”", "‘’")
