"""The fact lock: what a rewriting may not touch, whoever proposes it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.checks.lock_words import alike, as_written, plainly, swapped
from assistant.checks.scales import Scale, character_words, hide, scale_marks, scales
from assistant.text.facts import facts, same
from assistant.text.sentences import clauses
from assistant.types import Fact

_NAMES = {
    "number": "数字",
    "date": "日期",
    "title": "文件名",
    "document": "文号",
    "quoted": "引号里的话",
    "organisation": "单位",
    "person": "人名",
    "place": "地名",
    "meeting": "会议",
}
_MASKS = re.compile(r"[*×]+|〖[^〖〗\n]{0,30}〗")
_EVERY = re.compile(r"每(?:半年|季度?|学期|[天日周旬月年])")
_MUCH_ALIKE = 0.85
_QUOTED = re.compile("“([^“”]+)”")
_QUOTES = str.maketrans("", "", '“”"‘’')


def broken_fact(before: str, after: str) -> str | None:
    """Return what a rewriting of ``before`` as ``after`` changes and may not, as a Chinese clause, or none.

    Facts, quoted terms and masks must be the same; so must every word of scope, status, obligation, degree and
    frequency, by its level: a colloquial word and a formal one of one level agree. No characterisation may be added.
    """
    reason = next(_breaches(before, after), None)
    given = f"{before}\n{after}"
    return reason and _QUOTED.sub(lambda match: f"“{as_written(match[1], given)}”", reason)


def _breaches(whole_before: str, whole_after: str) -> Iterator[str]:
    before, after = (plainly(text) for text in _differing(whole_before, whole_after))
    if before == after:
        return
    if {*_EVERY.findall(before)} != {*_EVERY.findall(after)}:
        yield "“每月”“每周”一类的频次前后不一致"
    if _masked(before) != _masked(after):
        yield "掩去的内容前后不一致"
    yield from _lost(facts(before), facts(after, singles=True), after, "少了")
    yield from _lost(facts(after), facts(before, singles=True), before, "多出")
    yield from _misplaced(before, after)
    yield from _moved(before, after)
    yield from swapped(before, after)
    for word in character_words().findall(hide(after)):
        if word not in before:
            yield f"添了定性的词“{word}”"


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return the clauses of either text that the other does not have in their place: what did not change proves nothing."""
    old, new = ([text[start:end] for start, end in clauses(text)] for text in (before, after))
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    changed = [codes for codes in matcher.get_opcodes() if codes[0] != "equal"]
    return (
        "\n".join(clause for _, low, high, _, _ in changed for clause in old[low:high]),
        "\n".join(clause for _, _, _, low, high in changed for clause in new[low:high]),
    )


def _masked(text: str) -> list[str]:
    """Return the masks of a text; how long a run of ``*`` or × is says nothing."""
    return sorted("×" if mask[0] in "*×" else mask for mask in _MASKS.findall(text))


def _lost(ours: Sequence[Fact], theirs: Sequence[Fact], text: str, how: str) -> Iterator[str]:
    """Yield what of ``ours`` finds no partner among ``theirs``; quotation marks may come and go round the same words."""
    left = list(theirs)
    bare = text.translate(_QUOTES)
    for fact in ours:
        partner = next((other for other in left if _agree(fact, other)), None)
        if partner is not None:
            left.remove(partner)
        elif fact.kind != "quoted" or how == "少了" or fact.value not in bare:
            yield f"{how}{_NAMES[fact.kind]}“{fact.surface.strip('“”')}”"


def _misplaced(before: str, after: str) -> Iterator[str]:
    """Yield a fact that stands in another's place, the words between being much as they were."""
    old, new = facts(before), facts(after)
    if Counter(map(_told, old)) != Counter(map(_told, new)) or [*map(_told, old)] == [*map(_told, new)]:
        return
    rest = SequenceMatcher(a=_without(before, old), b=_without(after, new), autojunk=False)
    if rest.ratio() > _MUCH_ALIKE:
        first = next(fact for fact, other in zip(old, new, strict=True) if _told(fact) != _told(other))
        yield f"{_NAMES[first.kind]}“{first.surface}”换了位置"


def _told(fact: Fact) -> tuple[str, str]:
    return fact.kind, fact.value


def _without(text: str, found: Sequence[Fact]) -> str:
    for fact in reversed(found):
        text = text[: fact.start] + text[fact.end :]
    return text


def _agree(one: Fact, other: Fact) -> bool:
    """Tell whether two facts say the same; of numbers also that neither is rounder than the other."""
    if one.kind == other.kind == "number":
        return one.value == other.value
    return one.kind == other.kind and same(one, other)


def _moved(before: str, after: str) -> Iterator[str]:
    """Yield the words of a scale that the other side has nothing of the same level for, colloquial or formal."""
    old, new = hide(before), hide(after)
    for scale in scales():
        for one, other, how in ((old, new, "少了"), (new, old, "多出")):
            marks = scale_marks(scale, one)
            if not marks:
                continue
            formal, loose = (_levels(scale, other, of_note=colloquial) for colloquial in (False, True))
            for mark in marks:
                if (like := alike(mark.word)) and like.search(other):
                    continue
                strict = sum(each.level == mark.level for each in marks)
                if strict > max(formal[mark.level], loose[mark.level]):
                    yield f"{how}表示{scale.name}的“{mark.word}”"
                    break


def _levels(scale: Scale, hidden: str, *, of_note: bool) -> Counter[int]:
    return Counter(mark.level for mark in scale_marks(scale, hidden, of_note=of_note))
