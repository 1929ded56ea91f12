"""Units: an office with its place, and a company, school or hospital with a name of its own."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_scan import HAN, Entity, Scan, Word, entity_lists, longest_of, verbs
from assistant.text.entity_shops import find_shops

_BREAKS = (
    "p",
    "c",
    "u",
    "uj",
    "ul",
    "uz",
    "r",
    "m",
    "q",
    "d",
    "y",
    "e",
    "t",
    "o",
    "k",
    "h",
    "v",
    "vd",
    "vi",
    "vq",
    "ad",
)
_PROPER = ("ns", "nr", "nz", "nrt", "nrfg")
_LEAD = re.compile(
    r"(?:中国共产党|中共|共青团|国家税务总局|国家统计局|国网|"
    r"(?:中国)?(?:工商|农业|建设|交通|邮政储蓄|邮储|民生|光大|招商|兴业|浦发|中信|华夏|平安)银行|中国银行|"
    r"中国人寿|中国人保|人保财险|中国移动|中国联通|中国电信|中国邮政|中国铁塔|"
    r"中国人民政治协商会议|中国人民银行|中国[\u4e00-\u9fff]{2,6}(?:公司|集团|银行))$"
)
_NUMBER = r"第?[一二三四五六七八九十百0-9]{1,3}"
_TAIL = (
    rf"{_NUMBER}(?:中学|小学|幼儿园|人民医院|医院|高级中学|实验小学|中|小|幼|"
    r"派出所|支部|党支部|党小组|小组|分局|分校|分公司|项目部|工程局)"
)
_GENERAL = (
    "管理局|服务局|监督局|事务局|促进局|发展局|分局|局|厅|委员会|办公室|指挥部|领导小组|联席会议|大队|"
    "支队|中队|服务中心|管理中心|交易中心|监测中心|检测中心|研究中心|培训中心|保障中心|促进中心|发展中心|"
    "活动中心|文化中心|指导中心|信息中心|救援中心|检验中心|接待中心|工作站|服务站|监测站|管理站|救助站|"
    "综合执法队|综合行政执法队|执法队|工程处|工程队|施工队|服务队|勘查队|勘查大队|勘查院|勘测队|养护站|养护段|"
    "日间照料中心|照料中心|服务站|农信社|精神卫生中心|新华书店|两委|第[一二三四五六七八九十]党支部|"
    "信用联社|农家书屋|书屋|党政办|党政办公室|综治办|经济发展办|社会事务办|应急办|信访办|扶贫办|乡村振兴办|农业办|城建办|规建办|综合办|党建办|财政办|平安办|文化办|"
    "事业部|服务部|工作部|指导站|防治站|检查站|收费站|变电站|客服中心|综治中心|文化中心|调解委员会|"
    "项目部|购销公司|总公司|专班|工作组|志愿服务队|"
    "管理所|研究所|监管所|服务所|管理处|管委会|联合会|协会|商会|学会|基金会"
)
_GENERAL_TAIL = re.compile(_GENERAL)
_WITHIN = r"(?:委|局|厅|院|政府|公司|集团|学校|中学|小学|大学|医院|镇|乡|街道|社区|村|中心|委员会|办事处|管委会|办)?"
_DEPARTMENT = re.compile(
    rf"(?:机关)?(?:{_NUMBER})?(?:机关党委|机关纪委|党支部|党总支|支部委员会|党委|党组|纪委|纪检监察组|工会|团委|办公室|支部|妇联)"
    rf"|第?{_NUMBER}(?:工程处|工程局|工程公司|工程队|项目部|分公司|分局|大队|中队|支队)|项目部|指挥部|[{HAN}]{{2,6}}?(?:科|股|室|大队|中队|工作站|服务站)(?![{HAN}]{{0,1}}(?:长|员|级|学|技|研|内|外|里|普|教|份|东|权|票|友|温))"
)  # fmt: skip
_LOCAL = re.compile("分局|分中心|分公司|分队|中队|大队|支队|所|站")
_NOT_BEHIND = re.compile(
    "面(?!馆|粉)|长(?!期)|员|化|级|民(?![警政办生主兵])|性|式|型|界|舍|子|房|名单|面貌|圈|规模"
)
_BUILDERS = re.compile(
    r"中(?:铁|建|交|冶|水|电建|能建|铁建|核)(?:[一二三四五六七八九十]{1,3}|[东西南北]{1,2})?局(?:集团)?(?:有限)?(?:公司)?"
)
_NUMERALS = frozenset("〇一二三四五六七八九十百第0123456789")


@dataclass(frozen=True, slots=True)
class _Units:
    organ: re.Pattern[str]
    office: re.Pattern[str]
    body: re.Pattern[str]
    generic: frozenset[str]
    general: frozenset[str]
    stops: frozenset[str]
    inner: frozenset[str]
    allowed: frozenset[str]
    organs: frozenset[str]
    names: frozenset[str]


@cache
def _units() -> _Units:
    lists = {name: words.split() for name, words in entity_lists()["units"].items()}
    organs = longest_of([*lists["organs"], *lists["bodies"]])
    # Short words such as 委, 政府 and 法院 tell nothing without a place before them.
    offices = [
        name for name in lists["organs"] if len(name) > 2 and not name.startswith(("委", "人民", "政府"))
    ]
    return _Units(
        organ=re.compile(rf"(?P<between>[{HAN}（）()]{{0,16}}?)(?P<tail>{_TAIL}|{organs}|{_GENERAL})"),
        office=re.compile(longest_of(offices)),
        body=re.compile(longest_of(lists["bodies"])),
        generic=frozenset(lists["generic"]),
        general=frozenset([*lists["inner"], *lists["generic"]]),
        stops=frozenset(lists["stops"]),
        inner=frozenset(lists["inner"]),
        allowed=frozenset([*lists["inner"], *lists["allowed"]]),
        organs=frozenset(lists["organs"]),
        names=frozenset(lists["names"]),
    )


def find_units(scan: Scan, places: Sequence[Entity]) -> list[Entity]:
    """Return the units of a text in order; ``places`` are the text's places."""
    spans: dict[int, int] = {}
    chains = list(_chains(places))
    for start, end in chains:
        if unit := _after_place(scan, start, end):
            spans[unit[0]] = max(unit[1], spans.get(unit[0], 0))
    ends = {end: start for start, end in chains}
    for pattern in (_units().body, _units().office):
        for match in pattern.finditer(scan.folded):
            if unit := _with_own_name(scan, match, ends):
                spans[unit[0]] = max(unit[1], spans.get(unit[0], 0))
    for match in _units().office.finditer(scan.folded):
        if unit := _local_office(scan, match.end()):
            spans[unit[0]] = max(unit[1], spans.get(unit[0], 0))
    for start, end in (*_builders(scan), *find_shops(scan)):
        if not any(other <= start and end <= last for other, last in spans.items()):
            spans[start] = max(_with_departments(scan, end), spans.get(start, 0))
    free = ((start, end) for start, end in sorted(spans.items()) if scan.is_free(start, end))
    return [scan.entity("unit", start, end) for start, end in _joined(free)]


def _builders(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield the bureaus of the state's builders, which have a number for a name: 中铁十二局."""
    for match in _BUILDERS.finditer(scan.folded):
        yield match.span()


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Drop a unit that lies in the one before, and let one that only begins in it lengthen it."""
    first, last = -1, -1
    for start, end in spans:
        if start < last:
            last = max(last, end)
            continue
        if last > first:
            yield first, last
        first, last = start, end
    if last > first:
        yield first, last


def _chains(places: Sequence[Entity]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that places without a gap cover, each also from its every later end: 云岭县, 云岭县石桥镇."""
    start = end = -1
    for place in places:
        if place.start != end:
            start = place.start
        end = place.end
        yield start, end


def _after_place(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    match = _units().organ.match(scan.folded, end)
    if match is None or not _may_end(scan, match.end(), match["tail"]):
        return None
    between = match["between"]
    if between and not _may_stand_between(scan, end, match.start("tail"), match["tail"]):
        return None
    return _over_lead(scan, start), _with_departments(scan, match.end())


def _may_end(scan: Scan, end: int, tail: str) -> bool:
    """Tell whether a unit's name may end here: 云岭县委, but not 云岭县委员 or 云岭县医院长."""
    if tail in ("委", "人大", "会"):
        return not re.match(
            "员|托|派|屈|任|婉|书|会" if tail == "委" else "代表|会",
            scan.folded[end : end + 2].replace("书记", ""),
        )
    return not _NOT_BEHIND.match(scan.folded, end)


def _may_stand_between(scan: Scan, start: int, end: int, tail: str) -> bool:
    """Tell whether the words between a place and an office's last word can be part of a name."""
    if (
        tail
        in ("委", "人大", "工会", "支部", "法院", "政协", "纪委", "团委", "党委", "党组", "政府", "会", "厂")
        and end - start > 4
    ):
        return False
    return all(
        _may_be_part(word)
        or word.end > end
        or word.start < start
        or (word.start == start and _may_be_own(word, tail))
        or (len(tail) > 2 and _GENERAL_TAIL.fullmatch(tail) and _may_be_task(word))
        for word in scan.between(start, end)
    )


def _may_be_task(word: Word) -> bool:
    """Tell whether a verb is what an office is for: (征地拆迁)指挥部, (退役)军人服务站."""
    task = word.tag in ("v", "vn", "l", "i") and len(word.text) in (2, 4)
    return task and word.text not in verbs() and word.text not in _units().stops


def _may_be_own(word: Word, tail: str) -> bool:
    """Tell whether a word right behind a place may be the own name of a shop, school or company: 青溪县(大自然)超市."""
    own = len(word.text) > 2 and word.text not in verbs() and word.tag not in ("i", "v", "ns")
    return _units().body.fullmatch(tail) is not None and (_may_be_name(word) or own)


def _may_be_part(word: Word) -> bool:
    units = _units()
    if len(word.text) == 1 and word.text not in units.stops and re.match(f"[{HAN}]", word.text):
        return True
    if word.text in units.stops or (word.text in verbs() and word.text not in units.inner):
        return False
    if len(word.text) > 3 and word.tag in ("i", "l") and word.text not in ("有限责任", "股份有限"):
        return False
    if word.text in units.allowed or word.text in "（）()":
        return True
    return bool(re.fullmatch(f"[{HAN}]+", word.text)) and not word.tag.startswith(_BREAKS)


def _with_departments(scan: Scan, end: int) -> int:
    """Return where the last department behind a unit ends: 云岭县财政局(办公室)(党支部)."""
    for _ in range(3):
        match = _units().organ.match(scan.folded, end)
        if match and not match["between"] and _may_end(scan, match.end(), match["tail"]):
            end = match.end()
            continue
        match = _DEPARTMENT.match(scan.folded, end)
        if match is None or _NOT_BEHIND.match(scan.folded, match.end()):
            break
        if not all(
            _may_be_part(word) or word.text[0] in _NUMERALS for word in scan.between(end, match.end())
        ):
            break
        end = match.end()
    return end


def _local_office(scan: Scan, at: int) -> tuple[int, int] | None:
    """Return the office named after a place behind an office that tells nothing: 县自然资源局(东坝所)."""
    if at >= len(scan.folded) or not scan.begins(at):
        return None
    word = scan.word_at(at)
    match = _LOCAL.match(scan.folded, word.end)
    named = word.tag in ("ns", "nz", "nr") and 1 < len(word.text) < 4 and word.text not in _units().general
    return (at, match.end()) if match and named and _may_end(scan, match.end(), match.group()) else None


def _with_own_name(scan: Scan, match: re.Match[str], places: dict[int, int]) -> tuple[int, int] | None:
    """Return the unit that ends with a word such as 公司, when what stands before is a name of its own."""
    tail = match.group()
    if not _may_end(scan, match.end(), tail):
        return None
    start, named = _walk(scan, match.start(), places)
    if start == match.start():
        return None
    if not named and not _is_own_name(scan, start, match.start(), tail):
        return None
    return start, _with_departments(scan, match.end())


def _walk(scan: Scan, at: int, places: dict[int, int]) -> tuple[int, bool]:
    """Go left over the words that may belong to a unit's name; tell where they begin, and whether a place is among them."""
    start = at
    while start > 0 and at - start < 24:
        if start in places:
            return _over_lead(scan, places[start]), True
        word = scan.word_at(start - 1)
        if word.end > start and word.start < start <= at and start == at:
            pass
        elif scan.taken[start - 1] or not (_may_be_part(word) or (start == at and _may_be_name(word))):
            break
        start = word.start
    while start < at and scan.folded[start] in "）)":
        start += 1
    if scan.folded[start:at].count("（") + scan.folded[start:at].count("(") != scan.folded[start:at].count(
        "）"
    ) + scan.folded[start:at].count(")"):
        start = max(scan.folded.rfind("（", start, at), scan.folded.rfind("(", start, at)) + 1
    return start, False


def _may_be_name(word: Word) -> bool:
    """Tell whether a verb or an adjective right before 小学 or 公司 is a usual name: 希望, 博爱."""
    return word.text in _units().names


def _over_lead(scan: Scan, start: int) -> int:
    """Return where what leads to a place begins, 国网 or 中共, also where its last character was taken for the place's."""
    for end in (start, start + 1):
        if lead := _LEAD.search(scan.folded[max(0, start - 16) : end]):
            return end - len(lead.group())
    return start


def _is_own_name(scan: Scan, start: int, end: int, tail: str) -> bool:
    """Tell whether words make a name: one of them is known as a name, or no dictionary has it, or none is general."""
    name = scan.folded[start:end]
    units = _units()
    if name in units.generic or len(name) < 2:
        return False
    words = [word for word in scan.between(start, end) if not _is_general(word.text)]
    if not words:
        return False
    proper = any(
        word.tag in _PROPER or (word.tag == "nt" and len(word.text) == 2) for word in words
    ) or _has_singles(scan.between(start, end))
    if tail in units.organs and tail not in ("党支部", "党总支", "农场", "派出所", "司法所", "博物馆"):
        return proper and len(name) <= 4
    return proper or (
        len(words) == 1 and words[0].start == start and len(words[0].text) == 2 and _is_short_tail(tail)
    )


def _is_general(text: str) -> bool:
    """Tell whether a word only tells a unit's trade or rank: 科技, 建筑工程, 重点."""
    known = _units().general
    return text in known or (len(text) > 2 and text[:2] in known and text[2:] in known)


def _is_short_tail(tail: str) -> bool:
    return not tail.endswith(
        (
            "厂",
            "支部",
            "会",
            "大学",
            "学院",
            "研究院",
            "研究所",
            "服务队",
            "工作站",
            "水库",
            "银行",
            "总支",
            "农场",
        )
    )


def _has_singles(words: Sequence[Word]) -> bool:
    """Tell whether two single characters stand side by side, as in a name that no dictionary has."""
    singles = [word for word in words if len(word.text) == 1]
    return any(
        one.end == other.start and not {one.text, other.text} <= _units().generic | _NUMERALS
        for one, other in itertools.pairwise(singles)
    )
