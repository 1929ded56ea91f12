"""Internal titles in 《》, and the names of platforms, systems, apps and brands."""

import itertools
import re
from collections.abc import Iterator
from functools import cache

from assistant.text.entity_scan import HAN, Entity, Scan, Word, entity_lists, longest_of, place_lists, verbs

_TITLE = re.compile(r"《(?P<title>[^《》\n]{1,80}+(?:《[^《》\n]{1,80}+》[^《》\n]{0,80}+){0,3}+)》")
_PUBLIC = re.compile(
    r"(?:关于印发|关于)?(?:中华人民共和国|中国共产党|中共中央|国务院|中央|全国|习近平|毛泽东|邓小平|国家|最高人民)"
    r"|(?:党章|宪法|民法典|刑法|[\u4e00-\u9fff]{2,20}(?<!办)法(?:实施条例|实施细则)?|新闻联播|人民日报|求是|资本论|共产党宣言|现代汉语词典|论党的自我革命|政府工作报告|摆脱贫困|之江新语)(?:[（(].*)?$"
    r"|(?:关于新形势下党内政治生活的若干准则|关于加强党的政治建设的意见|党政机关(?:厉行节约反对浪费条例|国内公务接待管理规定|公文处理工作条例|公文格式|办公用房管理办法|公务用车管理办法)"
    r"|党政领导干部(?:选拔任用工作条例|考核工作条例|辞职.*|任职.*)|党政干部选拔任用工作条例|党委（党组）.{4,24}(?:规定|条例|规则|办法)|事业单位(?:人事管理条例|领导人员管理规定|工作人员.*规定)"
    r"|干部(?:选拔任用工作监督检查和责任追究办法|教育培训工作条例|人事档案.*)|公务员(?:法|考核规定|.*规定)|公职人员政务处分法|关于加强和维护党中央集中统一领导的若干规定|领导干部报告个人有关事项规定|信访工作条例|地方党政领导干部.*规定"
    r"|优化营商环境条例|保障农民工工资支付条例|重大行政决策程序暂行条例|政府信息公开条例|机关事务管理条例|十四五规划.*)$"
)
_BARE = frozenset(
    [
        "方案",
        "报告",
        "意见",
        "决定",
        "通知",
        "实施方案",
        "实施意见",
        "工作方案",
        "规划",
        "办法",
        "规定",
        "制度",
        "条例",
        "章程",
        "细则",
        "公告",
        "通报",
        "纪要",
        "清单",
        "工作要点",
        "工作报告",
        "协议",
        "合同",
        "承诺书",
        "责任书",
        "党风廉政建设责任书",
        "目标责任书",
        "准则",
        "指南",
        "纲要",
        "决议",
        "讲话",
        "公报",
        "文件名",
        "文件名称",
        "标题",
    ]
)
_MASKED = re.compile(r"[*×Xx]+")
_QUOTED = re.compile(r"[“「『](?P<name>[^“”「」『』\n。，；]{2,16})[”」』]")
_BREAKS = ("p", "c", "u", "r", "m", "q", "d", "y", "e", "t", "o", "k", "h", "v", "ad")


def find_titles(scan: Scan) -> Iterator[Entity]:
    """Yield what stands in 《》, without the marks, where it is no public law, rule or book and not only 方案 or 报告."""
    for match in _TITLE.finditer(scan.text):
        title = match["title"]
        if _PUBLIC.match(title) or title.strip() in _BARE or not _MASKED.sub("", title).strip():
            continue
        if scan.is_free(*match.span("title")):
            yield scan.entity("title", *match.span("title"))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]]:
    lists = {name: words.split() for name, words in entity_lists()["brands"].items()}
    letters = place_lists()["letters"]
    local = re.compile(
        rf"(?:[{letters}](?:[里事省服时快汇易速惠企政心就E]|速办|服办)[办通事码服]{{1,2}}|[{letters}](?:速办|省事|政通|快办|易办|事办|服办|里办|时办|心办|政钉)|爱[{HAN}]{{2}}(?=App|APP)|i[{HAN}]{{2}})"
    )
    return (
        re.compile(longest_of(lists["suffixes"])),
        re.compile(
            rf"[的等]?(?:(?:党建|服务|特色|政务|移动|手机|微信|网上|线上|专属|文化|志愿服务|廉政|学习|教育)?{longest_of(lists['quoted'])})"
        ),
        local,
        frozenset(lists["generic"]),
        frozenset(entity_lists()["platforms"].split()),
    )


def find_brands(scan: Scan) -> Iterator[Entity]:
    """Yield platforms, systems, apps and brands: 蒙速办, 内蒙古干部网络学院, “灯塔－党建在线”平台."""
    spans = {*_quoted(scan), *_with_suffix(scan)}
    spans |= {
        match.span() for match in _patterns()[2].finditer(scan.folded) if _stands_alone(scan, *match.span())
    }
    last = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last and scan.is_free(start, end) and scan.folded[start:end] not in _patterns()[4]:
            yield scan.entity("brand", start, end)
            last = end


def _stands_alone(scan: Scan, start: int, end: int) -> bool:
    return scan.begins(start)


def _quoted(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield the names in quotation marks that a word such as 平台 or App follows, alone or at the end of a list of them."""
    for match in _QUOTED.finditer(scan.folded):
        behind = match.end()
        while more := re.compile("[、和及与]?(?:[“「『][^“”「」『』\n。，；]{2,16}[”」』])").match(
            scan.folded, behind
        ):
            behind = more.end()
        inside = match["name"]
        if _patterns()[1].match(scan.folded, behind) or _ends_as_platform(inside):
            yield match.span("name")


def _ends_as_platform(name: str) -> bool:
    suffix = re.search(rf"(?:{_patterns()[0].pattern})$", name)
    return (
        bool(suffix) and name[: suffix.start()] not in _patterns()[3] and len(name) > 3 if suffix else False
    )


def _with_suffix(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield the names that end with 平台, 系统, App and hold a name of their own."""
    for match in _patterns()[0].finditer(scan.folded):
        start = _walk(scan, match.start())
        words = [word for word in scan.between(start, match.start()) if word.text not in _patterns()[3]]
        if words and _is_proper(words, match.group()):
            yield start, match.end()


def _walk(scan: Scan, at: int) -> int:
    start = at
    while start > 0 and at - start < 14:
        word = scan.word_at(start - 1)
        is_name = re.fullmatch(rf"[{HAN}A-Za-z0-9]+|[-－+·]", word.text) and not word.text.isdigit()
        if (
            not is_name
            or word.text in verbs()
            or word.text in ("好", "强", "等")
            or (word.text not in _patterns()[3] and word.tag.startswith(_BREAKS))
            or scan.taken[start - 1]
        ):
            break
        start = word.start
    while start < at and scan.folded[start] in "-－+·":
        start += 1
    return start


def _is_proper(words: list[Word], suffix: str) -> bool:
    if any(word.tag in ("ns", "nr", "nrt") or "-" in word.text for word in words):
        return True
    singles = [word for word in words if len(word.text) == 1 and word.tag != "eng"]
    if any(one.end == other.start for one, other in itertools.pairwise(singles)):
        return True
    return suffix in ("APP", "App", "app", "小程序", "公众号", "视频号", "客户端", "网络学院", "云课堂")
