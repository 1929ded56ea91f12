"""Offices and companies: 市委组织部, 蒙自市住建局, 第三巡察组, 某某有限公司."""

import re
from collections.abc import Iterator

from assistant.text.folded import FoldedText
from assistant.text.names import LEADS, LONGEST_FRONT, lexicon, places
from assistant.types import Fact

_SHORTEST_COMPANY = 6
_LEVEL = 4
_KNOWN_ALONE = ("政法委", "发改委", "卫健委", "国资委", "住建委")


def organisations(page: FoldedText) -> Iterator[Fact]:
    """Yield the organisations of a text: 市委组织部, 蒙自市住建局, 第三巡察组, 某某有限公司."""
    yield from _companies(page)
    places_by_end = {fact.end: fact.start for fact in places(page)}
    for match in lexicon().office.finditer(page.folded):
        first = max(0, match.start() - _LEVEL)
        level = lexicon().level.search(page.folded[first : match.start()])
        if not level and match.group()[-1] not in "局部厅" and match.group() not in _KNOWN_ALONE:
            continue
        start, end = match.start(), match.start()
        if level:
            end = first + level.end("level")
            start = places_by_end.get(end, first + level.start())
        if _begins_there(page, start) and page.folded[match.end() : match.end() + 1] not in (
            "长",
            "门",
            "员",
        ):
            value = page.folded[start:end] + lexicon().aliases[match.group()]
            yield _organisation(page, start, match.end(), value)
    for match in lexicon().body.finditer(page.folded):
        start = places_by_end.get(match.start(), match.start())
        yield _organisation(page, start, match.end(), page.folded[start : match.end()])


def canonical(name: str) -> str:
    """Return an organisation's name with its office as it is called at most: 市中级人民法院 → 市人民法院."""
    aliases = lexicon().aliases
    for start in range(len(name)):
        if name[start:] in aliases:
            return name[:start] + aliases[name[start:]]
    return name


def _organisation(page: FoldedText, start: int, end: int, value: str) -> Fact:
    return Fact("organisation", page.text[start:end], value, start, end)


def _companies(page: FoldedText) -> Iterator[Fact]:
    for match in lexicon().company.finditer(page.folded):
        front = lexicon().front.search(page.folded[max(0, match.start() - LONGEST_FRONT) : match.start()])
        if not front:
            continue
        name = front.group()
        first = match.start() - len(name)
        lead = list(re.finditer(LEADS + r"|了|的|对|等|来自|引进|落户|支持|推动|推荐|名|家", name))
        cuts = [cut.end() for cut in lead if page.begins[first + cut.start()]]
        start = first + max(cuts, default=0)
        masked = page.folded[max(0, start - 1) : start] in tuple("*×Xx")
        if match.end() - start > _SHORTEST_COMPANY and not masked:
            yield _organisation(page, start, match.end(), page.folded[start : match.end()])


def _begins_there(page: FoldedText, start: int) -> bool:
    before = page.folded[max(0, start - 1) : start]
    return before not in ("各", "全", "*", "×", "本") and bool(page.begins[start])
