"""A user's own template: its styles and its section properties win over the standard's."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.documents.word.body import Styles
from assistant.documents.word.layout import TWIPS_PER_MM, Margins, PageFormat, Part, twips
from assistant.documents.word.looks import StyleSheet, is_on, section_measure, size_of
from assistant.documents.word.opening import WordFile, w
from assistant.documents.word.package import HEAD, zipped
from assistant.documents.word.parts import tree_bytes, with_parts
from assistant.documents.word.styles import NAMESPACES, STYLES, style_xml
from assistant.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

# What offices call the style of a part, best first; Word's own names are English in the file.
_CALLED = {
    Part.MASTHEAD: ("发文机关标志",),
    Part.NUMBER: ("发文字号",),
    Part.TITLE: ("公文标题", "Title", "标题"),
    Part.BYLINE: ("题下署名", "Subtitle", "副标题"),
    Part.ADDRESSEE: ("主送机关", "Salutation"),
    Part.HEADING1: ("一级标题", "公文一级标题", "heading 1"),
    Part.HEADING2: ("二级标题", "公文二级标题", "heading 2"),
    Part.HEADING3: ("三级标题", "公文三级标题", "heading 3"),
    Part.HEADING4: ("四级标题", "公文四级标题", "heading 4"),
    Part.BODY: ("公文正文", "Body Text First Indent", "Normal Indent", "Body Text"),
    Part.NOTE: ("附件说明",),
    Part.SIGNATURE: ("署名", "发文机关署名", "Signature"),
    Part.DATE: ("成文日期", "Date"),
    Part.MARK: ("附件标识",),
    Part.PAGE_NUMBER: ("footer",),
    Part.TABLE: ("表格文字",),
}
_PARTS = {id_: part for part, (id_, _) in STYLES.items()}


class Template(Styles):
    """A template as it was opened, and which of its styles each part takes. Raises `InputError`."""

    def __init__(self, data: bytes, *, name: str = "模板") -> None:
        self.file = WordFile(data, name=name)
        self.sheet = StyleSheet(self.file)
        called = {
            part: next(
                (self.sheet.names[each.lower()] for each in names if each.lower() in self.sheet.names), None
            )
            for part, names in _CALLED.items()
        }
        self._ids = {part: id_ for part, id_ in called.items() if id_}

    def paragraph(self, part: Part) -> str:
        """Return the id of a part's style: the template's own where it has one."""
        return self._ids.get(part) or super().paragraph(part)

    def layout(self, base: PageFormat) -> PageFormat:
        """Return the format as the template has it; what it says nothing of is that of ``base``."""
        looks = {
            part: self.sheet.run_defaults | self.sheet.given(id_, "rPr") for part, id_ in self._ids.items()
        }
        plain = self.sheet.run_defaults | self.sheet.given(self.sheet.base, "rPr")
        body = looks.get(Part.BODY, plain)
        fonts = {part: look.get("eastAsia") or base.font(part) for part, look in looks.items()}
        sizes = {part: size_of(look) for part, look in looks.items()}
        made = PageFormat(
            margins=self._margins(base.margins),
            lines=0,
            characters=0,
            body_font=body.get("eastAsia") or base.body_font,
            body_size=size_of(body),
            latin_font=body.get("ascii") or base.latin_font,
            fonts=MappingProxyType({**base.fonts, **fonts}),
            sizes=MappingProxyType({**base.sizes, **sizes}),
            bold=frozenset(
                {part for part, look in looks.items() if is_on(look, "b")} | (base.bold - looks.keys())
            ),
            lines_above_title=base.lines_above_title,
            page_number=base.page_number,
            templated=True,
        )
        # Less than two centimetres either way hold no text.
        if min(made.area) < twips(20):
            raise InputError(f"模板“{self.file.name}”的页边距占满了纸面，排不下正文，请改正后重试。")
        return made

    def filled(
        self, content: str, *, layout: PageFormat, apart: Mapping[str, str], more: Mapping[str, str]
    ) -> bytes:
        """Return the template with its text replaced by ``content``; ``more`` are parts to add, by name."""
        from lxml import etree

        section = self.file.section
        for each in list(self.file.body):
            self.file.body.remove(each)
        self.file.body.extend(list(etree.fromstring(f"<w:body {NAMESPACES}>{content}</w:body>")))
        if section is not None:
            self.file.body.append(section)
        parts = self.file.parts | {self.file.main: tree_bytes(self.file.document)}
        parts |= self._styled(layout, apart)
        # The template's own comments went with its text.
        bare = {"word/comments.xml": f"{HEAD}<w:comments {NAMESPACES}/>"} if self._commented() else {}
        return zipped(with_parts(parts, bare | dict(more), main=self.file.main))

    def _commented(self) -> bool:
        return any(name.endswith("/comments.xml") for name in self.file.relations.values())

    def _styled(self, layout: PageFormat, apart: Mapping[str, str]) -> dict[str, bytes]:
        """Return the template's styles with those it lacks, resting on its own base."""
        from lxml import etree

        name = self.file.beside("styles.xml")
        tree = self.file.xml(name)
        if tree is None:
            raise InputError(f"“{self.file.name}”里没有样式，不能用作模板，请用 Word 或 WPS 重新保存后再试。")
        wanted = "".join(style_xml(part, layout) for part in (*STYLES, Part.ITEM)) + "".join(apart.values())
        wanted = wanted.replace('<w:basedOn w:val="Normal"/>', f'<w:basedOn w:val="{self.sheet.base}"/>')
        names = set(self.sheet.names) | {self.sheet.name(id_).lower() for id_ in self._ids.values()}
        for style in etree.fromstring(f"<w:styles {NAMESPACES}>{wanted}</w:styles>"):
            part = _PARTS.get(style.get(w("styleId"), ""))
            if part not in self._ids and self._named(style) not in names:
                tree.append(style)
        return {name: tree_bytes(tree)}

    def _named(self, style: "_Element") -> str:
        found = style.find(w("name"))
        return "" if found is None else found.get(w("val"), "").lower()

    def _margins(self, base: Margins) -> Margins:
        section = self.file.section
        if section is None or section.find(w("pgMar")) is None:
            return base
        return Margins(
            **{
                side: section_measure(section, "pgMar", side) / TWIPS_PER_MM
                for side in ("top", "bottom", "left", "right")
            }
        )
