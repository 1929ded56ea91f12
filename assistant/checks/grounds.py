"""The notes as grounds to rest on: each short note as one, a long one by its sentences, and an index over them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.checks.likeness import Content, Evidence, content, evidence
from assistant.text.facts import facts
from assistant.text.formal import formalise
from assistant.text.sentences import sentences
from assistant.types import Fact, Note

# A longer note is a document, not a bullet: its sentences are grounds, and it is not put into formal wording.
LONGEST_BULLET = 300
# What more grounds than this hold tells none from another; a character alone tells little among many grounds.
_MOST_HOLDERS = 48
_FEW = 120
_CANDIDATES = 8
_MARK = re.compile(r"[\W_]+")
_FACT = 6.0
# So many characters in a row make a word that names a matter.
_WORD = 3
Key = tuple[str, str]


@dataclass(frozen=True)
class Ground:
    """A note, or a sentence of a long one, which is no ``bullet``. The span and the facts lie in the note's text."""

    note: int
    start: int
    end: int
    text: str
    facts: tuple[Fact, ...]
    bullet: bool

    @cached_property
    def content(self) -> Content:
        """Return what the ground says."""
        return content(self.text)

    @cached_property
    def formal(self) -> str:
        """Return the text in formal wording; a part of a long note as it is."""
        return formal(self.text) if self.bullet else self.text

    @cached_property
    def raw(self) -> Evidence:
        """Return what stands in the text itself."""
        return evidence([self.text])

    @cached_property
    def full(self) -> Evidence:
        """Return what stands in the text or in its formal wording."""
        return self.raw if self.formal == self.text else evidence([self.text, self.formal])

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Return what its facts say."""
        return fact_keys(self.facts)


def fact_keys(found: Iterable[Fact]) -> frozenset[Key]:
    """Return what facts say, to look them up; of a person the name, whatever the post."""
    return frozenset(
        (fact.kind, fact.value.partition(" ")[0] if fact.kind == "person" else fact.value) for fact in found
    )


def bare(text: str) -> str:
    """Return a text without marks."""
    return _MARK.sub("", text)


@lru_cache(maxsize=4096)
def formal(text: str) -> str:
    """Return a note in formal wording."""
    return formalise(text)


class Grounds:
    """All grounds of the notes, and which of them may hold a given stretch."""

    def __init__(self, notes: Sequence[Note]) -> None:
        """Cut and index the notes."""
        self.notes = notes
        self.note_facts = [facts(note.text) for note in notes]
        self.all = [ground for number, note in enumerate(notes) for ground in self._cut(number, note)]
        self._holders: dict[str | int | Key, list[int]] = {}
        few = len(self.all) <= _FEW
        for number, ground in enumerate(self.all):
            for feature in self._features(ground, few=few):
                self._holders.setdefault(feature, []).append(number)

    def _cut(self, number: int, note: Note) -> Iterable[Ground]:
        found = self.note_facts[number]
        if len(note.text) <= LONGEST_BULLET:
            return [Ground(number, 0, len(note.text), note.text, tuple(found), bullet=True)]
        at, grounds = 0, []
        for start, end in sentences(note.text):
            first = at
            while at < len(found) and found[at].start < end:
                at += 1
            grounds.append(
                Ground(number, start, end, note.text[start:end], tuple(found[first:at]), bullet=False)
            )
        return grounds

    @staticmethod
    def _features(ground: Ground, *, few: bool) -> Iterable[str | int | Key]:
        known = ground.raw
        return [*known.pairs, *known.groups, *ground.keys, *(known.letters if few else ())]

    def candidates(self, part: Content, keys: Iterable[Key]) -> list[int]:
        """Return the grounds that share most with a stretch, the likeliest first."""
        votes: Counter[int] = Counter()
        few = len(self.all) <= _FEW
        for feature, weight in _weighed(part, keys, few=few).items():
            holders = self._holders.get(feature, ())
            if len(holders) <= _MOST_HOLDERS or few:
                for number in holders:
                    votes[number] += weight  # type: ignore[assignment]
        return [number for number, _ in votes.most_common(_CANDIDATES)]

    def own_words(self, ground: Ground, part: Content) -> list[str]:
        """Return the runs of three characters of a ground's content ``part`` that stand in no other ground."""
        ends = set(part.places)
        runs = (part.text[at : at + _WORD] for at in part.places if at + _WORD - 1 in ends)
        others = [other.text for other in self.all if other is not ground]
        return [run for run in runs if run.isalpha() and not any(run in text for text in others)]

    @cached_property
    def bare(self) -> str:
        """Return the notes without marks."""
        return "\n".join(bare(note.text) for note in self.notes)

    @cached_property
    def bare_formal(self) -> str:
        """Return the bullets in formal wording without marks."""
        return "\n".join(bare(formal(note.text)) for note in self.notes if len(note.text) <= LONGEST_BULLET)

    @cached_property
    def said(self) -> Evidence:
        """Return what stands in any note, characters alone too."""
        return evidence(note.text for note in self.notes)

    @cached_property
    def everything(self) -> Evidence:
        """Return what stands in any note; characters alone do not count here."""
        pairs = frozenset().union(*(ground.raw.pairs for ground in self.all))
        groups = frozenset().union(*(ground.raw.groups for ground in self.all))
        return Evidence(pairs, frozenset(), groups)


def _weighed(part: Content, keys: Iterable[Key], *, few: bool) -> Mapping[str | int | Key, float]:
    weights: dict[str | int | Key, float] = dict.fromkeys(sorted(keys), _FACT)
    for before, after, _ in part.pairs:
        weights.update((pair, 1.0) for pair in (before, after) if pair)
    weights.update((group, 1.0) for _, _, group in part.groups)
    if few:
        weights.update((part.text[place], 0.3) for place in part.places)
    return weights
