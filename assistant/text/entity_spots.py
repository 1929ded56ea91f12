"""Spots within a place: parks, bridges, tunnels, buildings, estates, markets, hills and rivers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_scan import HAN, Scan, entity_lists, longest_of, verbs

_NUMBER = r"(?:[0-9一二三四五六七八九十]{1,3}(?:号楼|号院|栋|幢|座|单元|楼|室|层|号|期)[0-9]{0,4})*"
_CROSSING = re.compile(
    rf"(?P<one>[{HAN}]{{2,6}}?(?:路|街|大道|巷))[与和](?P<other>[{HAN}]{{2,6}}?(?:路|街|大道|巷))(?:交叉口|路口|交汇处)"
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class _Spots:
    tail: re.Pattern[str]
    short: frozenset[str]
    lead: re.Pattern[str]
    behind: re.Pattern[str]
    general: frozenset[str]
    no_name: re.Pattern[str]


@cache
def _spots() -> _Spots:
    lists = entity_lists()["spots"]
    tails, short = lists["tails"].split(), lists["short_tails"].split()
    return _Spots(
        tail=re.compile(rf"(?P<tail>{longest_of([*tails, *short])}){_NUMBER}"),
        short=frozenset(short),
        lead=re.compile(rf"(?:{longest_of(lists['leads'].split())})$"),
        behind=re.compile(rf"[，。；、：（）\s]|$|{longest_of(lists['behind'].split())}"),
        general=frozenset(lists["general"].split()),
        no_name=re.compile(rf"[{lists['no_characters']}]"),
    )


def find_spots(scan: Scan, places: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield where spots begin and end; ``places`` are the starts of the text's places by their ends."""
    for match in _CROSSING.finditer(scan.folded):
        for start in range(match.start(), match.end("one") - 2):
            if start in places or _spots().lead.search(scan.folded[max(0, start - 3) : start]):
                yield start, match.end()
                break
    for match in _spots().tail.finditer(scan.folded):
        at = match.start()
        starts = range(at - 2, max(at - (2 if match["tail"] in _spots().short else _LONGEST), 0) - 1, -1)
        for start in starts:
            listed = scan.folded[start - 1 : start] == "、" and start - 1 in places
            led = listed or start in places or _spots().lead.search(scan.folded[max(0, start - 3) : start])
            if led and _is_name(scan, start, match):
                yield start, match.end()
                break


def _is_name(scan: Scan, start: int, match: re.Match[str]) -> bool:
    """Tell whether what stands before a spot's last word is a name; a hill or river must end its phrase as well."""
    spots, name = _spots(), scan.folded[start : match.start()]
    if not re.fullmatch(f"[{HAN}]{{2,6}}", name) or spots.no_name.search(name):
        return False
    if match["tail"] in spots.short and not spots.behind.match(scan.folded, match.end()):
        return False
    words = [
        scan.folded[max(word.start, start) : min(word.end, match.start())]
        for word in scan.between(start, match.start())
    ]
    return any(word not in spots.general for word in words) and not any(
        len(word) > 1 and word in verbs() for word in words
    )
