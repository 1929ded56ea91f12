"""What styles say of a paragraph or a run: its numbering, and whether it is hidden."""

from assistant.documents.word_import.markup import Element, attribute, switched, word

_HIDDEN = f"{word('rPr')}/{word('vanish')}"


class StyleTable:
    """The styles of a document, each with what it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for style in () if root is None else root.iterfind(word("style")):
            name = attribute(style, "styleId")
            if name is None:
                continue
            self._styles[name] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                self._default = name
        self._hidden: dict[str, bool] = {}

    def of_paragraph(self, paragraph: Element) -> str | None:
        """Return the id of a paragraph's style."""
        named = attribute(paragraph.find(f"{word('pPr')}/{word('pStyle')}"))
        return named if named in self._styles else self._default

    def chain(self, name: str | None) -> list[tuple[str, Element]]:
        """Return a style and what it is based on, nearest first."""
        found: dict[str, Element] = {}
        while name in self._styles and name not in found and name is not None:
            found[name] = self._styles[name]
            name = attribute(self._styles[name].find(word("basedOn")))
        return list(found.items())

    def is_hidden(self, run: Element, paragraph: Element | None) -> bool:
        """Tell whether a run does not show, by itself or by its style or its paragraph's."""
        properties = run.find(word("rPr"))
        if properties is not None:
            own = switched(properties.find(word("vanish")))
            if own is not None:
                return own
            if (named := attribute(properties.find(word("rStyle")))) and self._style_hides(named):
                return True
        style = None if paragraph is None else self.of_paragraph(paragraph)
        return style is not None and self._style_hides(style)

    def _style_hides(self, name: str) -> bool:
        if name not in self._hidden:
            told = (switched(style.find(_HIDDEN)) for _, style in self.chain(name))
            self._hidden[name] = next((each for each in told if each is not None), False)
        return self._hidden[name]
