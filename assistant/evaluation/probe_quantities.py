"""Numbers, dates, titles and names in a text, found by form for planting faults; not by the extraction that is tested."""

import re
from collections.abc import Iterator

MEASURES = (
    "个百分点|百分点|万元|亿元|人次|家次|户次|场次|批次|平方米|平方公里|公里|公斤|小时|分钟|个月|万吨|千瓦时|元|吨|米|亩|"
    "场|次|项|个|名|位|人|家|户|件|起|篇|份|条|期|轮|批|天|年|周|座|间|栋|套|所|册|处|台|辆|张|棵|头|只|节|班|倍|分|"
    "万|亿|%|笔|支|岁|块|字|届|类|对|遍|门|款|支队|宗|课|盏|村|片|级|株|部|方|摊|票|枚|幅|本|封|道|员"
)
# Not a number: a digit of a year, a month, a date, a document, a title, a quotation, a code or an item's own number.
_FIXED = re.compile(
    r"《[^《》]*》|“[^“”]*”|〔\d{4}〕\d+号|\d{4}年(?:度)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|(?m:^)\d{1,2}[.．、]|[A-Za-z]+\d+"
    r"|\d{2}后|\d{5}热线|第\d+"
)
QUANTITY = re.compile(
    rf"(?P<about>近|约|超过|逾)?(?P<number>\d+(?:\.\d+)?)(?:(?P<scale>万|亿)(?!元|吨))?(?P<more>余|多)?(?P<measure>{MEASURES})(?P<after>左右|以上)?"
)
DATE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日|底|初|中旬|份|上旬|下旬)?|第?[一二三四]季度|[上下]半年"
)
TITLE = re.compile(r"《([^《》]{4,})》")
DOCUMENT = re.compile(r"〔(\d{4})〕(\d+)号")
POSTS = "同志|副?局长|副?书记|副?主任|副?市长|副?县长|教授|研究员|副?院长|副?校长|副?科长|副?处长|副?镇长|副?部长|副?总经理|副?组长|董事长"
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜戚谢邹喻潘葛范彭韦马苗方俞任袁柳"
    "史唐薛雷贺倪汤罗郝毕安常于傅康伍余顾孟黄萧尹姚邵汪毛成戴宋庞熊纪项祝董梁杜阮蓝闵席季贾路江"
    "童颜郭梅盛林钟徐邱骆高夏蔡田胡霍万柯卢莫房丁邓洪包左石崔龚程邢裴陆荣翁曲储段侯宁祖武刘景龙"
    "叶白蒲卓乔苏向古易廖温庄柴阎慕连习艾鱼容聂曾沙丰关"
)
PERSON = re.compile(
    rf"(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=(?:{POSTS}))"
    rf"|(?<=书记|局长|县长|市长|校长|院长|主任)(?P<behind>[{SURNAMES}][\u4e00-\u9fff]{{2}})(?![\u4e00-\u9fff]{{0,2}}(?:局|委))"
)


def counted_things(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers with a measure word that are not part of something fixed."""
    fixed = [match.span() for match in _FIXED.finditer(text)]
    for match in QUANTITY.finditer(text):
        place = match.start("number")
        before = text[max(0, place - 2) : place]
        # The end of 5至6个 does not stand alone.
        if not any(start <= place < end for start, end in fixed) and not re.search(
            r"[\d.]$|\d[至、—~-]$", before
        ):
            yield match


def datings(text: str) -> Iterator[re.Match[str]]:
    """Yield the dates and parts of a year that stand outside titles and quotations."""
    frozen = [match.span() for match in re.finditer(r"《[^《》]*》|“[^“”]*”|〔[^〕]*〕", text)]
    for match in DATE.finditer(text):
        if not any(start <= match.start() < end for start, end in frozen):
            yield match


def stands_in(number: str, text: str) -> bool:
    """Tell whether a number stands in a text, not as part of a longer one."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)", text) is not None
