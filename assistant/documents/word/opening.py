"""The parts of a Word file, opened again."""

import io
import zipfile
import zlib
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.documents.limits import ARCHIVE_ENTRIES, FILE_BYTES, MARKUP_BYTES, MEGABYTE, too_large
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFF = ("0", "false", "off", "none")


def w(name: str) -> str:
    """Return an element's or attribute's name in the namespace of WordprocessingML."""
    return _W + name


class WordFile:
    """The parts of a .docx. Raises `InputError` where it is none, or would burst."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        self.parts = _unpacked(data, name)
        self.main = self._main_part()
        self.document = self.xml(self.main)
        body = None if self.document is None else self.document.find(w("body"))
        if body is None or "[Content_Types].xml" not in self.parts:
            raise _broken(name)
        self.body: _Element = body

    def xml(self, part: str) -> "_Element | None":
        """Return a part as a tree, or none where there is no such part."""
        from lxml import etree

        data = self.parts.get(part)
        if data is None:
            return None
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise _broken(self.name) from error

    def beside(self, name: str) -> str:
        """Return the name of a part in the main part's folder."""
        return f"{self.main.rpartition('/')[0]}/{name}".lstrip("/")

    @property
    def relations(self) -> dict[str, str]:
        """Return the parts that the main part refers to, by the ids it does so with."""
        folder, _, file = self.main.rpartition("/")
        tree = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found = {} if tree is None else {each.get("Id", ""): each.get("Target", "") for each in tree}
        return {id_: t.lstrip("/") if t.startswith("/") else self.beside(t) for id_, t in found.items()}

    def referred(self, element: "_Element") -> "_Element | None":
        """Return the part that an element refers to."""
        return self.xml(self.relations.get(element.get(_RELATION, ""), ""))

    @cached_property
    def section(self) -> "_Element | None":
        """Return the properties of the last section, which is the main one of a document."""
        return self.body.find(w("sectPr"))

    def on(self, setting: str) -> bool:
        """Tell whether a setting of the document is on."""
        tree = self.xml(self.beside("settings.xml"))
        found = None if tree is None else tree.find(w(setting))
        return found is not None and found.get(w("val"), "1") not in OFF

    def _main_part(self) -> str:
        tree = self.xml("_rels/.rels")
        for each in [] if tree is None else tree:
            if each.get("Type", "").endswith("/officeDocument"):
                return str(each.get("Target", "")).lstrip("/")
        return "word/document.xml"


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"“{name}”实际是旧版 .doc 或加密文件，请用 Word 或 WPS 另存为 .docx 后再试。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            markup = sum(
                each.file_size for each in entries if each.filename.lower().endswith((".xml", ".rels"))
            )
            if len(entries) > ARCHIVE_ENTRIES or sum(each.file_size for each in entries) > 2 * FILE_BYTES:
                raise too_large(name, FILE_BYTES)
            if markup > MARKUP_BYTES:
                raise InputError(
                    f"“{name}”解压后的正文超过{MARKUP_BYTES // MEGABYTE}MB，请拆成单篇报告后再试。"
                )
            return {each.filename: package.read(each) for each in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise _broken(name) from error


def _broken(name: str) -> InputError:
    return InputError(f"“{name}”不是完整的 .docx 文件，请用 Word 或 WPS 重新保存后再试。")
