"""A Word file as its parts: found by their relationships, replaced without touching any other."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from functools import cached_property

from assistant.documents.word_import.markup import (
    CONTENT_TYPES,
    PACKAGE_RELATIONSHIP,
    Element,
    is_strict,
    parse_part,
    serialise,
)

_MAIN = "officeDocument"


class WordPackage:
    """An open Word file. Raises ``BadZipFile``, ``KeyError``, ``SyntaxError`` and the like for a damaged one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.lower().lstrip("/"): name for name in self._archive.namelist()}

    @cached_property
    def main(self) -> str:
        """Return the path of the main part."""
        for kind, target in self._targets(""):
            if kind == _MAIN:
                return target
        raise KeyError(_MAIN)

    @cached_property
    def is_strict(self) -> bool:
        """Tell whether the file is in the strict variant of the format."""
        return is_strict(self.read(self.main))

    def related(self, kind: str) -> str | None:
        """Return the path of the part that the main part names as its ``kind``, such as numbering, if it is there."""
        return next(iter(self.all_related(kind)), None)

    def all_related(self, kind: str) -> list[str]:
        """Return the paths of all parts of a kind that the main part names, such as its headers."""
        return [
            path for each, path in self._targets(self.main) if each == kind and path.lower() in self._names
        ]

    def has(self, path: str) -> bool:
        """Tell whether a part is there."""
        return path.lower() in self._names

    def read(self, path: str) -> bytes:
        """Return the bytes of a part. Raises ``KeyError``."""
        return self._archive.read(self._names[path.lower()])

    def tree(self, path: str) -> Element:
        """Return the markup of a part."""
        return parse_part(self.read(path))

    def related_tree(self, kind: str) -> Element | None:
        """Return the markup of the part that the main part names as its ``kind``, if there is one."""
        path = self.related(kind)
        return None if path is None else self.tree(path)

    def rewritten(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the file with these parts in place of those of the same path, or besides them; the rest as it was."""
        stream = io.BytesIO()
        left = {path.lower(): data for path, data in parts.items()}
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._archive.infolist():
                replaced = left.pop(info.filename.lower().lstrip("/"), None)
                data = self._archive.read(info) if replaced is None else replaced
                target.writestr(info, data, compress_type=zipfile.ZIP_DEFLATED)
            for path, data in parts.items():
                if path.lower() in left:
                    target.writestr(path, data)
        return stream.getvalue()

    def with_part(self, kind: str, path: str, content_type: str) -> dict[str, bytes]:
        """Return the changed parts that make ``path`` known as a part that the main part relates to."""
        relationships = _relationships_of(self.main)
        tree = self.tree(relationships)
        known = {element.get("Id") for element in tree}
        number = next(number for number in range(1, len(known) + 2) if f"rIdGongwen{number}" not in known)
        prefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        target = posixpath.relpath(path, posixpath.dirname(self.main) or ".")
        _add(
            tree,
            PACKAGE_RELATIONSHIP,
            "Relationship",
            Id=f"rIdGongwen{number}",
            Type=prefix + kind,
            Target=target,
        )
        types = self.tree("[Content_Types].xml")
        _add(types, CONTENT_TYPES, "Override", PartName=f"/{path}", ContentType=content_type)
        return {relationships: serialise(tree), "[Content_Types].xml": serialise(types)}

    def _targets(self, source: str) -> list[tuple[str, str]]:
        """Return the kind and path of everything inside the file that a part relates to."""
        path = _relationships_of(source)
        if path.lower() not in self._names:
            return []
        found = []
        for element in self.tree(path):
            kind, target = element.get("Type"), element.get("Target")
            if kind and target and element.get("TargetMode") != "External":
                joined = posixpath.join(posixpath.dirname(source), target) if target[0] != "/" else target
                found.append((kind.rpartition("/")[2], posixpath.normpath(joined).lstrip("/")))
        return found


def _relationships_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _add(parent: Element, space: str, name: str, **attributes: str) -> None:
    parent.append(parent.makeelement(f"{{{space}}}{name}", attributes))
