"""Numbers worked out from those of a note: 其余3座 of 8座 of which 5座 are done, 75% of 12件 of which 9件 are."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from assistant.types import Fact

_PLAIN = re.compile(r"(?P<amount>\d+(?:\.\d+)?)(?P<unit>[^\d.]*)")
_LEFT = re.compile(
    "(?:其余|其他|其它|剩余|余下|剩下|剩|尚余|尚有|还有|仍有|另有|另外|另|尚|未|没|不)[^，。；、\\d]{0,6}$"
)
_CHANGE = re.compile("(?:增加|增长|增|减少|下降|降低|减|多|少|提高|相差|差|缩短|压减|精简)(?:了|出)?$")
_TOTAL = re.compile("(?:共计?|合计|总计|累计|一共|总共|合共)[^，。；、\\d]{0,6}$")
_REACH = 10
_MOST = 6


def is_worked_out(fact: Fact, draft: str, numbers: Sequence[Fact]) -> bool:
    """Tell whether a number is what is left of two of these, their sum, or the share of one in another."""
    own = _PLAIN.fullmatch(fact.value)
    if not own or len(numbers) > _MOST:
        return False
    amounts = [match for match in (_PLAIN.fullmatch(one.value) for one in numbers) if match]
    if own["unit"] == "%":
        return _is_share(own["amount"], amounts)
    alike = [Fraction(one["amount"]) for one in amounts if one["unit"] == own["unit"]]
    before = draft[max(0, fact.start - _REACH) : fact.start]
    value = Fraction(own["amount"])
    if _LEFT.search(before) or _CHANGE.search(before):
        return any(abs(one - other) == value for one, other in combinations(alike, 2))
    return bool(_TOTAL.search(before)) and any(
        sum(group) == value for size in (2, 3) for group in combinations(alike, size)
    )


def _is_share(said: str, amounts: Iterable[re.Match[str]]) -> bool:
    """Tell whether a share is that of one amount in another of the same measure, rounded as it is."""
    step = Fraction(1, 10 ** len(said.partition(".")[2]))
    return any(
        one["unit"] == other["unit"]
        and abs(100 * Fraction(min(pair)) / Fraction(max(pair)) - Fraction(said)) <= step / 2
        for one, other in combinations(amounts, 2)
        if (pair := (Fraction(one["amount"]), Fraction(other["amount"]))) and max(pair)
    )
