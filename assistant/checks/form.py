"""The form of a problem section: no remedies nobody asked for, little praise, an item a note, no empty phrases."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.certainty import level_if
from assistant.checks.grounds import Grounds
from assistant.checks.likeness import content, held_share
from assistant.checks.scales import hide
from assistant.checks.support import Rest
from assistant.checks.units import Unit, phrases
from assistant.types import Finding, Level

_VERBS = (
    "加强|强化|加大|完善|健全|改进|提高|提升|落实|推进|推行|推广|建立|抓好|抓实|抓紧|做好|做实|开展|整改|规范|压实|严格|严肃|组织|加快|深化|推动|督促|制定|修订|明确|注重|着力|坚持|解决|采取|"
    "充实|补充|配备|配齐|增加|减少|压减|精简|优化|整合|调整|健全|构建|搭建|引入|引导|培养|选派|聘请|邀请|"
    "召开|纳入|列入|限期|追究|问责|倒查|查处|从严|从快|杜绝|防止|避免|敢|把|将|对|用好|管好|管住|看好|扭转|转变|创新|探索|实行|实施|执行|定期|统一|加密|出台|细化|量化"
)
_ADVERBS = (
    "进一步|切实|持续|不断|继续|尽快|及时|认真|大力|全面|坚决|坚持|从严|尽早|立即|"
    "抓紧|深入|着力|更加|主动|逐步|逐项|重点|严格|严肃|积极"
)
# 应对 is to cope with; 应对台账进行核对 asks for something.
_DONE_TO = "[^，。；]{1,16}(?:进行|予以|加以|作出|开展|实施|加强|强化|完善|健全|改进|规范)"
_REMEDY = re.compile(
    r"^(?:为此|对此|因此|今后|下一?步|下一阶段|接下来|我们|我局|要|应|须|必须|需要?|还需要?|亟[需待]|将)*"
    rf"(?:[，,]|(?:应(?!对)当?|应(?=对{_DONE_TO})|应该|理应|须|必须|务必|亟[需待须]|下一?步|今后|将|要|需|建议|有必要|宜|急需)"
    rf"(?:在.{{0,8}}[上中])?(?:{_ADVERBS})*(?:{_VERBS})"
    r"|(?:应当?|应该|须|必须|建议|亟[需待])(?:尽快|尽早|立即|从严|抓紧|进一步|切实|着力))"
)
_NEXT = re.compile(
    r"(?:下一?步|今后|接下来|下一阶段|为此|对此)[，,]?[^，。；]{0,12}?(?:将|逐项|要|应|需|须|拟|我们|加强|进一步|着力|继续)"
)
_ASKED = re.compile(r"下一?步|今后|要(?!求|点)|应|需|得|打算|准备|拟|争取|建议|计划|将|整改措施|改进")
_MILD = re.compile(
    r"还?需要?(?:进一步|继续|不断|持续)?(?:加强|提高|提升|深化|健全|完善|改进|强化|加大|压实|规范|夯实)(?:[。；，]|$)|有待|在今后.{0,8}(?:改进|解决)|加以改进|亟待"
)
_PRAISE = re.compile(
    r"(?:取得|收到|获得)[^，。；]{0,14}(?:成效|成绩|成果|进展|实效|好评|进步|肯定|突破)|(?:成效|成果|效果|成绩)(?:显著|明显|突出|良好|斐然)"
    r"|显著(?:提升|提高|增强|改善)|圆满完成|稳步(?:提升|推进)|有序推进|明显(?:好转|改善|提升|增强|进步)|走在前列|名列前茅|受到[^，。]{0,8}(?:好评|肯定|表扬)|(?:得到|赢得)[^，。]{0,10}(?:认可|好评|肯定|赞誉)"
)
_EMPTY_LIMIT = 8
_FEWEST_ITEMS = 2
_NUMERAL = re.compile(r"[一二三四五六七八九十\d①-⑳首先其次再次最后]+")


def form_findings(rests: Sequence[Rest], grounds: Grounds) -> Iterator[Finding]:
    """Yield what does not belong into a problem section."""
    yield from _remedies(rests, grounds)
    yield from _praise(rests, grounds)
    yield from _items(rests, grounds)
    yield from _empty(rests)


def _remedies(rests: Sequence[Rest], grounds: Grounds) -> Iterator[Finding]:
    for one in rests:
        span = _remedy(one, grounds)
        if span:
            message = "问题部分写了要点没有要求的对策，请删去，或移到“下一步打算”。"
            start, end = one.unit.body + span[0], one.unit.body + span[1]
            told = _NEXT.search(one.unit.text, *span)
            yield Finding("form.remedy", level_if(told), message, start, end)


def _remedy(one: Rest, grounds: Grounds) -> tuple[int, int] | None:
    """Return the span of the first remedy in a unit that no note asks for."""
    text = hide(one.unit.text)
    ahead = _NEXT.search(text)
    if (
        ahead
        and not _MILD.search(text, ahead.start())
        and not _is_asked_for(text[ahead.start() :], one, grounds)
    ):
        return ahead.start(), len(text)
    for start, end in phrases(text):
        match = _REMEDY.match(text[start:end])
        if not match or _MILD.search(text, start, min(len(text), end + 1)):
            continue
        if not _is_asked_for(text[start:end], one, grounds):
            return start, end
    return None


def _is_asked_for(clause: str, one: Rest, grounds: Grounds) -> bool:
    """Tell whether a note that the unit rests on asks for what the clause says."""
    part = content(clause)
    return any(_ASKED.search(ground.text) and held_share(part, ground.full) >= 0.5 for ground in one.grounds)


def _praise(rests: Sequence[Rest], grounds: Grounds) -> Iterator[Finding]:
    spared = False
    for one in rests:
        for match in _PRAISE.finditer(hide(one.unit.text)):
            leads = one.unit.item == 0 and not spared
            spared = True
            if leads or held_share(content(match.group()), grounds.said) >= 0.9:
                continue
            start = one.unit.body + match.start()
            message = f"问题部分里的“{match.group()}”是成绩，请只在开头保留半句。"
            yield Finding("form.praise", Level.WARN, message, start, start + len(match.group()))


def _items(rests: Sequence[Rest], grounds: Grounds) -> Iterator[Finding]:
    kinds: dict[str, list[Unit]] = {}
    for one in rests:
        if one.unit.head:
            kinds.setdefault(_NUMERAL.sub("", one.unit.mark), []).append(one.unit)
    heads = max(kinds.values(), key=len, default=[])
    count, wanted = len(heads), len(grounds.notes)
    if count >= _FEWEST_ITEMS and count != wanted:
        message = f"要点有{wanted}条，草稿分了{count}项，请核对有没有并项、漏项或多出的项。"
        yield Finding("form.items", Level.WARN, message, heads[-1].start, heads[-1].body)


def _empty(rests: Sequence[Rest]) -> Iterator[Finding]:
    """Yield the sentences within the items that only string formulas together."""
    for one in rests:
        if one.connecting and one.unit.item and not one.unit.head and len(one.unit.text) > _EMPTY_LIMIT:
            if one.facts or one.unit.announces or one.grounds:
                continue
            message = "这一句是套话，没有要点里的内容，请删去或写具体。"
            yield Finding("form.empty", Level.INFO, message, one.unit.start, one.unit.end)
