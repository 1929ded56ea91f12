"""What stands before and behind names of persons, and the lists of their characters."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_scan import HAN, Scan, entity_lists, longest_of

_OPEN = frozenset("，。；：、！？（(“”\"'‘’【[《〈 \t\u3000\n\r:;,|/—-…·*#>)）】]》0123456789.")
_CLOSE = frozenset("，。；：、！？（）()“”\"'‘’【】[]《》 \t\u3000\n\r:;,|/—-…0123456789.")
_ASIDE = re.compile("[（(](?:男|女|身份|系|时任|原|现任|手机|电话|联系)")
_COUNTED = re.compile("等[0-9一二三四五六七八九十几多两]|处(?=[，。；、\\s]|$)|说|称|问道")


@dataclass(frozen=True, slots=True)
class PersonLists:
    """Characters and words that tell names of persons, from entities.toml."""

    surname: re.Pattern[str]
    rare: frozenset[str]
    half: frozenset[str]
    sure: frozenset[str]
    common: frozenset[str]
    never: frozenset[str]
    seldom: frozenset[str]
    ordinary: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    called: re.Pattern[str]
    ethnic: re.Pattern[str]


@cache
def person_lists() -> PersonLists:
    """Return the lists of entities.toml, as patterns."""
    lists = entity_lists()["persons"]
    posts, before, after = lists["posts"].split(), lists["before"].split(), lists["after"].split()
    singles = "".join(sorted(set(lists["surnames"])))
    sure = "".join(
        sorted(set(lists["surnames"]) - set(lists["rare"]) | set("马石金龙毛钱孔程叶万白方常安申易江田"))
    )
    common = "".join(sorted(set(lists["common"])))
    titles = longest_of(
        [post for post in posts if post not in ("成员", "代表", "专家", "干警", "组员", "队员", "负责人")]
    )
    return PersonLists(
        surname=re.compile(rf"{longest_of(lists['compound'].split())}|[{singles}]"),
        rare=frozenset(lists["rare"]),
        half=frozenset(lists["half"]),
        sure=frozenset(lists["sure"]),
        common=frozenset(lists["common"]),
        never=frozenset(lists["never"]),
        seldom=frozenset(lists["seldom"]),
        ordinary=frozenset(entity_lists()["ordinary"].split()),
        before=re.compile(
            rf"(?:{'|'.join(sorted([*posts, *before], key=len, reverse=True))})(?:同志)?[：:是为\s]{{0,2}}$"
        ),
        after=re.compile(rf"\s?(?:{longest_of([*posts, *after])})"),
        called=re.compile(
            rf"(?P<called>[{sure}])(?={titles})|(?P<familiar>[小老][{sure}])(?=[，。、；：！？说在去来和跟的把被给家又也就都讲问送带负同两三没未不,.\s])|(?P<short>[{sure}](?:姐|哥|总|工|局|处|科|院|校|主席|老师|师傅|大爷|大妈|大姐|大哥|奶奶|爷爷|婆婆|阿姨|叔叔)(?![{HAN}])|[{sure}](?:姐|哥|总|工)(?=[说在去来和跟的把被给家又也就都讲问送带负同没]))|(?P<some>[{singles}]某(?:某?[甲乙丙丁]|某|[{common}](?=[，。；、：！？（）()\s]|$))?)"
        ),
        ethnic=re.compile(rf"(?:{longest_of(lists['ethnic'].split())}){{1,3}}"),
    )


def left_anchor(scan: Scan, start: int) -> int:
    """Return how well what stands before a name leads to one, 0 to 3."""
    before = scan.folded[max(0, start - 8) : start]
    if not before or before[-1] in _OPEN:
        words = person_lists().before.search(before.rstrip(' \t\u3000：:（(“"'))
        return 3 if words and before[-1] in "：:（( \t\u3000“" else 1
    if match := person_lists().before.search(before):
        return 3 if len(match.group()) > 1 else 1
    return 0


def right_anchor(scan: Scan, end: int) -> int:
    """Return how well what stands behind a name follows one, 0 to 3."""
    if end >= len(scan.folded) or scan.folded[end] in _CLOSE:
        return 3 if _ASIDE.match(scan.folded, end) else 1
    if _COUNTED.match(scan.folded, end):
        return 3
    if match := person_lists().after.match(scan.folded, end):
        return 3 if len(match.group()) > 1 else 1
    word = scan.word_at(end)
    return 2 if word.start == end and word.tag[0] in "vdp" and len(word.text) > 1 else 0
