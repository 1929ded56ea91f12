"""Files made of a paper, for whoever takes it away."""

from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.types import Draft
from assistant.workflow.desk import DraftPaper
from assistant.workflow.labelling import file_name, labelled
from assistant.workflow.papers import section_of

_TYPES = {
    "md": "text/markdown;charset=utf-8",
    "txt": "text/plain;charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file's name, media type and bytes."""

    name: str
    media_type: str
    data: bytes


def made_file(paper: DraftPaper, kind: str, *, label: bool) -> MadeFile:
    """Make a file of a paper's text; ``label`` puts the label of generated text on it. Raises `InputError`."""
    if not paper.text.strip():
        raise InputError("还没有正文，请先起草或写入正文再下载。")
    data = _content(paper.text, kind, paper.draft if label else None)
    name = file_name(section_of(paper).front.title, paper.unit, paper.year, f".{kind}")
    return MadeFile(name, _TYPES[kind], data)


def text_file(text: str, kind: str, *, title: str, model: str | None) -> MadeFile:
    """Make a file of a text that is no drafted section; ``model`` is the one to be named on the label, if any.

    Raises `InputError`.
    """
    if not text.strip():
        raise InputError("还没有可以下载的文字，请先写入正文。")
    data = _content(text, kind, Draft(text, model, "", (), (), (), 0.0) if model else None)
    return MadeFile(file_name(title, "", None, f".{kind}"), _TYPES[kind], data)


def _content(text: str, kind: str, draft: Draft | None) -> bytes:
    """Return a file's bytes; a ``draft`` puts its label on it. Raises `InputError` for an unknown kind."""
    match kind:
        case "md" | "txt":
            return labelled(text, draft, kind=kind).encode()
        case "docx":
            # What makes Word files is slow to import.
            from assistant.workflow.exporting import ExportRequest, draft_export, export

            if draft is None:
                return export(ExportRequest(text)).data
            request = draft_export(replace(draft, text=text), label=True)
            return export(replace(request, show_label=True)).data
    raise InputError("只能下载 .md、.txt 和 .docx 文件，请换一种格式。")
