"""Streets, schools and departments of the notes that a draft calls otherwise: 青石巷 → 红石巷, 财务科 → 人事科."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.names import NO_NAME
from assistant.text.terms import CJK
from assistant.text.words import tagged

Found = tuple[int, int, str, Sequence[str]]
_PLACE = re.compile(
    rf"(?=(?P<own>[{CJK}]{{2}})(?P<kind>巷|路|街|桥|弄|胡同|小区|广场|公园|大厦|码头|公司|小学|中学|幼儿园|医院|卫生院|超市|饭店|酒店|市场|水库|渡口)(?![线径灯段面]))"
)
_DEPARTMENT = re.compile(
    "(?P<own>人事|财务|综合|组织|宣传|纪检|业务|信息|法规|审批|后勤|总务|教务|德育|医务|护理|采购|工程|技术|安全|生产|质量|市场|计划|统计|档案|秘书"
    "|保卫|审计|监督|监察|执法|规划|项目|预算|国库|农业|社保|民政|信访|督查|政工|党建|党务|老干|行政|检验|药剂|设备|基建|资产|招生|学生|科研|政策"
    "|改革|经济|投资|外事|机要|保密|网络|数据|运营|客服|销售|物资|调度|劳资|培训)(?P<kind>[科处室股部组办])(?![长员级门署分位室里内])"
)
_FORCE = re.compile(rf"(?P<own>[{CJK}]{{2}})(?P<kind>大队|支队|中队|总队)")
# 老旧小区, 集中小学: words of the language, and no names.
_WORDS = ("a", "v", "b", "d", "f", "m", "r")


def altered_places(draft: str, known: str) -> Iterator[Found]:
    """Yield the names in no note that differ by one character from one there, with what the notes have."""
    there = {match["own"] + match["kind"] for match in _PLACE.finditer(known)}
    for match in _PLACE.finditer(draft) if there else ():
        own, kind = match["own"], match["kind"]
        if own + kind in known or own in known or set(own) & NO_NAME or _is_word(own):
            continue
        alike = [
            name
            for name in sorted(there)
            if name[2:] == kind and sum(one == two for one, two in zip(own, name, strict=False)) == 1
        ]
        if alike:
            yield match.start(), match.start() + len(own + kind), own + kind, alike


def altered_departments(draft: str, known: str) -> Iterator[Found]:
    """Yield the departments of which no note speaks, with those of the same kind in the notes."""
    for pattern in (_DEPARTMENT, _FORCE):
        there = sorted({match.group() for match in pattern.finditer(known)})
        for match in pattern.finditer(draft) if there else ():
            alike = [name for name in there if name.endswith(match["kind"])]
            if alike and match["own"] not in known and not set(match["own"]) & NO_NAME:
                yield *match.span(), match.group(), alike


def _is_word(own: str) -> bool:
    words = tagged(own)
    return len(words) == 1 and words[0][1].startswith(_WORDS)
