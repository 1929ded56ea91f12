"""Names in short and at length: 县供销社 and 县供销合作社."""

import re

_SHORTEST_NAME, _MOST_LEFT_OUT = 4, 3
_APART = re.compile("[第一二三四五六七八九十东西南北中新分]")


def shortens(short: str, long: str) -> bool:
    """Tell whether a name leaves out characters of another that set none apart: no numerals and no quarters."""
    if len(short) < _SHORTEST_NAME or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    left = len(long) - len(short)
    return all(sign in rest for sign in short) and left <= _MOST_LEFT_OUT and not _APART.search(long)
