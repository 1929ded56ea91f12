"""A text to a Word file by GB/T 9704—2012, or by a unit's own format or template."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.documents.word.anatomy import Line, read_lines_of
from assistant.documents.word.body import Paragraphs, Styles, writable
from assistant.documents.word.layout import PageFormat, Part
from assistant.documents.word.notes import Comments, Remark, annex_xml, apart_styles, label_xml
from assistant.documents.word.package import (
    HEAD,
    core_xml,
    custom_xml,
    footer_xml,
    pack,
    section_xml,
    settings_xml,
)
from assistant.documents.word.styles import NAMESPACES, styles_xml
from assistant.documents.word.template import Template
from assistant.errors import InputError

STANDARD = PageFormat()
UNKNOWN_NAME = "〖待补：署名〗"
UNKNOWN_DATE = "〖待补：成文日期〗"


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with a text: whose it is and of what date, remarks as comments, lines for an annex.

    ``label`` says that a model had a part in it and goes into the file's properties; ``shown`` puts the
    remark, or failing that the label, on the last line.
    ``remark`` is what a reader finds among the properties, of a file that is made without a template.
    """

    unit: str | None = None
    date: str | None = None
    comments: Sequence[Remark] = ()
    annex: Sequence[str] = ()
    label: str | None = None
    shown: bool = False
    remark: str | None = None


def export_docx(
    text: str, *, format: PageFormat = STANDARD, template: bytes | None = None, extras: Extras = Extras()
) -> bytes:
    """Return a report or a section of one as a Word file: the text as it stands, heading marks of Markdown left out.

    Where ``extras`` name a unit or a date the text is signed, and what of the two is not known stands as 〖待补〗. Raises
    `InputError` for a text without words, one that is signed already, and a template that is no Word file.
    """
    lines = signed(read_lines_of(writable(text)), extras)
    if not lines:
        raise InputError("文稿里没有文字，没有可以导出的内容，请检查文件后重试。")
    comments = Comments([replace(each, text=writable(each.text)) for each in extras.comments], lines)
    more = {"docProps/custom.xml": custom_xml(writable(extras.label))} if extras.label else {}
    more |= {"word/comments.xml": xml} if (xml := comments.xml()) else {}
    made = Template(template) if template else None
    layout = made.layout(format) if made else format
    content = Paragraphs(layout, made or Styles(), comments.marks).all(lines) + _behind(extras)
    if made:
        headed = {name: HEAD + xml for name, xml in more.items()}
        return made.filled(content, layout=layout, apart=apart_styles(layout), more=headed)
    title = "".join(line.text for line in lines if line.part is Part.TITLE)
    return pack(_parts(content, layout, core_xml(title, writable(extras.remark or ""))) | more)


def signed(lines: Sequence[Line], extras: Extras) -> Sequence[Line]:
    """Return the lines with signature and date where they were asked for; none is made up. Raises `InputError`."""
    if extras.unit is None and extras.date is None:
        return lines
    if any(line.part in (Part.SIGNATURE, Part.DATE) for line in lines):
        raise InputError("文中已有署名或成文日期，请直接在文中改正，不要再写 --unit 和 --date。")
    ending = [
        Line(Part.SIGNATURE, writable(extras.unit or UNKNOWN_NAME)),
        Line(Part.DATE, writable(extras.date or UNKNOWN_DATE)),
    ]
    first = next((index for index, line in enumerate(lines) if line.part is Part.MARK), len(lines))
    return [*lines[:first], *ending, *lines[first:]]


def _behind(extras: Extras) -> str:
    line = extras.remark or extras.label
    shown = label_xml(writable(line)) if line and extras.shown else ""
    return shown + (annex_xml([writable(line) for line in extras.annex]) if extras.annex else "")


def _parts(content: str, layout: PageFormat, core: str) -> dict[str, str]:
    apart = "".join(apart_styles(layout).values())
    parts = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{content}{section_xml(layout)}</w:body></w:document>",
        "word/styles.xml": styles_xml(layout).replace("</w:styles>", f"{apart}</w:styles>"),
        "word/settings.xml": settings_xml(),
        "docProps/core.xml": core,
    }
    if layout.page_number != "none":
        parts["word/footer1.xml"] = footer_xml(layout, even=False)
        parts["word/footer2.xml"] = footer_xml(layout, even=True)
    return parts
