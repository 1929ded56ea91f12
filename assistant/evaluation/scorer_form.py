"""Scorers of a text's own form: proofreading, structure, copying and wording."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.proofreading import at_least, proofread
from assistant.checks.rulebook import SHIPPED_RULES, shipped_rules
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import EMPTY, Scorer, files_digest, own, quoted, says_nothing, scorer
from assistant.evaluation.scorer_copying import copied
from assistant.evaluation.scorer_structure import structure
from assistant.paths import PACKAGE
from assistant.text import formal_rules
from assistant.text.terms import CJK
from assistant.types import Level
from assistant.writing.polishing import polish

_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
# Digits and masks are anybody's, and a lone Latin term is no clause.
_CHINESE = re.compile(rf"[{CJK}\d*×〖]")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+|[（(].{1,3}[)）])")
_LEAST_REPEATED = 8
_COLLOQUIAL = ("wording", "redundancy")
_WORDING = (PACKAGE / "writing" / "polishing.toml", *formal_rules.SOURCES)


def form_scorers() -> Iterator[Scorer]:
    """Yield the scorers of form."""
    yield scorer(
        "structure",
        "结构",
        structure,
        better="higher",
        group="form",
        signature=own("mean(items,lead-in,length) or mean(unnumbered,ending,length)"),
    )
    yield scorer(
        "formality",
        "文风规范",
        _formality,
        better="higher",
        group="form",
        signature=own(
            f"share-of-clauses-unpolished-unrepeated-chinese(level=full,kinds={'+'.join(_COLLOQUIAL)},rules={files_digest(_WORDING)})"
        ),
    )
    yield scorer(
        "proofreading",
        "校对差错（每千字）",
        _proofreading,
        better="lower",
        group="form",
        signature=own(
            f"findings-per-1000-characters(level>=warn,rules={files_digest(SHIPPED_RULES.glob('*.toml'))})"
        ),
        most=None,
    )
    yield scorer(
        "overlap",
        "旧稿照抄",
        copied,
        better="lower",
        group="form",
        signature=own("share-in-8-grams-of-passages(nfkc,no-punctuation,notes-excepted)"),
    )


def _proofreading(sample: Sample) -> tuple[float | None, str]:
    if says_nothing(sample.text):
        return None, EMPTY
    size = len("".join(sample.text.split()))
    found = [f for f in proofread(sample.text, rules=shipped_rules()) if at_least(f, Level.WARN)]
    if not found:
        return 0.0, f"全文{size}字，没有查出差错。"
    words = quoted([sample.text[f.start : f.end] for f in found])
    return 1000 * len(found) / size, f"全文{size}字，查出差错{len(found)}处：{words}。"


def _formality(sample: Sample) -> tuple[float | None, str]:
    """Return the share of the text, by characters, in Chinese clauses that polishing would not change nor stand twice."""
    clauses = [match.span() for match in _CLAUSE.finditer(sample.text) if match.group().strip()]
    if says_nothing(sample.text):
        return None, EMPTY
    changes = [one for one in polish(sample.text, level="full") if one.kind in _COLLOQUIAL]
    spoken = [span for span in clauses if any(one.start < span[1] and span[0] < one.end for one in changes)]
    again = [span for span in _repeated(sample.text, clauses) if span not in spoken]
    foreign = [span for span in clauses if not _CHINESE.search(sample.text, *span)]
    faults = sum(end - start for start, end in (*spoken, *again, *foreign))
    value = max(0.0, 1 - faults / sum(end - start for start, end in clauses))
    told = [
        f"{what}有{len(found)}处：{quoted(found)}"
        for what, found in (
            ("口语或重复的说法", [one.before for one in changes]),
            ("前面已经写过的话", [sample.text[start:end] for start, end in again]),
            ("不是中文的话", [sample.text[start:end] for start, end in foreign]),
        )
        if found
    ]
    return value, ("；".join(told) or "没有查出口语或重复的说法") + "。"


def _repeated(text: str, clauses: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the clauses that stand word for word before, but for their ordinal; short ones may recur."""
    known: set[str] = set()
    found = []
    for start, end in clauses:
        words = _ORDINAL.sub("", "".join(text[start:end].split()))
        if len(words) >= _LEAST_REPEATED and words in known:
            found.append((start, end))
        known.add(words)
    return found
