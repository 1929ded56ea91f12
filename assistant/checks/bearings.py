"""Texts read for their facts, to look up what bears a fact out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from assistant.checks.people import is_name
from assistant.checks.results import Text
from assistant.text.facts import facts, supports
from assistant.types import Fact, Note

_MASK = re.compile(r"[*×〖〗]")
_BESIDE = 2
_BOUND = re.compile(r"(?:少于|低于|不超过|至少|起码|最少|不到|不足|未满|接近|将近|突破)$")
_DIGITS = re.compile(r"[\d.,]")
AMOUNT = re.compile(r"[\d.,/—\-%‰]+")
MARKS = re.compile(r"至少|至多|不足|[余约超近不第>≥≤<~多过]")
# In a whole report only facts of the same measure are compared one by one.
_MANY = 200
_LONGEST_NAME = 3
_PLAIN = re.compile(r"([\d.]+)(?![\d./—余])")
# The values of a whole report, which are read again for each other one.
KEPT = 8192


class Bearings:
    """The facts of some texts, to look up what bears a fact out."""

    def __init__(self, texts: Sequence[Note | Text], found: Sequence[Sequence[Fact]] | None = None) -> None:
        """Index the texts by the facts in them."""
        self.texts = texts
        self._found = found
        self._held: dict[tuple[str, str, str], list[tuple[int, Fact]]] = {}

    @cached_property
    def found(self) -> Sequence[Sequence[Fact]]:
        """Return the facts of each text."""
        return self._found if self._found is not None else [facts(text.text) for text in self.texts]

    @cached_property
    def exact(self) -> Mapping[tuple[str, str], list[tuple[int, Fact]]]:
        """Return where each fact stands, by its kind and value."""
        table = defaultdict(list)
        for number, group in enumerate(self.found):
            for fact in group:
                table[fact.kind, fact.value].append((number, fact))
        return table

    @cached_property
    def kinds(self) -> Mapping[str, list[tuple[int, Fact]]]:
        """Return the facts of each kind, one of each value in each text."""
        table: dict[str, dict[tuple[int, str], tuple[int, Fact]]] = defaultdict(dict)
        for number, group in enumerate(self.found):
            for fact in group:
                table[fact.kind].setdefault((number, fact.value), (number, fact))
        return {kind: list(group.values()) for kind, group in table.items()}

    @cached_property
    def within(self) -> Mapping[tuple[str, int], list[Fact]]:
        """Return the facts of each kind in each text, by its number."""
        table = defaultdict(list)
        for kind, group in self.kinds.items():
            for number, fact in group:
                table[kind, number].append(fact)
        return table

    @cached_property
    def _measured(self) -> Mapping[tuple[str, str], list[tuple[int, Fact]]]:
        """Return the facts of each kind by their measure words."""
        table = defaultdict(list)
        for kind, group in self.kinds.items():
            for number, fact in group:
                table[kind, measure_of(fact)].append((number, fact))
        return table

    def holders(self, fact: Fact) -> Sequence[tuple[int, Fact]]:
        """Return the text numbers and facts that say what this fact says."""
        exact = self.exact.get((fact.kind, fact.value))
        if exact:
            return exact
        wanted = fact.kind, fact.value, fact.surface
        if wanted not in self._held:
            self._held[wanted] = self._search(fact)
        return self._held[wanted]

    def _search(self, fact: Fact) -> list[tuple[int, Fact]]:
        related = self.kinds.get(fact.kind, [])
        if len(related) > _MANY:
            related = self._measured.get((fact.kind, measure_of(fact)), [])[:_MANY]
            if fact.kind == "number" and (plain := _PLAIN.match(fact.value)):
                # A plain number agrees with none of its measure that has other figures.
                related = [pair for pair in related if plain[1] in pair[1].value]
        found = [(number, one) for number, one in related if supports(one, fact)]
        return found or [*self._literal(fact)]

    def _literal(self, fact: Fact) -> Iterable[tuple[int, Fact]]:
        """Yield the texts where the words of a fact stand as they are, whatever they were read as there."""
        forms = [fact, *_forms_of_a_name(fact)]
        for number, text in enumerate(self.texts):
            for form in forms:
                at = find_whole(text.text, form)
                if at >= 0:
                    yield number, Fact(fact.kind, form.surface, fact.value, at, at + len(form.surface))
                    break


def _forms_of_a_name(fact: Fact) -> Iterable[Fact]:
    """Yield how a person may stand where a name was not told from what follows: 汤知远去了…, 副局长汤知远去了…."""
    name, _, post = fact.value.partition(" ")
    if fact.kind == "person" and len(name) > 1:
        for surface in (post + name, name + post) if post else (name,):
            yield replace(fact, surface=surface)


def find_whole(text: str, fact: Fact) -> int:
    """Return where a fact's words stand in a text, not as part of a longer number; -1 if nowhere."""
    wanted = fact.surface.strip('“”"‘’') if fact.kind == "quoted" else fact.surface
    at = text.find(wanted)
    while at >= 0 and fact.kind == "person" and _goes_on(text, wanted, at):
        at = text.find(wanted, at + 1)
    while at >= 0 and fact.kind in ("number", "date"):
        end = at + len(wanted)
        before = text[max(0, at - 1) : at]
        open_left = wanted[0].isdigit() and (_DIGITS.match(before) or before in tuple("约近超余第*×"))
        open_left = open_left or bool(_BOUND.search(text, max(0, at - 3), at))
        open_right = _DIGITS.match(text[end : end + 1]) or text[end : end + 1] in tuple("余多几万亿千百%次元")
        open_right = open_right or (wanted[-1] == "个" and text[end : end + 1] in tuple("人月百"))
        if not open_left and not (
            open_right and (wanted[-1].isdigit() or wanted[-1] == "个" or text[end : end + 1] in "余多")
        ):
            return at
        at = text.find(wanted, at + 1)
    return at


def _goes_on(text: str, name: str, at: int) -> bool:
    """Tell whether words for a person are part of longer ones: 李军 of 李军民, 局长李军 of 副局长李军."""
    if text[max(0, at - 1) : at] == "副":
        return True
    longer = text[at : at + _LONGEST_NAME]
    return len(name) < _LONGEST_NAME == len(longer) and is_name(longer)


def masked(text: str, start: int, end: int) -> bool:
    """Tell whether a mask stands in a span or right beside it."""
    return bool(_MASK.search(text, max(0, start - _BESIDE), min(len(text), end + _BESIDE)))


def measure_of(fact: Fact) -> str:
    """Return a number's measure word, % for a share, empty where it has none."""
    return _measure(fact.value)


@lru_cache(maxsize=KEPT)
def _measure(value: str) -> str:
    return "%" if value.endswith("%") else MARKS.sub("", AMOUNT.sub("", value))
