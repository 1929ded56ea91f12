"""What stands in a paragraph: runs, links, fields, revisions as accepted, and what hangs on them."""

import re
from collections.abc import Iterable, Iterator

from assistant.documents.word_import.fields import Fields, is_contents
from assistant.documents.word_import.fragments import (
    CONTROL,
    DOUBLE,
    FIELD,
    FORMULA,
    REVISED,
    RUBY,
    Dropped,
    Fragment,
)
from assistant.documents.word_import.markup import Element, alternatives, attribute, local, switched, word
from assistant.documents.word_import.styles import StyleTable
from assistant.documents.word_import.symbols import UNKNOWN, symbol

# Soft hyphens, blanks without width, marks of direction: they part words that a reader sees whole.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "br": "", "sym": ""}
# What stands around runs, and why the text in it may not be changed.
_WRAPPERS = {
    "hyperlink": "",
    "smartTag": "",
    "customXml": "",
    "dir": "",
    "bdo": "",
    "ins": REVISED,
    "moveTo": REVISED,
}
_BREAKS_PAGE = ("page", "column")
_HELD = ("dataBinding", "dropDownList", "comboBox", "date")
_DRAWN = {"blip": "picture", "imagedata": "picture", "chart": "chart", "relIds": "diagram"}


class Inline:
    """Reads paragraphs one after another; text boxes and notes met on the way wait in ``boxes`` and ``notes``."""

    def __init__(self, styles: StyleTable, dropped: Dropped, *, fields: Fields) -> None:
        self.fields = fields
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._dropped = dropped.counts
        self._paragraph: Element = None

    def paragraph(self, element: Element) -> list[Fragment]:
        """Return what a paragraph shows, its number aside."""
        self._paragraph = element
        return list(self._children(element, ""))

    def _children(self, parent: Iterable[Element], lock: str) -> Iterator[Fragment]:
        for child in parent:
            name = local(child)
            if name == "r":
                yield from self._run(child, lock)
            elif name in _WRAPPERS:
                yield from self._children(child, lock or _WRAPPERS[name])
            elif name in ("del", "moveFrom"):
                self._dropped["deleted"] += 1
            elif name == "sdt":
                yield from self._control(child, lock)
            elif name == "fldSimple" and not is_contents(attribute(child, "instr") or ""):
                yield from self._children(child, lock or FIELD)
            elif name in ("m:oMath", "m:oMathPara"):
                yield from self._formula(child)
            elif name == "mc:AlternateContent":
                yield from self._children(alternatives(child), lock or DOUBLE)

    def _control(self, element: Element, lock: str) -> Iterator[Fragment]:
        """Yield what a content control holds, unless that is only the prompt to fill it in."""
        properties = element.find(word("sdtPr"))
        if properties is not None:
            if switched(properties.find(word("showingPlcHdr"))):
                self._dropped["prompt"] += 1
                return
            bound = any(properties.find(word(name)) is not None for name in _HELD)
            kept = attribute(properties.find(word("lock"))) in ("contentLocked", "sdtContentLocked")
            lock = lock or (CONTROL if bound or kept else "")
        content = element.find(word("sdtContent"))
        yield from self._children(() if content is None else content, lock)

    def _formula(self, element: Element) -> Iterator[Fragment]:
        text = "".join(each.text or "" for each in element.iter() if local(each) == "m:t")
        self._dropped["formula"] += 1
        if text and self.fields.shows:
            yield Fragment(text, lock=FORMULA)

    def _run(self, run: Element, lock: str) -> Iterator[Fragment]:
        hidden = self._styles.is_hidden(run, self._paragraph)
        for fragment in self._parts(run, lock):
            if not self.fields.shows or not fragment.text:
                continue
            if hidden:
                self._dropped["hidden"] += bool(fragment.text.strip())
                continue
            yield fragment

    def _parts(self, parent: Iterable[Element], lock: str) -> Iterator[Fragment]:
        """Yield what the parts of a run show. The fields they open and close are marked on the way."""
        for part in parent:
            name = local(part)
            if name == "t":
                yield from self._text(part, lock or self.fields.lock)
            elif name in _SIGNS:
                yield Fragment(self._sign(name, part), part, 0, lock or self.fields.lock)
            elif name == "fldChar":
                yield Fragment(self.fields.mark(part), lock=FIELD)
            elif name == "instrText":
                self.fields.instruct(part.text or "")
            elif name == "ruby":
                self._dropped["ruby"] += 1
                yield from self._children(part.iterfind(f"{word('rubyBase')}/{word('r')}"), lock or RUBY)
            elif name == "mc:AlternateContent":
                yield from self._parts(alternatives(part), lock or DOUBLE)
            else:
                self._hanging(name, part)

    def _sign(self, name: str, part: Element) -> str:
        """Return the one character that an element stands for, or nothing."""
        if name == "br":
            return "" if attribute(part, "type") in _BREAKS_PAGE else "\n"
        if name == "sym":
            shown = symbol(attribute(part, "char"), attribute(part, "font"))
            self._dropped["symbol"] += shown == UNKNOWN
            return shown
        return _SIGNS[name]

    def _text(self, node: Element, lock: str) -> Iterator[Fragment]:
        """Yield the characters of a ``w:t`` that show; a line end in the markup is a blank."""
        text = (node.text or "").translate({10: " ", 13: " ", 9: " "})
        position = 0
        for match in _INVISIBLE.finditer(text):
            self._dropped["invisible"] += match.end() - match.start()
            if position < match.start():
                yield Fragment(text[position : match.start()], node, position, lock)
            position = match.end()
        if position < len(text):
            yield Fragment(text[position:], node, position, lock)

    def _hanging(self, name: str, part: Element) -> None:
        """Note what hangs on a run: text boxes, notes, pictures."""
        if name in ("footnoteReference", "endnoteReference"):
            self.notes.append((name.removesuffix("Reference"), attribute(part, "id") or ""))
        elif name in ("drawing", "pict", "object"):
            self._dropped["object"] += name == "object"
            for element in part.iter():
                kind = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
                if kind == "txbxContent" and not _is_inside(element, part):
                    self.boxes.append(element)
                elif kind in _DRAWN and name != "object":
                    self._dropped[_DRAWN[kind]] += 1


def _is_inside(element: Element, top: Element) -> bool:
    """Tell whether a text box lies in another, or in the fallback for programs that do not know the one chosen."""
    above = element.getparent()
    while above is not None and above is not top:
        if local(above) in ("txbxContent", "mc:Fallback"):
            return True
        above = above.getparent()
    return False
