"""A polished Word file: the same file with each change marked in it, and each finding as a comment."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assistant.checks.proofreading import at_least
from assistant.documents.reading import docx_bytes
from assistant.documents.word_changes.commenting import WordComment, annotate
from assistant.documents.word_changes.tracking import Signature, WordChange, track
from assistant.errors import InputError
from assistant.types import Finding, Level
from assistant.writing.changes import Polished, RefusedChange

TRACKED = ".docx"
_LEVELS = {Level.ERROR: "错误", Level.WARN: "提醒", Level.INFO: "参考"}


def tracked_source(path: Path, out: Path | None) -> bytes | None:
    """Return the file to mark changes in, where ``out`` asks for that; none where it is to be a plain text.

    Raises `InputError` where ``out`` is a Word file and ``path`` is none.
    """
    if out is None or out.suffix.lower() != TRACKED:
        return None
    data = docx_bytes(path)
    if data is None:
        raise InputError(
            f"“{path.name}”不是 Word 文稿，不能存成带修订标记的“{out.name}”，请把 --out 写成 .md 或 .txt 文件。"
        )
    return data


def mark_signature(author: str) -> Signature:
    """Return the signature of marks made now. Raises `InputError` for an author without a name."""
    if not author.strip() or not author.isprintable():
        raise InputError("--author 是空的或含有控制字符，请写明修订人的名字。")
    return Signature(author.strip(), datetime.now().astimezone())


def mark_polished(data: bytes, polished: Polished, signature: Signature) -> tuple[bytes, Polished]:
    """Mark the changes of a polished text in its Word file; return the file, and the polished text as it is there.

    What cannot be marked without damage, such as an automatic number, is among its refused changes. Raises `InputError`.
    """
    changes = [WordChange(change.start, change.end, change.after) for change in polished.changes]
    tracked = track(data, changes, signature)
    why = dict(tracked.refused)
    kept = tuple(change for place, change in enumerate(polished.changes) if place not in why)
    refused = tuple(
        RefusedChange(polished.changes[place], f"Word 文稿里这里有{reason}，请在文稿里手工修改")
        for place, reason in tracked.refused
    )
    return tracked.data, Polished(polished.text, kept, (*polished.refused, *refused), polished.model)


def comment_findings(data: bytes, findings: Sequence[Finding], signature: Signature) -> tuple[bytes, int]:
    """Hang the findings about the text of a Word file on it as comments, those that may be passed over aside.

    Returns the file, and how many comments there are.
    """
    comments = [
        WordComment(finding.start, finding.end, _said(finding))
        for finding in findings
        if at_least(finding, Level.WARN)
    ]
    return annotate(data, comments, signature), len(comments)


def _said(finding: Finding) -> str:
    advice = ""
    if finding.replacement is not None:
        advice = f"建议改为“{finding.replacement}”。" if finding.replacement else "建议删去。"
    return f"{_LEVELS[finding.level]}：{finding.message}{advice}"
