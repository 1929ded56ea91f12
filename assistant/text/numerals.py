"""Chinese numerals: as they number headings and items, and as they count."""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

_DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十百]+"

_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_DECIMAL = re.compile(r"([0-9]{1,30})(?:\.([0-9]{1,30}))?")
_COUNT = re.compile(
    r"(?:[〇零一二两三四五六七八九]?[十百千]|[〇零]|[一二两三四五六七八九](?![一二两三四五六七八九]))+"
)


def numeral(number: int) -> str:
    """Return 1 to 99 as a Chinese numeral: 1 → 一, 10 → 十, 21 → 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def ordinal(numeral_text: str) -> int:
    """Return the value of a Chinese numeral below one thousand; 0 when it is none."""
    total = current = 0
    for character in numeral_text:
        if character in _DIGITS:
            current = _DIGITS.index(character)
        elif character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            return 0
    return total + current


@lru_cache(maxsize=8192)
def amount(text: str) -> Fraction | None:
    """Return the value of a number as written: 1,200, 1 200, 3.5亿, 3千万, 三百二十, 二〇二二, 三点五; none when it is no number."""
    text = text.replace("个亿", "亿")
    head = text.rstrip("百千万亿") if text[:1].isdigit() else ""
    if head:
        plain = _DECIMAL.fullmatch(head.replace(",", "").replace(" ", ""))
        return _decimal(plain[1], plain[2] or "") * _scale(text[len(head) :]) if plain else None
    whole, point, decimals = text.partition("点")
    value = _spoken(whole)
    if value is None or not point:
        return value
    tail = decimals.rstrip("百千万亿")
    if not tail or any(character not in _VALUES for character in tail):
        return None
    fraction = Fraction(int("".join(str(_VALUES[character]) for character in tail)), 10 ** len(tail))
    return (value + fraction) * _scale(decimals[len(tail) :])


def _decimal(whole: str, decimals: str) -> Fraction:
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _scale(text: str) -> int:
    product = 1
    for character in text:
        product *= _TENS.get(character) or _MYRIADS[character]
    return product


def _spoken(text: str) -> Fraction | None:
    """Return the value of a Chinese integer, counted (三百二十) or read digit by digit (二〇二二)."""
    if len(text) > 1 and all(character in _VALUES and character not in "两俩仨" for character in text):
        return Fraction(int("".join(str(_VALUES[character]) for character in text)))
    for sign in "亿万":
        if sign in text:
            front, _, back = text.rpartition(sign)
            return _joined(front, _MYRIADS[sign], back)
    return Fraction(_below_myriad(text)) if _well_formed(text) else None


def _joined(front: str, unit: int, back: str) -> Fraction | None:
    head = _spoken(front) if front else Fraction(1)
    tail = _spoken(back) if back else Fraction(0)
    if head is None or tail is None or tail >= unit:
        return None
    if len(back) == 1 and back in _VALUES:
        tail *= unit // 10
    return head * unit + tail


def _below_myriad(text: str) -> int:
    total, current, unit = 0, 0, 1
    for character in text:
        if character in _TENS:
            unit = _TENS[character]
            total += (current or 1) * unit
            current = 0
        else:
            current, unit = _VALUES[character], 1 if character in "零〇" else unit
    return total + current * (unit // 10 if unit > 10 and len(text) > 1 else 1)


def _well_formed(text: str) -> bool:
    if not _COUNT.fullmatch(text):
        return False
    units = [_TENS[character] for character in text if character in _TENS]
    return all(before > after for before, after in pairwise(units))
