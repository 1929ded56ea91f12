"""How much two texts share, by character pairs."""

import re

_WORDS = re.compile(r"[^\W_]+")


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters within runs of letters and digits."""
    return {run[index : index + 2] for run in _WORDS.findall(text) for index in range(max(1, len(run) - 1))}


def coverage(part: str, whole: str) -> float:
    """Return the share of ``part``'s character pairs that stand in ``whole``, 0 to 1."""
    wanted = pairs(part)
    return len(wanted & pairs(whole)) / len(wanted) if wanted else 0.0
