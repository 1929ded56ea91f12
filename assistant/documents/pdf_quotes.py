"""Quotes that a PDF draws apart from their line, because another font has them: put back where the line leaves gaps."""

import re
from itertools import pairwise

_APART = re.compile(r"^((?:[“”‘’] ?)+)(?=\S)")
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_GAP = re.compile(rf"(?<={_HAN}) (?={_HAN})|(?<={_HAN}) $")


def with_quotes_in_place(line: str) -> str:
    """Return a line with the quotes at its beginning put into its gaps, if there is one gap for each and no more."""
    apart = _APART.match(line)
    if apart is None:
        return line
    quotes = apart[1].replace(" ", "")
    rest = line[apart.end() :]
    if len(_GAP.findall(rest)) != len(quotes):
        return line
    waiting = iter(quotes)
    placed = _GAP.sub(lambda _: next(waiting), rest)
    return placed if _pairs(placed) else line


def _pairs(line: str) -> bool:
    """Tell whether what opens in a line closes there, but for what it may have from or leave to its neighbours."""
    marks = re.findall("[“”]", line)
    return all(before != after for before, after in pairwise(marks))
