"""Units named by words of every day: a shop, school or company whose name begins where the sentence lets one begin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_scan import HAN, Entity, Scan, entity_lists, longest_of, verbs

_SHORT = re.compile(
    r"[（(](?:(?:以下|下)?(?:统|合)?(?:一)?简称|(?:以下|下)称)(?:为)?[：:]?\s?[“"
    r"\"'「『]?(?P<name>[^“”\"'「」『』（）()，。；、\s]{2,12})[”\"'」』]?[）)]"
)
_LONGEST = 8
# 佳和, 顺和: no name joins one character to nothing.
_JOINED = re.compile(f"[{HAN}]和")
_COUNT = re.compile("[一二三四五六七八九十两几数百千万]+[家个所间座处批名位条件项年月日次种类些部]")


@dataclass(frozen=True, slots=True)
class _Shops:
    tail: re.Pattern[str]
    lead: re.Pattern[str]
    general: frozenset[str]
    no_characters: frozenset[str]
    no_words: re.Pattern[str]
    no_short: frozenset[str]


@cache
def _shops() -> _Shops:
    lists, units = entity_lists()["shops"], entity_lists()["units"]
    firms = [tail for tail in units["bodies"].split() if tail not in lists["no_tails"].split()]
    general = {*lists["general"].split(), *units["generic"].split(), *units["inner"].split(), *firms}
    return _Shops(
        tail=re.compile(longest_of([*lists["tails"].split(), *firms])),
        lead=re.compile(rf"(?:^|[，。；：、！？（(“\s\n]|{longest_of(lists['leads'].split())})$"),
        general=frozenset(general - {*units["names"].split()}),
        no_characters=frozenset(lists["no_characters"]),
        no_words=re.compile(longest_of(lists["no_words"].split())),
        no_short=frozenset(lists["no_shorts"].split()),
    )


def find_shops(scan: Scan) -> Iterator[tuple[int, int]]:
    """Yield the units that a general word such as 饭店 or 公司 ends, and that begin behind a word that leads to names."""
    for match in _shops().tail.finditer(scan.folded):
        if not scan.begins(match.end()) and len(match.group()) < 3:
            continue
        if re.match("长(?!期)|员|化|级|性|式|型|类|界|法", scan.folded[match.end() : match.end() + 2]):
            continue
        for start in range(match.start() - 2, max(match.start() - _LONGEST, 0) - 1, -1):
            if _begins_a_name(scan, start) and _is_a_name(scan, start, match.start()):
                yield start, match.end()
                break


def _begins_a_name(scan: Scan, start: int) -> bool:
    """Tell whether a name may begin here; a lead of two characters outweighs a word that runs across."""
    lead = _shops().lead.search(scan.folded[max(0, start - 4) : start])
    return lead is not None and (scan.begins(start) or len(lead.group()) > 1)


def _is_a_name(scan: Scan, start: int, end: int) -> bool:
    """Tell whether the words before a general one make a name: a word of no trade and no rank, and no verb."""
    shops, name = _shops(), scan.folded[start:end]
    if (
        not re.fullmatch(f"[{HAN}]{{2,8}}", name)
        or shops.no_words.search(name)
        or not scan.is_free(start, end)
    ):
        return False
    pieces = [
        (scan.folded[max(word.start, start) : min(word.end, end)], word.tag)
        for word in scan.between(start, end)
    ]
    own = [(piece, tag) for piece, tag in pieces if piece not in shops.general]
    if any(piece in shops.no_characters for piece, _ in pieces) and not _JOINED.fullmatch(name):
        return False
    acts = any(len(piece) > 1 and _is_action(piece, tag) for piece, tag in own)
    return not acts and sum(len(piece) for piece, _ in own) > 1


def _is_action(text: str, tag: str) -> bool:
    """Tell whether a word does or links rather than names; 希望 and 博爱 are names all the same."""
    named = text in entity_lists()["units"]["names"].split()
    return not named and (
        text in verbs()
        or (len(text) < 3 and tag[0] in "pcdrqu")
        or _COUNT.match(text) is not None
        or tag in ("v", "vd", "f")
    )


def find_short_names(scan: Scan, found: Sequence[Entity]) -> Iterator[Entity]:
    """Yield the short names that a text gives to its units in brackets, wherever they stand: （以下简称“…”）."""
    ends = {entity.end for entity in found if entity.kind in ("unit", "brand", "place")}
    for match in _SHORT.finditer(scan.folded):
        name = match["name"]
        if match.start() in ends and name not in _shops().no_short:
            for place in re.finditer(re.escape(name), scan.folded):
                if scan.is_free(*place.span()):
                    yield scan.entity("unit", *place.span())
