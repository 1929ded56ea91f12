"""One thing said in two ways within a document: names, and how often an event took place."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from assistant.checks.prepared import Prepared, Span, Spans
from assistant.checks.rule import Rule, Words
from assistant.types import Finding, Role

_HAN = r"[\u4e00-\u9fff“”]"
_UNIT = r"(?:场次|人次|[场次个件期])"
_COUNT = re.compile(rf"(?P<number>\d{{1,5}})(?P<unit>{_UNIT})(?P<after>{_HAN}{{0,16}})")
_BEFORE = re.compile(rf"{_HAN}{{0,24}}$")
_CONTEXT = 200
# What only introduces an event, and so may differ between two mentions of it.
_INTRODUCTION = re.compile(
    r"^.*?(?:开展|组织|举办|召开|举行|进行|完成|印发)了?|^(?:全年|全局|今年以来|年内|累计|先后|合计|共计|共|已)+"
)
_RENAMED = re.compile(r"更名|改[为称]|前身|撤销|整合|组建|时任|原(?![则因来有本理料])")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_TAIL = re.compile(r"(?:共计|累计|合计|总计|先后|达到|达|共|了)+$")
_APART = re.compile(
    r"\d+月|季度|上半年|下半年|去年|上年|同期|每|各|分别|其中|另|再|新增|增加|减少|增长|下降|计划|目标|力争|将|拟|比"
)


class NamesRule(Rule):
    """Two or more of ``names`` (patterns) in one text: the rarer ones are findings, ``usual`` before the rest."""

    names: Annotated[tuple[Words, ...], Field(min_length=2)]
    usual: str | None = None

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the mentions by the rarer names."""
        found: dict[str, list[Span]] = {}
        for name, pattern in zip(self.names, self.compiled, strict=True):
            spans = [match.span() for match in pattern.finditer(text.text)]
            spans = [span for span in spans if self.allows(text, *span) and not _told_of_change(text, span)]
            if spans:
                found[name] = spans
        if len(found) < 2:
            return
        kept = self.usual if self.usual in found else max(found, key=lambda name: len(found[name]))
        shown = text.text[slice(*found[kept][0])]
        for name, spans in found.items():
            for start, end in spans if name != kept else []:
                message = f"同文另作“{shown}”，此处作“{text.text[start:end]}”，请统一。"
                yield self.finding(start, end, message=message)

    @cached_property
    def compiled(self) -> tuple[re.Pattern[str], ...]:
        """The names, compiled."""
        return tuple(re.compile(name) for name in self.names)

    @model_validator(mode="after")
    def _has_usual(self) -> "NamesRule":
        if self.usual is not None and self.usual not in self.names:
            raise ValueError("usual 要是 names 中的一个")
        return self


def _told_of_change(text: Prepared, span: Span) -> bool:
    """Tell whether the sentence of a name speaks of its change, or of what was so in an earlier year."""
    sentence = text.sentences.covering(*span)
    said = text.text[slice(*sentence)] if sentence else ""
    return bool(_RENAMED.search(said)) or len(set(_YEARS.findall(said))) > 1


class CountsRule(Rule):
    """One event with one unit of counting and two different numbers, told in the same words as done."""

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the later mention of each event told with two numbers."""
        plans = [part for part in text.report.sections if part.role is Role.PLAN and part.level == 1]
        planned = Spans((part.start, part.end) for part in plans)
        events: dict[tuple[str, str], list[tuple[int, Span]]] = defaultdict(list)
        for match in _COUNT.finditer(text.text):
            event = None if planned.touches(*match.span("number")) else _event(match)
            if event:
                events[event, match["unit"]].append((int(match["number"]), match.span("number")))
        for (event, unit), told in events.items():
            numbers = {number for number, _ in told}
            if len(numbers) == 2 and len(told) <= 4:
                first = told[0][0]
                number, (start, end) = next(item for item in told if item[0] != first)
                message = f"“{event}”前文为{first}{unit}，此处为{number}{unit}，请核对。"
                yield self.finding(start, end + len(unit), message=message)


def _event(match: re.Match[str]) -> str | None:
    """Return what a count counts, without what introduces it; none where the words set it apart from others."""
    earliest = max(0, match.start() - _CONTEXT)
    opening = max(earliest, *(match.string.rfind(mark, earliest, match.start()) + 1 for mark in "。；\n"))
    if _APART.search(match.string, opening, match.end()):
        return None
    before = _BEFORE.search(match.string[max(opening, match.start() - 24) : match.start()])
    event = _INTRODUCTION.sub("", _TAIL.sub("", before[0] if before else "")) + match["after"]
    return event if 3 <= len(event) <= 20 else None
