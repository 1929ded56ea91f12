"""Persons with their posts: 张三局长, 局长张三, 李明华同志, 王书记, 张某某, 联系人张三."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.text.fixed import any_of
from assistant.text.folded import FoldedText
from assistant.text.names import name_lists
from assistant.text.words import tagged
from assistant.types import Fact

_HAN = "\u4e00-\u9fff"
# Characters of posts, bodies and grammar, which given names hardly have.
_NOT_GIVEN = (
    "书局部处科省州县市区镇乡村院校所站队组主副委党政纪检监察干任长级届位员总支会办厅司公厂室股班团第前原现兼时"
    "的了和与及在对各全本把为是由等其他这那个名家项不有同将就都也又一二三四五六七八九十两几"
)
_BEHIND = (
    r"(?=[^\w]|同志|主持|带队|率队|督办|督导|指导|主讲|授课|参加|出席|讲|作|到|率|深入|汇报|要求|强调|指出|介绍|带领|表示|说|在|赴|等|为|对|向|和|就|与"
    r"|代表|传达|宣读|通报|带头|亲自|牵头|负责|联系|$)"
)
_BEHIND_NAME = re.compile(_BEHIND)
# A body before a name: 县委党校王建军. What stands behind must then be the end of the phrase.
_BODY_END = "校局院委办部厅所站处科室村社区镇乡队公司"
_BARE = ("labelled", "member", "leading", "group")
# What hardly ends a name.
_BETWEEN = frozenset("，、。；：的了和与及在 \n书记局长主任")
_SHORT = 2
# 由梁淑萍带队: what stands before who does it.
_AGENTS = ("由", "请", "经", "在")
_UNNAMED = ("同志", "委员", "常委", "干事", "会计")
# 梅州长潭水库, 卓越工程师: these posts are also parts of other words.
_COMMON_POSTS = re.compile(
    "[州林河湖田路街巷片园矿场行团营连排班会台司室社]长|.*(?:师|计|纳|警官|法官|察官|判员)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be a person's, by where it stands and what told it."""

    start: int
    end: int
    whole: tuple[int, int]
    post: str
    sort: str


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    """Return what names look like around a post, a label, a body, or before 牵头, compiled when it is first asked for."""
    return re.compile(_patterns()[sort])


@cache
def _patterns() -> dict[str, str]:
    """Return the patterns; each begins with what is seldom, to be fast."""
    data = name_lists()["persons"]
    surname = f"(?:{any_of(data['compound'])}|[{data['surnames']}])"
    sure = f"[{''.join(sign for sign in data['surnames'] if sign not in data['rare'])}]"
    first = rf"(?![{_NOT_GIVEN}])[{_HAN}]"
    full = rf"{surname}{first}{first}"
    name = rf"(?:{full}|{any_of(data['compound'])}{first}|{sure}(?:[三四五]|{first}))"
    return {
        "post": (any_of(data["posts"])),
        "before": (rf"(?P<name>{name})|(?P<called>{sure})"),
        "behind": (
            rf"(?P<named>{name}{_BEHIND}|{sure}{first}{first}|{sure}长{first}{_BEHIND}|{surname}{first}(?=[带率]队))(?:同志)?"
        ),
        "labelled": (rf"{any_of(data['labels'])}[：:]?(?P<name>{name}|{surname}长{first})(?=[^\w]|同志|$)"),
        "member": (rf"[{_BODY_END}](?P<name>{full})(?=[^\w]|同志|等|$)"),
        "leads": ("牵头|负责|主持|[带率]队|督办"),
        "group": (r"等(?=[\d二两三四五六七八九十百]{1,4}余?[名位人])"),
        "full": (full),
        "anonymous": (rf"某{{1,2}}(?P<post>{any_of(data['posts'])})?"),
    }


def persons(page: FoldedText) -> Iterator[Fact]:
    """Yield the persons of a text; the value is the name, and the post behind a blank where one is given."""
    taken = 0
    for candidate in sorted(_candidates(page), key=lambda one: (one.whole[0], -one.whole[1])):
        name = page.folded[candidate.start : candidate.end]
        if candidate.whole[0] >= taken and _stands_alone(page, candidate, name):
            value = f"{name} {candidate.post}".removesuffix(" 同志").strip()
            yield Fact("person", page.text[slice(*candidate.whole)], value, *candidate.whole)
            taken = candidate.whole[1]


def _candidates(page: FoldedText) -> Iterator[Candidate]:
    text = page.folded
    for match in _pattern("anonymous").finditer(text):
        start = match.start() - 1
        if start >= 0 and _pattern("before").fullmatch(text, start, match.start()):
            end = match.start("post") if match["post"] else match.end()
            yield Candidate(start, end, (start, match.end()), match["post"] or "", "anonymous")
    for match in _pattern("post").finditer(text):
        yield from _beside(text, match)
    for sort in ("labelled", "member"):
        for match in _pattern(sort).finditer(text):
            yield Candidate(match.start("name"), match.end("name"), match.span("name"), "", sort)
    for sort, pattern in (("leading", _pattern("leads")), ("group", _pattern("group"))):
        for match in pattern.finditer(text):
            start = match.start() - 3
            if start < 0 or not _pattern("full").fullmatch(text, start, match.start()):
                continue
            before = text[max(0, start - 1) : start]
            if sort == "group" or before in _AGENTS or not _is_han(before):
                yield Candidate(start, match.start(), (start, match.start()), "", sort)


def _beside(text: str, match: re.Match[str]) -> Iterator[Candidate]:
    """Yield the names before and behind a post."""
    post, at = match.group(), match.start()
    if text[at - 1 : at] not in _BETWEEN and text[match.end() : match.end() + 1] != "会":
        for length in (4, 3, 2, 1):
            found = _pattern("before").fullmatch(text, at - length, at) if at >= length else None
            if found:
                sort = "name" if found["name"] else "called"
                yield Candidate(at - length, at, (at - length, match.end()), post, sort)
    behind = _pattern("behind").match(text, match.end())
    if behind:
        yield Candidate(*behind.span("named"), (at, behind.end()), post, "named")


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _stands_alone(page: FoldedText, candidate: Candidate, name: str) -> bool:
    """Tell whether the name begins where a word does, and is no dictionary word of more than the name."""
    start, end, sort = candidate.start, candidate.end, candidate.sort
    if not (page.begins[start] and page.begins[end]):
        return False
    if sort == "called":
        common = _COMMON_POSTS.fullmatch(candidate.post) and not _BEHIND_NAME.match(
            page.folded, candidate.whole[1]
        )
        return candidate.post not in _UNNAMED and not common and not candidate.post.endswith("医师")
    if (
        sort == "name"
        and _COMMON_POSTS.fullmatch(candidate.post)
        and (len(name) == _SHORT or candidate.post.endswith("师"))
    ):
        return False
    if page.begins.find(1, start + 1, end) < 0 and not tagged(name)[0][1].startswith("nr"):
        return False
    told = sort == "labelled" and name[0] not in name_lists()["persons"]["rare"]
    if (
        sort in _BARE
        and not told
        and page.folded[start - 1 : start] not in ("：", ":")
        and not _is_known(name)
        and not _is_spelt(page, candidate, name)
    ):
        return False
    if sort == "named" and len(name) == _SHORT and name[0] in name_lists()["persons"]["rare"]:
        return _is_known(name)
    apart = page.begins[start + 1] and not page.begins[start + 2]
    return sort != "named" or bool(_BEHIND_NAME.match(page.folded, end)) or bool(apart)


def _is_spelt(page: FoldedText, candidate: Candidate, name: str) -> bool:
    """Tell whether a name that leads or stands for a group is none of the dictionary's words: 梁|淑|萍, 顾念|慈."""
    if candidate.sort not in ("leading", "group") or name[0] in name_lists()["persons"]["rare"]:
        return False
    apart = sum(page.begins[candidate.start : candidate.end])
    return apart == len(name) or (candidate.sort == "group" and bool(page.begins[candidate.end - 1]))


@lru_cache(maxsize=4096)
def _is_known(name: str) -> bool:
    """Tell whether segmentation takes a name, alone, for a person's, or for a surname and what is no common word."""
    (first, tag), *rest = tagged(name)
    if not rest:
        return tag.startswith("nr")
    surname = len(first) == 1 or first in name_lists()["persons"]["compound"]
    return surname and all(len(word) == 1 or kind.startswith(("nr", "nz")) for word, kind in rest)
