"""Persons: a surname and a given name, weighed by the characters, the words around and the dictionary."""

import itertools
import re
from collections.abc import Iterator

from assistant.text.entity_anchors import left_anchor, person_lists, right_anchor
from assistant.text.entity_frames import beside_persons, framed_persons
from assistant.text.entity_scan import HAN, Entity, Scan, longest_of

_DOTTED = re.compile(rf"[{HAN}]{{1,9}}(?:[·．.•][{HAN}]{{1,9}}){{1,4}}")
_ENOUGH = 5
# A name with a dot within is certain, also against a frame.
_DOTS = 20
# Beside a name that is certain, in a list.
_ENOUGH_IN_LIST = 2
# Surnames that mostly join or direct: only behind a post or a label.
_JOINING = frozenset("和向区")
_BESIDE = frozenset("、和及与")


def looks_like_person(name: str) -> bool:
    """Tell whether a text that is known to be a name has the form of a person's."""
    match = person_lists().surname.match(name)
    return "·" in name or (
        match is not None
        and 1 <= len(name) - match.end() <= 2
        and not set(name[match.end() :]) & person_lists().never
    )


def find_persons(scan: Scan) -> list[Entity]:
    """Return the persons of a text in order. A name found once for certain is found wherever else it stands."""
    spans: dict[int, tuple[int, int]] = {}
    for start, end, score in (
        *_dotted(scan),
        *_ethnic(scan),
        *framed_persons(scan),
        *_weighed(scan),
        *_called(scan),
    ):
        if scan.is_free(start, end) and score > spans.get(start, (0, 0))[1]:
            spans[start] = (end, score)
    beside = {start: end for start, (end, _) in spans.items()}
    for start, end, score in beside_persons(scan, beside):
        if scan.is_free(start, end):
            spans.setdefault(start, (end, score))
    for start, end in _again(scan, {scan.folded[start:end] for start, (end, _) in spans.items()}):
        if scan.is_free(start, end) and start not in spans:
            spans[start] = (end, _ENOUGH)
    kept: list[Entity] = []
    for start, (end, _) in sorted(spans.items()):
        if not kept or start >= kept[-1].end:
            kept.append(scan.entity("person", start, end))
    return kept


def _again(scan: Scan, names: set[str]) -> Iterator[tuple[int, int]]:
    names = {name for name in names if len(name) > 1 and "某" not in name}
    if not names:
        return
    for match in re.finditer(longest_of(names), scan.folded):
        start, end = match.span()
        if end - start > 2 or (scan.begins(start) and scan.begins(end)):
            yield start, end


def _dotted(scan: Scan) -> Iterator[tuple[int, int, int]]:
    """Yield the names with a dot within, cut on the left where their first word begins."""
    for match in _DOTTED.finditer(scan.folded):
        if "." in match.group():
            continue
        dot = scan.folded.index("·", match.start()) if "·" in match.group() else match.end()
        start = max(match.start(), scan.folded.rfind("的", match.start(), dot) + 1)
        while dot - start > 1 and (found := _lead_end(scan, match.start(), dot, start)) > start:
            start = found
        end = match.end()
        last = max(scan.folded.rfind("·", start, end), start)
        tail = _tail_end(scan, last + 1, end)
        yield start, tail, _DOTS


def _lead_end(scan: Scan, begin: int, dot: int, start: int) -> int:
    """Return where a name begins behind words that lead to it: 由(买买提·艾力), 村民(古丽·…)."""
    for cut in range(dot - 1, start, -1):
        if person_lists().before.search(scan.folded[max(0, begin - 4) : cut]):
            return cut
    return start


def _tail_end(scan: Scan, start: int, end: int) -> int:
    """Return where the last part of a dotted name ends: before a word that follows names."""
    cuts = (cut for cut in range(start + 1, end) if _is_tail_end(scan, start, cut))
    return next(cuts, end)


def _is_tail_end(scan: Scan, start: int, cut: int) -> bool:
    """Tell whether a name may end here: a word that follows names begins, or a short one behind two characters."""
    match = person_lists().after.match(scan.folded, cut)
    if match is None:
        return False
    short = scan.folded[cut] in "在的等说是被因率到对向和与同也已于将为任家处两三"
    return len(match.group()) > 1 or (short and cut - start > 1)


def _ethnic(scan: Scan) -> Iterator[tuple[int, int, int]]:
    for match in person_lists().ethnic.finditer(scan.folded):
        whole = left_anchor(scan, match.start()) + right_anchor(scan, match.end())
        if (
            len(match.group()) > 2
            and whole >= 2
            and scan.folded[match.end() : match.end() + 1] not in ("市", "县", "旗", "牧", "夫", "河", "山")
        ):
            yield match.start(), match.end(), 7


def _called(scan: Scan) -> Iterator[tuple[int, int, int]]:
    """Yield the surname in 王局长, and 小王, 张某某."""
    for match in person_lists().called.finditer(scan.folded):
        start, end = match.span()
        if match.group() in person_lists().ordinary:
            continue
        if not scan.begins(start) or (match["called"] and left_anchor(scan, start) == 0):
            continue
        if match["familiar"] and not (
            len(scan.word_at(start).text) == 1 or scan.word_at(start).text == match.group()
        ):
            continue
        yield start, end, _ENOUGH


def _weighed(scan: Scan) -> Iterator[tuple[int, int, int]]:
    """Yield the names that weigh enough: for each surname the better of the lengths it may have."""
    persons = person_lists()
    likely: list[tuple[int, int, int]] = []
    for match in persons.surname.finditer(scan.folded):
        start, given = match.start(), match.end()
        best = (0, 0)
        for length in (2, 1):
            end = given + length
            if end <= len(scan.folded) and re.fullmatch(f"[{HAN}]+", scan.folded[given:end]):
                found = (_weigh(scan, start, given, end), end)
                # What certainly follows names tells where this one ends: 余德木(兄弟), though 余德 weighs more.
                if best[0] >= _ENOUGH and right_anchor(scan, best[1]) == 3 > right_anchor(scan, end):
                    continue
                best = max(best, found)
        if best[0] >= _ENOUGH_IN_LIST:
            likely.append((start, best[1], best[0]))
    yield from _with_neighbours(scan, likely)


def _with_neighbours(scan: Scan, likely: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield what is a name for itself, and what is likely one and stands in a list beside one, to the left or right."""
    sure = {start: score >= _ENOUGH for start, _, score in likely}
    for order in (likely, likely[::-1]):
        for (start, end, _), (other, last, _) in itertools.pairwise(order):
            low, high = (end, other) if other > start else (last, start)
            if high - low == 1 and scan.folded[low] in _BESIDE and sure[start]:
                sure[other] = True
    for start, end, score in likely:
        if sure[start]:
            yield start, end, max(score, _ENOUGH)


def _weigh(scan: Scan, start: int, given: int, end: int) -> int:
    persons = person_lists()
    own = scan.folded[given:end]
    if set(own) & persons.never or scan.folded[start:end] in persons.ordinary:
        return 0
    left, right = left_anchor(scan, start), right_anchor(scan, end)
    if (not left and not right) or (left < 3 and scan.folded[start] in _JOINING) or _runs_on(scan, end):
        return 0
    if len(scan.between(start, end)) > 1:
        left, right = left or _beside_word(scan, start - 1), right or _beside_word(scan, end)
    score = left + right - (0 if right else 2)
    score += {0: -2, 1: 0, 2: 2}[2 * sum(sign in persons.common for sign in own) // len(own)]
    score -= sum(sign in persons.seldom and sign not in persons.common for sign in own)
    score += 2 if (start, end) in scan.guessed else 0
    score += _fit(scan, start, end, led=left > 2, followed=right > 2)
    surname = scan.folded[start:given]
    score -= (1 if surname in persons.half else 2) if surname in persons.rare else 0
    score += 1 if surname in persons.sure and scan.word_at(start).text == surname else 0
    score += 1 if _is_apart(scan, start, end) else 0
    score += 2 if given - start == 2 else 0
    return score


def _runs_on(scan: Scan, end: int) -> bool:
    """Tell whether the last character joins two phrases: 安全(和)个人隐私."""
    return (
        scan.folded[end - 1] == "和"
        and bool(re.match(f"[{HAN}]", scan.folded[end : end + 1]))
        and scan.word_at(end - 1).text == "和"
    )


def _is_apart(scan: Scan, start: int, end: int) -> bool:
    """Tell whether every character of a name is a word of its own for the dictionary, as those of unknown names are."""
    return len(scan.between(start, end)) == end - start > 2


def _beside_word(scan: Scan, position: int) -> int:
    """Return 1 where a word of several characters stands beside a name, and no longer word runs across."""
    return 1 if 0 <= position < len(scan.folded) and len(scan.word_at(position).text) > 1 else 0


def _fit(scan: Scan, start: int, end: int, *, led: bool, followed: bool) -> int:
    """Return how well a name's ends fit the words of the dictionary, and whether its inside is a word of its own."""
    words = scan.between(start, end)
    fit = 1 if words[0].start == start else (-1 if led else -3)
    fit += 1 if words[-1].end == end else -2
    if len(words) == 1:
        return fit + (0 if words[0].tag.startswith("nr") else (-2 if led or followed else -4))
    if len(words[0].text) > 1 and words[0].start == start and not words[0].tag.startswith("nr") and not led:
        fit -= 2
    if len(words) == 2 and len(words[1].text) == 2 and words[1].end == end and words[1].tag[0] in "vdnabm":
        fit -= 0 if words[0].text in person_lists().sure else 1
    return fit
