"""Numbers worked out from those of a note: 其余3座 of 8座 of which 5座 are done, 75% of 12件 of which 9件 are."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice

from assistant.checks.counts import counts_kinds_alike
from assistant.types import Fact

_PLAIN = re.compile(r"(?P<amount>\d+(?:\.\d+)?)(?P<unit>[^\d.]*)")
_ABOUT = re.compile("^[约近]")
_LEFT = re.compile(
    "(?:其余|其他|其它|剩余|余下|剩下|剩|尚余|尚有|还有|仍有|另有|另外|另|尚|未|没|不|缺额|缺口|差额|相差|缺|差|短少|少|多)[^，。；、\\d]{0,6}$"
)
_CHANGE = re.compile("(?:增加|增长|增|减少|下降|降低|减|提高|缩短|压减|精简)(?:了|出)?$")
_TOTAL = re.compile("(?:共计?|合计|总计|累计|一共|总共|合共)[^，。；、\\d]{0,6}$")
_HALF = re.compile("[减对折]半|一半")
_MOST = 6
_Amount = tuple[Fraction, str]


def is_worked_out(fact: Fact, before: str, found: Sequence[Fact], note: str) -> bool:
    """Tell whether a number is what is left of two numbers of a note, their sum, or the share of one in another.

    ``before`` are the words in front of it, ``found`` the facts of the note.
    """
    own = _PLAIN.fullmatch(_ABOUT.sub("", fact.value))
    amounts = _amounts(found)
    if not own or len(amounts) > _MOST:
        return False
    value, unit = Fraction(own["amount"]), own["unit"]
    if unit == "%":
        halved = own["amount"] == "50" and _HALF.search(note)
        return bool(halved) or any(_is_share(own["amount"], pair) for pair in combinations(amounts, 2))
    if _HALF.search(note) and any(2 * value == amount for amount in _alike(amounts, unit)):
        return True
    if _LEFT.search(before) or _CHANGE.search(before):
        return value in _differences(amounts, unit)
    return bool(_TOTAL.search(before)) and value in _sums(amounts, unit)


def may_be_worked_out(fact: Fact, found: Sequence[Fact]) -> bool:
    """Tell whether a number is a difference or a sum of numbers of a note, whatever stands before it."""
    own = _PLAIN.fullmatch(fact.value)
    amounts = _amounts(found)
    if not own or len(amounts) > _MOST:
        return False
    value, unit = Fraction(own["amount"]), own["unit"]
    return value in _differences(amounts, unit) or value in _sums(amounts, unit)


def _amounts(found: Sequence[Fact]) -> list[_Amount]:
    """Return the plain numbers, of more than can be worked with no more than tell that."""
    matches = (_PLAIN.fullmatch(fact.value) for fact in found if fact.kind == "number")
    plain = islice(filter(None, matches), _MOST + 1)
    return [(Fraction(match["amount"]), match["unit"]) for match in plain]


def _alike(amounts: Sequence[_Amount], unit: str) -> list[Fraction]:
    return [amount for amount, other in amounts if counts_kinds_alike(unit, other)]


def _differences(amounts: Sequence[_Amount], unit: str) -> Iterator[Fraction]:
    return (abs(one - other) for one, other in combinations(_alike(amounts, unit), 2))


def _sums(amounts: Sequence[_Amount], unit: str) -> Iterator[Fraction]:
    alike = _alike(amounts, unit)
    return (sum(group, Fraction(0)) for size in (2, 3) for group in combinations(alike, size))


def _is_share(said: str, pair: tuple[_Amount, _Amount]) -> bool:
    """Tell whether a share is that of one amount in another of the same measure, rounded as it is."""
    (one, unit), (other, measure) = pair
    if not counts_kinds_alike(unit, measure) or not max(one, other):
        return False
    step = Fraction(1, 10 ** len(said.partition(".")[2]))
    return abs(100 * min(one, other) / max(one, other) - Fraction(said)) <= step / 2
