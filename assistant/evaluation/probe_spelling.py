"""Numbers and dates in Chinese numerals, for probes; written apart from what reads them."""

import re

from assistant.text.numerals import numeral

_DIGITS = "零一二三四五六七八九"


def spelled(number: str) -> str:
    """Return a number of digits in Chinese: 105 → 一百零五, 4.3 → 四点三."""
    whole, _, part = number.partition(".")
    said = _spelled_whole(int(whole))
    return f"{said}点{''.join(_DIGITS[int(digit)] for digit in part)}" if part else said


def _spelled_whole(value: int) -> str:
    if value < 100:
        return numeral(value)
    for name, size in (("万", 10000), ("千", 1000), ("百", 100)):
        head, rest = divmod(value, size)
        if head:
            said = _spelled_whole(head) + name
            gap = "零" if 0 < rest < size // 10 else ""
            tail = _spelled_whole(rest) if rest else ""
            return said + gap + (f"一{tail}" if 10 <= rest < 20 else tail)
    return ""


def counted(said: str) -> int:
    """Return the value of a Chinese numeral from 1 to 99."""
    tens, ten, ones = said.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


def spelled_date(date: str) -> str:
    """Return a date in Chinese: 2024年3月 → 二〇二四年三月."""
    date = re.sub(
        r"\d{4}(?=年)", lambda year: "".join("〇一二三四五六七八九"[int(d)] for d in year.group()), date
    )
    return re.sub(r"\d+", lambda part: numeral(int(part.group())), date)
