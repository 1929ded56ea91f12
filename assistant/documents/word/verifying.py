"""Whether a Word file is laid out as it should be: by opening it again, not by trusting what wrote it."""

from assistant.documents.word.conformance import Conformance
from assistant.documents.word.layout import PageFormat
from assistant.documents.word.opened import Opened
from assistant.documents.word.page_rows import page_rows
from assistant.documents.word.template import Template
from assistant.documents.word.text_rows import text_rows


def verify(data: bytes, format: PageFormat, *, name: str = "文件") -> tuple[Conformance, ...]:
    """Return the table of a document's layout, a row each for what ``format`` asks. Raises `InputError` for no .docx."""
    opened = Opened(data, format, name=name)
    return (*page_rows(opened), *text_rows(opened))


def template_layout(template: bytes, base: PageFormat, *, name: str) -> PageFormat:
    """Return what a template asks for: its own styles, and ``base`` where it has none. Raises `InputError`."""
    return Template(template, name=name).layout(base)
