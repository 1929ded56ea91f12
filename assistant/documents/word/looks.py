"""The styles of a Word file, and the properties that come of them."""

import re
from typing import TYPE_CHECKING

from assistant.documents.word.opening import OFF, WordFile, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLOTS = ("ascii", "hAnsi", "eastAsia")
# No styles rest on one another in a longer row than this, unless in a circle.
_CHAIN = 20
_NUMBER = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?")
Properties = dict[str, str]


class StyleSheet:
    """The styles of a file, and the properties that they give."""

    def __init__(self, file: WordFile) -> None:
        tree = file.xml(file.beside("styles.xml"))
        self._styles = (
            {} if tree is None else {each.get(w("styleId"), ""): each for each in tree.iter(w("style"))}
        )
        self._themes = _theme_fonts(file.xml(file.beside("theme/theme1.xml")))
        defaults = None if tree is None else tree.find(w("docDefaults"))
        self.run_defaults = self._flat(_inside(defaults, "rPrDefault", "rPr"))
        self.paragraph_defaults = self._flat(_inside(defaults, "pPrDefault", "pPr"))
        self._known: dict[tuple[str, str], Properties] = {}
        self.base = next(
            (
                id_
                for id_, each in self._styles.items()
                if each.get(w("default")) == "1" and each.get(w("type")) == "paragraph"
            ),
            "",
        )
        self.names = {self.name(id_).lower(): id_ for id_ in self._styles}

    def name(self, id_: str) -> str:
        """Return a style's name."""
        style = self._styles.get(id_)
        found = None if style is None else style.find(w("name"))
        return "" if found is None else found.get(w("val"), "")

    def given(self, id_: str, kind: str) -> Properties:
        """Return what a style and those below it give: ``kind`` is rPr or pPr."""
        if (id_, kind) not in self._known:
            chain: list[_Element] = []
            style = self._styles.get(id_)
            while style is not None and len(chain) < _CHAIN:
                chain.append(style)
                below = style.find(w("basedOn"))
                style = None if below is None else self._styles.get(below.get(w("val"), ""))
            merged: Properties = {}
            for each in reversed(chain):
                merged |= self._flat(each.find(w(kind)))
            self._known[id_, kind] = merged
        return self._known[id_, kind]

    def paragraph(self, properties: "_Element | None") -> tuple[str, Properties]:
        """Return a paragraph's style, and its properties once styles are applied."""
        flat = self._flat(properties)
        id_ = flat.get("pStyle", self.base)
        return id_, self.paragraph_defaults | self.given(id_, "pPr") | flat

    def run(self, style: str, properties: "_Element | None") -> Properties:
        """Return a run's properties in a paragraph of that style."""
        flat = self._flat(properties)
        named = self.given(flat.get("rStyle", ""), "rPr")
        return self.run_defaults | self.given(style, "rPr") | named | flat

    def _flat(self, properties: "_Element | None") -> Properties:
        flat: Properties = {}
        for each in () if properties is None else properties:
            if not isinstance(each.tag, str):
                continue
            name = each.tag.removeprefix(w(""))
            if name == "rFonts":
                flat |= self._fonts(each)
            elif name in ("ind", "spacing") and len(each.attrib) and w("val") not in each.attrib:
                flat |= {f"{name}.{key.removeprefix(w(''))}": value for key, value in each.attrib.items()}
            else:
                flat[name] = each.get(w("val"), "1")
        return flat

    def _fonts(self, element: "_Element") -> Properties:
        found = {"hint": element.get(w("hint"), "")} if element.get(w("hint")) else {}
        for slot in _SLOTS:
            theme = element.get(w("eastAsiaTheme" if slot == "eastAsia" else f"{slot}Theme"))
            if theme:
                found |= {slot: self._themes.get(theme, theme), f"{slot}Theme": theme}
            elif element.get(w(slot)):
                found |= {slot: element.get(w(slot), ""), f"{slot}Theme": ""}
        return found


def number(look: Properties, name: str, default: float = 0) -> float:
    """Return a property as a number, of whatever unit the file has it in; what is no number is the default."""
    match = _NUMBER.match(look.get(name, ""))
    return float(match.group()) if match else default


def size_of(look: Properties) -> float:
    """Return the size of type in points; what a file does not say is Word's own ten points."""
    return max(number(look, "sz", 20), 1) / 2


def section_measure(section: "_Element | None", tag: str, name: str) -> float:
    """Return a measure of a section, 0 where it is not given."""
    found = None if section is None else section.find(w(tag))
    return 0 if found is None else number({name: found.get(w(name), "")}, name)


def is_on(look: Properties, name: str, *, default: bool = False) -> bool:
    """Tell whether a property is on."""
    return look[name] not in OFF if name in look else default


def _inside(element: "_Element | None", *names: str) -> "_Element | None":
    for name in names:
        element = None if element is None else element.find(w(name))
    return element


def _theme_fonts(tree: "_Element | None") -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = None if tree is None else next(tree.iter(f"{_A}{kind}Font"), None)
        if fonts is None:
            continue
        faces = {
            each.tag.removeprefix(_A): each.get("typeface", "") for each in fonts if isinstance(each.tag, str)
        }
        chinese = next((each.get("typeface", "") for each in fonts if each.get("script") == "Hans"), "")
        latin = faces.get("latin", "")
        found |= {f"{kind}HAnsi": latin, f"{kind}Ascii": latin, f"{kind}EastAsia": faces.get("ea") or chinese}
    return found
