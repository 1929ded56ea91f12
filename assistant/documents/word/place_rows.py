"""The rows of the table that are about where things stand."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from assistant.documents.word.conformance import Conformance, tallied
from assistant.documents.word.layout import TWIPS_PER_POINT, Part
from assistant.documents.word.looks import Properties, number, size_of
from assistant.documents.word.opened import Opened, Placed
from assistant.documents.word.paragraphs import OpenedParagraph
from assistant.documents.word.titles import width

_PADDED_DATE = re.compile(r"年0|月0|[〇○零一二三四五六七八九十]年")
_DOCUMENT_NUMBER = re.compile(r"[^〔\[［（(]+〔[\d×*]{4}〕(?!0)[\d×*]+号")
# A line this low, in twips, is no line to the eye.
_NO_HEIGHT = 60
# A quarter of a character is less than the eye sees.
_NEAR = 0.25


def style_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield the rows of what a style decides: indents and alignment."""
    indented = opened.of(Part.HEADING1, Part.HEADING2, Part.HEADING3, Part.HEADING4, Part.BODY)
    yield _each("正文和小标题缩进", "左空二字", indented, lambda each: _first_indent(each, 2))
    body = opened.of(Part.BODY)
    yield _each("正文对齐", "两端对齐", body, lambda each: _aligned(each, ("both", "distribute")))
    titles = opened.of(Part.MASTHEAD, Part.NUMBER, Part.TITLE, Part.BYLINE)
    yield _each("标题位置", "居中", titles, lambda each: _aligned(each, ("center",)))


def place_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield the rows of where addressee, title and attachments stand."""
    addressee = opened.of(Part.ADDRESSEE)
    yield _each("主送机关位置", "顶格，末尾全角冒号", addressee, _addressee)
    numbers = opened.of(Part.NUMBER)
    yield _each("发文字号写法", "年份全称用〔〕，不加“第”，不编虚位", numbers, _number)
    yield _each("标题之后", "空一行", _last_titles(opened), lambda each: _blank_after(opened, each))
    marks = opened.of(Part.MARK)
    yield _each("附件位置", "另起一页，顶格，无标点", marks, _attachment)
    titled = [one for one, after in itertools.pairwise(opened.placed) if _opens(one, after)]
    yield _each("附件标题", "在第三行", titled, lambda each: _blank_after(opened, each))


def ending_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield the rows of what stands below the text: list of attachments, signature, date."""
    notes = opened.of(Part.NOTE)
    yield _each("附件说明格式", "左空二字，全角冒号，名称后无标点", notes, _note)
    signed, dated = opened.of(Part.SIGNATURE), opened.of(Part.DATE)
    first = (signed or dated or notes)[:1] + (notes[:1] if signed or dated else [])
    yield _each("正文之后", "署名、附件说明之前空一行", first, lambda each: _blank_before(opened, each))
    yield _each("署名位置", "右空二字", signed, lambda each: _right(opened, each, _ends(signed, dated)[0]))
    yield _each(
        "成文日期位置",
        "首字比署名首字右移二字",
        dated,
        lambda each: _right(opened, each, _ends(signed, dated)[1]),
    )
    yield _each("成文日期写法", "阿拉伯数字，不编虚位", dated, _date)


def _each(item: str, required: str, placed: Sequence[Placed], wrong: Callable[[Placed], str]) -> Conformance:
    deviations = [(found, each.line.text) for each in placed if (found := wrong(each))]
    return tallied(item, required, deviations, len(placed))


def _size(placed: Placed) -> float:
    runs = placed.paragraph.runs
    return size_of(runs[0].look) if runs else 16


def _characters(placed: Placed, side: str) -> float:
    """Return an indent in characters, however it is written."""
    look = placed.paragraph.look
    if number(look, f"ind.{side}Chars"):
        return number(look, f"ind.{side}Chars") / 100
    return number(look, f"ind.{side}") / (_size(placed) * TWIPS_PER_POINT)


def _first_indent(placed: Placed, count: float) -> str:
    typed = placed.paragraph.text[: placed.shift]
    left, right = _characters(placed, "left"), _characters(placed, "right")
    found = _characters(placed, "firstLine") - _characters(placed, "hanging") + left + width(typed)
    faults = [] if abs(found - count) < _NEAR and not typed else [f"左空{found:.3g}字"]
    faults += ["用空格顶出"] if typed else []
    faults += ["回行没有顶格"] if abs(left) >= _NEAR else []
    faults += [f"右边空{right:.3g}字"] if abs(right) >= _NEAR else []
    return "，".join(faults)


def _aligned(placed: Placed, wanted: tuple[str, ...]) -> str:
    names = {"left": "左对齐", "start": "左对齐", "center": "居中", "right": "右对齐", "both": "两端对齐"}
    found = placed.paragraph.look.get("jc", "left")
    return "" if found in wanted else names.get(found, found)


def _addressee(placed: Placed) -> str:
    return _first_indent(placed, 0) or ("" if placed.line.text.endswith("：") else "末尾不是全角冒号")


def _last_titles(opened: Opened) -> list[Placed]:
    tops = (Part.TITLE, Part.BYLINE, Part.NUMBER)
    order = opened.placed
    return [
        one
        for one, after in itertools.pairwise(order)
        if one.line.part in tops and after.line.part not in tops
    ]


def _blank_after(opened: Opened, placed: Placed) -> str:
    following = opened.all[placed.index + 1 :]
    blank = len(list(itertools.takewhile(is_blank, following)))
    if blank > 1:
        return f"空了{blank}行"
    spaced = lines_between(placed.paragraph.look, "after") + sum(
        lines_between(each.look, "before") for each in following[:1]
    )
    return "" if blank or spaced >= 0.5 else "没有空行"


def _blank_before(opened: Opened, placed: Placed) -> str:
    before = opened.all[placed.index - 1 : placed.index]
    spaced = lines_between(placed.paragraph.look, "before") + sum(
        lines_between(each.look, "after") for each in before
    )
    blank = bool(before) and not before[0].text.strip()
    return "" if blank or spaced >= 0.5 else "没有空行"


def lines_between(look: Properties, side: str) -> float:
    """Return what is free before or after a paragraph, in lines."""
    if f"spacing.{side}Lines" in look:
        return number(look, f"spacing.{side}Lines") / 100
    return number(look, f"spacing.{side}") / 579


def _attachment(placed: Placed) -> str:
    if placed.line.text[-1] in "：:":
        return "后有标点"
    return _first_indent(placed, 0) or ("" if placed.paragraph.breaks_before else "没有另起一页")


def is_blank(paragraph: OpenedParagraph) -> bool:
    """Tell whether a paragraph shows as a blank line."""
    look = paragraph.look
    low = look.get("spacing.lineRule") == "exact" and number(look, "spacing.line", 240) <= _NO_HEIGHT
    return not paragraph.text.strip() and not paragraph.drawn and not low


def _opens(one: Placed, after: Placed) -> bool:
    return one.line.part is Part.MARK and after.line.part is Part.TITLE


def _number(placed: Placed) -> str:
    text = placed.line.text
    return "" if _DOCUMENT_NUMBER.fullmatch(text) else f"写作{text}"


def _note(placed: Placed) -> str:
    left = _characters(placed, "left") + _characters(placed, "firstLine") - _characters(placed, "hanging")
    if placed.line.text[-1] in "。；，.;,":
        return "名称后有标点"
    if placed.line.text.startswith("附件:"):
        return "冒号不是全角"
    return "" if left >= 2 - _NEAR else f"左空{left:.3g}字"


def _ends(signed: Sequence[Placed], dated: Sequence[Placed]) -> tuple[float, float]:
    """Return how far signature and date are to be from the right, in characters."""
    longest = max((width(each.line.text) for each in signed), default=0.0)
    date = max((width(each.line.text) for each in dated), default=0.0)
    if longest >= date:
        return 2.0, longest - date
    return 4 + date - longest if dated else 2.0, 2.0


def _right(opened: Opened, placed: Placed, wanted: float) -> str:
    if len(opened.of(Part.SIGNATURE)) > 1:
        return ""
    if wrong := _aligned(placed, ("right", "end")):
        return wrong
    found = _characters(placed, "right")
    return "" if abs(found - wanted) < _NEAR else f"右空{found:.3g}字，应为{wanted:.3g}字"


def _date(placed: Placed) -> str:
    return f"写作{placed.line.text}" if _PADDED_DATE.search(placed.line.text) else ""
