"""The rows of the table that are about type: fonts, sizes, colour."""

import re
from collections.abc import Callable, Iterator

from assistant.documents.word.conformance import Conformance, points, tallied
from assistant.documents.word.layout import KAITI, PART_NAMES, Part
from assistant.documents.word.looks import Properties, is_on, size_of
from assistant.documents.word.opened import Opened, Placed
from assistant.documents.word.paragraphs import OpenedRun
from assistant.documents.word.place_rows import ending_rows, place_rows, style_rows
from assistant.documents.word.plain_rows import plain_rows

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_MARKS = re.compile(r"[“”‘’—…]")
_FONTED = tuple(part for part in Part if part not in (Part.PAGE_NUMBER, Part.TABLE))
# Only of these does the standard or common practice say that they are not bold.
_NEVER_BOLD = (Part.MASTHEAD, Part.TITLE, Part.HEADING1)
Deviation = tuple[str, str]


def text_rows(opened: Opened) -> Iterator[Conformance]:
    """Yield a row for each kind of text that a document of this sort has."""
    for part in _FONTED:
        yield _font_row(opened, part)
    if not opened.layout.templated:
        yield _latin_row(opened)
        yield _theme_row(opened)
        yield from style_rows(opened)
    yield _marks_row(opened)
    yield _colour_row(opened)
    yield from place_rows(opened)
    yield from ending_rows(opened)
    yield from plain_rows(opened)


def _font_row(opened: Opened, part: Part) -> Conformance:
    layout = opened.layout
    font, size, bold = layout.font(part), layout.size(part), part in layout.bold
    # How the words that lead an item stand out is left to the office: in bold, in 楷体 or not at all.
    led = part is Part.ITEM
    fonts = {font, KAITI} if led else {font}
    strict = not led and (bold or part in _NEVER_BOLD)
    required = f"{points(size)}{font}{('，加粗' if bold else '，不加粗') if strict else ''}"
    total, deviations = 0, []
    for placed in opened.placed:
        runs = [each for each in placed.paragraph.runs if _holds(placed, each, part)]
        total += bool(runs)
        looks = [
            (run.look.get("eastAsia", "未指定字体"), size_of(run.look), is_on(run.look, "b")) for run in runs
        ]
        wrong = [
            each for each in looks if each[0] not in fonts or each[1] != size or (strict and each[2] != bold)
        ]
        if wrong:
            face, height, heavy = wrong[0]
            deviations.append(
                (f"{points(height)}{face}{'加粗' if strict and heavy else ''}", placed.line.text)
            )
    return tallied(PART_NAMES[part], required, deviations, total)


def _holds(placed: Placed, run: OpenedRun, part: Part) -> bool:
    """Tell whether a run has Chinese characters that are of a part."""
    return any(placed.part_at(run.start + match.start()) is part for match in _CHINESE.finditer(run.text))


def _by_run(
    opened: Opened, pattern: re.Pattern[str], wrong: Callable[[Properties], str]
) -> tuple[list[Deviation], int]:
    seen: dict[int, Placed] = {}
    deviations: dict[int, Deviation] = {}
    for placed, run in opened.runs():
        if pattern.search(run.text):
            seen[placed.index] = placed
            if found := wrong(run.look):
                deviations[placed.index] = (found, placed.line.text)
    return list(deviations.values()), len(seen)


def _latin_row(opened: Opened) -> Conformance:
    font = opened.layout.latin_font
    found = _by_run(
        opened, _LATIN, lambda look: "" if look.get("ascii") == font else look.get("ascii", "未指定字体")
    )
    return tallied("数字和字母", font, *found)


def _marks_row(opened: Opened) -> Conformance:
    def wrong(look: Properties) -> str:
        chinese = look.get("hint") == "eastAsia" or look.get("ascii") == look.get("eastAsia")
        return "" if chinese else f"随西文字体{look.get('ascii', '')}"

    return tallied("引号、破折号", "用中文字体", *_by_run(opened, _MARKS, wrong))


def _theme_row(opened: Opened) -> Conformance:
    def wrong(look: Properties) -> str:
        return (
            "用了主题字体" if any(look.get(f"{slot}Theme") for slot in ("ascii", "hAnsi", "eastAsia")) else ""
        )

    return tallied("主题字体", "不用", *_by_run(opened, re.compile(r"\S"), wrong))


def _colour_row(opened: Opened) -> Conformance:
    def wrong(look: Properties) -> str:
        colour = look.get("color", "auto").lower()
        return "" if colour in ("auto", "000000") else f"颜色{colour}"

    return tallied("文字颜色", "黑色", *_by_run(opened, re.compile(r"\S"), wrong))
