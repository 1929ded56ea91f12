"""Scorers that hold a text against the notes, and against the passages whose facts it may not take."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial

from assistant.checks.grounding import check_grounding
from assistant.checks.proofreading import at_least
from assistant.checks.results import Grounding
from assistant.checks.units import cut
from assistant.evaluation.comparison_denials import denials
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import EMPTY, Scorer, own, quoted, says_nothing, scorer
from assistant.text.masks import show_masks
from assistant.types import Coverage, Finding, Level, Note

_NO_NOTES = "没有要点，无从核对。"
_HELD = {"covered": 1.0, "partly": 0.5, "missing": 0.0}
# Rules by their beginning, those that another scorer counts, and what to say of none and of some.
_COUNTED = {
    "unsupported": (
        "无据事实",
        ("fact.",),
        # A draft that says what two notes say that contradict each other invents nothing.
        ("fact.leaked", "fact.inconsistent"),
        "事实都在要点里",
        "要点里没有的或与要点不符的事实",
    ),
    "leaks": ("旧稿串稿", ("fact.leaked",), (), "没有从旧稿带来的事实", "只见于旧稿、要点里没有的事实"),
    "escalations": ("程度升级", ("escalation.",), (), "范围和程度都没有超出要点", "比要点说得重的地方"),
    "additions": ("无据语句", ("support.", "form.remedy"), (), "没有要点之外的话", "要点里没有根据的话"),
}


def grounds_scorers() -> Iterator[Scorer]:
    """Yield the scorers of notes covered, and of what no note holds."""
    yield scorer(
        "coverage",
        "要点覆盖",
        _coverage,
        better="higher",
        group="grounds",
        signature=own("mean(covered=1,partly=0.5,missing=0,denied=0)"),
    )
    for name, (title, rules, but, _, _) in _COUNTED.items():
        spared = f",not={'+'.join(but)}" if but else ""
        yield scorer(
            name,
            title,
            partial(_counted, name=name),
            better="lower",
            group="grounds",
            signature=own(f"count(disjoint,rules={'+'.join(rules)}{spared},level>=warn)"),
            most=None,
        )


@lru_cache(maxsize=8)
def grounding(sample: Sample) -> Grounding:
    """Check a sample against its notes and passages; the last few answers are kept, for several scorers ask."""
    return check_grounding(
        sample.text,
        sample.notes,
        passages=sample.passages,
        section=sample.section,
        given=sample.given,
    )


def _disjoint(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in order, but for those within what an earlier one says already: one place counts once."""
    kept: list[Finding] = []
    for one in findings:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _coverage(sample: Sample) -> tuple[float | None, str]:
    if not sample.notes:
        return None, _NO_NOTES
    if says_nothing(sample.text):
        return 0.0, f"稿子是空的，{len(sample.notes)}条要点都没有写。"
    if all(says_nothing(show_masks(note.text)) for note in sample.notes):
        return None, "要点里没有可以核对的内容。"
    found = grounding(sample).coverage
    denied = _denied(sample)
    if not denied:
        return sum(_HELD[one.state] for one in found) / len(found), _coverage_told(sample, found)
    ids = {note.id for note in denied}
    said = [one for one in found if one.note not in ids]
    told = f"说反了{len(denied)}条：{quoted([note.text for note in denied])}；其余" + _coverage_told(
        sample, said
    )
    return sum(_HELD[one.state] for one in said) / len(found), told


def _denied(sample: Sample) -> list[Note]:
    """Return the notes of which a clause says the contrary that is not the note's own."""
    _, units = cut(sample.text)
    return [
        note
        for note in sample.notes
        if any(
            unit.text[start:end] not in note.text
            for unit in units
            for (start, end), _ in denials(unit.text, note.text)
        )
    ]


def _coverage_told(sample: Sample, found: Sequence[Coverage]) -> str:
    texts = {note.id: note.text for note in sample.notes}
    full = sum(one.state == "covered" for one in found)
    if full == len(found):
        return f"要点{full}条，都写到了。"
    told = [f"要点{len(found)}条，写全{full}条"]
    if partly := [one for one in found if one.state == "partly"]:
        lost = [words for one in partly for words in one.missing]
        told.append(f"只写到一部分的{len(partly)}条" + (f"（缺{quoted(lost)}）" if lost else ""))
    if missing := [texts[one.note] for one in found if one.state == "missing"]:
        told.append(f"漏了{len(missing)}条：{quoted(missing)}")
    return "，".join(told) + "。"


def _counted(sample: Sample, *, name: str) -> tuple[float | None, str]:
    _, rules, but, none, some = _COUNTED[name]
    if not sample.notes:
        return None, _NO_NOTES
    if says_nothing(sample.text):
        return None, EMPTY
    if name == "leaks" and not sample.passages:
        return None, "写稿时没有看旧稿，不存在串稿。"
    found = _disjoint(
        one
        for one in grounding(sample).findings
        if one.rule.startswith(rules) and one.rule not in but and at_least(one, Level.WARN)
    )
    if not found:
        return 0.0, f"{none}。"
    return float(
        len(found)
    ), f"{some}有{len(found)}处：{quoted([sample.text[f.start : f.end] for f in found])}。"
