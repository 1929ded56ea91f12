"""What tells who, where and which in a text: persons, units, places, brands, internal titles, numbers and addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from assistant.text.entity_codes import find_codes
from assistant.text.entity_persons import find_persons, looks_like_person
from assistant.text.entity_places import find_places, is_plain_place
from assistant.text.entity_scan import Entity, Scan, entity_lists, longest_of, place_lists
from assistant.text.entity_shapes import is_surname
from assistant.text.entity_shops import find_short_names
from assistant.text.entity_titles import find_brands, find_titles
from assistant.text.entity_units import find_units

KINDS = {
    "person": "人名", "unit": "单位", "place": "地名", "brand": "平台", "title": "文件", "document": "文号", "phone": "电话", "id": "证件",
    "account": "账号", "plate": "车牌", "email": "邮箱", "url": "网址", "ip": "地址", "amount": "数量",
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?<![\dA-Za-z.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\dA-Za-z.,])\d+(?:\.\d+)?(?=\s?(?:[%％‰个余多万亿千百十]|[元户人名家项件次份篇条起处场期批亩吨米斤里套台辆间栋座所支对组册本张位只头棵株袋箱升度秒倍岁天周公平立]|[Kk]?[Mm]\b))"
    r"|(?<![一二三四五六七八九十百千万亿〇零两第])(?:[一二三四五六七八九两][十百千万亿][一二三四五六七八九十百千万亿零]*|十[一二三四五六七八九]?[万亿]?)(?=[余多]?[个元户人名家项件次份篇条起处场期批亩吨米斤套台辆间栋座所])"
)


@cache
def _fixed() -> re.Pattern[str]:
    lists = entity_lists()
    return re.compile(longest_of([*lists["fixed"].split(), *lists["platforms"].split()]))


@cache
def _world() -> frozenset[str]:
    return frozenset(place_lists()["world"].split())


def find_entities(
    text: str, *, names: Mapping[str, str] | None = None, amounts: bool = False
) -> list[Entity]:
    """Return what must not leave, in order and without overlap.

    ``names`` are the user's own, each with its kind; ``amounts`` finds amounts and counts too. Fixed political terms,
    central organs, public laws and general words (我局, 市委, 各支部) are none of it, nor is what is masked already.
    """
    scan = Scan(text)
    found = _own_names(scan, names or {})
    found += find_codes(scan)
    _take_fixed(scan)
    found += _taken(scan, find_titles(scan))
    places = find_places(scan)
    found += _taken(scan, find_units(scan, places))
    found += _taken(scan, find_brands(scan))
    found += _taken(scan, find_short_names(scan, found))
    persons = find_persons(scan)
    found += _taken(scan, _longer_than_places(persons, places))
    found += _taken(scan, (place for place in places if place.text not in _world()))
    found += _taken(scan, persons)
    found += _taken(scan, _echoes(scan, found))
    if amounts:
        found += _taken(
            scan, (scan.entity("amount", *match.span()) for match in _AMOUNT.finditer(scan.folded))
        )
    return sorted(found, key=lambda entity: entity.start)


def _longer_than_places(persons: list[Entity], places: list[Entity]) -> Iterator[Entity]:
    """Yield the persons whose name holds a place's: 姚(玉林), (常德)福."""
    starts = {place.start: place.end for place in places}
    ends = {place.end: place.start for place in places}
    for person in persons:
        if (
            starts.get(person.start, person.end) < person.end
            or ends.get(person.end, person.start) > person.start
        ):
            yield person


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the fixed terms of a text, which are never masked."""
    return [match.span() for match in _fixed().finditer(text)]


def guess_kind(name: str) -> str:
    """Return the kind that a user's own name most likely is: what the finders say, a short name a person, else a unit."""
    found = [entity.kind for entity in find_entities(name) if entity.text == name]
    return found[0] if found else ("person" if looks_like_person(name) else "unit")


def _taken(scan: Scan, entities: Iterable[Entity]) -> list[Entity]:
    """Return the entities that touch nothing taken, and take their places."""
    kept = []
    for entity in entities:
        if scan.is_free(entity.start, entity.end):
            scan.take(entity.start, entity.end)
            kept.append(entity)
    return kept


def _own_names(scan: Scan, names: Mapping[str, str]) -> list[Entity]:
    if not names:
        return []
    matches = re.finditer(longest_of(names), scan.text)
    return _taken(scan, (scan.entity(names[match.group()], *match.span()) for match in matches))


def _take_fixed(scan: Scan) -> None:
    for match in _fixed().finditer(scan.folded):
        if (scan.begins(match.start()) or scan.begins(match.end())) and not _is_given(scan, match):
            scan.take(*match.span())


def _is_given(scan: Scan, match: re.Match[str]) -> bool:
    """Tell whether a river's name is a person's given name: 郭长江."""
    return match.group() in ("长江", "黄河") and is_surname(scan, match.start() - 1)


def _echoes(scan: Scan, found: list[Entity]) -> list[Entity]:
    """Return the other places where a unit, place or brand of the text stands, and a place without its suffix."""
    again: dict[str, str] = {}
    for entity in found:
        if entity.kind in ("unit", "place", "brand") and len(entity.text) > 2:
            again[entity.text] = entity.kind
            short = (
                re.sub("(?:自治[县州旗]|[市县区镇乡村旗州]|街道|社区)$", "", entity.text)
                if entity.kind == "place"
                else ""
            )
            if 1 < len(short) < 5 and not is_plain_place(short) and not _is_word(short):
                again.setdefault(short, "place")
    if not again:
        return []
    matches = re.finditer(longest_of(again), scan.text)
    return [
        scan.entity(again[match.group()], *match.span()) for match in matches if _fits(scan, *match.span())
    ]


def _fits(scan: Scan, start: int, end: int) -> bool:
    return scan.begins(start) and (scan.begins(end) or end - start > 2)


@lru_cache(maxsize=4096)
def _is_word(text: str) -> bool:
    """Tell whether a name without its suffix is an ordinary word too: 和平, 建设."""
    words = Scan(text).words
    return len(words) == 1 and words[0].tag not in ("ns", "nr", "nz", "nrt")
