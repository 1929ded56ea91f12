"""Names of a passage that a draft mentions in a turn of its own: 顾念慈等20位, 大队长冷锋, 在马鞍岭共查处, 白洛川指导的."""

import re
from collections.abc import Iterator

from assistant.checks.people import surnames
from assistant.text.terms import CJK

_POST = re.compile(
    "局长|县长|市长|区长|镇长|乡长|校长|院长|馆长|台长|所长|站长|队长|处长|科长|部长|厅长|行长|政委|主任|书记|主席|理事长|董事长|总经理|经理|调研员|主任医师|教授|专家"
)
_AND_OTHERS = re.compile(r"等(?=\d|[一二两三四五六七八九十]+[位名人家个所])")
_DOING = re.compile("带队|牵头|指导|主持|督办|督导|挂帅|介绍|值守|布展|调研")
_BODIES = re.compile("政法委|组织部|宣传部|统战部|纪委监委")
_LONGEST, _SHORTEST, _NAME = 4, 3, 2
_ONLY = re.compile(f"[{CJK}]+")


def mentions(draft: str, known: str, old: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of names that stand in a passage and in no note."""
    for match in _AND_OTHERS.finditer(draft):
        yield from _ending(draft, match.start(), known, old, person=False)
    for match in _DOING.finditer(draft):
        yield from _ending(draft, match.start(), known, old, person=True)
    for match in _POST.finditer(draft):
        for size in (3, 2):
            name = draft[match.end() : match.end() + size]
            told = match.group() + name in old or size == _SHORTEST
            if told and len(name) == size and name[0] in surnames() and _is_foreign(name, known, old):
                yield match.end(), match.end() + size
                break
    for match in _BODIES.finditer(draft):
        if _is_foreign(match.group(), known, old):
            yield match.span()


def _ending(draft: str, end: int, known: str, old: str, *, person: bool) -> Iterator[tuple[int, int]]:
    """Yield the longest name of a passage that ends here."""
    for size in (_SHORTEST,) if person else range(_LONGEST, _NAME, -1):
        start = end - size
        name = draft[max(0, start) : end]
        if len(name) == size and _is_foreign(name, known, old) and (not person or name[0] in surnames()):
            yield start, end
            return


def _is_foreign(name: str, known: str, old: str) -> bool:
    return name in old and name not in known and bool(_ONLY.fullmatch(name))
