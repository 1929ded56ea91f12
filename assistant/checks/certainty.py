"""When a finding is certain enough to be an error: it needs evidence of its own, not only that nothing bears it out.

Evidence is a particular that no note gives, or that a note gives otherwise. That words find no support, or are stronger
than a word which may belong to something else, is a doubt: a careful rewriting looks the same.
"""

import re
from collections.abc import Iterable, Sequence

from assistant.checks.bearings import measure_of
from assistant.checks.counts import counts_alike, quantity
from assistant.checks.derived import may_be_worked_out
from assistant.types import Fact, Level

_NAMED = frozenset(("organisation", "person", "place", "meeting"))
_FIGURE = re.compile(r"\d")
# 年底, 上半年, 明年 are dates that can be wrong; 春节 or 夏季 may be what the note calls 过年 or 热天.
_CALENDAR = re.compile("[年月旬周]|季度")
# What a writer counts who divides what the notes say: 两种情况, 四类人员.
_PARTS = re.compile("季度|半年|[年月日旬周:]")
_MOST_DIVIDED = 10
_PEOPLE = frozenset(("人", "名", "位", "人次"))
_MEASURED = re.compile("[元米里亩吨克斤升%‰顷瓦度伏年月天周岁]|小时|分钟|季")
_BELOW, _ABOVE = re.compile("不足|至多|近"), re.compile("超|至少|余")
_SUMMING = frozenset(("种", "类", "方", "点", "层", "样", "块", "方面", "个方面", "大"))


def level_if(certain: object) -> Level:
    """Return error for what is certain, warning for what is not."""
    return Level.ERROR if certain else Level.WARN


def is_hard(fact: Fact) -> bool:
    """Tell whether a fact is a particular that no rewording brings about: a figure, a date, a title, a document."""
    if fact.kind == "date":
        return bool(_FIGURE.search(fact.value) or _CALENDAR.search(fact.value))
    if fact.kind == "number":
        return bool(_FIGURE.search(fact.surface)) or measure_of(fact) not in _SUMMING
    return fact.kind in ("title", "document")


def contradicts(fact: Fact, other: Fact) -> bool:
    """Tell whether a fact that differs from another of a note can be no rewording of it."""
    if fact.kind == "number":
        return is_hard(fact) or measure_of(fact) == measure_of(other)
    if fact.kind == "date":
        return (_parts(fact) == _parts(other) == set()) or bool(_parts(fact) & _parts(other))
    return is_hard(fact) or fact.kind == "organisation"


def _parts(date: Fact) -> set[str]:
    """Return the calendar's parts that a date names: 上半年 and 6月底 have none in common, and may be one time."""
    return set(_PARTS.findall(date.value))


def is_told_somewhere(fact: Fact, known: Iterable[Fact]) -> bool:
    """Tell whether a number is one of those that notes tell, or the one of 一件, which is no number there."""
    if fact.kind != "number":
        return False
    figures = quantity(fact)
    divides = not _FIGURE.search(fact.surface) and figures.isdigit() and int(figures) <= _MOST_DIVIDED
    return figures == "1" or divides or any(has_its_figures(fact, one) for one in known)


def has_its_figures(fact: Fact, other: Fact) -> bool:
    """Tell whether two numbers have the same figures and words that only count: 31个晚上 and 31次; not 3万元 and 3亿元."""
    if other.kind != "number" or quantity(fact) != quantity(other):
        return False
    one, two = sorted((measure_of(fact), measure_of(other)), key=len)
    return two.startswith(one) or not (_MEASURED.search(one) or _MEASURED.search(two))


def is_added(
    fact: Fact, other: Fact, said: Sequence[Fact], known: Sequence[Fact], everywhere: Sequence[Fact]
) -> bool:
    """Tell whether a number beside that of a note may come of working out, or be another of theirs in other words.

    ``said`` are the facts of the sentence, ``known`` those of the note, ``everywhere`` the numbers of all notes that have
    its figures.
    """
    if fact.kind != "number":
        return False
    if quantity(fact) == "1" or (counts_alike(fact, other) and _are_alike_rough(fact, other)):
        return True
    wide = len(quantity(fact)) > 1
    if any(_is_counted_otherwise(fact, one) for one in (everywhere if wide else known)):
        return True
    told = any(one.kind == "number" and counts_alike(one, other) for one in said)
    return told and may_be_worked_out(fact, known)


def _is_counted_otherwise(fact: Fact, other: Fact) -> bool:
    """Tell whether two numbers differ in nothing but a word that counts, and not in whether that counts people."""
    measures = measure_of(fact), measure_of(other)
    people = [measure in _PEOPLE for measure in measures]
    return has_its_figures(fact, other) and measures[0] != measures[1] and people[0] == people[1]


def _are_alike_rough(fact: Fact, other: Fact) -> bool:
    """Tell whether two numbers lie on one side of an amount: 半年以上 and 超过半年, but not 不足500人 and 超过500人."""
    return any(side.search(fact.value) and side.search(other.value) for side in (_BELOW, _ABOVE))


def tells_particulars(facts: Iterable[Fact]) -> bool:
    """Tell whether any fact is a hard one or a name."""
    return any(is_hard(fact) or fact.kind in _NAMED for fact in facts)
