"""Persons told by the sentence around them: names of ordinary words (高原, 万里), rare surnames, names of other languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.text.entity_anchors import left_anchor, right_anchor
from assistant.text.entity_scan import HAN, Scan, entity_lists, longest_of
from assistant.text.entity_shapes import SURE, foreign_shape, is_pure, may_begin, name_shape

# More than any weighing: where a frame and the weights disagree on a name's end, the frame is right.
_SCORE = 15
_SOME = "[两二三四五六七八九十0-9]{1,2}"
_STOPS = re.compile("[，。；：（(,;:\\s]")
_LONGEST_LIST = 120
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
    around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    leads: re.Pattern[str]
    listed: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def _frames() -> _Frames:
    lists, persons = entity_lists()["frames"], entity_lists()["persons"]
    posts = [post for post in persons["posts"].split() if post not in lists["no_posts"].split()]
    labels, post = longest_of(lists["labels"].split()), longest_of([*posts, *lists["posts"].split()])
    return _Frames(
        before=re.compile(rf"(?:{labels}[：:是为]?\s?|{post}|{longest_of(lists['before'].split())})$"),
        behind=re.compile(
            rf"(?:{longest_of(lists['behind'].split())}|{post}(?!的)|等{_SOME}[人名位]|[（(](?:男|女|已|系|原|时任|现任|电话|手机|身份|联系|1[3-9]\d)|[，,]\s?(?:[男女][，,]|身份证|联系电话|电话|手机))"
        ),
        around=tuple(
            (re.compile(rf"{pair['before']}$"), re.compile(pair["behind"])) for pair in lists["around"]
        ),
        leads=re.compile(f"(?:{'|'.join(pair['before'] for pair in lists['around'])})$"),
        listed=re.compile(rf"(?:{labels}|[{HAN}]{{1,4}}(?:人|员|者))[：:]\s?"),
        counted=re.compile(rf"等?{_SOME}[人名位]|等人|分别|同志|[到出列参]?席|参加"),
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
    for start, sign in enumerate(scan.folded):
        if not may_begin(sign) or not scan.is_free(start, start + 1):
            continue
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
        if _is_whole(scan, start, end) and name_shape(scan, start, end) > 1:
            yield start, end, _SCORE
            return


def _before(scan: Scan, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the longest name that ends here and begins behind a sign or a word that leads to names."""
    for start in range(max(end - 9, 0), end - 1):
        if _left(scan, start) and _is_whole(scan, start, end) and name_shape(scan, start, end) > 0:
            yield start, end, _SCORE
            return


def _ends(scan: Scan, start: int) -> list[int]:
    """Return where a name that begins somewhere may end, the likeliest first."""
    ends = [end for end in range(start + 2, min(start + 9, len(scan.folded)) + 1) if _right(scan, end)]
    return sorted(ends, key=lambda end: (-_right(scan, end), -name_shape(scan, start, end), end))


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
    best = (0, 0, False, 0)
    for end in range(start + 2, min(start + 9, len(scan.folded)) + 1):
        if not _is_whole(scan, start, end) or not (shape := name_shape(scan, start, end)):
            continue
        if shape == 1 and left == SURE and end - start == SURE and not scan.begins(start):
            # A label outweighs a word that runs across: 承办(人丁)东升.
            shape = 2
        told = _told(scan, start, end, left=left, shape=shape)
        framed = any(behind.match(scan.folded, end) for behind in around)
        if framed or told >= _TOLD[shape] - is_pure(scan, start, end):
            best = max(best, (told, shape, scan.begins(end), end))
    if best[-1]:
        yield start, best[-1], _SCORE


def _told(scan: Scan, start: int, end: int, *, left: int, shape: int) -> int:
    """Return how much both sides of a stretch together tell of a name; nothing where one side tells nothing."""
    right = _right(scan, end)
    if shape == SURE and foreign_shape(scan, start, end):
        left, right = max(left, left_anchor(scan, start)), max(right, right_anchor(scan, end))
    if left == SURE:
        right = max(right, right_anchor(scan, end), int(shape == SURE and scan.begins(end)))
    elif left == SURE - 1 and (shape == SURE or is_pure(scan, start, end)) and scan.begins(end):
        right = max(right, int(end - start > 2))
    return left + right if left and right else 0


def _left(scan: Scan, start: int) -> int:
    """Return how well what stands before leads to a person and nothing else: 3 surely, 2 a post, 1 perhaps, 0 not."""
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
    if _frames().leads.search(before) is None and before[-1:] not in ("（", "("):
        return []
    same = re.search("[老小](?P<surname>.)[（(]$", before)
    alias = [_CLOSING] if same and same["surname"] == scan.folded[start] else []
    return alias + [behind for lead, behind in _frames().around if lead.search(before)]
