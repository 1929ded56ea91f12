"""Topic sentences, which only name what the sentences behind them say: 账目衔接不够严密 before what the note tells."""

import re

from assistant.checks.likeness import content, evidence, held_share
from assistant.checks.units import Unit

_LONGEST_HEAD, _LONGEST_NAME, _LONGEST_SENTENCE = 28, 15, 20
# What share of its matter the words behind a topic sentence, or their notes, must hold.
_RELATED = 0.2
# What has happened is no topic: 一是多名干部被群众举报.
_EVENT = re.compile("被|遭到|受到|发生|引发|酿成|接到|查处|举报|上访|通报")
_HEADING = re.compile(
    r"(?:坚[决持定]|加[强快大]|强化|深化|优化|细化|守[牢住好]|筑牢|夯实|压[实紧]|落[实细]|抓[好实牢紧严]|推[进动]|完善|健全|规范|严[格明肃]"
    r"|做[好实优]|提[升高]|改进|持续|继续|聚焦|统筹|突出|注重|着力|全力|狠抓|激发|培育|保障|服务|密切|充实|丰富|改善|拓展|巩固)"
)
_SHORTFALL = re.compile(
    r"(?:还|仍|尚|也|有时|有所|存在|一定)*(?:(?:不够|不太|不甚|不尽|欠(?![缺款薪债账])|有待|尚需|还需|仍需)[^，。；]{0,6}"
    r"|不(?:到位|及时|深入|规范|完善|健全|完备|均衡|平衡|扎实|明[显确]|清晰|理想|彻底|充分|积极|主动|经常|稳定|科学|合理|顺畅|全面|严格|严密|紧密|严|实|细|深|强|高|足|多|全|齐|畅|紧|密|广|大|牢|力)"
    r"|(?:有|存在)?(?:差距|不足|短板|弱项|薄弱环节|欠缺|漏洞|疏漏|提升空间)"
    r"|(?:较为|比较|较|偏|相对)?(?:薄弱|滞后|单一|粗放|松散|松懈|迟缓|缓慢|低|少|慢|弱|差))(?:的?(?:问题|情况|现象))?[。；：]?$"
)


def is_topic(unit: Unit, behind: str, notes: str) -> bool:
    """Tell whether a stretch names the topic of what stands ``behind`` it and rests on these notes.

    It names a task, or a shortfall; only the head of an item may name it in words of its own, unless
    they tell of an event.
    """
    size = len(unit.text)
    if size <= _LONGEST_NAME and _HEADING.match(unit.text):
        return True
    fault = _SHORTFALL.search(unit.text)
    if unit.head and size <= _LONGEST_HEAD:
        return not _EVENT.search(unit.text) or _is_related(unit.text, behind, notes)
    if size > _LONGEST_SENTENCE or re.search("[，；]", unit.text[:-1]):
        return False
    if not fault:
        return unit.start == 0 and not _EVENT.search(unit.text) and _is_related(unit.text, behind, notes)
    return _is_related(unit.text[: fault.start()], behind, notes)


def _is_related(text: str, behind: str, notes: str) -> bool:
    matter = content(text, without=("light", "formula", "topics"))
    return not matter.weight or held_share(matter, evidence([behind, notes])) >= _RELATED
