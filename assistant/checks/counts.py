"""When two numbers count the same: 15个村监委会主任 and 15名, but not 5个支部 and 5名党员."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.checks.bearings import AMOUNT, KEPT, MARKS, measure_of
from assistant.checks.likeness import content, evidence, flattened, held_share
from assistant.text.facts import facts
from assistant.text.numerals import numeral
from assistant.types import Fact

# 个 counts whatever these count; 次, 场 and units of measurement are other things.
_GENERIC = frozenset(("个", ""))
_COUNTED = _GENERIC | frozenset("人名位项家件条处户支门座所间台份篇款类种起宗批")
_PEOPLE = frozenset("人名位员")
# What counts the same things: visits, lessons, papers.
_SAME_THINGS = (frozenset("次遍回趟"), frozenset("次堂节"), frozenset("份张篇页"))
_PERSON = re.compile(
    r"[^，。；、！？\n]{0,8}?(?:人|员|长(?![期效远处])|主任|书记|干部|师|生(?![活产态])|者|民|户主|委员|领导|代表|专职|兼职|同志|骨干|职工|群众|干警|教授|专家|班子)"
)
_NOUN = re.compile(
    r"(?:基层|党|村|县|市|区|镇|乡|机关)?(?:支部|科室|部门|单位|村|社区|镇|乡|组|项目|问题|小区|所|站|点|网格|学校|企业|公司|家庭|案件|线索|"
    r"事项|环节|方面|岗位|制度|文件|品牌|平台|窗口|街道|县|市|省|工地|班|队|院|分局|局|厂|车间|基地|中心|驿站)"
)
_LEAST = re.compile("以上|成多|至少|起码|最少|少于|低于")
_AT_LEAST = re.compile("(?:至少|起码|最少|少说|不少于|不低于)(?:也|都)?(?:要|得|有)?[^，。；、\\d]{0,2}$")
_BEYOND = re.compile(r"(?:超了?|逾|(?<![通经])过了?|超期)$")
# 开过一次 is done once, 拖过7天 longer than that.
_DONE, _EVENTS = ("过", "过了"), frozenset("次场回遍趟堂期轮届批")
_OR_SO = frozenset("余约来")
# 半年以上 is more than half a year to whoever says it.
_BEYOND_MARKS = frozenset("余超")
# How like two names must be for one to be taken for a change of the other.
_LIKE_NAMES = 0.5
_AHEAD, _REACH = 12, 9
_SMALL = re.compile(r"([1-9]\d?)([^\d\W]{1,3})")
_NUMERALS, _RANKING = "一二三四五六七八九十", "前第"


def quantity(fact: Fact) -> str:
    """Return a number's figures."""
    return _figures(fact.value)


@lru_cache(maxsize=KEPT)
def _figures(value: str) -> str:
    return "".join(AMOUNT.findall(flattened(value)))


def counts_alike(one: Fact, other: Fact) -> bool:
    """Tell whether two numbers have the same figures and measure words for the same kinds of things."""
    if quantity(one) != quantity(other) or not quantity(one):
        return False
    return counts_kinds_alike(measure_of(one), measure_of(other))


def counts_kinds_alike(one: str, other: str) -> bool:
    """Tell whether two measure words count the same kinds of things."""
    measures = {one, other}
    if (
        len(measures) == 1
        or any(measures <= group for group in _SAME_THINGS)
        or measures in ({"", "元"}, {"块", "元"})
    ):
        return True
    return bool(_GENERIC & measures and measures <= _COUNTED)


def comparable(fact: Fact, other: Fact) -> bool:
    """Tell whether one fact can be a change of the other: a like name, or a number or date of like measure."""
    if fact.kind == "number":
        return measure_of(fact) == measure_of(other) or quantity(fact) == quantity(other)
    if fact.kind == "date":
        return True
    return held_share(content(fact.surface, without=()), evidence([other.surface])) >= _LIKE_NAMES


def gives_numbers(said: Sequence[Fact], wanted: Sequence[Fact]) -> bool:
    """Tell whether facts give every number of others, be it with another word for what is counted: 4个 as 4名."""
    here = [fact for fact in said if fact.kind == "number"]
    there = [fact for fact in wanted if fact.kind == "number"]
    return bool(there) and all(any(counts_alike(mine, fact) for mine in here) for fact in there)


def same_count(fact: Fact, draft: str, other: Fact, note: str) -> bool:
    """Tell whether two numbers differ in a measure word that counts the same, or in how roughly is spelled."""
    if not counts_alike(fact, other):
        return False
    if not _as_rough(_roughness(fact, draft), _roughness(other, note)):
        return False
    kinds = {_counted(fact, draft), _counted(other, note)}
    return len(kinds - {""}) < len(("person", "thing"))


def told_otherwise(fact: Fact, draft: str, found: Sequence[Fact], note: str) -> bool:
    """Tell whether a note tells a number of a draft in other words: 一次, 前三."""
    if any(same_count(fact, draft, one, note) for one in found if one.kind == "number"):
        return True
    figures = quantity(fact)
    if figures == "1":
        singles = (one for one in facts(note, singles=True) if one.kind == "number")
        return any(same_count(fact, draft, one, note) for one in singles)
    if _is_spelt_out(fact, note):
        return True
    before = draft[max(0, fact.start - 1) : fact.start]
    if before in tuple(_RANKING) and figures.isdigit() and 0 < int(figures) <= len(_NUMERALS):
        return before + _NUMERALS[int(figures) - 1] in note
    return False


def _is_spelt_out(fact: Fact, note: str) -> bool:
    """Tell whether a note has a number in characters that are no number elsewhere: 2根 told as 两根."""
    digits = _SMALL.fullmatch(flattened(fact.surface))
    if not digits:
        return False
    forms = ("两", "二") if digits[1] == "2" else (numeral(int(digits[1])),)
    return any(re.search(rf"(?<![{_NUMERALS}百千万两]){form}{re.escape(digits[2])}", note) for form in forms)


def _counted(fact: Fact, text: str) -> str:
    """Return whether a number counts persons or things; empty where its words leave that open."""
    unit = measure_of(fact)
    behind = text[fact.end : fact.end + _AHEAD]
    if unit in _PEOPLE:
        return "person"
    if unit not in _GENERIC:
        return "thing"
    if _NOUN.match(behind) and not _PERSON.match(behind):
        return "thing"
    return ""


def _roughness(fact: Fact, text: str) -> frozenset[str]:
    """Return what makes a number rough, a word before it counted in: 至少开5天, 超了3个月; 过 and 超 are alike."""
    found = set(MARKS.findall(fact.value))
    before = text[max(0, fact.start - _REACH) : fact.start]
    if _LEAST.search(fact.surface) or _AT_LEAST.search(before):
        found = found - {"至少"} | {"余"}
    if "来" in fact.surface:
        found = found - {"余", "约"} | {"来"}
    if _BEYOND.search(before) and not (before.endswith(_DONE) and measure_of(fact) in _EVENTS):
        found |= {"超"}
    return frozenset(found - {"过"} | ({"超"} if "过" in found else set()))


def _as_rough(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two numbers are as rough: 十来个 is ten or so, be it 十余个 or 约十个."""
    if one and other and one | other <= _BEYOND_MARKS:
        return True
    return one == other or ("来" in one | other and one <= _OR_SO and other <= _OR_SO and bool(one and other))
