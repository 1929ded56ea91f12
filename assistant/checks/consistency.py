"""One event with two numbers within a draft: 开展警示教育25场 here, 28场 there."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checks.bearings import masked, measure_of
from assistant.checks.likeness import content, evidence, held_share
from assistant.types import Fact, Finding, Level, Reference

_BEFORE = 12
_LEAST_CONTENT = 4
_ALIKE = 0.95
# What sets one count apart from another of the same thing.
_APART = re.compile(
    r"其中|已|还|剩|另|余|完成|整改|上半年|下半年|季度|去年|上年|同比|环比|增|减|第|分别|各|再|又|新|男|女|市级|县级|省级|区级|局级|科级|处级"
)
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)[^\d.%]*")
_SENTENCE_END = re.compile("[。；\n]")
_FARTHEST_PART = 24
_AMONG = re.compile(r"(?<![其集])中[，,]?(?:仅|只|尚|还|已|就|完成|真正能[^，。]{0,6})?(?:有|的)?$")
_VAGUE = frozenset(("", "个", "项", "人", "名", "次", "年", "天", "元", "%"))
_SOME = re.compile(r"^[^，。；、]*有$")
_BREAK = re.compile(r"[，。；：！？、\n（）]")


def inconsistencies(draft: str, found: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the numbers that differ from an earlier one of the same measure after the same words."""
    seen: dict[tuple[str, str], list[tuple[str, Fact]]] = {}
    for fact in found:
        if fact.kind != "number" or not measure_of(fact) or masked(draft, fact.start, fact.end):
            continue
        words = _BREAK.split(draft[max(0, fact.start - _BEFORE) : fact.start])[-1]
        # A member of an enumeration has its subject elsewhere: 服装项目24个、建成投产17个.
        if draft[max(0, fact.start - len(words) - 1) : fact.start].startswith("、"):
            continue
        part = content(words)
        if part.weight < _LEAST_CONTENT or _APART.search(words):
            continue
        ending = "".join(part.text[place] for place in part.places)[-2:]
        known = seen.setdefault((measure_of(fact), ending), [])
        for other_words, other in known[-5:]:
            alike = held_share(part, evidence([other_words])) >= _ALIKE
            if (
                alike
                and fact.value != other.value
                and held_share(content(other_words), evidence([words])) >= _ALIKE
            ):
                message = f"前文为“{other.surface}”，这里为“{fact.surface}”，请核对后统一。"
                refers = Reference("draft", "draft", other.start, other.end)
                yield Finding("fact.inconsistent", Level.WARN, message, fact.start, fact.end, refers)
                break
        known.append((words, fact))


def overfull(draft: str, found: Sequence[Fact]) -> Iterator[Finding]:
    """Yield the numbers of a part that are more than the whole before them: 3次，其中24次."""
    numbers = [fact for fact in found if fact.kind == "number" and _FIGURE.fullmatch(fact.value)]
    for whole, part in pairwise(numbers):
        between = draft[whole.end : part.start]
        if len(between) > _FARTHEST_PART or _SENTENCE_END.search(between) or not _is_part(between, part):
            continue
        if measure_of(whole) != measure_of(part) or masked(draft, whole.start, part.end):
            continue
        if float(_FIGURE.fullmatch(part.value)[1]) > float(_FIGURE.fullmatch(whole.value)[1]):  # type: ignore[index]
            message = f"其中的“{part.surface}”多于前面的“{whole.surface}”，请核对。"
            refers = Reference("draft", "draft", whole.start, whole.end)
            yield Finding("fact.inconsistent", Level.ERROR, message, whole.start, part.end, refers)


def _is_part(between: str, part: Fact) -> bool:
    """Tell whether the words between two numbers make the second a part of the first: 4艘执法艇中有2艘."""
    if "其中" in between or _AMONG.search(between):
        return True
    return measure_of(part) not in _VAGUE and bool(_SOME.match(between))
