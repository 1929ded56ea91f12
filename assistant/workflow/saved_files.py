"""Files made of a paper, for whoever takes it away."""

from dataclasses import dataclass

from assistant.errors import InputError
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
