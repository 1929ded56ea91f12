"""A comparison cut into what a page shows: blocks of runs, each with its mark, and bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.evaluation.comparison import ComparedPiece, ComparedStretch, Comparison, Said
from assistant.evaluation.comparison_traits import content_said
from assistant.evaluation.scorers import SCORERS
from assistant.text.masks import show_masks
from assistant.types import Score

_HIGHER_IS = {"higher": "越高越好", "lower": "越低越好"}


@dataclass(frozen=True, slots=True)
class PageMark:
    """What is to be seen at a span: ``kind`` is differs, unfounded or left; ``place`` numbers it where it is listed."""

    start: int
    end: int
    kind: str
    title: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class PageRun:
    """A run of text with at most one mark; ``first`` tells that the mark begins here."""

    text: str
    mark: PageMark | None
    first: bool


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A piece with its runs, or the text between two pieces, which has none. ``opens`` tells the first of its group."""

    piece: ComparedPiece | None
    runs: tuple[PageRun, ...]
    tag: str
    opens: bool


@dataclass(frozen=True, slots=True)
class PageBar:
    """A part of a stretch: its share in percent and where it begins."""

    name: str
    title: str
    start: float
    share: float


@dataclass(frozen=True, slots=True)
class PageRow:
    """A score as it is shown; ``filled`` is the length of its bar in percent, none where there is no highest value."""

    title: str
    value: str
    filled: float | None
    better: str
    explanation: str
    signature: str


def draft_blocks(comparison: Comparison) -> list[PageBlock]:
    """Return the draft's blocks."""
    marks = [
        PageMark(one.start, one.end, "differs", one.message, place)
        for place, one in enumerate(comparison.contradictions, 1)
    ]
    marks += [
        PageMark(fact.start, fact.end, "unfounded", "没有出处，请核对", place)
        for place, fact in enumerate(comparison.unfounded, 1)
    ]
    marks += _left(comparison.draft, "参考稿里没有这半句")
    return list(_blocks(comparison.draft, marks, {Said.NOT: "多写"}))


def reference_blocks(comparison: Comparison) -> list[PageBlock]:
    """Return the reference's blocks."""
    marks = [
        PageMark(one.reference_start, one.reference_end, "differs", one.message, place)
        for place, one in enumerate(comparison.contradictions, 1)
    ]
    marks += _left(comparison.reference, "草稿里没有这半句")
    return list(_blocks(comparison.reference, marks, {Said.NOT: "漏写", Said.PARTLY: "不全"}))


def _left(stretch: ComparedStretch, title: str) -> list[PageMark]:
    return [PageMark(start, end, "left", title) for piece in stretch.pieces for start, end in piece.left]


def _blocks(
    stretch: ComparedStretch, marks: Sequence[PageMark], tags: dict[Said, str]
) -> Iterator[PageBlock]:
    at = stretch.start
    opened: set[int] = set()
    for piece in stretch.pieces:
        if stretch.text[at : piece.start]:
            yield PageBlock(
                None,
                (PageRun(show_masks(stretch.text[at : piece.start]), None, first=False),),
                "",
                opens=False,
            )
        opens = piece.group is not None and piece.group not in opened
        opened |= {piece.group} if piece.group is not None else set()
        runs = tuple(_runs(stretch.text, piece, marks))
        yield PageBlock(piece, runs, tags.get(piece.said, ""), opens)
        at = piece.end
    if stretch.text[at : stretch.end]:
        yield PageBlock(
            None, (PageRun(show_masks(stretch.text[at : stretch.end]), None, first=False),), "", opens=False
        )


def _runs(text: str, piece: ComparedPiece, marks: Sequence[PageMark]) -> Iterator[PageRun]:
    """Yield the runs of a piece; where marks overlap the first in the list is shown."""
    own = [mark for mark in marks if mark.start < piece.end and piece.start < mark.end]
    edges = {piece.start, piece.end}
    for mark in own:
        edges |= {max(piece.start, mark.start), min(piece.end, mark.end)}
    for start, end in pairwise(sorted(edges)):
        inside = [mark for mark in own if mark.start <= start and end <= mark.end]
        shown = inside[0] if inside else None
        first = shown is not None and start == max(shown.start, piece.start)
        yield PageRun(show_masks(text[start:end]), shown, first)


def bars(stretch: ComparedStretch, titles: Sequence[tuple[Said, str]]) -> list[PageBar]:
    """Return how much of a stretch's content is said, left out of a piece that is said, or not said at all."""
    sizes = content_said(stretch)
    total = sum(sizes.values())
    found, at = [], 0.0
    for said, title in titles:
        share = 100 * sizes[said] / total if total else 0.0
        if share:
            found.append(PageBar(said.value, title, round(at, 2), round(share, 2)))
        at += share
    return found


def rows(scores: Sequence[Score]) -> list[PageRow]:
    """Return the scores as they are shown; of ROUGE on words and on characters the latter are enough for a reader."""
    return [_row(score) for score in scores if not score.scorer.endswith(".word")]


def _row(score: Score) -> PageRow:
    scorer, value = SCORERS[score.scorer], score.value or 0.0
    filled = None if not scorer.most else round(100 * min(1.0, value / scorer.most), 1)
    shown = f"{value:.2f}" if scorer.most == 1 else f"{value:.1f}".removesuffix(".0")
    return PageRow(
        scorer.title, shown, filled, _HIGHER_IS[scorer.better], score.explanation, scorer.signature
    )
