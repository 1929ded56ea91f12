"""From a rewriting back to the changes that it is made of."""

from difflib import SequenceMatcher
from itertools import pairwise

from assistant.text.words import cut_points
from assistant.writing.changes import Change

# Changes with no more than this between them are one, for they were hardly made each for itself.
_APART = 1
_PUNCTUATION = frozenset("，。；：、！？,;:!?“”‘’（）() \u3000")
_PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"), ("(", ")"), ("〔", "〕"))
# From token to token of the old text, and of the new.
Run = tuple[int, int, int, int]
Token = tuple[str, int]


def align(before: str, after: str, *, offset: int = 0) -> list[Change]:
    """Return the least changes, on whole words, that make ``before`` into ``after``; ``offset`` is where it stands."""
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(a=[token for token, _ in old], b=[token for token, _ in new], autojunk=False)
    runs: list[Run] = []
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if runs and low - runs[-1][1] <= _APART:
            runs[-1] = (runs[-1][0], high, runs[-1][2], last)
        else:
            runs.append((low, high, first, last))
    return [
        _change(before, after, _place(old, low, before), _place(old, high, before), new, first, last, offset)
        for low, high, first, last in _paired(runs, old, new)
    ]


def _paired(runs: list[Run], old: list[Token], new: list[Token]) -> list[Run]:
    """Join the runs that open and that close one pair of marks: neither is well-formed without the other."""
    joined: list[Run] = []
    for number, run in enumerate(runs):
        if joined and run[1] <= joined[-1][1]:
            continue
        for last in runs[number:]:
            whole = (run[0], last[1], run[2], last[3])
            if _is_balanced(whole, old, new):
                run = whole
                break
        joined.append(run)
    return joined


def _is_balanced(run: Run, old: list[Token], new: list[Token]) -> bool:
    low, high, first, last = run
    one, other = ("".join(token for token, _ in part) for part in (old[low:high], new[first:last]))
    return all(
        one.count(opening) - one.count(closing) == other.count(opening) - other.count(closing)
        for opening, closing in _PAIRS
    )


def _tokens(text: str) -> list[Token]:
    points = [0, *sorted(set(cut_points(text)) - {0, len(text)}), len(text)]
    return [(text[start:end], start) for start, end in pairwise(points) if end > start]


def _place(tokens: list[Token], number: int, text: str) -> int:
    return tokens[number][1] if number < len(tokens) else len(text)


def _change(
    before: str,
    after: str,
    start: int,
    end: int,
    new: list[Token],
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
