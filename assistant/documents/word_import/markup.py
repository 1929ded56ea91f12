"""The markup of Word files: its names, and parsing that follows no reference out of the file."""

from collections.abc import Iterator
from typing import Any

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_PURL = b"http://purl.oclc.org/ooxml/"
# What “Strict Open XML” calls the vocabularies (ISO/IEC 29500-1 against 29500-4).
_STRICT = (
    (b"wordprocessingml/main", WORD),
    (b"officeDocument/relationships", RELATIONSHIP),
    (b"officeDocument/math", MATH),
)

# An element of lxml, which has no types.
Element = Any


def word(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{WORD}}}{name}"


def is_strict(data: bytes) -> bool:
    """Tell whether a part is written in the strict variant, which only newer programs write."""
    return _PURL in data[:4096]


def parse_part(data: bytes) -> Element:
    """Parse a part, the strict variant as if it were the usual one. Raises ``SyntaxError`` for broken markup."""
    from lxml import etree

    if is_strict(data):
        for strict, usual in _STRICT:
            data = data.replace(_PURL + strict, usual.encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def serialise(root: Element) -> bytes:
    """Return the markup of a part as Word writes it."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def new(name: str, **attributes: str) -> Element:
    """Return an element of WordprocessingML with attributes of the same vocabulary."""
    from lxml import etree

    return etree.Element(
        word(name), {word(key): value for key, value in attributes.items()}, nsmap={"w": WORD}
    )


def local(element: Element) -> str:
    """Return the name of an element of WordprocessingML, of a formula with ``m:`` before it, or nothing."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""  # a comment or a processing instruction
    space, _, name = tag[1:].partition("}")
    if space == WORD:
        return name
    if space == MATH:
        return f"m:{name}"
    return f"mc:{name}" if space == COMPATIBILITY else ""


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute of WordprocessingML, or none where there is no such element."""
    return None if element is None else element.get(word(name))


def switched(element: Element | None) -> bool | None:
    """Tell whether a toggle is set; none where it is not there."""
    return None if element is None else attribute(element) not in ("0", "false", "off")


def alternatives(element: Element) -> Iterator[Element]:
    """Yield the children of the one branch of ``mc:AlternateContent`` that counts: the first choice, else the fallback."""
    for branch in element:
        if local(branch) in ("mc:Choice", "mc:Fallback"):
            yield from branch
            return
