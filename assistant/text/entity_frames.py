"""Persons told by the sentence around them: names of ordinary words (高原, 万里), rare surnames, names of other languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_anchors import left_anchor, right_anchor
from assistant.text.entity_scan import HAN, Scan, entity_lists, longest_of, verbs

# More than any weighing: where a frame and the weights disagree on a name's end, the frame is right.
_SCORE = 15
_SOME = "[两二三四五六七八九十0-9]{1,2}"
_STOPS = re.compile("[，。；：（(,;:\\s]")
_LONGEST_LIST = 120
_SURE = 3
# How much both sides must tell, by how much a stretch looks like a name.
_TOLD = {3: 3, 2: 4, 1: 6}
_POST = re.compile(
    f"[{HAN}](?:员|长|师|书记|主任|经理|主席|总监|干部|委员|文书|负责人|代表|组长|(?:送礼|请托|行贿|受贿|中间|介绍|担保|借款|出资|中标|持有|受益|见证|证明|推荐|对接|牵头|承办|当事)人)$"
)
_CLOSING = re.compile("[）)]")


@dataclass(frozen=True, slots=True)
class _Frames:
    before: re.Pattern[str]
    behind: re.Pattern[str]
    post: re.Pattern[str]
    around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    listed: re.Pattern[str]
    counted: re.Pattern[str]
    surname: re.Pattern[str]
    plain: frozenset[str]
    seldom: frozenset[str]
    no_name: frozenset[str]
    pure: frozenset[str]
    foreign: re.Pattern[str]
    marked: frozenset[str]
    pieces: re.Pattern[str]


@cache
def _frames() -> _Frames:
    lists, persons = entity_lists()["frames"], entity_lists()["persons"]
    posts = [post for post in persons["posts"].split() if post not in lists["no_posts"].split()]
    labels, post = longest_of(lists["labels"].split()), longest_of([*posts, *lists["posts"].split()])
    singles = "".join(
        sorted(
            {*persons["surnames"], *lists["surnames"], *lists["seldom_surnames"]} - {*lists["no_surnames"]}
        )
    )
    return _Frames(
        before=re.compile(rf"(?:{labels}[：:是为]?\s?|{post}|{longest_of(lists['before'].split())})$"),
        behind=re.compile(
            rf"(?:{longest_of(lists['behind'].split())}|{post}(?!的)|等{_SOME}[人名位]|[（(](?:男|女|已|系|原|时任|现任|电话|手机|身份|联系|1[3-9]\d)|[，,]\s?(?:[男女][，,]|身份证|联系电话|电话|手机))"
        ),
        post=re.compile(post),
        around=tuple(
            (re.compile(rf"{pair['before']}$"), re.compile(pair["behind"])) for pair in lists["around"]
        ),
        listed=re.compile(rf"(?:{labels}|[{HAN}]{{1,4}}(?:人|员|者))[：:]\s?"),
        counted=re.compile(rf"等?{_SOME}[人名位]|等人|分别|同志|[到出列参]?席|参加"),
        surname=re.compile(rf"{longest_of(persons['compound'].split())}|[{singles}]"),
        plain=frozenset(lists["plain"].split()),
        seldom=frozenset(lists["seldom_surnames"]),
        pure=frozenset(persons["surnames"]) - {*persons["rare"], *persons["half"], *lists["impure"]},
        no_name=frozenset(lists["no_name"]),
        foreign=re.compile(rf"[{''.join(sorted({*lists['foreign'], *lists['marked']}))}]{{2,10}}"),
        marked=frozenset(lists["marked"]),
        pieces=re.compile(longest_of(persons["ethnic"].split())),
    )


def framed_persons(scan: Scan) -> Iterator[tuple[int, int, int]]:
    """Yield ``(start, end, score)`` of the names that the words on both sides, or the list they stand in, tell."""
    for match in _frames().listed.finditer(scan.folded):
        last = min(match.end() + _LONGEST_LIST, len(scan.folded))
        end = _STOPS.search(scan.folded, match.end(), last)
        yield from _listed(scan, match.end(), end.start() if end else last)
    for match in _frames().counted.finditer(scan.folded):
        low = max(0, match.start() - _LONGEST_LIST)
        start = max((stop.end() for stop in _STOPS.finditer(scan.folded, low, match.start())), default=low)
        if "、" in scan.folded[start : match.start()]:
            yield from _listed(scan, start, match.start())
    for start in range(len(scan.folded)):
        left, around = _left(scan, start), _around(scan, start)
        if left or around:
            yield from _longest(scan, start, left, around)


def beside_persons(scan: Scan, spans: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield what looks like a name and stands in a list beside a person; ``spans`` are those, from start to end."""
    ends = {end: start for start, end in spans.items()}
    for mark in re.finditer("、", scan.folded):
        if mark.start() in ends:
            yield from _beside(scan, mark.end(), _ends(scan, mark.end()))
        elif mark.end() in spans:
            yield from _before(scan, mark.start())


def _beside(scan: Scan, start: int, ends: list[int]) -> Iterator[tuple[int, int, int]]:
    for end in ends:
        if _is_whole(scan, start, end) and _shape(scan, start, end) > 1:
            yield start, end, _SCORE
            return


def _before(scan: Scan, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the longest name that ends here and begins behind a sign or a word that leads to names."""
    for start in range(max(end - 9, 0), end - 1):
        if _left(scan, start) and _is_whole(scan, start, end) and _shape(scan, start, end) > 0:
            yield start, end, _SCORE
            return


def _ends(scan: Scan, start: int) -> list[int]:
    """Return where a name that begins somewhere may end, the likeliest first."""
    ends = [end for end in range(start + 2, min(start + 9, len(scan.folded)) + 1) if _right(scan, end)]
    return sorted(ends, key=lambda end: (-_right(scan, end), -_shape(scan, start, end), end))


def _is_whole(scan: Scan, start: int, end: int) -> bool:
    return re.fullmatch(f"[{HAN}·]{{2,9}}", scan.folded[start:end]) is not None


def _listed(scan: Scan, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the items of a list of names that have a name's shape."""
    at = start
    for item in re.split("([、和])", scan.folded[start:end]):
        at += len(item)
        if item not in "、和":
            yield from _before(scan, at)


def _longest(
    scan: Scan, start: int, left: int, around: list[re.Pattern[str]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the name that begins here, if both its sides together tell enough for its shape."""
    best = (0, 0, 0, 0)
    for end in range(start + 2, min(start + 9, len(scan.folded)) + 1):
        if not _is_whole(scan, start, end) or not (shape := _shape(scan, start, end)):
            continue
        right = _right(scan, end) or int(left == _SURE and shape == _SURE and scan.begins(end))
        if shape == 1 and left == _SURE and end - start == _SURE and not scan.begins(start):
            # A label outweighs a word that runs across: 承办(人丁)东升.
            shape = 2
        if shape == _SURE and _foreign(scan, start, end):
            left, right = max(left, left_anchor(scan, start)), max(right, right_anchor(scan, end))
        if left == _SURE:
            right = max(right, right_anchor(scan, end))
        elif left == _SURE - 1 and (shape == _SURE or _is_pure(scan, start, end)) and scan.begins(end):
            right = max(right, int(end - start > 2))
        told = left + right if left and right else 0
        if any(behind.match(scan.folded, end) for behind in around) or told >= _TOLD[shape] - _is_pure(
            scan, start, end
        ):
            best = max(best, (told, shape, int(scan.begins(end)), end))
    if best[3]:
        yield start, best[3], _SCORE


def _shape(scan: Scan, start: int, end: int) -> int:
    """Return how much a stretch looks like a name: 3 as no word, 2 as a word that may be one too, 1 perhaps, 0 not."""
    text = scan.folded[start:end]
    if text in _frames().plain or "·" in text or not scan.is_free(start, end):
        return 0
    return max(_foreign(scan, start, end), _native(scan, start, end))


def _native(scan: Scan, start: int, end: int) -> int:
    """Return how much a stretch looks like a surname and a given name of one or two characters."""
    frames, text, words = _frames(), scan.folded[start:end], scan.between(start, end)
    surname = frames.surname.match(text)
    given = text[surname.end() :] if surname else ""
    if surname is None or not 1 <= len(given) <= 2:
        return 0
    seldom = surname.group() in frames.seldom
    if frames.post.fullmatch(given) or (len(words) > 1 and set(given) & frames.no_name):
        return 0
    if words[0].start < start or words[-1].end > end or seldom:
        return 1 if len(words) > 1 else 0
    if len(words) == 1 and not words[0].tag.startswith("nr"):
        return 2 if len(text) == 2 else 0
    return 2 if given in verbs() else 3


def is_surname(scan: Scan, at: int) -> bool:
    """Tell whether the character at a position is a surname that is nothing else, behind what may lead to a name."""
    return at >= 0 and scan.folded[at] in _frames().pure and scan.begins(at) and left_anchor(scan, at) > 0


def _is_pure(scan: Scan, start: int, end: int) -> bool:
    """Tell whether a stretch is a surname that is nothing else, and two characters that end where a word does."""
    pure = scan.folded[start] in _frames().pure and end - start == _SURE and scan.begins(start + 1)
    return pure and scan.begins(start) and scan.begins(end)


def _foreign(scan: Scan, start: int, end: int) -> int:
    """Return how much the characters are those that write Mongolian, Tibetan, Uyghur, Kazakh or Yi names."""
    text, frames = scan.folded[start:end], _frames()
    if not frames.foreign.fullmatch(text):
        return 0
    known = "".join(match.group() for match in frames.pieces.finditer(text))
    marks = sum(sign in frames.marked or sign in known for sign in text)
    if text[1:] and frames.surname.match(text[0]) and len(text) > 3 and text[1:] in known:
        return 3
    if marks >= max(2, (len(text) + 1) // 2):
        return 3
    return 1 if marks and len(text) > 2 and len(scan.between(start, end)) > 1 else 0


def _left(scan: Scan, start: int) -> int:
    """Return how well what stands before leads to a person and nothing else: 2 surely, 1 perhaps."""
    if re.match(f"[{HAN}]", scan.folded[start : start + 1]) is None:
        return 0
    if _frames().before.search(scan.folded[max(0, start - 10) : start]):
        return 3
    if start and scan.taken[start - 1]:
        return 1
    if _POST.search(scan.folded[max(0, start - 6) : start]) and scan.begins(start):
        return 2
    return min(left_anchor(scan, start), 1)


def _right(scan: Scan, end: int) -> int:
    """Return how well what stands behind follows a person and nothing else."""
    if _frames().behind.match(scan.folded, end):
        return 3
    return 1 if end < len(scan.taken) and scan.taken[end] else min(right_anchor(scan, end), 1)


def _around(scan: Scan, start: int) -> list[re.Pattern[str]]:
    """Return what must stand behind for a name to begin here: 由…负责, 与…谈心谈话, 老高（高…）."""
    if re.match(f"[{HAN}]", scan.folded[start : start + 1]) is None:
        return []
    before = scan.folded[max(0, start - 6) : start]
    same = re.search("[老小](?P<surname>.)[（(]$", before)
    alias = [_CLOSING] if same and same["surname"] == scan.folded[start] else []
    return alias + [behind for lead, behind in _frames().around if lead.search(before)]
