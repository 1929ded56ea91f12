"""Files made of a paper, for whoever takes it away."""

from dataclasses import dataclass

from assistant.errors import InputError
from assistant.types import Draft
from assistant.workflow.desk import DraftPaper
from assistant.workflow.labelling import file_name, labelled
from assistant.workflow.papers import section_of

_TYPES = {"md": "text/markdown;charset=utf-8", "txt": "text/plain;charset=utf-8"}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file's name, media type and bytes."""

    name: str
    media_type: str
    data: bytes


def text_file(text: str, kind: str, *, title: str, model: str | None) -> MadeFile:
    """Make a file of a text that is no drafted section; ``model`` is the one to be named on the label, if any.

    Raises `InputError`.
    """
    if not text.strip():
        raise InputError("还没有可以下载的文字，请先写入正文。")
    match kind:
        case "md" | "txt":
            draft = Draft(text, model, "", (), (), (), 0.0) if model else None
            data = labelled(text, draft, kind=kind).encode()
            return MadeFile(file_name(title, "", None, f".{kind}"), _TYPES[kind], data)
    raise InputError("只能下载 .md 和 .txt 文件，请换一种格式。")


def made_file(paper: DraftPaper, kind: str, *, label: bool) -> MadeFile:
    """Make a file of a paper's text; ``label`` puts the label of generated text on it. Raises `InputError`."""
    if not paper.text.strip():
        raise InputError("还没有正文，请先起草或写入正文再下载。")
    name = file_name(section_of(paper).front.title, paper.unit, paper.year, f".{kind}")
    draft = paper.draft if label else None
    match kind:
        case "md" | "txt":
            return MadeFile(name, _TYPES[kind], labelled(paper.text, draft, kind=kind).encode())
    raise InputError("只能下载 .md 和 .txt 文件，请换一种格式。")
