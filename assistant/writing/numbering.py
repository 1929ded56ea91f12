"""Enumerations within a paragraph, with their items numbered 一是, 二是 and so on as official reports do."""

import re
from collections.abc import Iterator

from assistant.text.numerals import numeral, ordinal
from assistant.text.sentences import paragraphs
from assistant.writing.changes import Edit

_REASON = "段内分项统一用“一是、二是”引出，同段各项宜一并采用。"
# Each style: how an item starts, and the item's number or, for words that have none, their order.
_STYLES = (
    (
        re.compile(
            r"(?<![^。；：！？，,;:\u3000 ])第(?P<n>[一二三四五六七八九十])(?:个|点|条|方面)?(?:就)?(?:是(?!否|非)|[，、：])"
        ),
        None,
    ),
    (
        re.compile(
            r"(?<![^。；：！？，,;:\u3000 ])（?\(?(?P<n>\d{1,2})(?:[、．）)]|\.(?!\d))[ \u3000]?(?=[\u4e00-\u9fff])"
        ),
        None,
    ),
    (
        re.compile(r"(?<![^。；：！？，,;:\u3000 ])(?P<n>[①②③④⑤⑥⑦⑧⑨])[ \u3000]?(?=[\u4e00-\u9fff])"),
        "①②③④⑤⑥⑦⑧⑨",
    ),
    (
        re.compile(
            r"(?<![^。；：！？，,;:\u3000 ])(?:(?P<n>一个(?:就)?是(?!否|非))"
            r"|(?P<more>(?:(?:再|还有|再有|另|另外)一个|第[二三四五六]个)(?:就)?是|再就是|还有就是)(?!否|非))"
        ),
        "",
    ),
    (re.compile(r"(?<![^。；：！？\u3000 ])(?:(?P<n>首先)，|(?P<more>其次|再次|再者|第三|第四|最后)，)"), ""),
    (
        re.compile(
            r"(?<![^。；：！？，,;:\u3000 ])(?:(?P<n>一来)|(?P<more>[二三]来)(?!自))，?(?=[\u4e00-\u9fff])"
        ),
        "",
    ),
)
# More items than these are a list of measures, which keeps its numbers.
_MOST = 6
_TIME = re.compile("首先.*(?:然后|接着|随后)")


def numbering(hidden: str) -> list[Edit]:
    """Return the edits that number the items of each paragraph 一是, 二是 …, in order."""
    return [edit for start, end in paragraphs(hidden) for edit in _paragraph(hidden, start, end)]


def _paragraph(hidden: str, start: int, end: int) -> list[Edit]:
    paragraph = hidden[start:end]
    if "一是" in paragraph:
        return []
    for pattern, digits in _STYLES:
        matches = list(pattern.finditer(paragraph))
        if matches and matches[0].start() == 0 and len(matches) < 2:
            continue
        runs = [run for run in _runs(matches, digits) if 1 < len(run) <= _MOST]
        if runs and not (digits == "" and _TIME.search(paragraph)):
            return [
                Edit(start + match.start(), start + match.end(), numeral(number) + "是", "structure", _REASON)
                for number, match in enumerate(runs[0], 1)
            ]
    return []


def _runs(matches: list[re.Match[str]], digits: str | None) -> Iterator[list[re.Match[str]]]:
    """Yield the stretches of items that count from one."""
    run: list[re.Match[str]] = []
    for match in matches:
        number = _number(match, digits, len(run))
        if number == len(run) + 1:
            run.append(match)
        elif number == 1:
            yield run
            run = [match]
        else:
            yield run
            run = []
    yield run


def _number(match: re.Match[str], digits: str | None, before: int) -> int:
    if digits == "":
        return 1 if match["n"] else before + 1
    if digits:
        return digits.index(match["n"]) + 1
    return int(match["n"]) if match["n"].isdecimal() else ordinal(match["n"])
