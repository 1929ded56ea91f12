"""The parts of a Word file around its text: sections, footers, settings, properties; and the file itself."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from assistant.documents.word.layout import PAPER, PageFormat, Part, twips
from assistant.documents.word.parts import OFFICE, PACKAGE, TYPES
from assistant.documents.word.styles import NAMESPACES, STYLES, indent

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# The dash of the page number stands 7 mm below the type area (7.5).
NUMBER_BELOW = 7
# A Word file holds the time its entries were packed at; the same text is to give the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def section_xml(layout: PageFormat) -> str:
    """Return the properties of the one section."""
    margins = layout.margins
    references = (
        ""
        if layout.page_number == "none"
        else '<w:footerReference w:type="even" r:id="rId4"/><w:footerReference w:type="default" r:id="rId3"/>'
    )
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{PAPER[0]}" w:h="{PAPER[1]}"/>'
        f'<w:pgMar w:top="{twips(margins.top)}" w:right="{twips(margins.right)}" w:bottom="{twips(margins.bottom)}" '
        f'w:left="{twips(margins.left)}" w:header="851" w:footer="{footer_distance(layout)}" w:gutter="0"/>'
        f'<w:cols w:space="425"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{layout.line_pitch}" w:charSpace="{layout.char_space}"/></w:sectPr>'
    )


def footer_distance(layout: PageFormat) -> int:
    """Return how far the foot of the page number is from the paper's edge, in twips."""
    half = layout.size(Part.PAGE_NUMBER) * 10
    return max(0, round(twips(layout.margins.bottom) - twips(NUMBER_BELOW) - half))


def footer_xml(layout: PageFormat, *, even: bool) -> str:
    """Return a footer: — 1 —, one character from the outer edge of the page (7.5)."""
    side = "left" if even else "right"
    place = (
        f'{indent(**{side: 1, "width": layout.size(Part.PAGE_NUMBER) * 20})}<w:jc w:val="{side}"/>'
        if layout.page_number == "outside"
        else '<w:jc w:val="center"/>'
    )
    field = "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{1 + even}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    ).replace("<w:r>", '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>')
    style = STYLES[Part.PAGE_NUMBER][0]
    return f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/>{place}</w:pPr>{field}</w:p></w:ftr>'


def settings_xml() -> str:
    """Return the settings: pages differ by parity, marks of punctuation keep their width."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<w:settings {NAMESPACES}><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/>'
        "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
        f"<w:adjustLineHeightInTable/><w:useFELayout/>{compatible}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def core_xml(title: str, remark: str = "") -> str:
    """Return the core properties. No time is told: what is not known is not made up."""
    described = f"<dc:description>{escape(remark)}</dc:description>" if remark else ""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title>{described}<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def custom_xml(label: str) -> str:
    """Return the custom properties: the label of text made with a model."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="AIGC">'
        f"<vt:lpwstr>{escape(label)}</vt:lpwstr></property></Properties>"
    )


# Part, content type, relationship; the numbers of the relationships are those that section_xml names.
_DOCUMENT_PARTS = (
    ("styles.xml", "styles"),
    ("settings.xml", "settings"),
    ("footer1.xml", "footer"),
    ("footer2.xml", "footer"),
    ("comments.xml", "comments"),
)


def pack(parts: Mapping[str, str]) -> bytes:
    """Return a new Word file of these parts, given by their names in it."""
    inside = [(name, kind) for name, kind in _DOCUMENT_PARTS if f"word/{name}" in parts]
    overrides = [("word/document.xml", f"{TYPES}.document.main+xml")]
    overrides += [(f"word/{name}", f"{TYPES}.{kind}+xml") for name, kind in inside]
    overrides.append(("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    above = [
        (f"{OFFICE}/officeDocument", "word/document.xml"),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    if "docProps/custom.xml" in parts:
        overrides.append(
            ("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml")
        )
        above.append((f"{OFFICE}/custom-properties", "docProps/custom.xml"))
    numbers = {name: number for number, (name, _) in enumerate(_DOCUMENT_PARTS, 1)}
    below = [(f"rId{numbers[name]}", f"{OFFICE}/{kind}", name) for name, kind in inside]
    files = {
        "[Content_Types].xml": _content_types(overrides),
        "_rels/.rels": relationships_xml([(f"rId{n}", *each) for n, each in enumerate(above, 1)]),
        **parts,
        "word/_rels/document.xml.rels": relationships_xml(below),
    }
    return zipped({name: (HEAD + xml).encode() for name, xml in files.items()})


def relationships_xml(targets: list[tuple[str, str, str]]) -> str:
    """Return a file of relationships, each an id, a type and a target."""
    each = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in targets
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files in this order; the same files give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()


def _content_types(overrides: list[tuple[str, str]]) -> str:
    each = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{each}</Types>'
    )
