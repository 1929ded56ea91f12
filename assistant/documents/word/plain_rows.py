"""The rows of the table that say what does not belong into a document: decoration, marks of Markdown, blank lines."""

import itertools
import re
from collections.abc import Iterator

from assistant.documents.word.conformance import Conformance, tallied
from assistant.documents.word.layout import Part
from assistant.documents.word.looks import Properties, is_on, number
from assistant.documents.word.opened import Opened, Placed
from assistant.documents.word.place_rows import is_blank, lines_between

_SHOWN = {"u": "下划线", "highlight": "突出显示", "em": "着重号"}
_SWITCHED = {"i": "斜体", "strike": "删除线", "dstrike": "双删除线", "shadow": "阴影", "outline": "空心"}
# ** and * are left out: they mask names.
_MARKDOWN = re.compile(r"^(?:[-+>#][ \t]|-{3,}$|={3,}$|```)|\]\(|`[^`]+`")
_TEXT = (Part.BODY, Part.HEADING1, Part.HEADING2, Part.HEADING3, Part.HEADING4)


def plain_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield the rows."""
    marked = [
        ("有 Markdown 记号", each.line.text) for each in opened.placed if _MARKDOWN.search(each.line.text)
    ]
    yield tallied("Markdown 记号", "没有", marked, len(opened.placed))
    if not opened.layout.templated:
        yield _decorations(opened)
        yield _gaps(opened)


def _decorations(opened: Opened) -> Conformance:
    decorated = {
        placed.index: (found, placed.line.text)
        for placed, run in opened.runs()
        if run.text.strip() and (found := _decoration(run.look))
    }
    required = "无下划线、斜体、缩放等"
    return tallied("文字修饰", required, list(decorated.values()), len(opened.placed))


def _gaps(opened: Opened) -> Conformance:
    pairs = [
        (one, after)
        for one, after in itertools.pairwise(opened.placed)
        if one.line.part in (*_TEXT, Part.ADDRESSEE)
        and after.line.part in _TEXT
        and not after.paragraph.breaks_before
    ]
    parted = [(found, after.line.text) for one, after in pairs if (found := _parted(opened, one, after))]
    return tallied("正文段落之间", "不空行", parted, len(pairs))


def _decoration(look: Properties) -> str:
    found = [name for key, name in _SHOWN.items() if look.get(key, "none") != "none"]
    found += [name for key, name in _SWITCHED.items() if is_on(look, key)]
    scale = number(look, "w", 100)
    return "、".join([*found, *([f"缩放{scale:g}%"] if scale != 100 else [])])


def _parted(opened: Opened, one: Placed, after: Placed) -> str:
    between = opened.all[one.index + 1 : after.index]
    blank = sum(is_blank(each) for each in between)
    if blank:
        return f"空了{blank}行"
    spaced = lines_between(one.paragraph.look, "after") + lines_between(after.paragraph.look, "before")
    return "有段前段后间距" if spaced > 0.1 else ""
