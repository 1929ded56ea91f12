"""Reports, passages, hits and drafts as the JSON objects that the README documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.checks.results import Grounding
from assistant.types import Coverage, Draft, Finding, Hit, Passage, Report, Section, Sentence
from assistant.writing.changes import Change, Polished

if TYPE_CHECKING:
    from assistant.checks.rule import Rule
    from assistant.workflow.correcting import Correction


def report_form(report: Report) -> dict[str, Any]:
    """Return ``{title, addressee, sections[{role, level, heading, start, end}]}``."""
    return {
        "title": report.title,
        "addressee": report.addressee,
        "sections": [section_form(section) for section in report.sections],
    }


def section_form(section: Section) -> dict[str, Any]:
    """Return ``{role, level, heading, start, end}``."""
    return {
        "role": section.role.value,
        "level": section.level,
        "heading": section.heading,
        "start": section.start,
        "end": section.end,
    }


def passage_form(passage: Passage) -> dict[str, Any]:
    """Return ``{id, role, heading_path, start, end, text}``."""
    return {
        "id": passage.id,
        "role": passage.role.value,
        "heading_path": list(passage.heading_path),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def hit_form(hit: Hit) -> dict[str, Any]:
    """Return ``{id, report, role, score, start, end, text}``, ``report`` being the name of its file."""
    passage = hit.passage
    return {
        "id": passage.id,
        "report": passage.name,
        "role": passage.role.value,
        "score": round(hit.score, 6),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def draft_form(draft: Draft) -> dict[str, Any]:
    """Return ``{text, model, section, notes[], sentences[], passages[], seconds, coverage[], findings[]}``."""
    return {
        "text": draft.text,
        "model": draft.model,
        "section": draft.section,
        "notes": [{"id": note.id, "text": note.text} for note in draft.notes],
        "sentences": [sentence_form(sentence) for sentence in draft.sentences],
        "passages": [hit_form(hit) for hit in draft.passages],
        "seconds": draft.seconds,
        "coverage": [coverage_form(coverage) for coverage in draft.coverage],
        "findings": [finding_form(finding) for finding in draft.findings],
    }


def sentence_form(sentence: Sentence) -> dict[str, Any]:
    """Return ``{text, start, end, notes[], score}``."""
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "notes": list(sentence.notes),
        "score": sentence.score,
    }


def coverage_form(coverage: Coverage) -> dict[str, Any]:
    """Return ``{id, coverage, missing[]}``."""
    return {"id": coverage.note, "coverage": coverage.state, "missing": list(coverage.missing)}


def finding_form(finding: Finding) -> dict[str, Any]:
    """Return ``{rule, level, message, start, end, refers{kind, id, start, end}, replacement}``."""
    refers = finding.refers
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "refers": refers and {"kind": refers.kind, "id": refers.id, "start": refers.start, "end": refers.end},
        "replacement": finding.replacement,
    }


def grounding_form(grounding: Grounding) -> dict[str, Any]:
    """Return ``{sentences[], notes[], findings[]}``."""
    return {
        "sentences": [sentence_form(sentence) for sentence in grounding.sentences],
        "notes": [coverage_form(coverage) for coverage in grounding.coverage],
        "findings": [finding_form(finding) for finding in grounding.findings],
    }


def change_form(change: Change) -> dict[str, Any]:
    """Return ``{start, end, before, after, kind, reason}``."""
    return {
        "start": change.start,
        "end": change.end,
        "before": change.before,
        "after": change.after,
        "kind": change.kind,
        "reason": change.reason,
    }


def polished_form(polished: Polished) -> dict[str, Any]:
    """Return ``{text, model, changes[], refused[]}``; a refused change has the reason of the fact lock as ``why``."""
    return {
        "text": polished.result,
        "model": polished.model,
        "changes": [change_form(change) for change in polished.changes],
        "refused": [{**change_form(each.change), "why": each.why} for each in polished.refused],
    }


def correction_form(correction: "Correction", saved: Path | None) -> dict[str, Any]:
    """Return ``{file, changes[], refused[]}``; ``file`` is where the corrected text was written, if it was."""
    return {
        "file": str(saved) if saved else None,
        "changes": [finding_form(finding) for finding in correction.changes],
        "refused": [finding_form(finding) for finding in correction.refused],
    }


def rule_form(rule: "Rule") -> dict[str, Any]:
    """Return ``{id, level, kind, message, source, certain}``."""
    return {
        "id": rule.id,
        "level": rule.level.value,
        "kind": rule.kind,
        "message": rule.message,
        "source": rule.source,
        "certain": rule.certain,
    }
