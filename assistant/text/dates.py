"""Dates and periods: 2022年3月15日, 2022-03-15, 第一季度, 上半年, 3月底, 2021—2023年, 1—8月, 近三年."""

import re
from collections.abc import Iterator

from assistant.text.folded import FoldedText
from assistant.text.numerals import amount
from assistant.types import Fact

_YEAR = r"(?:(?<!\d)(?:19|20)\d\d|(?<![一二三四五六七八九〇零])[一二][一二三四五六七八九〇零]{3})[ ]?"
_MONTH = r"(?:(?<![\d.])(?:1[0-2]|0?[1-9])|(?<![一二三四五六七八九十])(?:十[一二]?|(?<!着)一(?!月[一接又])|[二三四五六七八九]))[ ]?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?"
_TO = r"[ ]?[-至到][ ]?"
_RELATIVE = r"(?:今年|去年|明年|后年|前年|上年|本年度?|当年|次年)"
_MONTH_PART = r"(?:初|中旬|上旬|下旬|中(?=[，、。）]|前|后)|底|末)"
_HALF = r"[上下]半年"
_QUARTER = r"(?:前[二三两23]个?|第?[一二三四1-4])季度"
_TURN = r"(?:年?[底末初]|年中(?=[，、。）考评检督]))"
_SPAN_OF_MONTHS = rf"(?:{_MONTH}月?(?:份)?{_TO})?{_MONTH}月份?"
_DAYS = rf"(?:{_DAY}[日号]?{_TO}(?:{_MONTH}月)?)?{_DAY}[日号]"
_IN_YEAR = rf"(?:{_HALF}|{_QUARTER}|{_SPAN_OF_MONTHS}(?:[ ]?{_DAYS}|{_MONTH_PART})?)"
_PART_OF_DAY = "凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜间|当晚"
_LATE = ("下午", "傍晚", "晚上", "晚间", "夜间", "当晚")
_NOON = 12
_HOUR = (
    rf"(?:(?<={_PART_OF_DAY})(?:2[0-4]|1\d|\d|十[一二]?|[一二两三四五六七八九])(?:点钟?|时)"
    r"|(?<![\d.第:：])(?:2[0-4]|1?\d)时(?![间长段候期代隔有空效常限数点]))(?:半|整|(?:[0-5]\d|[一二三四五]?十[一二三四五六七八九]?)分)?"
)
_DATE = re.compile(
    r"(?=[\d一二三四五六七八九十今去明后前上本当次下]|第[一二三四1-4]个?季|年[底末初中]|最?近[\d两二三四五六七八九十]|过去)(?:"
    r"(?P<clock>(?<![\d.:])(?:[01]?\d|2[0-3])[:：][0-5]\d(?![\d:.]))"
    rf"|(?P<hour>{_HOUR})"
    rf"|(?P<iso>(?<![\d.-]){_YEAR}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?![\d.]))"
    rf"|(?P<years>{_YEAR}年?{_TO}{_YEAR}年)"
    rf"|(?P<dated>(?:{_YEAR}年度?|{_RELATIVE})[ ]?(?:{_IN_YEAR})|{_YEAR}年[底末初]|(?:今|去|明|前|后|次)年[底末初])"
    rf"|(?P<year>{_YEAR}年)"
    rf"|(?P<within>{_IN_YEAR})"
    r"|(?P<next>(?<=[本当上下每次]月)(?:3[01]|[12]\d|[1-9])[日号]|(?<=[本上下这]个月)(?:3[01]|[12]\d|[1-9])[日号])"
    rf"|(?P<turn>(?<![青少老中学历多近每今去明前后次成童周早晚同丰])年[底末初](?!\w*?恋))"
    rf"|(?P<day>(?<![\d.,第])(?<![^本当上下次每]月)(?:(?:3[01]|[12]\d|[1-9])日?{_TO})?(?:3[01]|[12]\d|[1-9])[ ]?日(?![内游均常前元报益以]))"
    r"|(?P<lately>(?:最?近|过去)(?P<count>\d{1,3}|[两二三四五六七八九十]{1,3})(?P<unit>个?月|年)(?![级月])))"
)
_PART = re.compile(r"(?P<number>\d+|[〇零一二三四五六七八九十]+|两)(?=[年月日号季个-]|$)")
_SAME_WORDS = (
    *(("年度", "年"), ("月份", "月"), ("号", "日"), ("第", ""), ("末", "底"), ("至", "-"), ("到", "-")),
    *((" ", ""), ("前二", "前2"), ("前三", "前3")),
)


def dates(page: FoldedText) -> Iterator[Fact]:
    """Yield the dates and periods of a text in order."""
    for match in _DATE.finditer(page.folded):
        start, end = match.span()
        surface = page.text[start:end]
        yield Fact("date", surface, _value(match), start, end)


def _value(match: re.Match[str]) -> str:
    text = match.group()
    if match["iso"]:
        year, month, day = re.split(r"[-/.]", text)
        return f"{year}年{int(month)}月{int(day)}日"
    if match["clock"] or match["hour"]:
        return _clock(match)
    if match["lately"]:
        unit = match["unit"].removeprefix("个")
        return f"近{_plain(match['count'])}{unit}"
    for one, other in _SAME_WORDS:
        text = text.replace(one, other)
    return _spelt_out(_PART.sub(lambda part: _plain(part["number"]), text))


def _clock(match: re.Match[str]) -> str:
    """Return a time of day by 24 hours: 晚上九点 and 21时 are 21:00."""
    hour, minute = re.split("[:：点时]", match.group().replace("钟", ""))
    told = int(_plain(hour))
    if told < _NOON and match.string[max(0, match.start() - 2) : match.start()] in _LATE:
        told += _NOON
    spelt = minute.rstrip("分整")
    past = 30 if spelt == "半" else int(_plain(spelt or "0"))
    return f"{told}:{past:02d}"


def _plain(number: str) -> str:
    value = amount(number)
    return number if value is None else str(value)


def _spelt_out(text: str) -> str:
    """Return a range with its unit on both sides: 2021-2023年 → 2021年-2023年, 1-8月 → 1月-8月."""
    front, dash, back = text.partition("-")
    if not dash or not front[-1:].isdigit():
        return text
    unit = re.match(r"\d+(?:月\d+)?(\D)", back)
    return f"{front}{unit[1] if unit else ''}-{back}"
