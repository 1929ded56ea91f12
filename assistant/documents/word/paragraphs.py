"""The paragraphs of a Word file, and how each run looks once all styles are applied."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.documents.word.looks import Properties, StyleSheet, is_on
from assistant.documents.word.opening import WordFile, w

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """A run: where its text starts in its paragraph, the text, its properties once all styles are applied."""

    start: int
    text: str
    look: Properties


@dataclass(frozen=True, slots=True)
class OpenedParagraph:
    """A paragraph of the text: its runs, its properties once all styles are applied, its style's name."""

    runs: tuple[OpenedRun, ...]
    look: Properties
    style: str
    breaks_before: bool
    drawn: bool = False

    @property
    def text(self) -> str:
        """Return its text."""
        return "".join(run.text for run in self.runs)


def opened_paragraphs(file: WordFile, styles: StyleSheet) -> Iterator[OpenedParagraph]:
    """Yield the paragraphs of the text in order, those of tables and text boxes left out."""
    breaks = False
    for element in _outside_tables(file.body):
        properties = element.find(w("pPr"))
        id_, look = styles.paragraph(properties)
        runs, at, ends = [], 0, False
        for each in element.iter(w("r")):
            if any(
                above.tag in (w("del"), w("moveFrom"), w("txbxContent")) for above in each.iterancestors()
            ):
                continue
            text = _text(each)
            ends = ends or any(br.get(w("type")) == "page" for br in each.iter(w("br")))
            if text:
                runs.append(OpenedRun(at, text, styles.run(id_, each.find(w("rPr")))))
                at += len(text)
        own = breaks or is_on(look, "pageBreakBefore") or (ends and not at)
        drawn = any(next(element.iter(w(name)), None) is not None for name in ("drawing", "pict", "object"))
        yield OpenedParagraph(tuple(runs), look, styles.name(id_), own, drawn)
        breaks = ends or (properties is not None and properties.find(w("sectPr")) is not None)


def _outside_tables(element: "_Element") -> "Iterator[_Element]":
    for each in element:
        if each.tag == w("p"):
            yield each
        elif each.tag in (w("sdt"), w("sdtContent"), w("ins"), w("customXml"), w("smartTag")):
            yield from _outside_tables(each)


def _text(run: "_Element") -> str:
    kinds = {w("tab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
    return "".join(
        (each.text or "")
        if each.tag == w("t")
        else "\n"
        if each.tag == w("br") and each.get(w("type")) in (None, "textWrapping")
        else kinds.get(str(each.tag), "")
        for each in run
    )
