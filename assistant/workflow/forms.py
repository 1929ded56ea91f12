"""Reports, passages, hits and drafts as the JSON objects that the README documents."""

from typing import Any

from assistant.checks.results import Grounding
from assistant.types import Coverage, Draft, Finding, Hit, Passage, Report, Section, Sentence


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
