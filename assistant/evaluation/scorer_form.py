"""Scorers of a text's own form: proofreading, structure, copying and wording."""

import re
from collections.abc import Iterator

from assistant.checks.proofreading import at_least, proofread
from assistant.checks.rulebook import SHIPPED_RULES, shipped_rules
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_base import EMPTY, Scorer, files_digest, own, quoted, says_nothing, scorer
from assistant.evaluation.scorer_copying import copied
from assistant.evaluation.scorer_structure import structure
from assistant.paths import PACKAGE
from assistant.types import Level
from assistant.writing.polishing import polish

_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
_COLLOQUIAL = ("wording", "redundancy")
_WORDING = (PACKAGE / "writing" / "polishing.toml", PACKAGE / "text" / "formal.toml")


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
            f"share-of-clauses-unpolished(level=full,kinds={'+'.join(_COLLOQUIAL)},rules={files_digest(_WORDING)})"
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
    """Return the share of the text, by characters, in clauses without wording that polishing would change."""
    clauses = [match.span() for match in _CLAUSE.finditer(sample.text) if match.group().strip()]
    if says_nothing(sample.text):
        return None, EMPTY
    changes = [one for one in polish(sample.text, level="full") if one.kind in _COLLOQUIAL]
    spoken = sum(
        end - start for start, end in clauses if any(one.start < end and start < one.end for one in changes)
    )
    value = 1 - spoken / sum(end - start for start, end in clauses)
    if not changes:
        return value, "没有查出口语或重复的说法。"
    return value, f"口语或重复的说法有{len(changes)}处：{quoted([one.before for one in changes])}。"
