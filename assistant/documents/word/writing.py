"""A text to a Word file by GB/T 9704—2012."""

from assistant.documents.word.anatomy import read_lines_of
from assistant.documents.word.body import Paragraphs, Styles, writable
from assistant.documents.word.layout import PageFormat, Part
from assistant.documents.word.package import (
    core_xml,
    custom_xml,
    footer_xml,
    pack,
    section_xml,
    settings_xml,
)
from assistant.documents.word.styles import NAMESPACES, styles_xml

STANDARD = PageFormat()


def export_docx(text: str, *, format: PageFormat = STANDARD, label: str | None = None) -> bytes:
    """Return a report or a section of one as a Word file."""
    lines = read_lines_of(writable(text))
    paragraphs = Paragraphs(format, Styles()).all(lines)
    title = "".join(line.text for line in lines if line.part is Part.TITLE)
    parts = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{paragraphs}{section_xml(format)}</w:body></w:document>",
        "word/styles.xml": styles_xml(format),
        "word/settings.xml": settings_xml(),
        "docProps/core.xml": core_xml(title),
    }
    if format.page_number != "none":
        parts["word/footer1.xml"] = footer_xml(format, even=False)
        parts["word/footer2.xml"] = footer_xml(format, even=True)
    if label:
        parts["docProps/custom.xml"] = custom_xml(label)
    return pack(parts)
