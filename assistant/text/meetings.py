"""Meetings that a number tells from others: 第三次全体会议, 市纪委五次全会, 市十六届人大二次会议."""

import re
from collections.abc import Iterator

from assistant.text.folded import FoldedText
from assistant.text.numerals import amount
from assistant.types import Fact

_HAN = "\u4e00-\u9fff"
_NUMERAL = "[一二三四五六七八九十\\d]{1,3}"
_KIND = (
    "(?:党组|党委|常委|常务|办公|全体|扩大|代表|理事|党员|团员|会员|专题|工作|联席|协调|推进|调度|中心组|理论学习|全国|主席|主任"
    "|委员|职工|执委|执行委员|监事|工会){0,4}(?:代表大会|会议|全会|大会|例会|常务会|党组会|办公会)"
)
_BODY = "(?:人民代表大会|人大|政协|党代会|[省市县区州]纪委|[省市县区州]委|全委会?|代表大会|委员会|理事会|常委会|党组|党委)"
_SESSION = re.compile(rf"[一二三四五六七八九十\d]{{1,3}}次(?:[、和]第?{_NUMERAL}次){{0,4}}{_KIND}")
_LONGEST = 40
_BEFORE = re.compile(
    rf"(?:{_BODY})?(?:第?{_NUMERAL}届)?(?:{_BODY}){{0,2}}(?:第?{_NUMERAL}届)?(?:{_BODY}){{0,2}}第?\Z"
)
_NUMBER = re.compile(rf"第?({_NUMERAL})(?=[次届])")


def meetings(page: FoldedText) -> Iterator[Fact]:
    """Yield the numbered meetings of a text; 12次党组会 counts meetings and names none."""
    for match in _SESSION.finditer(page.folded):
        first = max(0, match.start() - _LONGEST)
        before = _BEFORE.search(page.folded[first : match.start()])
        start = first + before.start() if before else match.start()
        whole = page.folded[start : match.end()]
        if "第" in whole or "届" in whole or whole.endswith("次全会"):
            value = _NUMBER.sub(lambda part: str(amount(part[1]) or part[1]), whole)
            yield Fact("meeting", page.text[start : match.end()], value, start, match.end())
