"""Long verbatim runs that a draft shares with passages of old reports."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.results import Text
from assistant.types import Finding, Level, Reference

# A run of twenty characters is no accident; one of forty, or a fifth of the draft, is a copied stretch.
LEAST = 20
_LONG = 40
_SHARE = 0.2
_SEED = 10
_MOST_PLACES = 8
_EDGES = "，。；：、！？,.;:!? \t\n"
_EXEMPT = re.compile(r"《[^《》]{1,80}》|“[^“”]{1,80}”")
# Official formulas of such length are everybody's (domain source: the standing names of doctrine and organs).
_FORMULA = re.compile(
    r"以?习近平新时代中国特色社会主义思想(?:为指导)?|(?:全面|深入)?(?:学习|宣传)?贯彻(?:落实)?党的[^，。；]{1,24}精神"
    r"|习近平总书记[^，。；]{0,10}重要(?:讲话|论述|指示|批示)(?:和(?:重要)?(?:指示|批示|讲话))?(?:批示)?精神"
    r"|增强“四个意识”、坚定“四个自信”、做到“两个维护”|深刻领悟“两个确立”的决定性意义|全面从严治党|中国共产党[^，。；]{0,12}"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters that stands in the draft and in a text alike, with its start in each."""

    start: int
    end: int
    text: str
    at: int


def runs(draft: str, texts: Sequence[Text], *, least: int = LEAST) -> list[Run]:
    """Return the longest common runs of at least ``least`` characters, in order; they do not overlap in the draft."""
    wanted = {draft[start : start + _SEED] for start in range(len(draft) - _SEED + 1)} if texts else set()
    places: dict[str, list[tuple[int, int]]] = {}
    for number, text in enumerate(texts):
        # Every seed of the draft is looked up, so every second stretch of half a run is enough of the source.
        for start in range(0, len(text.text) - _SEED + 1, LEAST - _SEED):
            seed = text.text[start : start + _SEED]
            if seed in wanted and len(places.setdefault(seed, [])) < _MOST_PLACES:
                places[seed].append((number, start))
    return list(_extended(draft, texts, places, least)) if places else []


def _extended(
    draft: str, texts: Sequence[Text], places: dict[str, list[tuple[int, int]]], least: int
) -> Iterator[Run]:
    position = floor = 0
    while position <= len(draft) - _SEED:
        found = places.get(draft[position : position + _SEED], ())
        best: Run | None = None
        for number, at in found:
            run = _extend(draft, texts[number], position, at, floor)
            if best is None or run.end - run.start > best.end - best.start:
                best = run
        if best and best.end - best.start >= least:
            yield best
            position = floor = best.end
        else:
            # A shorter run cannot be part of a long one, nor can what lies within it begin one before its end.
            position += 1


def _extend(draft: str, text: Text, position: int, at: int, floor: int) -> Run:
    source = text.text
    left = 0
    while position - left > floor and at - left > 0 and draft[position - left - 1] == source[at - left - 1]:
        left += 1
    right = _SEED
    while (
        position + right < len(draft)
        and at + right < len(source)
        and draft[position + right] == source[at + right]
    ):
        right += 1
    return Run(position - left, position + right, text.id, at - left)


def share(draft: str, found: Sequence[Run]) -> float:
    """Return the share of the draft that the runs make up, 0 to 1."""
    return sum(run.end - run.start for run in found) / len(draft) if draft else 0.0


def copy_findings(draft: str, passages: Sequence[Text], notes: Sequence[str]) -> Iterator[Finding]:
    """Yield the runs that stand in a passage and in no note, titles and standing formulas not counted."""
    found = [run for run in runs(draft, passages) if _own_words(draft[run.start : run.end], notes) >= LEAST]
    copied = share(draft, found)
    for run in found:
        size = run.end - run.start
        level = Level.WARN if size >= _LONG or copied >= _SHARE else Level.INFO
        message = f"这{size}个字与旧稿{run.text}相同（全文重合{copied:.0%}），请改写。"
        yield Finding(
            "copy.run",
            level,
            message,
            run.start,
            run.end,
            Reference("passage", run.text, run.at, run.at + size),
        )


def _own_words(run: str, notes: Sequence[str]) -> int:
    if any(run.strip(_EDGES) in note for note in notes):
        return 0
    return sum(map(str.isalnum, _FORMULA.sub("", _EXEMPT.sub("", run))))
