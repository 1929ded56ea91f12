"""Chinese numerals as they number headings and items."""

_DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十百]+"


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
