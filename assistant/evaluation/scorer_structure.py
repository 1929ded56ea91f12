"""How well a text keeps the form that its section's template sets."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.checks.units import Unit, cut
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import says_nothing
from assistant.text.numerals import ordinal
from assistant.writing.templates import SectionFront, find_template, load_templates

_NUMERAL = re.compile(r"[一二三四五六七八九十]+|\d+")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SPOKEN = ("首先", "其次", "再次", "最后")
_BULLET = re.compile(r"^[ \t\u3000]*[-*+•·●][ \t]+\S", re.MULTILINE)
_FEWEST = 2
Part = tuple[float, str]


def structure(sample: Sample) -> tuple[float, str]:
    """Return the mean of three parts, each 0 to 1, and what was found of each.

    A section of items wants an item a note, numbered in order (a single note wants no number); words that lead them in; and
    the template's length. A section of sentences wants no numbers and no bullets, the template's last words, and its length.
    """
    if says_nothing(sample.text):
        return 0.0, "稿子是空的。"
    front = _front(sample.section)
    _, units = cut(sample.text)
    heads = _heads(units, len(sample.notes))
    own = (
        [_items(heads, len(sample.notes)), _lead_in(units, heads)]
        if front.form == "items"
        else [_unnumbered(units, sample.text), *_ending(sample.text, front)]
    )
    parts = [*own, _length(sample.text, front)]
    return sum(value for value, _ in parts) / len(parts), "；".join(told for _, told in parts) + "。"


@cache
def _front(section: str) -> SectionFront:
    return find_template(section, load_templates()).front


def _items(heads: Sequence[Unit], notes: int) -> Part:
    wanted = notes if notes else max(_FEWEST, len(heads))
    if wanted == 1:
        return (1.0, "要点1条，不编号") if not heads else (0.0, f"要点只有1条，却分了{len(heads)}项")
    placed = sum(
        _number(unit.mark) in (None, place) and _says_something(unit) for place, unit in enumerate(heads, 1)
    )
    value = placed / max(len(heads), wanted)
    split = f"分了{len(heads)}项" if heads else "没有分项"
    order = ("，编号依次" if placed == len(heads) else "，编号次序不对或有空项") if heads else ""
    return value, (f"要点{notes}条，" if notes else "") + split + order


def _heads(units: Sequence[Unit], wanted: int) -> list[Unit]:
    """Return the heads of one kind of number, of several kinds that whose count is nearest to what is wanted.

    A number that stands alone numbers nothing: it is the section's own heading, or a slip.
    """
    kinds: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.head:
            kind = "" if unit.mark.strip("，,") in _SPOKEN or unit.mark in _CIRCLED else unit.mark
            kinds.setdefault(_NUMERAL.sub("", kind), []).append(unit)
    runs = [heads for heads in kinds.values() if len(heads) >= _FEWEST]
    return min(runs, key=lambda heads: (abs(len(heads) - wanted), -len(heads)), default=[])


def _says_something(unit: Unit) -> bool:
    """Tell whether more stands in an item than its number; a mask is something."""
    return any(character.isalnum() or character in "*×" for character in unit.text)


def _number(mark: str) -> int | None:
    """Return the number that a mark says, none where it is a word or a circled one."""
    match = _NUMERAL.search(mark)
    if match is None:
        return None
    return int(match.group()) if match.group().isdecimal() else ordinal(match.group())


def _lead_in(units: Sequence[Unit], heads: Sequence[Unit]) -> Part:
    before = units[: units.index(heads[0])] if heads else units
    if any(unit.announces for unit in before):
        return 1.0, "有总括句领起"
    if before and heads:
        return 0.5, "分项之前有总括的话，但没有以冒号领起各项"
    return 0.0, "没有总括句领起"


def _unnumbered(units: Sequence[Unit], text: str) -> Part:
    if any(unit.head for unit in units) or _BULLET.search(text):
        return 0.0, "不应编号或列点"
    return 1.0, "没有编号"


def _ending(text: str, front: SectionFront) -> list[Part]:
    if front.final is None:
        return []
    ends = text.rstrip().endswith(front.final) or (
        front.final_unless is not None and re.search(front.final_unless, text) is not None
    )
    return [(1.0, "有规定的结尾语") if ends else (0.0, f"没有“{front.final}”一类的结尾语")]


def _length(text: str, front: SectionFront) -> Part:
    size = len("".join(text.split()))
    least, most = front.length
    value = size / least if size < least else most / size if size > most else 1.0
    said = "少于" if size < least else "多于" if size > most else "合于"
    return value, f"{size}字，{said}{least}至{most}字的要求"
