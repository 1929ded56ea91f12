"""What a rewriting may not do to the sense of a sentence, beyond its facts: deny or affirm, drop or add a statement."""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.text.entities import find_entities
from assistant.text.words import tagged
from assistant.writing.changes import Change
from assistant.writing.polish_rules import carriers, opposites

# 不, 未 and so on in words that deny nothing.
_NEUTRAL = re.compile(
    "不[断仅但同管论少过时妨由禁愧久只光单]|不得不|不外乎|[无莫]论|无[私人障偿](?=[机奉献碍])|非[常遗物]|未来|没收|是否|能否|否则"
)
_DENIAL = re.compile("(?:没有|[未不][曾能会]|没能|不[太大够是]|并非|[没不未无非])[有曾能够再太很]*")
# What denies without a word of denial: 不能落实 is 难以落实, 不按时 is 滞后.
_SOFT = re.compile("难|缺|欠|拒|停|禁|避免|防止|杜绝|[尚有亟]待|[仍亟]需|滞后|流于|[弱差低乏少慢松乱空]")
_HAN = re.compile("[\u4e00-\u9fff]+")
_SIGNS = re.compile(r"[<>＜＞【】\[\]{}#*~`|_\\]")
_NAMES = {"person": "人名", "unit": "单位", "place": "地名"}
_PAIRS = ("“”", "‘’", "《》", "（）", "()", "〔〕")
_CONTENT = "nvajislbz"
_MARKS = re.compile("[，。；：！？,;]")
# So many characters that say something are not said in a smaller share of them, with clauses come or gone even less.
_LONG, _SHARE, _SHARE_OF_CLAUSES = 8, 0.4, 0.6


def broken_sense(before: str, after: str) -> str | None:
    """Return how a sentence rewritten says the opposite, or is torn, as a Chinese clause, or none.

    A denial is turned when what it denied stands there affirmed, or what was affirmed is denied, and nothing else denies
    in its stead; so are words for the opposite. Names must be the same.
    """
    if any(_balance(before, pair) != _balance(after, pair) for pair in _PAIRS):
        return "引号、书名号或括号不成对"
    for one, other, how in ((before, after, "少了"), (after, before, "多出")):
        names = (each for each in find_entities(one) if each.kind in _NAMES and each.text not in other)
        if entity := next(names, None):
            return f"{how}{_NAMES[entity.kind]}“{entity.text}”"
        if turned := next(_turned(one, other), None):
            return turned
    more, less = (before, after) if _denials(before) > _denials(after) else (after, before)
    if _denials(more) == _denials(less):
        return None
    for head in _denied(more):
        if _bare(less, head) > _bare(more, head):
            return f"“{head}”前的否定词前后不一致"
    return None


def _turned(before: str, after: str) -> Iterator[str]:
    """Yield the words that have given way to words for the opposite: 增长 to 下降."""
    for one, other in opposites():
        gone = Counter(one.findall(before)) - Counter(one.findall(after))
        come = Counter(other.findall(after)) - Counter(other.findall(before))
        if gone and come:
            yield f"“{next(iter(gone))}”成了“{next(iter(come))}”"


def broken_statement(change: Change, before: str, after: str) -> str | None:
    """Return what a change drops from a sentence or adds to it without a counterpart, as a Chinese clause, or none."""
    if signs := Counter(_SIGNS.findall(change.after)) - Counter(_SIGNS.findall(change.before)):
        return f"多出记号“{next(iter(signs))}”"
    for one, other, whole, how in (
        (change.before, change.after, after, "少了"),
        (change.after, change.before, before, "多出"),
    ):
        ours = list(_content(one))
        if any(word not in whole for word in ours) and _is_unmatched(one, "".join(ours), other):
            return f"{how}“{_shown(one)}”"
    return None


def _is_unmatched(piece: str, ours: str, other: str) -> bool:
    """Tell whether nothing stands in the place of some words, or much less than they say."""
    theirs = "".join(_HAN.findall(other))
    share = _SHARE if len(_MARKS.findall(piece)) == len(_MARKS.findall(other)) else _SHARE_OF_CLAUSES
    return not theirs or (len(ours) >= _LONG and len(theirs) < share * len(ours))


def _shown(piece: str) -> str:
    words = piece.strip("，。；：、！？ \n")
    return words if len(words) <= 20 else words[:19] + "…"


def _content(piece: str) -> Iterator[str]:
    for word, tag in tagged(piece):
        if tag[0] in _CONTENT and tag != "zg" and _HAN.search(word) and word not in carriers():
            yield word


def _balance(text: str, pair: str) -> int:
    return text.count(pair[0]) - text.count(pair[1])


def _plain(text: str) -> str:
    """Return a text with a blank for each word that only looks like a denial, offsets as before."""
    return _NEUTRAL.sub(lambda match: " " * len(match.group()), text)


def _denials(text: str) -> int:
    plain = _plain(text)
    return len(_DENIAL.findall(plain)) + len(_SOFT.findall(plain))


def _denied(text: str) -> Iterator[str]:
    """Yield what the denials of a text deny: the two characters behind, or the one that ends the clause."""
    plain = _plain(text)
    for match in _DENIAL.finditer(plain):
        if behind := _HAN.match(plain, match.end()):
            yield behind.group()[:2]


def _bare(text: str, head: str) -> int:
    """Return how often something stands in a text without a denial before it; one character only at a clause's end."""
    plain = _plain(text)
    denied = {match.end() for match in _DENIAL.finditer(plain)}
    pattern = re.escape(head) + ("" if len(head) > 1 else r"(?=[^\u4e00-\u9fff]|$)")
    return sum(match.start() not in denied for match in re.finditer(pattern, plain))
