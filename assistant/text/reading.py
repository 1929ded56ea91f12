"""What a number with its measure word says, as one value: 两万三千元, 2.3万元 and 23000元 are 23000元."""

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from assistant.text.fixed import measures
from assistant.text.numerals import amount

_SCALES = "百千万亿"
_MARKS = {
    word: mark
    for mark, words in {
        "超": "超过 超出 超 逾 突破 过",
        # 超了3个月 means late by it, or more than it.
        "超过": "超了",
        "至少": "以上 往上 开外 不少于 不低于 至少 起码 最少 不能少于 不得少于 不会少于 不能低于 不得低于 不会低于",
        "至多": "不超过 不超 以下 以内",
        "不足": "不到 不足 未满",
        "近": "近 将近 接近 快",
        "约": "约 大约 左右 上下 大概",
        "上": "上",
        "数": "数 几",
        "第": "第",
    }.items()
    for word in words.split()
}
# 一半以上 is more than half, as 过半 is.
_MOST = ("一多半", "一大半")
_HALVES = {"半年": "6月", "半个月": "15天", "半年多": "6余月", "半个月多": "15余天"}
_HUNDREDTHS = 100
# Numerals that have their measure word in them.
PAIRED = {"俩": "两", "仨": "三"}


class Parts(NamedTuple):
    """The parts of a number as they stand in a text; what it has not is none."""

    before: str | None
    over: str | None
    under: str | None
    base: str | None
    share: str | None
    tenths: str | None
    upto: str | None
    half: str | None
    halves: str | None
    spell: str | None
    top: str | None
    low: str | None
    high: str | None
    number: str | None
    odd: str | None
    scale: str | None
    unit: str | None
    late: str | None
    month: str | None
    after: str | None


@lru_cache(maxsize=32768)
def value(parts: Parts) -> str | None:
    """Return what a number says: what makes it approximate, the amount, and the measure word; none when it is no number."""
    mark = _MARKS.get(parts.before or "") or _MARKS.get(parts.after or "", "")
    if parts.share or parts.over:
        return _share(parts.share or parts.over or "", parts.base or parts.under or "", mark)
    if parts.tenths:
        return mark + _tenths(parts.tenths, parts.upto, parts.half)
    if parts.halves:
        more = parts.halves.startswith("过") or parts.halves in _MOST or mark == "至少" or parts.odd == "多"
        return ("超" if more else mark) + "50%"
    if parts.spell:
        return mark + _HALVES[parts.spell]
    if parts.top:
        rank = amount(parts.top)
        return None if rank is None else f"前{_plain(rank)}名"
    return _counted(parts, mark)


def _share(share: str, base: str, mark: str) -> str | None:
    parts = amount(share)
    whole = amount(base)
    return mark + _percent(parts / whole) if parts is not None and whole else None


def _tenths(tenths: str, upto: str | None, half: str | None) -> str:
    share = (amount(tenths) or Fraction(0)) / 10
    if upto:
        return f"{_plain(share * _HUNDREDTHS)}—{_percent((amount(upto[-1]) or Fraction(0)) / 10)}"
    rest = Fraction(5) if half == "半" else (amount(half or "零") or Fraction(0))
    return _percent(share + rest / _HUNDREDTHS)


def _counted(parts: Parts, mark: str) -> str | None:
    unit, times = _unit(parts)
    if parts.odd == "来":
        mark = mark or "约"
    odd = "余" if (parts.odd or "来") != "来" or parts.late else ""
    times *= amount(parts.scale or "一") or 1
    texts = _ends(parts.low, parts.high or "") if parts.low else _pair(parts.number or "")
    values = [value for text in texts if (value := amount(text)) is not None]
    if len(values) < len(texts):
        return None
    return mark + "—".join(_plain(value * times) for value in values) + odd + unit


def _ends(low: str, high: str) -> list[str]:
    """Return the ends of a range: the 2 of 2—3万 counts 万 too."""
    bare = high.rstrip(_SCALES)
    shared = high[len(bare) :] if bare and low[-1] not in _SCALES else ""
    return [low + shared, high] if (amount(low) or 0) < (amount(bare) or 0) else [low, high]


def _pair(number: str) -> list[str]:
    """Return both numbers of 两三 and 三五, else the one."""
    if number in PAIRED:
        return [PAIRED[number]]
    if len(number) == 2 and not set(number) & set("十百千万亿零〇") and not number[0].isdigit():
        return list(number)
    return [number]


def _unit(parts: Parts) -> tuple[str, Fraction]:
    table = measures()
    unit = (parts.unit or "") + (parts.month or "")
    if parts.number in PAIRED:
        unit = unit or "个"
    if parts.before != "第":
        unit = table.same.get(unit, unit)
    return table.scale.get(unit, (unit, Fraction(1)))


def _percent(share: Fraction) -> str:
    percent = _plain(share * _HUNDREDTHS)
    return _plain(share) if "/" in percent else percent + "%"


def _plain(value: Fraction) -> str:
    """Return a number as a decimal where it has an end, else as a fraction: 3.5, 1/3."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = len(str(value.denominator)) * 4
    scaled = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{scaled[:-places]}.{scaled[-places:]}".rstrip("0").rstrip(".")
