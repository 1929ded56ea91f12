"""Where a person's name of three characters may stand, whatever stands around it."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.text.folded import FoldedText
from assistant.text.names import name_lists
from assistant.text.terms import CJK
from assistant.text.words import tagged

_LENGTH = 3
_NOT_GIVEN = (
    "书局部处科省州县市区镇乡村院校所站队组主副委党政纪检监察干任长级届位员总支会办厅司公厂室股班团第前原现兼时的了和与及在对各全本把为是由等其他这那个名家项不有"
    "同将就都也又一二三四五六七八九十两几年月日次人元户条件起场期份次度量数额率制法规章款项工作会议问题"
)


@cache
def _pattern() -> re.Pattern[str]:
    data = name_lists()["persons"]
    surnames = "".join(sign for sign in data["surnames"] if sign not in data["rare"])
    return re.compile(rf"(?=(?P<name>[{surnames}](?![{_NOT_GIVEN}])[{CJK}](?![{_NOT_GIVEN}])[{CJK}]))")


@cache
def surnames() -> frozenset[str]:
    """Return the characters that a name may begin with."""
    return frozenset("".join(name_lists()["persons"]["surnames"]))


def name_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of three characters that segmentation takes for a name, or for a surname and no common word."""
    matches = list(_pattern().finditer(text))
    if not matches:
        return
    begins = FoldedText(text).begins
    for match in matches:
        start = match.start()
        end = start + _LENGTH
        if begins[start] and begins[end] and is_name(match["name"]):
            yield start, end


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Tell whether a run of characters is cut as a name: as one, as a surname and a given name, or as single ones."""
    words = tagged(text)
    if len(words) == 1:
        return words[0][1].startswith("nr")
    return len(words[0][0]) == 1 and all(
        len(word) == 1 or tag.startswith(("nr", "nz", "ns")) for word, tag in words[1:]
    )
