"""From a rewriting back to the changes that it is made of."""

from difflib import SequenceMatcher
from itertools import pairwise

from assistant.text.words import cut_points
from assistant.writing.changes import Change

# Changes with no more than this between them are one, for they were hardly made each for itself.
_APART = 1
_PUNCTUATION = frozenset("，。；：、！？,;:!?“”‘’（）() \u3000")


def align(before: str, after: str, *, offset: int = 0) -> list[Change]:
    """Return the least changes, on whole words, that make ``before`` into ``after``; ``offset`` is where it stands."""
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(a=[token for token, _ in old], b=[token for token, _ in new], autojunk=False)
    runs: list[tuple[int, int, int, int]] = []
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if runs and low - runs[-1][1] <= _APART:
            runs[-1] = (runs[-1][0], high, runs[-1][2], last)
        else:
            runs.append((low, high, first, last))
    return [
        _change(before, after, _place(old, low, before), _place(old, high, before), new, first, last, offset)
        for low, high, first, last in runs
    ]


def _tokens(text: str) -> list[tuple[str, int]]:
    points = [0, *sorted(set(cut_points(text)) - {0, len(text)}), len(text)]
    return [(text[start:end], start) for start, end in pairwise(points) if end > start]


def _place(tokens: list[tuple[str, int]], number: int, text: str) -> int:
    return tokens[number][1] if number < len(tokens) else len(text)


def _change(
    before: str,
    after: str,
    start: int,
    end: int,
    new: list[tuple[str, int]],
    first: int,
    last: int,
    offset: int,
) -> Change:
    old_part = before[start:end]
    new_part = after[_place(new, first, after) : _place(new, last, after)]
    is_mark = set(old_part + new_part) <= _PUNCTUATION
    kind = "punctuation" if is_mark else "redundancy" if not new_part else "wording"
    reason = {
        "punctuation": "标点改用规范用法。",
        "redundancy": f"“{old_part}”可以省去。",
        "wording": "改用公文用语。",
    }[kind]
    return Change(offset + start, offset + end, old_part, new_part, kind, reason)
