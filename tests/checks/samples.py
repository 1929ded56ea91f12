"""Short ways to check a draft against notes."""

from assistant.checks.grounding import check_grounding
from assistant.checks.results import Grounding, Text
from assistant.types import Finding, Level, Note


def numbered(*texts: str) -> list[Note]:
    return [Note(f"n{number}", text) for number, text in enumerate(texts, 1)]


def check(
    draft: str, *notes: str, passages: tuple[str, ...] = (), section: str | None = None, given: str = ""
) -> Grounding:
    texts = [Text(f"p{number}", text) for number, text in enumerate(passages, 1)]
    return check_grounding(draft, numbered(*notes), passages=texts, section=section, given=given)


def errors(grounding: Grounding) -> list[str]:
    return [finding.rule for finding in grounding.findings if finding.level is Level.ERROR]


def found(grounding: Grounding, rule: str) -> list[Finding]:
    return [finding for finding in grounding.findings if finding.rule == rule]
