"""Institutions and works with a name of their own: 东方电机厂, 县中医院, 第二税务分局, 黑龙潭水库."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from assistant.text.fixed import any_of
from assistant.text.folded import FoldedText
from assistant.text.names import name_lists
from assistant.text.offices import canonical
from assistant.text.words import tagged
from assistant.types import Fact

_HAN = "\u4e00-\u9fff"
_WINDOW = 14
_LONGEST_NAME = 4
_MOST_DOMAIN_WORDS = 3
_LEARNED = ("学院", "大学", "研究所", "研究院", "设计院", "科学院")
_PROPER = ("ns", "nz", "nt", "nr", "nrt", "nrfg")
_DOMAIN = ("n", "vn", "b", "j", "an", "ng", "s", "t")
_DOMAIN_SIGNS = "医港陵理工农林师财商警"
_FRONT = re.compile(rf"[{_HAN}]{{1,{_WINDOW}}}\Z")
_NOT_BEHIND = "长员们化型级式"
# 普惠性, 智能化, 新开工: what segmentation guesses to be names, and is none.
_ADJECTIVE_ENDS = "化性式型级类"
_NOT_IN_GUESSED = frozenset("新建进于行举力争升晋与化性式型级开工创轮全各为的了和在是到把被向从对将")


@dataclass(frozen=True, slots=True)
class InstitutionLexicon:
    """The word lists of names.toml for bodies, as patterns and sets."""

    suffix: re.Pattern[str]
    work: re.Pattern[str]
    national: re.Pattern[str]
    body: re.Pattern[str]
    works: frozenset[str]
    departments: frozenset[str]
    brands: frozenset[str]
    trades: frozenset[str]
    fields: frozenset[str]
    generic: frozenset[str]
    levels: frozenset[str]
    toponymic: frozenset[str]


@cache
def _lexicon() -> InstitutionLexicon:
    data = name_lists()
    table = data["institutions"]
    levels = [level for level in data["levels"] if level not in ("街道", "镇", "乡")]
    bodies = "|".join(sorted(table["generic_bodies"], key=len, reverse=True))
    return InstitutionLexicon(
        suffix=re.compile(any_of([*table["suffixes"], *table["departments"]])),
        work=re.compile(any_of(table["works"])),
        national=re.compile(any_of(table["national"])),
        body=re.compile(rf"(?P<level>{any_of(levels)})?(?P<body>{bodies})(?![{_NOT_BEHIND}])"),
        works=frozenset(table["works"]),
        departments=frozenset(table["departments"]),
        brands=frozenset(table["brands"]),
        trades=frozenset(table["trades"]),
        fields=frozenset(table["fields"]),
        generic=frozenset(table["generic"]),
        levels=frozenset(
            [*levels, *(level + "委" for level in levels), *(level + "政府" for level in levels)]
        ),
        toponymic=frozenset(data["places"]["characters"]),
    )


def institutions(page: FoldedText) -> Iterator[Fact]:
    """Yield the institutions of a text that have a name of their own, in order within each sort."""
    for match in _lexicon().national.finditer(page.folded):
        if page.begins[match.end()] and page.folded[max(0, match.start() - 1) : match.start()] != "、":
            yield Fact("organisation", page.text[slice(*match.span())], match.group(), *match.span())
    yield from _named(page, works=False)


def works(page: FoldedText) -> Iterator[Fact]:
    """Yield the works and sites of a text, which are places: 黑龙潭水库, 青龙河灌区."""
    yield from _named(page, works=True)


def bodies(text: str) -> list[Fact]:
    """Return the bodies of a text that have no name of their own, by level: 市委, 县政府, 区纪委, 党组, 董事会.

    They are no facts, for every report speaks of them; but 县委 and 市委 are not the same.
    """
    page = FoldedText(text)
    found = []
    for match in _lexicon().body.finditer(page.folded):
        whole = match["level"] or len(match["body"]) > 1
        if whole and page.begins[match.start()] and page.begins[match.end()]:
            found.append(Fact("organisation", page.text[slice(*match.span())], match.group(), *match.span()))
    return found


def _named(page: FoldedText, *, works: bool) -> Iterator[Fact]:
    lexicon = _lexicon()
    for match in (lexicon.work if works else lexicon.suffix).finditer(page.folded):
        suffix, end = match.group(), match.end()
        if page.folded[max(0, match.start() - 1) : match.start()] in ("", suffix[0], " ", "，", "、"):
            continue
        if not _ends_there(page, end) or (works and page.folded[end : end + 1] in tuple("镇乡村县")):
            continue
        front = _FRONT.search(page.folded[max(0, match.start() - _WINDOW) : match.start()])
        length = own_name(front.group(), suffix) if front else 0
        start = match.start() - length
        if (
            length
            and page.begins[start]
            and page.folded[max(0, start - 1) : start] not in tuple("*×各全本每该某")
        ):
            kind = "place" if works else "organisation"
            value = page.folded[start:end] if works else canonical(page.folded[start:end])
            yield Fact(kind, page.text[start:end], value, start, end)


def _ends_there(page: FoldedText, end: int) -> bool:
    return bool(page.begins[end]) and page.folded[end : end + 1] not in tuple(_NOT_BEHIND)


@lru_cache(maxsize=16384)
def own_name(front: str, suffix: str) -> int:
    """Return how many characters before 医院, 水库 … are its name: 0 for 乡镇卫生院, 3 for 黑龙潭水库."""
    lexicon = _lexicon()
    words = list(reversed(tagged(front)))
    domain = 0 if suffix in lexicon.works else _domain(words)
    own = 0
    while domain + own < len(words) and _is_own(*words[domain + own]):
        own += 1
    own = own or _toponymic(words[domain:])
    name = [word for word, _ in words[: domain + own]]
    if own and suffix in lexicon.departments:
        own *= bool(domain) and name[domain][-1] in "省市县区州旗委府"
    if own and not (suffix in lexicon.works and name[-1] in lexicon.levels and own == 1):
        return sum(map(len, name))
    last = words[0][0]
    trade = (last in lexicon.trades and "公司" in suffix) or (last in lexicon.fields and suffix in _LEARNED)
    guessed = (
        suffix in lexicon.departments and last[0] in lexicon.levels and len(last) > 1 and not _is_listed(last)
    )
    return len(last) if trade or guessed else 0


def _toponymic(words: list[tuple[str, str]]) -> int:
    """Return how many words, each of what names of places are made of, make up a name: two in 白石|河 水库."""
    lexicon = _lexicon()
    run = list(
        takewhile(lambda one: set(one[0]) <= lexicon.toponymic and one[0] not in lexicon.generic, words)
    )
    if run and run[-1][0][0] in "和通达至":
        return 0
    return len(run) if 1 < sum(len(word) for word, _ in run) <= _LONGEST_NAME else 0


def _domain(words: list[tuple[str, str]]) -> int:
    """Return how many words tell an institution's trade: two in 市 医疗 保障 中心; none where a proper name stands first."""
    count = 0
    for word, tag in words[:_MOST_DOMAIN_WORDS]:
        if _is_own(word, tag) or tag not in _DOMAIN or word in _lexicon().generic:
            break
        if len(word) == 1 and word not in _DOMAIN_SIGNS:
            break
        count += 1
    return count


def _is_own(word: str, tag: str) -> bool:
    lexicon = _lexicon()
    if word in lexicon.levels or word in lexicon.brands or (tag == "m" and word.startswith("第")):
        return word not in lexicon.generic
    if word in lexicon.generic or len(word) == 1 or word[-1] in _ADJECTIVE_ENDS:
        return False
    return set(word) <= lexicon.toponymic or (tag in _PROPER and not _is_guessed_wrong(word))


def _is_guessed_wrong(word: str) -> bool:
    return bool(_NOT_IN_GUESSED & set(word)) and not _is_listed(word)


def _is_listed(word: str) -> bool:
    import rjieba

    return len(rjieba.cut(word, hmm=False)) == 1
