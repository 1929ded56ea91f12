"""Numbers with their measure words: 12次, 60余人次, 3.5亿元, 85%, 三分之一, 近百家, 2—3项, 第二批."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.text.fixed import measures
from assistant.text.folded import FoldedText
from assistant.text.numerals import amount
from assistant.text.reading import PAIRED, Parts, value
from assistant.types import Fact

_COUNTING = "〇零一二两三四五六七八九十百千万亿"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})++(?![\d])|\d{1,3}(?: \d{3})++(?!\d)|\d{1,30}+)(?:\.\d{1,30}+)?+(?:[百万亿]|千(?![瓦米克伏卡])|个亿){0,3}+"
_CHINESE = (
    rf"(?:(?!千[瓦米克伏卡])[{_COUNTING}]){{1,24}}+(?:点[〇零一二三四五六七八九]{{1,10}}+[万亿]{{0,2}}+)?+"
)
_RANK = "(?<![目日年月天以之此会课战赛产事先生从提空食餐午晚早饭班岗婚当眼面跟门台床车胸窗榜])前"
_NUMBER = rf"(?:{_DIGITS}|{_CHINESE})"
# 俩月, 俩科室: two of them, the measure word taken in; but 他俩, 哥俩 are a pair.
_PAIRED = "(?<![他她它你我咱们哥姐兄弟妹妻母父女爷娘口婆儿])[俩仨](?=[\u4e00-\u9fff])"
# A numeral of so many characters is cut apart by the dictionary now and then, and is a numeral all the same.
_CERTAIN = 3
# 二十七万 counts money, people or what else was meant.
_SUM = re.compile("(?:[二两三四五六七八九]|[一二三四五六七八九]?十[一二三四五六七八九]?)[百千]?[万亿]")
_PAUSES = ("，", "、", "。", "；", "）", "")
_BREAKS = ("", "\n", "。", "；", ";", "：", ":", "\u3000")


@cache
def _pattern() -> re.Pattern[str]:
    unit = measures().pattern
    return re.compile(
        rf"(?=[\d{_COUNTING}俩仨不超突至未将接大约近逾上几数第半过前起最快])(?=\D{{0,4}}[\d{_COUNTING}俩仨半过])(?<![\d.,A-Za-z{_COUNTING}*_])(?<!\D×)"
        rf"(?P<before>不超过|不超(?!过)|超[过出]|超了(?!{_NUMBER}[回次])|(?<![超通经不跨])过(?=[\d.]{{1,10}}[万亿]|[百千万亿])|突破|不(?:[能得会])?(?:少于|低于)|至少|起码|最少|不到|不足|未满|将近|接近|(?<![赶尽加飞愉凉痛畅轻较更最很太不])快(?=[\d两三四五六七八九十]{{1,4}}|半(?:年|个月))|大约|大概|(?<![签合预节条契公违履解续])约|(?<![附临最邻靠贴就亲相远])近|超|逾"
        r"|(?:上|几|(?<![总人次件个台户基指系额位分倍多少函参])数)(?=[十百千万亿])|第)?(?:(?<=[近约超过逾到足于破])[ ])?"
        r"(?:"
        r"(?P<over>\d{1,4})/(?P<under>\d{1,4})(?![\d/.])"
        rf"|(?P<base>百|千|万|{_NUMBER})分之(?P<share>{_NUMBER})"
        r"|(?P<tenths>[一二两三四五六七八九]|[1-9])(?P<upto>[二三四五六七八九]|[至到-][1-9二三四五六七八九])?成(?P<half>[半一二三四五六七八九])?(?![立为员果长绩功都分套型效熟交就本人品])"
        r"|(?P<halves>半数|一(?:[多大]?半)|过半数?)"
        r"|(?P<spell>(?<![上下后大小头一二两三四五六七八九十年\d])(?<!(?<!提)前)半(?:年(?!级)|个月)多?)"
        rf"|{_RANK}(?P<top>{_NUMBER}(?=[名位强])|(?:[三五十]|\d{{1,3}})(?=[^\w.%‰‱]|的|行列|之列|$))[名位强]?"
        rf"|(?P<low>{_NUMBER})(?P<lowunit>{unit}|%)?(?:-|至|到|(?<=[1-9])、(?=[1-9]\D))(?P<high>{_NUMBER})(?(lowunit)(?![年月日号点时]))"
        rf"|(?P<number>{_PAIRED}|{_NUMBER})"
        r")(?(spell)|(?(top)|(?:(?P<odd>[余多来几])(?P<scale>[百千万亿]{1,2})?)?"
        rf"(?:[ ](?={unit}))?(?P<unit>{unit}|[%‰])?(?P<late>[多余](?=[^\w]|的|月|$))?(?P<month>月)?))"
        r"(?P<after>以上|往上(?![报交递级跑走])|开外|以下|以内|左右|上下)?"
        r"(?![*×_]|[xX]{2})"
    )


def quantities(page: FoldedText) -> Iterator[Fact]:
    """Yield the numbers of a text in order, each with its measure word and what makes it approximate."""
    for match in _pattern().finditer(page.folded):
        start, end = match.span()
        parts = Parts(*match.group(*Parts._fields))
        if _takes_from_a_word(match, page):
            parts, end = parts._replace(unit=None), match.start("unit")
        elif not _is_count(match, page):
            continue
        said = value(parts)
        if said is not None:
            yield Fact("number", page.text[start:end], said, start, end)


def _takes_from_a_word(match: re.Match[str], page: FoldedText) -> bool:
    """Tell whether a measure word is the beginning of what is counted: the 家 of 三百多家长."""
    if not match["unit"] or match["odd"] not in ("余", "多") or match.end() != match.end("unit"):
        return False
    return bool(page.begins[match.start("unit")]) and not page.begins[match.end()]


def _is_count(match: re.Match[str], page: FoldedText) -> bool:
    """Tell whether a numeral counts something: by its digits, or by a measure word that belongs to no other word."""
    number = match["number"] or match["low"]
    if number is None:
        return True
    if "、" in match.group() and (match["unit"] in (None, "号") or not _follow(match["low"], match["high"])):
        return False
    if match["unit"] is None and _numbers_an_item(page.folded, *match.span()):
        return False
    if number[0].isdigit() or number in PAIRED:
        behind = page.folded[match.end() : match.end() + 1]
        return not (behind.isascii() and behind.isalpha())
    if match["unit"] is None:
        return (match["odd"] or "没") in "余多" or _ranks(match, page.folded) or _is_sum(match, page)
    if match["unit"] == "番":
        return "翻" in page.folded[max(0, match.start() - 2) : match.start()]
    if number == "一" and match["before"] != "第" and match["unit"] != "倍":
        return page.singles and match["unit"] not in measures().vague and bool(page.begins[match.start()])
    lone = len(number) == 1 and not match["odd"] and (match["before"] or "突破") == "突破"
    if lone and number == "二":
        return match["unit"] in measures().second and _stands_free(match, page)
    if lone and (number in "〇零百千万亿" or match["unit"] in measures().digits):
        return False
    return _stands_free(match, page)


def _stands_free(match: re.Match[str], page: FoldedText) -> bool:
    """Tell whether no dictionary word reaches over the number's edges: 统一, 一次性."""
    if len(match["number"] or "") >= _CERTAIN:
        return True
    starts = {match.start(), match.start("number") if match["number"] else match.start("low")}
    return any(page.begins[start] for start in starts) and bool(page.begins[match.end()])


def _is_sum(match: re.Match[str], page: FoldedText) -> bool:
    """Tell 二十七万, which is a sum without its measure word, from 千万 and 一万."""
    number = match["number"] or ""
    return _SUM.fullmatch(number) is not None and _stands_free(match, page)


def _ranks(match: re.Match[str], text: str) -> bool:
    """Tell 居全国第八 from 第八，which opens a sentence."""
    inner = match.start() > 0 and text[match.start() - 1].isalpha()
    return match["before"] == "第" and inner and text[match.end() : match.end() + 1] in _PAUSES


def _follow(low: str, high: str) -> bool:
    """Tell 5、6个, which is a range, from a list."""
    return (amount(low) or 0) + 1 == amount(high)


def _numbers_an_item(text: str, start: int, end: int) -> bool:
    """Tell whether a number stands as （1） or, at a line's or sentence's start, as 1. or 1、."""
    before, behind = text[max(0, start - 2) : start].rstrip(" \t"), text[end : end + 1]
    if before[-1:] in ("（", "("):
        return behind in ("）", ")")
    return behind in (".", "、", "．", ")", "）") and (before[-1:] in _BREAKS or start == 0)
