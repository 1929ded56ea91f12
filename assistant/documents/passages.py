"""Reports to passages, cut along the anatomy."""

import hashlib
import itertools
from collections.abc import Iterator

from assistant.documents.headings import is_item
from assistant.text.length import token_bound
from assistant.text.sentences import clauses, paragraphs, sentences, trim
from assistant.types import Passage, Report, Section

DEFAULT_TOKENS = 300
Span = tuple[int, int]


def cut_passages(report: Report, *, tokens: int = DEFAULT_TOKENS) -> list[Passage]:
    """Cut a report into passages of at most ``tokens`` tokens (counted by the upper bound of ``text.length``).

    A passage never holds a block heading (一、（一）1.（1）) but at its beginning, and ends with a sentence; a sentence
    longer than the budget, and only such a one, is cut at a clause. Runs of 一是…二是… are packed into passages while they
    fit, and are cut between items rather than inside one. Joined, the spans give back the text, white space aside.
    """
    passages: list[Passage] = []
    items = frozenset(section.start for section in report.sections if is_item(section.heading))
    for region, path in _regions(report):
        for first, last in _pack(report.text, _units(report, region, tokens, items), tokens):
            section = _stretch(report, first)
            passages.append(_passage(report, section, path, first, last))
    return passages


def has_body(passage: Passage) -> bool:
    """Tell whether a passage says more than its own heading: a bare heading is no use to a search."""
    return not passage.heading_path or passage.text.strip() != passage.heading_path[-1].strip()


def _stretch(report: Report, position: int) -> Section:
    return next(
        section
        for section in report.sections
        if section.level == 1 and section.start <= position < section.end
    )


def _is_block(report: Report, section: Section) -> bool:
    """Tell whether a heading stands over text of its own: an item does when it has whole lines to itself."""
    before = report.text[report.text.rfind("\n", 0, section.start) + 1 : section.start]
    line_end = report.text.find("\n", section.end)
    after = report.text[section.end : line_end if line_end >= 0 else None]
    return not is_item(section.heading) or not (before.strip() or after.strip())


def _regions(report: Report) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield what lies between one block heading and the next, with the headings above it."""
    blocks = [section for section in report.sections if section.level == 1 or _is_block(report, section)]
    path: list[Section] = []
    for index, section in enumerate(blocks):
        path = [above for above in path if above.level < section.level and section.level > 1] + [section]
        end = blocks[index + 1].start if index + 1 < len(blocks) else len(report.text)
        yield trim(report.text, section.start, end), tuple(above.heading for above in path if above.heading)


def _units(report: Report, region: Span, tokens: int, items: frozenset[int]) -> list[list[Span]]:
    """Return the sentences of a region, in groups that are better kept together: the items of a run, else lines."""
    groups: list[list[Span]] = []
    for line in paragraphs(report.text, *region):
        groups.append([])
        for sentence in sentences(report.text, *line):
            if groups[-1] and sentence[0] in items:
                groups.append([])
            groups[-1] += _fitting(report.text, sentence, tokens)
    return groups


def _fitting(text: str, span: Span, tokens: int) -> Iterator[Span]:
    """Yield the sentence, or where it alone exceeds the budget its clauses packed, or bare pieces of a clause."""
    if token_bound(text[slice(*span)]) <= tokens:
        yield span
        return
    for first, last in _greedy(text, [clauses(text, *span)], tokens):
        # The length alone decides for a huge clause: counting it anew for every piece would be quadratic.
        while last - first > tokens or token_bound(text[first:last]) > tokens:
            stop = first + max(1, tokens // 4)
            yield first, stop
            first = stop
        yield first, last


def _greedy(text: str, groups: list[list[Span]], tokens: int) -> list[Span]:
    """Pack spans in order while they fit; a group that no longer fits begins anew unless what is there is short."""
    packed: list[Span] = []
    for group in groups:
        fresh = (
            bool(packed)
            and not _short(text, packed[-1], tokens)
            and not _fits(text, packed[-1], group[-1], tokens)
        )
        for span in group:
            if packed and not fresh and _fits(text, packed[-1], span, tokens):
                packed[-1] = (packed[-1][0], span[1])
            else:
                packed.append(span)
            fresh = False
    return packed


def _fits(text: str, first: Span, last: Span, tokens: int) -> bool:
    return token_bound(text[first[0] : last[1]]) <= tokens


def _short(text: str, span: Span, tokens: int) -> bool:
    return token_bound(text[slice(*span)]) < tokens // 3


def _pack(text: str, groups: list[list[Span]], tokens: int) -> list[Span]:
    """Pack units in order; a short tail is merged where it fits, else the last two pieces are evened out."""
    packed = _greedy(text, groups, tokens)
    if len(packed) < 2 or not _short(text, packed[-1], tokens):
        return packed
    before, tail = packed[-2:]
    if _fits(text, before, tail, tokens):
        return [*packed[:-2], (before[0], tail[1])]
    inner = [span for group in groups for span in group if before[0] <= span[0] < tail[0]]
    breaks = [(left[1], right[0]) for left, right in itertools.pairwise(inner)]
    middle = (before[0] + tail[1]) // 2
    fitting = [pair for pair in breaks if _fits(text, (pair[1], pair[1]), tail, tokens)]
    if not fitting:
        return packed
    left, right = min(fitting, key=lambda pair: abs(pair[1] - middle))
    return [*packed[:-2], (before[0], left), (right, tail[1])]


def _passage(report: Report, section: Section, path: tuple[str, ...], start: int, end: int) -> Passage:
    key = "\n".join([report.id, section.role, str(start), str(end), *path])
    return Passage(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        report=report.id,
        name=report.name,
        role=section.role,
        heading_path=path,
        start=start,
        end=end,
        text=report.text[start:end],
    )
