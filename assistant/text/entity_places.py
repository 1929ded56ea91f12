"""Places: provinces and prefectures by name, what is below them by its suffix, and streets with their numbers."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_scan import HAN, Entity, Scan, Word, entity_lists, longest_of, place_lists, verbs
from assistant.text.entity_spots import find_spots

# Marked as adverbs, pronouns and so on: no part of a name, and what stands after them begins one.
_BREAKS = (
    "p",
    "c",
    "u",
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
    "w",
    "x",
    "eng",
    "v",
    "vd",
    "vn",
    "vi",
    "vq",
    "ad",
    "f",
)
_NO_NAME = frozenset(
    "的了和与及在对各全本该把为是由等其他这那个项不到赴从将于同被让使给但而且并就都也又还我你们每某个访驻"
)
# 百县千(镇), 三(城一)区, 向全(市), 副(镇)长: no name of a place ends so.
_NO_LAST = frozenset("一二两三四五六七八九十百千万名各全跨副促用设")
# Single verbs that stand before names: 去, 住. Others may be a name's first character: (怀)德区, (上)河村.
_NO_HEAD = frozenset("去来住往看查建说问报转请位经已现曾未不没有无")
# 七里镇, 五里铺村, 二道河子村, but not 五个村.
_NUMBERED = re.compile(
    r"(?<![一二三四五六七八九十百千第几])(?:[一二三四五六七八九十百]{1,2}(?:里|道|岔|家|间|河|塘|湾|桥|眼井|棵|星|座|甲|都|墩|房|台子|面|份|顷|股|方|角|渡|界|峰|泉|潭)|八一|五一|三八|九三|[中太永兴仁祥顺义保共人]和)"
    r"(?:[河江沟湾桥塘山坪坡井庙口子铺店堡屯庄墩岗岭冲坝圩林洼营房地]{0,2})$"
)
_SMALL = ("镇", "乡", "村", "社区", "街道", "嘎查", "苏木", "屯", "寨")
# 云州市, but not 各州市.
_NAMED_STATE = re.compile("[^各全两几省地本该每]州市")
_FOLLOWING = {
    "市": "场值面盈井斤级域直本属",
    "区": "域别分划间位块隔级直属", "县": "域级直属", "村": "落庄居", "镇": "定压静痛守区", "乡": "村镇亲愁土贤情音",
    "省": "份略力去心时钱级属", "州": "际", "旗": "帜舰下号袍手", "社区": "矫", "街": "头舞景",
    "路": "径线过况面灯网段上途", "屯": "粮垦",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Places:
    known: re.Pattern[str]
    full: frozenset[str]
    suffix: re.Pattern[str]
    street: re.Pattern[str]
    common: frozenset[str]
    common_streets: frozenset[str]
    single: frozenset[str]
    plain: frozenset[str]
    villages: frozenset[str]


def short_name(place: str) -> str:
    """Return a province's or prefecture's name without its suffix: 红河 of 红河哈尼族彝族自治州."""
    if match := re.match(
        r"(.{2,4}?)(?:(?:壮族|回族|维吾尔|布依族|苗族|[\u4e00-\u9fff]{1,4}族).*)?(?:自治区|自治州|特别行政区)$",
        place,
    ):
        name = match.group(1)
        return {"博尔塔拉蒙": "博尔塔拉", "伊犁哈": "伊犁"}.get(name, name)
    return re.sub("(?:林区|地区|市|省|盟)$", "", place)


@cache
def _places() -> _Places:
    lists, words = place_lists(), entity_lists()["places"]
    full = [*lists["provinces"].split(), *lists["prefectures"].split()]
    short = {short_name(place) for place in full} - set(lists["ambiguous"].split())
    extra = {"伊犁", "博尔塔拉", "巴音郭楞", "克孜勒苏"}
    banners = [f"{name}旗" for name in lists["banners"].split()]
    return _Places(
        known=re.compile(longest_of([*full, *short, *extra, *banners])),
        full=frozenset([*full, *banners]),
        suffix=re.compile(longest_of(words["suffixes"].split())),
        street=re.compile(
            rf"{longest_of(words['streets'].split())}(?P<number>(?:[东西南北中]段)?[0-9一二三四五六七八九十百]{{1,6}}(?:号院?|弄|巷|组)(?:[A-Za-z0-9一二三四五六七八九十]{{1,4}}(?:号楼|栋|幢|座|单元|楼|室|层|号|#)|[0-9]{{2,4}})*)?"
        ),
        common=frozenset(words["common"].split()),
        common_streets=frozenset(words["common_streets"].split()),
        single=frozenset(lists["single"].split()),
        plain=frozenset(words["plain"].split()),
        villages=frozenset(words["villages"].split()),
    )


def find_places(scan: Scan) -> list[Entity]:
    """Return the places of a text in order; a chain such as 云岭县石桥镇柳林村 is one place for each link."""
    spans = {
        match.start(): match.end()
        for match in _places().known.finditer(scan.folded)
        if _is_known(scan, match)
    }
    ends = {end: start for start, end in spans.items()}
    for match in _places().suffix.finditer(scan.folded):
        start = _name_start(scan, match, ends)
        if start is not None:
            _add(spans, ends, _over_first(scan, start, match.group()), match.end())
    for match in _places().street.finditer(scan.folded):
        start = _street_start(scan, match, ends)
        if start is not None:
            _add(spans, ends, start, match.end())
    for start, end in find_spots(scan, ends):
        _add(spans, ends, start, end)
    found = [scan.entity("place", start, end) for start, end in sorted(spans.items())]
    return [place for place in found if scan.is_free(place.start, place.end)]


def _over_first(scan: Scan, start: int, suffix: str) -> int:
    """Go left over a first character that the dictionary does not take for the name's: (大)河湾村, (乌)兰花苏木."""
    if suffix not in ("村", "镇", "乡", "屯", "寨", "苏木", "嘎查") or start == 0:
        return start
    word = scan.word_at(start - 1)
    alone = len(word.text) == 1 and re.match(f"[{HAN}]", word.text) and not scan.taken[start - 1]
    if not alone or word.text in _NO_NAME | _NO_HEAD or word.text in "省市县区乡镇村州旗局":
        return start
    before = scan.folded[start - 2 : start - 1]
    led = not re.match(f"[{HAN}]", before) or _breaks(scan.word_at(start - 2))
    return start - 1 if led and not (_breaks(word) and word.tag != "f") else start


def _add(spans: dict[int, int], ends: dict[int, int], start: int, end: int) -> None:
    """Keep the longer of two spans that begin together."""
    if spans.get(start, 0) < end:
        ends.pop(spans.get(start, -1), None)
        spans[start] = end
        ends[end] = start


def _is_known(scan: Scan, match: re.Match[str]) -> bool:
    start, end = match.span()
    if match.group() in _places().full:
        return True
    word = scan.word_at(start)
    return scan.begins(start) and (scan.begins(end) or word.tag == "ns" or scan.folded[end] in "市省州县区")


def _name_start(scan: Scan, match: re.Match[str], ends: dict[int, int]) -> int | None:
    """Return where the name before a suffix begins, or none where the suffix ends no name."""
    suffix, at = match.group(), match.start()
    behind = scan.folded[match.end() : match.end() + 1]
    if behind and behind in _FOLLOWING.get(suffix, ""):
        return None
    if (
        behind == "长"
        and len(scan.word_at(match.end()).text.removeprefix(suffix)) == 1
        and match.end() - match.start() == 1
        and not _is_head(scan, match.end())
    ):
        return None
    for length in (2, 3, 1, 4):
        if at - length in ends and _is_link(scan.folded[at - length : at], suffix):
            return at - length
    if (
        at in ends and scan.folded[at - 1] not in "市县区镇乡村旗州"
    ):  # a prefecture's short name with another suffix
        return ends[at]
    if numbered := _NUMBERED.search(scan.folded[max(0, at - 5) : at]):
        return at - len(numbered.group()) if suffix in _SMALL else None
    start = _walk(scan, at, match.end())
    name = scan.folded[start:at]
    return start if start < at and _is_name(scan, name, suffix, start, at) else None


def _is_head(scan: Scan, at: int) -> bool:
    """Tell whether another place's name begins here, as in 双溪区(长乐街道)."""
    return bool(
        re.match(rf"[{HAN}]{{2,3}}?(?:镇|乡|街道|村|社区|路|派出所|中学|小学)", scan.folded[at : at + 5])
    )


def _is_link(name: str, suffix: str) -> bool:
    """Tell whether what stands between a place and a suffix is a name: 云岭县(石桥)镇."""
    if name in _places().common or name[0] in _NO_NAME or _is_plain(name, suffix):
        return False
    if not re.fullmatch(f"[{HAN}]+", name):
        return False
    if suffix in ("省", "市", "州"):
        return False
    if len(name) == 4:
        return suffix in ("县", "旗", "村", "社区", "街道", "自治县") and not _ends_common(name)
    return (
        bool(re.fullmatch(f"[{HAN}]+", name))
        and not _ends_common(name)
        and (len(name) > 1 or suffix in ("县", "区"))
    )


def _is_plain(name: str, suffix: str) -> bool:
    """Tell whether name and suffix make a general word: 城市, 乡村, 市县, 重点城镇."""
    if (
        name in _places().plain
        or (_NAMED_STATE.fullmatch(name + suffix) is None and name[-1:] + suffix[:1]) in _places().plain
        or set(name) <= set("省市县区乡镇村州旗地全各")
    ):
        return True
    if name[-1:] in _NO_LAST:
        return True
    if suffix == "旗" and name[-1:] in "红国党军锦校大彩队战团星":
        return True
    return name in place_lists()["world"].split() or (
        suffix in ("镇", "县", "市") and name[-1:] in "强小古名重集大"
    )


def _ends_common(name: str) -> bool:
    return any(name[cut:] in _places().common for cut in range(len(name) - 1)) or name[:1] in "各全"


def _walk(scan: Scan, at: int, end: int) -> int:
    """Return where the words that may be a place's own name begin, going left from its suffix."""
    if (
        scan.word_at(at - 1).end == end
        and scan.word_at(at - 1).tag == "ns"
        and end - scan.word_at(at - 1).start > 2
    ):
        return scan.word_at(at - 1).start
    at = _over_peoples(scan, at)
    start = at
    while start > 0 and at - start < 6:
        word = scan.word_at(start - 1)
        first = start == at
        if not re.fullmatch(f"[{HAN}]+", word.text) or scan.taken[start - 1] or _is_higher(word, start, at):
            break
        if (
            _breaks(word)
            and not (first and (_may_name(word, scan.folded[at:end]) or word.start < at < word.end))
            and not (
                len(word.text) == 1
                and at - start < 2
                and word.text not in _NO_NAME
                and word.text not in _NO_HEAD
            )
        ):
            break
        if at - start >= 2 and (len(word.text) > 1 or at - start > 2 or scan.word_at(start).end - start > 1):
            break
        start = word.start
    return start


def _is_higher(word: Word, start: int, at: int) -> bool:
    """Tell whether a word is the province or city that a name follows: (甘肃省)云州市."""
    return start < at and word.tag == "ns" and len(word.text) > 2 and word.text[-1] in "省市县区旗"


def _over_peoples(scan: Scan, at: int) -> int:
    """Go left over the peoples before 自治县: 双江(拉祜族佤族布朗族傣族)自治县."""
    while (
        at > 0
        and (word := scan.word_at(at - 1)).text.endswith("族")
        and word.end == at
        and len(word.text) > 1
    ):
        at = word.start
    return at


def _may_name(word: Word, suffix: str) -> bool:
    """Tell whether a word that is no noun may still be a place's name: 团结(村), 定远(县)."""
    if word.text in _places().villages:
        return suffix not in ("市", "县", "区")
    return (
        len(word.text) == 2 and word.tag == "d" and word.text not in verbs() and not set(word.text) & _NO_NAME
    )


def _breaks(word: Word) -> bool:
    return word.tag in _BREAKS or word.text in verbs() or (len(word.text) == 1 and word.text in _NO_NAME)


def _is_name(scan: Scan, name: str, suffix: str, start: int, at: int) -> bool:
    if _is_plain(name, suffix) or (suffix == "省" and len(name) != 2):
        return False
    whole = scan.word_at(start)
    if whole.tag == "ns" and whole.text == name + suffix and len(name) > 1 and name not in _places().common:
        return True
    if (
        name in _places().common
        or _ends_common(name)
        or any(word.text in _NO_NAME for word in scan.between(start, at))
    ):
        return False
    if len(name) == 1:
        return (
            suffix in ("县", "市")
            and (whole.text == name + suffix or name in _places().single)
            and not _preceded(scan, start)
        )
    words = scan.between(start, at)
    proper = any(word.tag in ("ns", "nr", "nz", "nrt", "nrfg", "nt") for word in words) or all(
        len(word.text) == 1 for word in words
    )
    if suffix in ("区", "省", "州", "旗", "寨", "屯", "地区", "自治区"):
        if suffix == "区" and len(name) == 2 and (_leads_on(scan, at + 1) or _led(scan, start)):
            return True
        return proper or (words[-1].text == name + suffix and words[-1].tag == "ns")
    return proper or len(name) <= 4


def _led(scan: Scan, start: int) -> bool:
    return start == 0 or scan.folded[start - 1] in "到赴在、，是由与"


def _leads_on(scan: Scan, end: int) -> bool:
    """Tell whether an office or a smaller place follows: (怀德区)财政局, (石门区)东山镇."""
    return bool(
        re.match(
            rf"[{HAN}]{{0,10}}?(?:局|委|政府|法院|检察院|镇|街道|人大|政协|中学|小学|医院|公司|派出所|中心|厅|站|院|社|会)",
            scan.folded[end : end + 14],
        )
    )


def _preceded(scan: Scan, start: int) -> bool:
    """Tell whether a Chinese character that belongs to a word stands before: 全县, 到各县."""
    return (
        start > 0
        and bool(re.match(f"[{HAN}]", scan.folded[start - 1]))
        and not _breaks(scan.word_at(start - 1))
    )


def _may_be_street(scan: Scan, start: int, end: int) -> bool:
    return all(not _breaks(word) or word.text in _places().villages for word in scan.between(start, end))


def _street_start(scan: Scan, match: re.Match[str], ends: dict[int, int]) -> int | None:
    """Return where a street begins: one with a number, or one that follows a place."""
    at = match.start()
    if (
        scan.folded[match.end() : match.end() + 1] in _FOLLOWING.get(match.group()[-1], "")
        and not match["number"]
    ):
        return None
    for length in (2, 3, 4):
        name = scan.folded[max(0, at - length) : at]
        plain = name in _places().common_streets or set(name) & _NO_NAME
        if at - length in ends and not plain and _may_be_street(scan, at - length, at):
            return at - length
    start = _walk(scan, at, match.end())
    if match["number"] and at - start < 2 and scan.word_at(start - 1).text in _places().villages:
        return scan.word_at(start - 1).start
    name = scan.folded[start:at]
    if (
        len(name) < 2
        or name[-1] in "电道思铁公线网套出半类型"
        or name in _places().common_streets
        or any(name.endswith(word) for word in _places().common_streets if len(word) > 1)
    ):
        return None
    words = scan.between(start, at)
    if match.group() == "新区" and len(name) == 2 and _leads_on(scan, match.end()):
        return start
    proper = (
        words[0].tag in ("ns", "nr", "nz")
        or name in _places().villages
        or all(len(word.text) == 1 for word in words)
    )
    return (
        start
        if match["number"]
        or (
            proper
            and match.group()
            in ("路", "大街", "大道", "街", "巷", "小区", "胡同", "新区", "开发区", "高新区", "经开区")
        )
        else None
    )


def is_plain_place(name: str) -> bool:
    """Tell whether a word is a general one for a kind of place: 城市, 乡村."""
    return name in _places().plain or name in _places().common or name in place_lists()["world"].split()
