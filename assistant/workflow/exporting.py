"""Export a text to Word: with what rests under it and what the checks say, apart from the text; then look at the file."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.checks.results import Grounding
from assistant.documents.limits import FILE_BYTES, read_file
from assistant.documents.word.conformance import Conformance
from assistant.documents.word.format_file import load_format
from assistant.documents.word.layout import PageFormat
from assistant.documents.word.notes import Remark
from assistant.documents.word.verifying import template_layout, verify
from assistant.documents.word.writing import STANDARD, Extras, export_docx
from assistant.errors import InputError
from assistant.types import Draft, Finding, Level, Note
from assistant.workflow.checking import PROJECT_FILE, CheckRequest, check, project_rules, shown
from assistant.workflow.labelling import BY_MODEL, label_line, label_metadata

WORD = ".docx"
_LEVELS = {Level.ERROR: "错误", Level.WARN: "提醒", Level.INFO: "参考"}
_DATE = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A text to become a Word file. ``annex`` and ``comments`` say where grounds and findings go, if anywhere.

    ``config`` is a project file; none means the current folder's, if there is one. ``template`` is a unit's own .docx.
    ``label`` goes into the file's properties for machines, ``remark`` for readers.
    """

    text: str
    notes: tuple[Note, ...] | None = None
    config: Path | None = None
    template: Path | None = None
    unit: str | None = None
    date: str | None = None
    annex: bool = False
    comments: bool = False
    label: str | None = None
    show_label: bool = False
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A Word file, and what was found when it was opened again."""

    data: bytes
    table: tuple[Conformance, ...]


def export(request: ExportRequest) -> Exported:
    """Return a text as a Word file, opened again and looked at. Raises `InputError` or `SettingsError`."""
    layout = project_format(request.config)
    template = _read(request.template) if request.template else None
    # First: what is wrong with a template is told under its name.
    asked = _asked(layout, request.template)
    data = export_docx(request.text, format=layout, template=template, extras=_extras(request))
    return Exported(data, verify(data, asked))


def verify_file(
    path: Path, *, config: Path | None = None, template: Path | None = None
) -> tuple[Conformance, ...]:
    """Return what is found in any Word file. Raises `InputError` or `SettingsError`."""
    if path.suffix.lower() != WORD:
        raise InputError(f"“{path.name}”不是 .docx 文件，请用 Word 或 WPS 另存为 .docx 后再验。")
    return verify(_read(path), _asked(project_format(config), template), name=path.name)


def project_format(config: Path | None) -> PageFormat:
    """Return the format that the project file asks for, or the standard's. Raises `SettingsError`."""
    project = Path(PROJECT_FILE)
    path = config or (project if project.is_file() else None)
    return load_format(path) if path else STANDARD


def written_date(text: str) -> str:
    """Return a date as a document bears it, 2023-01-05 as 2023年1月5日. Raises `InputError` for what is no date."""
    match = _DATE.fullmatch(text.strip())
    try:
        day = datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise InputError(f"“{text}”不是日期，请写成 2023年1月5日 或 2023-01-05 的样子。")
    return f"{day.year}年{day.month}月{day.day}日"


def draft_export(draft: Draft, *, label: bool) -> ExportRequest:
    """Return the request for a draft's Word file; ``label`` has its properties say what wrote it."""
    if not label:
        return ExportRequest(draft.text)
    line = label_line(draft.model)
    metadata = label_metadata(draft) if line == BY_MODEL else None
    return ExportRequest(draft.text, label=metadata, remark=line)


def _asked(layout: PageFormat, template: Path | None) -> PageFormat:
    return template_layout(_read(template), layout, name=template.name) if template else layout


def _read(path: Path) -> bytes:
    try:
        return read_file(path, most=FILE_BYTES)
    except FileNotFoundError as error:
        raise InputError(f"找不到文件“{path}”，请检查路径是否正确。") from error
    except OSError as error:
        raise InputError(f"无法读取文件“{path}”（{error.strerror}），请检查权限后重试。") from error


def _extras(request: ExportRequest) -> Extras:
    asked = request.annex or request.comments
    found = check(CheckRequest(request.text, request.notes), project_rules(request.config)) if asked else None
    return Extras(
        unit=request.unit,
        date=written_date(request.date) if request.date else None,
        comments=tuple(_remarks(request, found)) if found and request.comments else (),
        annex=tuple(_annex(request, found)) if found and request.annex else (),
        label=request.label,
        shown=request.show_label,
        remark=request.remark,
    )


def _remarks(request: ExportRequest, found: Grounding) -> Iterator[Remark]:
    texts = {note.id: note.text for note in request.notes or ()}
    for sentence in found.sentences:
        if sentence.notes:
            grounds = "；".join(texts[id_] for id_ in sentence.notes)
            yield Remark(sentence.start, sentence.end, f"依据要点：{grounds}")
    for finding in shown(found.findings, Level.WARN):
        yield Remark(finding.start, finding.end, _said(finding))


def _annex(request: ExportRequest, found: Grounding) -> Iterator[str]:
    texts = {note.id: note.text for note in request.notes or ()}
    grounded = [sentence for sentence in found.sentences if sentence.notes]
    if request.notes is not None:
        yield f"一、依据（要点{len(texts)}条）"
        for number, sentence in enumerate(grounded, 1):
            yield f"{number}. “{sentence.text}”——要点：{'；'.join(texts[id_] for id_ in sentence.notes)}"
    findings = shown(found.findings, Level.WARN)
    yield f"{'二、' if request.notes is not None else ''}提示（{len(findings)}处）"
    for number, finding in enumerate(findings, 1):
        yield f"{number}. “{request.text[finding.start : finding.end]}”：{_said(finding)}"


def _said(finding: Finding) -> str:
    change = (
        ""
        if finding.replacement is None
        else f"改为“{finding.replacement}”。"
        if finding.replacement
        else "应删去。"
    )
    return f"{_LEVELS[finding.level]}：{finding.message}{change}"
