"""Automatic numbers as they show: the counting formats of WordprocessingML (ECMA-376-1 §17.18.59)."""

from collections.abc import Callable

_SMALL = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Beyond it a letter or a Roman numeral would fill a line.
_MOST = 5000


def automatic_number(number: int, kind: str) -> str:
    """Return a number in a counting format, by the format's name; one that is not known counts in Arabic figures."""
    if kind in ("none", "bullet"):
        return ""
    if not 0 < number < _MOST:
        return str(number)
    return _FORMATS.get(kind, str)(number)


def _chinese(number: int, digits: str, units: str, *, one_ten: bool) -> str:
    """Count in Chinese to 9999; ``units`` are 十百千. Ten is 十, or 一十 with ``one_ten``."""
    pieces: list[str] = []
    zero = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            zero = bool(pieces)
            continue
        pieces += [digits[0]] if zero else []
        zero = False
        alone = place == 1 and digit == 1 and not pieces and not one_ten
        pieces.append(("" if alone else digits[digit]) + (units[place - 1] if place else ""))
    return "".join(pieces)


def _counting(number: int) -> str:
    return _chinese(number, _SMALL, "十百千", one_ten=False) if number < 100 else _figures(number, "○")


def _figures(number: int, zero: str) -> str:
    return "".join(zero if figure == "0" else _SMALL[int(figure)] for figure in str(number))


def _letters(number: int) -> str:
    """Return a to z, then aa, bb and so on."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _roman(number: int) -> str:
    pieces = []
    for amount, sign in _ROMAN:
        pieces.append(sign * (number // amount))
        number %= amount
    return "".join(pieces)


def _ring(number: int) -> str:
    """Return a figure in a circle, of which Unicode has fifty."""
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return str(number)


def _in_row(first: str, count: int) -> Callable[[int], str]:
    """Return a format that takes the characters that follow ``first`` in Unicode, then Arabic figures."""
    return lambda number: chr(ord(first) + number - 1) if number <= count else str(number)


def _in_turn(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(number))


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"


def _thousand(number: int) -> str:
    return _chinese(number, _SMALL, "十百千", one_ten=False)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _ring,
    "decimalEnclosedCircleChinese": _ring,
    "decimalEnclosedFullstop": _in_row("⒈", 20),
    "decimalEnclosedParen": _in_row("⑴", 20),
    "ideographEnclosedCircle": _in_row("㊀", 10),
    "ideographTraditional": _in_turn(_STEMS),
    "ideographZodiac": _in_turn(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "koreanDigital2": lambda number: _figures(number, "零"),
    "ideographDigital": lambda number: _figures(number, "〇"),
    "japaneseDigitalTenThousand": lambda number: _figures(number, "〇"),
    "taiwaneseDigital": lambda number: _figures(number, "○"),
    "chineseLegalSimplified": lambda number: _chinese(number, _LEGAL, "拾佰仟", one_ten=True),
    "ideographLegalTraditional": lambda number: _chinese(number, _LEGAL_TRADITIONAL, "拾佰仟", one_ten=True),
}
