"""How alike two characters are, in sound and in shape."""

from collections import defaultdict
from functools import cache

from assistant.checks.lexicon.reading import entries

# Sounds that many speakers do not keep apart, as initial and as ending.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("hu", "f"), ("l", "n"))
_ENDINGS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def resemblance(one: str, other: str) -> str | None:
    """Return how a character may be taken for another: sound (tones aside), shape, near (in sound), or not at all."""
    sounds = _syllables()
    first, second = sounds.get(one, frozenset()), sounds.get(other, frozenset())
    if first & second:
        return "sound"
    if frozenset((one, other)) in _shapes():
        return "shape"
    return "near" if {_plain(s) for s in first} & {_plain(s) for s in second} else None


@cache
def _syllables() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for syllable, characters in entries("syllables.txt"):
        for char in characters:
            found[char].add(syllable)
    return {char: frozenset(syllables) for char, syllables in found.items()}


@cache
def _shapes() -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset((one, other)) for group in entries("shapes.txt") for one in group for other in group
    )


@cache
def _plain(syllable: str) -> str:
    """Return a syllable with the sounds that are easily confused made one."""
    for sound, plain in _INITIALS:
        if syllable.startswith(sound):
            syllable = plain + syllable.removeprefix(sound)
            break
    for sound, plain in _ENDINGS:
        if syllable.endswith(sound):
            return syllable.removesuffix(sound) + plain
    return syllable
