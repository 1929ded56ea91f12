"""Corrected copies: what certain rules change, without touching a fact, beside the original and never over it."""

import codecs
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from assistant.checks.fixing import apply_certain, certain_fixes
from assistant.checks.rulebook import Rules
from assistant.text.facts import facts
from assistant.types import Finding, Level
from assistant.workflow.saving import save_beside

_SENTENCE_ENDS = "。！？\n"
# What is not a plain text is not written; its corrected text is.
_PLAIN = (".txt", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Correction:
    """A text with its certain changes made.

    ``changes`` have their spans in the text as it was. ``refused`` were not made, because they would change a fact;
    their spans lie in ``text``.
    """

    text: str
    changes: tuple[Finding, ...]
    refused: tuple[Finding, ...]


def correct(text: str, *, rules: Rules, level: Level = Level.INFO) -> Correction:
    """Make the changes of certain rules that keep every fact of the text; those below ``level`` are left alone."""
    changes = certain_fixes(text, rules=rules, level=level, allowed=_keeps_facts)
    corrected = apply_certain(text, changes)
    refused = certain_fixes(corrected, rules=rules, level=level)
    return Correction(corrected, tuple(changes), tuple(refused))


def save_correction(path: Path, correction: Correction, *, out: Path | None = None) -> Path:
    """Write the corrected text beside its original, or at ``out``, under a free name; return where.

    A plain text keeps its line ends and its byte order mark, and becomes UTF-8 if it was not. Raises `InputError`.
    """
    suffix = path.suffix if path.suffix.lower() in _PLAIN else ".txt"
    data = correction.text.encode()
    if suffix == path.suffix:
        original = path.read_bytes()
        ends = original.count(b"\r\n")
        if ends and ends == original.count(b"\n"):
            data = data.replace(b"\n", b"\r\n")
        if original.startswith(codecs.BOM_UTF8):
            data = codecs.BOM_UTF8 + data
    return save_beside(out or path.with_name(f"{path.stem}.改{suffix}"), data)


def _facts(text: str) -> Counter[tuple[str, str]]:
    return Counter((fact.kind, fact.value) for fact in facts(text))


def _keeps_facts(text: str, change: Finding) -> bool:
    """Tell whether the sentence that a change stands in keeps its facts."""
    start = max(text.rfind(mark, 0, change.start) for mark in _SENTENCE_ENDS) + 1
    ends = [place for mark in _SENTENCE_ENDS if (place := text.find(mark, change.end)) >= 0]
    sentence = text[start : min(ends, default=len(text)) + 1]
    changed = sentence[: change.start - start] + (change.replacement or "") + sentence[change.end - start :]
    lost, come = _facts(sentence) - _facts(changed), _facts(changed) - _facts(sentence)
    return not come and all(_still_stands(kind, value, sentence, change) for kind, value in lost)


def _still_stands(kind: str, value: str, sentence: str, change: Finding) -> bool:
    """Tell whether what read as a number stands there still, as part of the term that was mended: 八项 of 八项规定."""
    surfaces = [fact.surface for fact in facts(sentence) if (fact.kind, fact.value) == (kind, value)]
    return kind == "number" and all(surface in (change.replacement or "") for surface in surfaces)
