"""What the fact lock knows of words: which say the same, and which must not take each other's place (``lock.toml``)."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from assistant.text.formal import formalise
from assistant.text.words import tagged

_SOURCE = Path(__file__).with_name("lock.toml")
_HAN = "\u4e00-\u9fff"
# 二是支部, 6个小组 tell no name of a department.
_NO_OFFICE = "是要各每该本有在到由对与和及的了个名"
_OFFICE = re.compile(
    rf"(?P<name>(?:(?![{_NO_OFFICE}])[{_HAN}]){{2}})(?P<kind>科室?|股|处室?|组|队|站|所|小组|支部|党支部)(?![{_HAN}]?长)"
)
_FIGURE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?[十百千万亿]*)([个名家人次件项份篇条起处场期户支场轮%])")
# The numbers of items change when these are put in another order.
_ORDINAL = re.compile("[一二三四五六七八九十]+是?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_DENIAL = re.compile(rf"(?:未|没有?|不|无|尚未|从未|并未)(?:能|曾|再|予以|进行)?(?P<what>[{_HAN}]{{2}})")
_DENIES = re.compile("[未没不无非莫难][能曾再]?$|没有$|尚未$|未予$|缺[乏少]?$|难以$|[未没无].{0,3}$|不.$")
_DENIED_BEHIND = re.compile(".{0,2}(?:[不未没无]|较差|滞后|[差慢弱]$)")
_NOUNS = ("n", "nz", "ns", "nr", "nt", "vn")


@dataclass(frozen=True, slots=True)
class _Words:
    equal: tuple[tuple[re.Pattern[str], str], ...]
    alike: dict[str, re.Pattern[str]]
    contrasts: tuple[tuple[re.Pattern[str], ...], ...]


@cache
def _words() -> _Words:
    data = tomllib.loads(_SOURCE.read_text("utf-8"))
    return _Words(
        tuple((re.compile(find), said) for find, said in data["equal"]),
        {word: re.compile(find) for word, find in data["alike"].items()},
        tuple(tuple(re.compile(word) for word in row.split(" ")) for row in data["contrasts"].values()),
    )


def plainly(text: str) -> str:
    """Return a text with what says the same said in one way: 每个月 as 每月, 老是 as 经常."""
    for find, said in _words().equal:
        text = find.sub(said, text)
    return text


def as_written(word: str, text: str) -> str:
    """Return what stands in a text where `plainly` has a word, as far as that can be told."""
    if word in text:
        return word
    found = (find.search(text) for find, said in _words().equal if said in word or word in said)
    return next((match.group() for match in found if match), word)


def alike(word: str) -> re.Pattern[str] | None:
    """Return the pattern of what else says the same as a word of a scale, or none."""
    return _words().alike.get(word)


def swapped(before: str, after: str) -> Iterator[str]:
    """Yield, as a Chinese clause, each word that gave its place to one that says something else of the same sort."""
    for row in _words().contrasts:
        lost, came = _lost_and_came(row, before, after)
        if lost and came:
            yield f"“{lost}”换成了“{came}”"
    yield from _figures(before, after)
    yield from _offices(before, after)
    yield from _denials(before, after)
    yield from _nouns(before, after)
    yield from _exchanged(before, after)


def _lost_and_came(row: tuple[re.Pattern[str], ...], before: str, after: str) -> tuple[str, str]:
    lost = came = ""
    for word in row:
        old, new = word.findall(before), word.findall(after)
        if len(old) > len(new) and not new:
            lost = old[0]
        elif len(new) > len(old) and not old:
            came = new[0]
    return lost, came


def _figures(before: str, after: str) -> Iterator[str]:
    """Yield the figure that gave its place to another before the same measure word, whatever else was read there."""
    old, new = (
        [match.groups() for match in _FIGURE.finditer(text.translate(_HALF_WIDTH))]
        for text in (before, after)
    )
    for figure, measure in old:
        came = [other for other, same in new if same == measure and (other, same) not in old]
        if (figure, measure) not in new and came:
            yield f"数字“{figure}{measure}”换成了“{came[0]}{measure}”"


def _offices(before: str, after: str) -> Iterator[str]:
    """Yield the departments of one kind that were exchanged: 教育科 for 人事科."""
    old, new = ({match.group(): match for match in _OFFICE.finditer(text)} for text in (before, after))
    for name, match in old.items():
        other = next(
            (
                word
                for word, each in new.items()
                if each["kind"] == match["kind"] and word not in before and each["name"] != match["name"]
            ),
            None,
        )
        if name not in after and other:
            yield f"“{name}”换成了“{other}”"


def _denials(before: str, after: str) -> Iterator[str]:
    """Yield what one text denies and the other says outright."""
    for one, other, how in ((before, after, "少了"), (after, before, "多出")):
        for match in _DENIAL.finditer(one):
            what = match["what"]
            said = [place.start() for place in re.finditer(what, other)]
            if said and one.count(what) == 1 and not any(_is_denied(other, at) for at in said):
                yield f"“{what}”前{how}否定词"


def _is_denied(text: str, at: int) -> bool:
    """Tell whether a word of two characters is denied, before it or behind: 未落实, 落实不到位."""
    before = text[max(0, at - 4) : at]
    return _DENIES.search(before) is not None or _DENIED_BEHIND.match(text, at + 2) is not None


def _nouns(before: str, after: str) -> Iterator[str]:
    """Yield the noun that alone was exchanged for another, in a clause that is otherwise as it was."""
    old, new = tagged(before), tagged(after)
    if len(old) != len(new):
        return
    differing = [(one, other) for one, other in zip(old, new, strict=True) if one[0] != other[0]]
    if len(differing) != 1:
        return
    (one, tag), (other, other_tag) = differing[0]
    nouns = tag.startswith(_NOUNS) and other_tag.startswith(_NOUNS) and min(len(one), len(other)) > 1
    if nouns and not set(one) & set(other) and not _is_formal(one, other):
        yield f"“{one}”换成了“{other}”"


def _exchanged(before: str, after: str) -> Iterator[str]:
    """Yield two words that took each other's place: 上半年12次、下半年8次 with the numbers the other way round."""
    old, new = ([word for word, _ in tagged(text)] for text in (before, after))
    if Counter(old) != Counter(new):
        return
    codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    moves = {
        (old[low], new[start])
        for code, low, high, start, end in codes
        if code == "replace" and high - low == end - start == 1
    }
    for one, other in sorted(moves):
        if (other, one) in moves and not _ORDINAL.fullmatch(one):
            yield f"“{one}”与“{other}”换了位置"
            return


def _is_formal(one: str, other: str) -> bool:
    """Tell whether the table of formal words makes one of the other."""
    return other in formalise(one)
