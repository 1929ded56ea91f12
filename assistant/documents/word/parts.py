"""Adding parts to a Word file that somebody else made."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE_LIST = "[Content_Types].xml"
_CUSTOM = "docProps/custom.xml"


def tree_bytes(tree: "_Element") -> bytes:
    """Return a part's bytes."""
    from lxml import etree

    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def with_parts(parts: Mapping[str, bytes], more: Mapping[str, str], *, main: str) -> dict[str, bytes]:
    """Return a file's parts with ``more``, comments or custom properties, in place of any it had of that kind."""
    files = dict(parts)
    folder, _, name = main.rpartition("/")
    for part, xml in more.items():
        custom = part == _CUSTOM
        holder = "_rels/.rels" if custom else f"{folder}/_rels/{name}.rels".lstrip("/")
        kind = "custom-properties" if custom else part.rpartition("/")[2].removesuffix(".xml")
        files[part] = xml.encode()
        files[holder] = _related(files.get(holder), kind, f"/{part}")
        files[_TYPE_LIST] = _typed(
            files[_TYPE_LIST],
            part,
            "application/vnd.openxmlformats-officedocument.custom-properties+xml"
            if custom
            else f"{TYPES}.{kind}+xml",
        )
    files[_TYPE_LIST] = files[_TYPE_LIST].replace(b"template.main+xml", b"document.main+xml")
    return files


def _related(data: bytes | None, kind: str, target: str) -> bytes:
    from lxml import etree

    tree = etree.fromstring(data or f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode())
    for each in [each for each in tree if each.get("Type", "").endswith(f"/{kind}")]:
        tree.remove(each)
    etree.SubElement(
        tree,
        f"{{{PACKAGE}/relationships}}Relationship",
        Id=f"gongwen-{kind}",
        Type=f"{OFFICE}/{kind}",
        Target=target,
    )
    return tree_bytes(tree)


def _typed(data: bytes, part: str, content_type: str) -> bytes:
    from lxml import etree

    tree = etree.fromstring(data)
    for each in [each for each in tree if each.get("PartName") == f"/{part}"]:
        tree.remove(each)
    etree.SubElement(
        tree, f"{{{PACKAGE}/content-types}}Override", PartName=f"/{part}", ContentType=content_type
    )
    return tree_bytes(tree)
