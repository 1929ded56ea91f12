"""Times told by the calendar (国庆, 春运, 每周五), and by today (今年, 上个月)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from assistant.text.fixed import any_of
from assistant.text.folded import FoldedText
from assistant.types import Fact

# 张国庆 is a person.
_SURNAMES = (
    "张王李刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖"
    "贾夏韦付方邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵钱严武戴莫孔向汤建爱卫"
)
_DURING = "假期|黄金周|小?长假|期间|前后"
_SEASON = re.compile(
    rf"(?P<season>春运|春节|元旦|元宵(?=节|{_DURING})|端午|中秋|重阳(?=节|{_DURING})|清明(?=节|{_DURING}|祭|扫)"
    rf"|(?<![{_SURNAMES}])国庆(?![典乡镇村路街社])|五一(?=节|{_DURING}|国际)|(?<![二三四五六七八九])十一(?={_DURING})|[寒暑]假)节?"
    r"|(?P<every>[每逐])(?:周|星期)(?P<day>[日天](?![均常])|[二三四五六](?![次回个场期篇条份轮遍天日小课题例]|[至到-][一二三四五六七])|一(?=[^\w]|上午|下午|晚|早|夜|上班|例会|闭馆|定期))"
)
_SAME_SEASON = {"十一": "国庆"}
_YEARS = {
    "今年": ["今年(?!度?以来)", "(?<![基成日版资样根副])本年(?![龄报级])", "年内(?!部)"],
    "去年": ["(?<![过除])去年", "(?<![以线网之岁])上年(?![龄轻均货岁])"],
    "明年": ["(?<![说证表声文分])明年"],
    "前年": ["(?<![以之目此])前年(?![度均轻])"],
    "后年": ["(?<![今以此之最])后年(?![度均轻])"],
}
_MONTHS = {
    "本月": ["(?<!日)本月", "这个月"],
    "上月": ["(?<![以线])上个?月(?![亮球])"],
    "下月": ["(?<![以线])下个?月(?![亮球])"],
}
_WEEKS = {"本周": ["本周(?!期|[岁年])"], "上周": ["上周(?![期岁年])"], "下周": ["下周(?![期岁年])"]}
_SORTS = (_YEARS, _MONTHS, _WEEKS)
_SORT_OF = {value: number for number, sort in enumerate(_SORTS) for value in sort}


def seasons(page: FoldedText) -> Iterator[Fact]:
    """Yield the festivals, seasons and weekdays of a text in order: 国庆, 春运, 每周五."""
    for match in _SEASON.finditer(page.folded):
        name = match["season"]
        value = _SAME_SEASON.get(name, name) if name else f"每周{match['day'].replace('天', '日')}"
        yield Fact("date", page.text[slice(*match.span())], value, *match.span())


def times(text: str) -> list[Fact]:
    """Return the times of a text that today tells, in order: 今年, 年内, 上年, 上个月; the value is 今年, 去年, 上月 ….

    They are no facts, for a report without a date may well say 今年, and 今年以来 says nothing; they also stand within
    dates (明年6月). Only one that ``contradicted`` finds another time for is wrong.
    """
    found = []
    for match in _pattern().finditer(text):
        names = (name for name, words in match.groupdict().items() if words)
        found += [Fact("date", match.group(), name, *match.span()) for name in names]
    return found


def contradicted(time: Fact, known: Iterable[Fact]) -> Fact | None:
    """Return the first of the known times that is of the same sort but another; none where one of them is the same.

    今年 against 明年 is one; 今年 against 上个月, or against nothing, is none.
    """
    alike = [one for one in known if _SORT_OF[one.value] == _SORT_OF[time.value]]
    if any(one.value == time.value for one in alike):
        return None
    return alike[0] if alike else None


@cache
def _pattern() -> re.Pattern[str]:
    sorts = {value: words for sort in _SORTS for value, words in sort.items()}
    heads = any_of(["今", "本", "年内", "去年", "上", "明年", "前年", "后年", "这个月", "下"])
    each = (f"(?P<{name}>{'|'.join(words)})" for name, words in sorts.items())
    return re.compile(f"(?={heads})(?:{'|'.join(each)})")
