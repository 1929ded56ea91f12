"""Operators that make one fact of a draft another."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from assistant.evaluation.probe_layout import draft_items, notes_at, replaced
from assistant.evaluation.probe_pairs import Alteration, Pair
from assistant.evaluation.probe_quantities import DOCUMENT, PERSON, TITLE, counted_things, datings, stands_in


@cache
def bank(name: str) -> Any:
    """Return a table of ``probe_banks.toml``."""
    return tomllib.loads(Path(__file__).with_name("probe_banks.toml").read_text("utf-8"))[name]


def number_changed(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put another number in place of each, one that stands nowhere in the pair."""
    for match in counted_things(pair.draft):
        number = match["number"]
        for candidate in chance.sample(_other_numbers(number), k=len(_other_numbers(number))):
            if not stands_in(candidate, pair.everything()):
                yield replaced(pair, *match.span(), _with(match, number=candidate))
                break


def _other_numbers(number: str) -> list[str]:
    whole, _, part = number.partition(".")
    point = f".{part}" if part else ""
    value = int(whole)
    near = {value + step for step in (-3, -2, -1, 1, 2, 3, 5, 10)} | {value * 10, int(whole[::-1])}
    return sorted(f"{other}{point}" for other in near if other > 0 and f"{other}{point}" != number)


def _with(match: re.Match[str], **parts: str) -> str:
    names = ("about", "number", "scale", "more", "measure", "after")
    return "".join(parts.get(name, match[name] or "") for name in names)


def unit_changed(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Put a measure word of another meaning in place of each."""
    for match in counted_things(pair.draft):
        other = bank("units").get(match["measure"])
        if other and not (match["scale"] and other.startswith("万")):
            put = _with(match, measure=other)
            if put not in pair.everything():
                yield replaced(pair, *match.span(), put)


def about_dropped(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Drop 余, 近, 约 and the like: what was about a number becomes exactly that number."""
    for match in counted_things(pair.draft):
        if match["about"] or match["more"] or match["after"] == "左右":
            yield replaced(pair, *match.span(), _with(match, about="", more="", after=""))


def date_moved(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Move each date to one that stands nowhere in the pair."""
    for match in datings(pair.draft):
        moved = _moved(match.group(), chance)
        if moved != match.group() and moved not in pair.everything():
            yield replaced(pair, *match.span(), moved)


def _moved(date: str, chance: Random) -> str:
    if "半年" in date:
        return date.translate(str.maketrans("上下", "下上"))
    if "季度" in date:
        return re.sub("[一二三四]", lambda found: "二三四一"["一二三四".index(found.group())], date)
    found = chance.choice(list(re.finditer(r"\d+", date)))
    number, unit = int(found.group()), date[found.end()]
    limits = {"年": 9999, "月": 12, "日": 31}
    moved = next(
        number + step for step in chance.sample((1, -1, 2, -2), k=4) if 1 <= number + step <= limits[unit]
    )
    return f"{date[: found.start()]}{moved}{date[found.end() :]}"


def title_swapped(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put another title in place of each: one of the bank, and its own with another kind of document at its end."""
    for match in TITLE.finditer(pair.draft):
        others = [chance.choice(bank("facts")["titles"])]
        kind = next((kind for kind in bank("facts")["kinds"] if match[1].endswith(kind)), None)
        if kind:
            other = chance.choice([word for word in bank("facts")["kinds"] if word != kind])
            others.append(match[1].removesuffix(kind) + other)
        for title in others:
            if title not in pair.everything():
                yield replaced(pair, *match.span(), f"《{title}》")


def document_changed(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Change the year, then the number, of each document number."""
    for match in DOCUMENT.finditer(pair.draft):
        year, number = int(match[1]), int(match[2])
        for put in (f"〔{year - 1}〕{number}号", f"〔{year}〕{number + chance.randint(1, 9)}号"):
            if put not in pair.everything():
                yield replaced(pair, *match.span(), put)


def organisation_swapped(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put another body of the same level in place of each organisation that stands in draft and notes."""
    bodies = sorted(bank("facts")["bodies"], key=len, reverse=True)
    names = re.compile(rf"(?<![\u4e00-\u9fff]《)([省市县区州])({'|'.join(bodies)})")
    notes = "\n".join(pair.notes)
    for match in names.finditer(pair.draft):
        others = [body for body in bodies if (body[0] == "委") == (match[2][0] == "委") and body != match[2]]
        put = match[1] + chance.choice(others)
        if match.group() in notes and put not in pair.everything():
            yield replaced(pair, *match.span(), put)


def person_swapped(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put another name in place of each person's who stands in draft and notes with a post."""
    for match in PERSON.finditer(pair.draft):
        put = chance.choice(bank("facts")["names"])
        if match.group() in "\n".join(pair.notes) and put not in pair.everything():
            yield replaced(pair, *match.span(), put)


def numbers_mixed(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put into an item the number of another item, its own measure word kept."""
    found = list(counted_things(pair.draft))
    for match in found:
        others = [
            other["number"]
            for other in found
            if notes_at(pair, other.start()) != notes_at(pair, match.start())
            and other["number"] != match["number"]
        ]
        own = pair.draft[slice(*_item_span(pair, match.start()))]
        others = [number for number in others if not stands_in(number, own)]
        if others and notes_at(pair, match.start()):
            yield replaced(pair, *match.span(), _with(match, number=chance.choice(others)))


def _item_span(pair: Pair, position: int) -> tuple[int, int]:
    spans = [(item.start, item.end) for item in draft_items(pair) if item.start <= position < item.end]
    return spans[0] if spans else (position, position)


def number_inconsistent(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Say a clause with a number again after the last item, with another number."""
    last = draft_items(pair)[-1]
    place = last.start + len(pair.draft[last.start : last.end].rstrip("。；\n "))
    for match in counted_things(pair.draft):
        before = re.split(r"[，。；：、\n]|[一二三四五六七八九十]是", pair.draft[: match.start()])[-1]
        after = re.split(r"[，。；：、\n]", pair.draft[match.end() :])[0]
        others = [
            number for number in _other_numbers(match["number"]) if not stands_in(number, pair.everything())
        ]
        if (
            len(re.findall("[\u4e00-\u9fff]", before)) >= 4
            and others
            and not re.search(r"\d", before + after)
        ):
            said = before + _with(match, number=chance.choice(others)) + after
            edit = replaced(pair, place, place, f"。总的看，{said}")
            yield Alteration(edit.draft, place + 5, place + 5 + len(said), notes_at(pair, match.start()))
