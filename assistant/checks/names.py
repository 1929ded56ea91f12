"""Names that a draft has from a passage and from no note: 市城市管理综合执法支队, 翠湖社区, 钱伟民."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.checks.bearings import masked
from assistant.checks.likeness import vocabulary
from assistant.checks.mentions import mentions
from assistant.checks.people import name_places
from assistant.checks.results import Text
from assistant.text.names import name_lists
from assistant.text.terms import CJK
from assistant.types import Finding, Level, Note, Reference

_SUFFIX = re.compile(
    "研究所|事务所|基金会|支队|大队|总队|中心|集团|公司|学院|大学|中学|小学|科学院|研究院|医院|法院|检察院|法庭|监狱|银行|协会|学会|联合会|残联|妇联|团委|纪委|监委|工委|国资委|讲师团"
    "|巡[察视回]\\w{0,4}?组|指导组|督导组|考核组|纪检监察组|局|厅|委员会|办公室|街道办事处|管委会|项目部|分局|法庭|福利院|养老院|管理处|服务处|服务站|敬老院"
    "|社区|街道|水库|灌区|林场|农场|新城|新区|园区|码头|大桥|[村镇乡县厂矿河湖岭峡湾]"
)
_RUN = re.compile(rf"[{CJK}]{{1,20}}$")
_OWN, _LONGEST, _SHORTEST, _FARTHEST = 2, 8, 6, 20
# What no name begins with or has: 全镇, 这个村, 在红石镇.
NO_NAME = frozenset(
    "的了和与及在对各全本该等个名家两二三四五六七八九十多某每有其这那我所辖由被请向从到赴以为将把给让使同跟是或并而于不未没内外上下大小新老旧原现前后驻入进出是非各此何几半同"
)
_PAIRS = re.compile(
    "党员|干部|群众|机关|基层|中心|农村|城市|行政|自然|贫困|试点|示范|部门|单位|业务|主管|职能|有关|相关|专业|职业|高等|人民|公共|工业|产业|科技|高新|技术|党委|政府|上级|下级|全体|移民|安置|帮扶|结对|包联|易地|城乡|国有|子|分"
)
_REGION = re.compile("^(?:国家|中央|省|市|县|区|州|旗|镇|乡|自治)")
_ONES_OWN = re.compile(r"党组|党委|党工委|党总支|党支部|领导班子")
# As the subject of the draft's first sentence stands the unit itself: 镇纪委紧盯…
_SUBJECT = re.compile(
    r"[^，。]{0,3}?(?:将|坚持|认真|深入|切实|紧紧|紧盯|紧扣|围绕|聚焦|持续|严格|全面|自觉|始终|扎实|有关|工作|党风|党建)"
)
_FIRST = re.compile("[。：:\n]|$")


def leaked_names(draft: str, notes: Sequence[Note], passages: Sequence[Text]) -> Iterator[Finding]:
    """Yield the names that stand in the draft and in a passage and in no note, the longest common part of each."""
    if not passages:
        return
    known = "\n".join(note.text for note in notes)
    old = "\n".join(text.text for text in passages)
    taken = 0
    for start, end in sorted(
        [*_bodies(draft, known, old), *_people(draft, known, old), *mentions(draft, known, old)]
    ):
        if start < taken or masked(draft, start, end):
            continue
        name = draft[start:end]
        place = next((text for text in passages if name in text.text), None)
        if place is None:
            continue
        taken = end
        at = place.text.find(name)
        message = f"“{name}”出自旧稿{place.id}，要点里没有，请核对后删去或补写要点。"
        refers = Reference("passage", place.id, at, at + len(name))
        yield Finding("fact.leaked", Level.ERROR, message, start, end, refers)


def _bodies(draft: str, known: str, old: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of organisations and places."""
    opening = _FIRST.search(draft)
    first = opening.start() if opening else 0
    for match in _SUFFIX.finditer(draft):
        end = match.end()
        if end <= first and (_SUBJECT.match(draft, end) or _ONES_OWN.match(draft, end)):
            continue
        run = _RUN.search(draft, max(0, end - _FARTHEST), match.start())
        whole = _from_region(run.group() + match.group(), known, old) if run else ""
        if whole:
            yield end - len(whole), end
            continue
        own = run.group()[-_OWN:] if run else ""
        short = own[-1:] + match.group()
        if _REGION.match(own[-1:]) and len(match.group()) > 1 and short in old and short not in known:
            yield end - len(short), end
            continue
        if len(own) < _OWN or match.group() == "中心" or _is_common(own):
            continue
        if len(match.group()) == 1 and own.endswith(_common_places()):
            continue
        name = own + match.group()
        if name in known or own in known or name not in old:
            continue
        yield _widened(draft, end - len(name), end, old), end


@cache
def _common_places() -> tuple[str, ...]:
    return tuple(name_lists()["places"]["common"])


def _from_region(run: str, known: str, old: str) -> str:
    """Return the longest name that begins with 省, 市, 区委 … and stands in a passage only."""
    for start in range(len(run) - _SHORTEST + 1):
        name = run[start:]
        if _REGION.match(name) and name in old and name not in known:
            return name
    return ""


def _widened(draft: str, start: int, end: int, old: str) -> int:
    """Return where a name begins that goes on to the left as it does in a passage."""
    while start > 0 and end - start < _LONGEST + _OWN:
        sign = draft[start - 1]
        if sign in NO_NAME or not re.match(f"[{CJK}]", sign) or draft[start - 1 : end] not in old:
            break
        start -= 1
    return start


def _is_common(own: str) -> bool:
    """Tell whether the characters before 村, 局 … are words that many have."""
    if set(own) & NO_NAME or _PAIRS.search(own):
        return True
    return bool(vocabulary("light", "formula", "topics").fullmatch(own))


def _people(draft: str, known: str, old: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of persons' names."""
    for start, end in name_places(draft):
        name = draft[start:end]
        if name in old and name not in known:
            yield start, end
