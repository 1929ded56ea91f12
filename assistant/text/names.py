"""Places: only where their left edge is certain; and the word lists of names."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.text.fixed import any_of
from assistant.text.folded import FoldedText
from assistant.text.words import tagged
from assistant.types import Fact

_HAN = "\u4e00-\u9fff"
_NUMERALS = "一二三四五六七八九十百千万亿两几多\\d"
# Characters that no place's own name has, or that stand before one: 在红旗村, 到城关镇, 各乡镇.
_NOT_IN_NAMES = frozenset(
    "的了和与及在对各全本该把为是由等其他这那个名家项不有到赴向从将于同被让使给或但而且并就都也又还我你们每某进入驻下沉以可能会要做作抓推建设加强"
)
LEADS = (
    "补齐|覆盖|涉及|包括|选取|会同|联合|组织|带领|邀请|深入|走进|前往|联系|帮扶|"
    "结对|挂钩|赴|到|在|由|对|与|和|及|向|从|将|把|为|是|于|经|给|让|请|驻|原"
)
_SHORT = 2
LONGEST_FRONT = 20
_SMALL = ("镇", "乡", "村", "县", "街道", "社区")
_KINDS_OF_NAMES = ("ns", "nr", "nrt", "nz", "nt")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of names.toml, as patterns."""

    chain: re.Pattern[str]
    link: re.Pattern[str]
    office: re.Pattern[str]
    level: re.Pattern[str]
    body: re.Pattern[str]
    company: re.Pattern[str]
    front: re.Pattern[str]
    aliases: dict[str, str]
    common: tuple[str, ...]
    kinds: tuple[str, ...]
    characters: frozenset[str]
    suffixes: tuple[str, ...]


@cache
def name_lists() -> dict[str, Any]:
    """Return what names.toml holds."""
    return tomllib.loads((files("assistant.text") / "names.toml").read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    """Return the word lists of names.toml for places, offices and companies."""
    data = name_lists()
    suffixes, bodies = data["places"]["suffixes"], data["bodies"]
    aliases = {other: name for name, others in data["offices"].items() for other in [name, *others]}
    one = _link(suffixes)
    level = any_of(data["levels"])
    return Lexicon(
        chain=re.compile(rf"(?:(?<![{_HAN}*×])(?:{LEADS})?|(?<={_looks(LEADS)}))(?P<names>(?:{one}){{1,4}})"),
        link=re.compile(_link(suffixes, name="suffix")),
        office=re.compile(any_of(aliases)),
        level=re.compile(rf"(?P<level>{level})[直委]?\Z"),
        body=re.compile(
            rf"第[{_NUMERALS}]{{1,3}}{any_of(bodies['numbered'])}|{any_of(bodies['words'])}(?!长)"
        ),
        company=re.compile(any_of(bodies["companies"])),
        front=re.compile(rf"[{_HAN}（）()]{{2,{LONGEST_FRONT}}}\Z"),
        aliases=aliases,
        common=tuple(data["places"]["common"]),
        kinds=tuple(
            word for word in data["places"]["common"] if len(word) > 1 or word in "城园库厂新老大小上下内外"
        ),
        characters=frozenset(data["places"]["characters"]),
        suffixes=tuple(sorted(suffixes, key=len, reverse=True)),
    )


def _link(suffixes: list[str], *, name: str = "") -> str:
    """Return the pattern of one place's name: 苏州市 as a whole, not 苏州."""
    suffix = any_of(suffixes)
    return rf"[{_HAN}]{{1,4}}?(?{f'P<{name}>' if name else ':'}{suffix})(?!{suffix})"


def _looks(words: str) -> str:
    """Return the words of one length only, as a look-behind asks: the last character tells enough."""
    return "[" + "".join(sorted({word[-1] for word in words.split("|")})) + "]"


def places(page: FoldedText) -> Iterator[Fact]:
    """Yield the places of a text in order: 蒙自市, 城关镇红旗村."""
    position = 0
    while match := lexicon().chain.search(page.folded, position):
        position = match.start() + 1
        for start in dict.fromkeys((match.start(), match.start("names"))):
            end = _named_until(page.folded[start : match.end()], page, start)
            if end > start and page.begins[start] and page.begins[end]:
                name = page.text[start:end]
                yield Fact("place", name, name, start, end)
                position = end
                break


def _named_until(chain: str, page: FoldedText, start: int) -> int:
    """Return where the last link that is a name ends."""
    end = start
    for link in lexicon().link.finditer(chain):
        if not _is_name(link.group()[: -len(link["suffix"])], link["suffix"], inner=end > start):
            break
        end = start + link.end()
    behind = page.folded[end : end + 1]
    return start if behind and behind in "级长域委民" else end


@lru_cache(maxsize=4096)
def _is_name(name: str, suffix: str, *, inner: bool) -> bool:
    """Tell whether what stands before 市, 镇, 村 … is a proper name: known as one, or of two characters in a small place.

    A dictionary word is taken only ``inner``, that is behind a place: 绿春县大兴镇.
    """
    import rjieba

    common = lexicon().common
    if (
        suffix in _SMALL
        and 1 < len(name) <= _SHORT + 1
        and _is_toponymic(name)
        and not (inner and name[0] in "和通达至")
    ):
        return True
    if name.endswith(tuple(word for word in common if len(word) > 1) if inner else common):
        return False
    if rjieba.cut(name + suffix, hmm=False) == [name + suffix] and _kind(name + suffix) in _KINDS_OF_NAMES:
        return True
    if set(name) & _NOT_IN_NAMES:
        return False
    if len(rjieba.cut(name, hmm=False)) == 1 and len(name) > 1:
        kind = _kind(name)
        known = kind in ("ns", "nz") or (kind in ("nr", "nrt") and len(name) == _SHORT)
        return known or (inner and suffix in _SMALL)
    return len(name) == _SHORT and suffix in ("镇", "乡", "村", "街道")


def _is_toponymic(name: str) -> bool:
    """Tell whether a name is made of what names of villages are made of, and is no common word for a kind of place."""
    return set(name) <= lexicon().characters and not name.endswith(lexicon().kinds)


def _kind(word: str) -> str:
    """Return a word's part of speech; none where it is more than one word."""
    words = tagged(word)
    return words[0][1] if len(words) == 1 else ""
