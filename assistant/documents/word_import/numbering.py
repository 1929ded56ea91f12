"""Automatic numbering: what stands before a numbered paragraph, counted as Word counts (ECMA-376-1 §17.9)."""

import re
from dataclasses import dataclass

from assistant.documents.word_import.markup import Element, attribute, local, switched, word
from assistant.documents.word_import.number_formats import automatic_number
from assistant.documents.word_import.styles import StyleTable
from assistant.documents.word_import.symbols import bullet

_LEVELS = 9
_HOLE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how it counts and shows, and after which level it begins anew (0: never); a bullet's font."""

    start: int
    kind: str
    pattern: str
    legal: bool
    after: int | None
    style: str | None
    font: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the numbering that it counts with, its levels, and the levels that it sets to a number of its own."""

    shared: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document, and how far each has counted; paragraphs are to be asked about in their order."""

    def __init__(self, root: Element | None, styles: StyleTable) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._nums: dict[str, Element] = {}
        if root is not None:
            self._abstract = {
                attribute(each, "abstractNumId") or "": each for each in root.iterfind(word("abstractNum"))
            }
            self._nums = {attribute(each, "numId") or "": each for each in root.iterfind(word("num"))}

    def number(self, paragraph: Element) -> str:
        """Return the number or bullet before a paragraph, and count it; nothing for one that has none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        name, level = place
        numbered = self._list(name)
        if numbered is None or level not in numbered.levels:
            return ""
        counts = self._count(name, numbered, level)
        here = numbered.levels[level]
        if here.kind == "bullet":
            return bullet(here.pattern, here.font)

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other not in numbered.levels:
                return ""
            kind = "decimal" if here.legal else numbered.levels[other].kind
            return automatic_number(counts.get(other, numbered.levels[other].start), kind)

        return _HOLE.sub(shown, here.pattern)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list and level of a paragraph: its own, else its style's."""
        own = paragraph.find(f"{word('pPr')}/{word('numPr')}")
        name = attribute(None if own is None else own.find(word("numId")))
        level = attribute(None if own is None else own.find(word("ilvl")))
        if name is None:
            for style, element in self._styles.chain(self._styles.of_paragraph(paragraph)):
                listed = element.find(f"{word('pPr')}/{word('numPr')}")
                name = attribute(None if listed is None else listed.find(word("numId")))
                if name is not None:
                    level = level or self._level_of_style(name, style) or attribute(listed.find(word("ilvl")))
                    break
        if name is None or name == "0":
            return None
        return name, int(level or 0)

    def _level_of_style(self, name: str, style: str) -> str | None:
        numbered = self._list(name)
        levels = numbered.levels if numbered else {}
        return next((str(level) for level, each in levels.items() if each.style == style), None)

    def _count(self, name: str, numbered: _List, level: int) -> dict[int, int]:
        """Count one paragraph; lists of one numbering count on, but for a level that a list starts on its own."""
        counts = self._counts.setdefault(numbered.shared, {})
        begins = level in numbered.starts and (name, level) not in self._begun
        self._begun.add((name, level))
        if begins:
            counts[level] = numbered.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else numbered.levels[level].start
        for deeper in range(level + 1, _LEVELS):
            after = numbered.levels[deeper].after if deeper in numbered.levels else None
            if after is None or level < after:
                counts.pop(deeper, None)
        return counts

    def _list(self, name: str) -> _List | None:
        if name not in self._lists:
            num = self._nums.get(name)
            abstract = self._resolved(attribute(None if num is None else num.find(word("abstractNumId"))))
            if num is None or abstract is None:
                return None
            self._lists[name] = _read_list(num, abstract)
        return self._lists[name]

    def _resolved(self, abstract_id: str | None) -> Element | None:
        """Return a numbering, or the one that its style of lists stands for."""
        for _ in range(_LEVELS):
            abstract = self._abstract.get(abstract_id or "")
            link = None if abstract is None else attribute(abstract.find(word("numStyleLink")))
            if link is None:
                return abstract
            path = f"{word('pPr')}/{word('numPr')}/{word('numId')}"
            names = [attribute(style.find(path)) for _, style in self._styles.chain(link)]
            num = self._nums.get(next(filter(None, names), ""))
            abstract_id = attribute(None if num is None else num.find(word("abstractNumId")))
        return None


def _read_list(num: Element, abstract: Element) -> _List:
    levels = dict(map(_read_level, abstract.iterfind(word("lvl"))))
    starts: dict[int, int] = {}
    for override in num.iterfind(word("lvlOverride")):
        place = int(attribute(override, "ilvl") or 0)
        own = override.find(word("lvl"))
        if own is not None:
            levels[place] = _read_level(own)[1]
        if (start := attribute(override.find(word("startOverride")))) is not None:
            starts[place] = int(start)
    return _List(attribute(abstract, "abstractNumId") or "", levels, starts)


def _read_level(element: Element) -> tuple[int, _Level]:
    kinds = [each for each in element.iter(word("numFmt")) if local(each.getparent()) != "mc:Fallback"]
    kind = attribute(kinds[0]) if kinds else None
    if kind == "custom":
        # Only “01, 02, …” is in use; the others differ in nothing but leading noughts.
        kind = "decimalZero"
    after = attribute(element.find(word("lvlRestart")))
    return int(attribute(element, "ilvl") or 0), _Level(
        start=int(attribute(element.find(word("start"))) or 0),
        kind=kind or "decimal",
        pattern=attribute(element.find(word("lvlText"))) or "",
        legal=bool(switched(element.find(word("isLgl")))),
        after=None if after is None else int(after),
        style=attribute(element.find(word("pStyle"))),
        font=attribute(element.find(f"{word('rPr')}/{word('rFonts')}"), "ascii"),
    )
