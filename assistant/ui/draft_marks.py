"""Where in a text something stands: its sentences, what the checks say of them, and what they share with passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.types import Draft, Finding, Level, Sentence
from assistant.ui.markup import element, escaped

# The shortest run of characters that is shown as shared: shorter ones are everybody's words.
SHARED = 5


@dataclass(frozen=True, slots=True)
class MarkKind:
    """How a kind of finding is marked: a name for the legend, and a sign, for colour alone is not enough."""

    kind: str
    name: str
    sign: str


UNSUPPORTED = MarkKind("unsupported", "没有出处", "？")
LEAKED = MarkKind("leaked", "旧稿串入", "串")
CHANGED = MarkKind("changed", "与要点不符", "≠")
ESCALATED = MarkKind("escalated", "程度升级", "↑")
LOST = MarkKind("lost", "漏写要点", "✗")
WORDING = MarkKind("wording", "文字、格式", "※")
MARKS = (UNSUPPORTED, LEAKED, CHANGED, ESCALATED, LOST, WORDING)
_BY_RULE = {
    "fact.unsupported": UNSUPPORTED,
    "support.none": UNSUPPORTED,
    "fact.leaked": LEAKED,
    "copy.run": LEAKED,
    "note.missing": LOST,
    "note.partly": LOST,
    "fact.changed": CHANGED,
    "fact.inconsistent": CHANGED,
}


def mark_of(finding: Finding) -> MarkKind:
    """Return how a finding is marked."""
    if finding.rule.startswith("escalation."):
        return ESCALATED
    return _BY_RULE.get(finding.rule, WORDING)


def in_place(finding: Finding) -> bool:
    """Tell whether a finding is marked in the text: it has a place, and is more than a remark."""
    return finding.end > finding.start and finding.level is not Level.INFO


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of text in one sentence, or between sentences, and the findings that cover it."""

    start: int
    end: int
    sentence: int | None
    findings: tuple[int, ...]


def slices(text: str, sentences: Sequence[Sentence], findings: Sequence[Finding]) -> Iterator[Slice]:
    """Cut a text wherever a sentence or a marked finding begins or ends; the pieces together are the whole text."""
    marked = [(number, one) for number, one in enumerate(findings) if in_place(one)]
    spans = [(one.start, one.end) for one in sentences]
    spans += [(finding.start, finding.end) for _, finding in marked]
    edges = {0, len(text), *(edge for span in spans for edge in span)}
    places = sorted(edge for edge in edges if 0 <= edge <= len(text))
    for start, end in pairwise(places):
        of = next((number for number, one in enumerate(sentences) if one.start <= start < one.end), None)
        yield Slice(start, end, of, tuple(number for number, one in marked if one.start <= start < one.end))


def marked_text(draft: Draft) -> str:
    """Return the text as markup whose text content is the text, to the letter."""
    written: list[str] = []
    inside: list[str] = []
    current: int | None = None
    for piece in slices(draft.text, draft.sentences, draft.findings):
        if piece.sentence != current:
            written.append(_sentence(draft, current, inside))
            inside, current = [], piece.sentence
        inside.append(_piece(draft, piece))
    return "".join([*written, _sentence(draft, current, inside)])


def _sentence(draft: Draft, number: int | None, inside: Sequence[str]) -> str:
    if number is None:
        return "".join(inside)
    sentence = draft.sentences[number]
    begins = sentence.start == 0 or "\n" in draft.text[: sentence.start][-3:]
    kinds = ["s", *(["begins"] if begins else []), *([] if sentence.notes else ["bare"])]
    attributes = {
        "data-s": number,
        "data-notes": " ".join(sentence.notes),
        "data-score": round(sentence.score * 100),
        "data-start": sentence.start,
    }
    return element("span", *inside, attributes=attributes, kind=" ".join(kinds))


def _piece(draft: Draft, piece: Slice) -> str:
    text = escaped(draft.text[piece.start : piece.end])
    for number in reversed(piece.findings):
        finding = draft.findings[number]
        attributes = {"data-f": number, "data-sign": mark_of(finding).sign}
        last = " last" if finding.end == piece.end else ""
        kind = f"m {mark_of(finding).kind} {finding.level.value}{last}"
        text = element("mark", text, attributes=attributes, kind=kind)
    return text


def shared_places(sentences: Sequence[str], passage: str) -> list[tuple[int, int, tuple[int, ...]]]:
    """Cut a passage into stretches, each with the numbers of the sentences that have it word for word."""
    owners: list[set[int]] = [set() for _ in passage]
    for number, sentence in enumerate(sentences):
        runs = {sentence[at : at + SHARED] for at in range(len(sentence) - SHARED + 1)}
        for at in range(len(passage) - SHARED + 1):
            if passage[at : at + SHARED] in runs:
                for covered in range(at, at + SHARED):
                    owners[covered].add(number)
    stretches: list[tuple[int, int, tuple[int, ...]]] = []
    start = 0
    for at in range(1, len(passage) + 1):
        if at == len(passage) or owners[at] != owners[start]:
            stretches.append((start, at, tuple(sorted(owners[start]))))
            start = at
    return stretches
