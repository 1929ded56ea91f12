"""When two facts agree: one says all that the other says."""

import re
from collections.abc import Callable
from fractions import Fraction

from assistant.text.fixed import measures
from assistant.types import Fact

_NUMBER = re.compile(
    r"(?P<mark>超过|超|至少|至多|不足|近|约|上|数|第|前)?(?P<low>[\d./]+)(?:—(?P<high>[\d./]+))?(?P<odd>余)?(?P<unit>.*)",
    re.DOTALL,
)
_DATE_PART = re.compile(
    r"近\d+[年月]|\d+(?:年|月|日)|[今去明后前上本当次]年|[上下]半年|前?\d个?季度|年?[底末初]|[中上下]旬|中|前|后"
)
# 今年 and 2022年 may be one year; the text alone does not tell.
_RELATIVE = re.compile("[今去明后前上本当次]年")
_ANY_YEAR = re.compile(r"\d+年|[今去明后前上本当次]年")
_SAME_YEAR = {"上年": "去年", "本年": "今年"}
_UNCERTAIN = frozenset(("当年", "次年"))
_LEADING = re.compile(r"^(?:中国共产党|中共中央|中华人民共和国)")
_TENTH = Fraction(1, 10)


def same(one: Fact, other: Fact) -> bool:
    """Tell whether either of two facts supports the other; so 3月15日 and 2022年3月15日 agree."""
    return supports(one, other) or supports(other, one)


def supports(whole: Fact, part: Fact) -> bool:
    """Tell whether ``whole`` says all that ``part`` says; it may say more.

    Equal values agree always. Besides: 2022年3月15日 supports 3月15日 and 3月; 63人 supports 60余人, and 60余人 supports
    超60人; a number without a measure word agrees with one that has it; 〔2022〕3号
    agrees with 市委办发〔2022〕3号; a title agrees with itself without 中国共产党, or without the issuer before 关于;
    蒙自市住建局 supports 住建局, and 住建局 a longer name of it; 张三局长 supports 张三, 王书记 agrees with 王建国书记.
    """
    if whole.kind != part.kind:
        return False
    return whole.value == part.value or _AGREE.get(whole.kind, _never)(whole.value, part.value)


def _never(_whole: str, _part: str) -> bool:
    return False


def _numbers(whole: str, part: str) -> bool:
    one, other = _NUMBER.fullmatch(whole), _NUMBER.fullmatch(part)
    if one is None or other is None:
        return False
    if _is_as_percent(one, other) or _is_as_percent(other, one):
        return True
    if one["unit"] != other["unit"] and one["unit"] and other["unit"]:
        return _converted(one, other)
    if one.group("low", "high", "odd") == other.group("low", "high", "odd") and _same_marks(one, other):
        return True
    return not {"第", "前"} & {one["mark"], other["mark"]} and _rounded(one, other)


def _is_as_percent(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether a fraction is told as a share in whole percent: 1/3 and 33%."""
    if "/" not in one["low"] or other["unit"] != "%" or one["high"] or other["high"]:
        return False
    if one["mark"] or one["odd"] or other["odd"] or other["mark"] not in (None, "约"):
        return False
    return abs(100 * Fraction(one["low"]) - Fraction(other["low"])) <= Fraction(1, 2)


def _converted(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two numbers are equal once their measure words are: 48小时 and 2天."""
    (base, times), (shared, other_times) = (
        measures().equal.get(end["unit"], ("", 1)) for end in (one, other)
    )
    if not base or base != shared or one["high"] or other["high"] or one["odd"] != other["odd"]:
        return False
    return _same_marks(one, other) and Fraction(one["low"]) * times == Fraction(other["low"]) * other_times


def _same_marks(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two marks say the same; 超了3个月 is late by three months, or by more."""
    marks = {one["mark"], other["mark"]}
    return len(marks) == 1 or ("超过" in marks and marks <= {"超过", "超", None})


def _rounded(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether a looser number holds where the stricter one does: 63 → 60余, 60余 → 超60."""
    if one["high"] or other["high"]:
        return False
    value, bound = Fraction(one["low"]), Fraction(other["low"])
    exact = not one["mark"] and not one["odd"]
    if other["odd"] or other["mark"] == "超":
        above = value == bound and bool(one["odd"] or one["mark"] == "超")
        return above or (exact and bound < value < bound + _step(bound))
    if other["mark"] in ("至少", "上"):
        return value == bound and bool(one["odd"] or one["mark"] in ("超", "至少", "上"))
    if other["mark"] == "约":
        return exact and value == bound
    return bool(other["mark"] == "近") and exact and bound * (1 - _TENTH) <= value < bound


def _step(bound: Fraction) -> Fraction:
    """Return the worth of the last figure that is not nought: 10 for 60, 1000 for 12000."""
    if bound.denominator != 1:
        return Fraction(1, bound.denominator)
    figures = str(bound.numerator)
    return Fraction(10 ** (len(figures) - len(figures.rstrip("0"))))


def _dates(whole: str, part: str) -> bool:
    one, other = _date_parts(whole), _date_parts(part)
    if _RELATIVE.search(whole + part):
        if _contrary(whole, part):
            return False
        one, other = [
            [piece for piece in pieces if not _ANY_YEAR.fullmatch(piece)] for pieces in (one, other)
        ]
    return "-" not in part and bool(other) and set(other) <= set(one)


def _contrary(whole: str, part: str) -> bool:
    """Tell whether two dates name years that today tells apart: 今年 and 明年."""
    years = [set(_RELATIVE.findall(date)) - _UNCERTAIN for date in (whole, part)]
    one, other = ({_SAME_YEAR.get(year, year) for year in group} for group in years)
    return bool(one and other and one != other)


def _date_parts(date: str) -> list[str]:
    """Return the parts of a date: 2022年底 is 2022年 and 年底; none when some part is of another kind."""
    spelt = re.sub(r"(?<=[\d今去明后前上本当次])年(?=[底初])", "年年", date)
    parts = _DATE_PART.findall(spelt)
    return parts if "".join(parts) == spelt.replace("-", "") else []


def _titles(whole: str, part: str) -> bool:
    one, other = _LEADING.sub("", whole), _LEADING.sub("", part)
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    issued = longer.find("关于")
    return one == other or (issued >= 0 and shorter in (longer[issued:], longer[issued + len("关于") :]))


def _documents(whole: str, part: str) -> bool:
    return whole.endswith(part) or part.endswith(whole)


def _endings(whole: str, part: str) -> bool:
    shorter, longer = sorted((whole, part), key=len)
    return longer.endswith(shorter) and not longer.removesuffix(shorter).endswith("第")


def _places(whole: str, part: str) -> bool:
    return part in whole


def _persons(whole: str, part: str) -> bool:
    (one, _, post), (other, _, held) = whole.partition(" "), part.partition(" ")
    if 1 in (len(one), len(other)):
        return one[0] == other[0] and post == held
    return one == other and (post == held or not held or not post)


_AGREE: dict[str, Callable[[str, str], bool]] = {
    "number": _numbers,
    "date": _dates,
    "title": _titles,
    "document": _documents,
    "organisation": _endings,
    "place": _places,
    "person": _persons,
    "meeting": _endings,
}
