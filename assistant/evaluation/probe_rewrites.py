"""Harmless operators: drafts and notes that say the same in another form."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from random import Random

from assistant.evaluation.probe_facts import bank
from assistant.evaluation.probe_layout import ORDINAL, draft_items
from assistant.evaluation.probe_pairs import Alteration, Pair
from assistant.evaluation.probe_quantities import MEASURES, counted_things, datings
from assistant.evaluation.probe_spelling import counted, spelled, spelled_date
from assistant.text.formal import formalise
from assistant.text.numerals import numeral

_FROZEN = re.compile(r"《[^《》]*》|“[^“”]*”")
_COUNTED = re.compile(
    rf"((?<!\d)两(?!个维护|个确立)|(?<=[有为了展查谈讲办过])[三四五六七八九十]{{1,3}})(?={MEASURES})"
)


def unchanged(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Leave the clean draft as it is."""
    yield Alteration(pair.draft)


def numbers_spelled(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Write every number in Chinese: 25场 → 二十五场, 12% → 百分之十二."""
    yield Alteration(_over_quantities(pair.draft, _spelled_quantity))


def _over_quantities(text: str, change: Callable[[re.Match[str]], str]) -> str:
    for match in reversed(list(counted_things(text))):
        text = text[: match.start()] + change(match) + text[match.end() :]
    return text


def _spelled_quantity(match: re.Match[str]) -> str:
    about, number, scale, more, measure, after = match.groups(default="")
    said = spelled(number)
    if said + measure == "十分":  # would be read as "very"
        return match.group()
    if measure == "%":
        return f"{about}百分之{said}{after}"
    if said == "二" and not more:
        said = "两"
    return f"{about}{said}{scale}{more}{measure}{after}"


def numbers_in_digits(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Write counted Chinese numerals as digits: 两轮 → 2轮."""

    def digits(text: str) -> str:
        return _COUNTED.sub(lambda match: str(counted(match[1].replace("两", "二"))), text)

    yield Alteration(_outside(pair.draft, digits))


def _outside(text: str, change: Callable[[str], str]) -> str:
    """Change a text outside titles and quotations."""
    pieces, last = [], 0
    for match in _FROZEN.finditer(text):
        pieces += [change(text[last : match.start()]), match.group()]
        last = match.end()
    return "".join([*pieces, change(text[last:])])


def numbers_full_width(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Write digits at full width."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    yield Alteration(_over_quantities(pair.draft, lambda match: match.group().translate(wide)))


def dates_spelled(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Write dates in Chinese: 2024年3月15日 → 二〇二四年三月十五日."""
    draft = pair.draft
    for match in reversed(list(datings(draft))):
        draft = draft[: match.start()] + spelled_date(match.group()) + draft[match.end() :]
    yield Alteration(draft)


def amounts_rescaled(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Write amounts on another scale: 4.3万元 → 43000元, 3500万元 → 0.35亿元."""
    yield Alteration(_over_quantities(pair.draft, _rescaled))


def _rescaled(match: re.Match[str]) -> str:
    number, measure = match["number"], match["measure"]
    if match["more"] or match["scale"] or measure not in {"元", "万元", "亿元"}:
        return match.group()
    value = Decimal(number) * {"元": 1, "万元": 10**4, "亿元": 10**8}[measure]
    put = {"元": "万元", "万元": "亿元" if value >= 10**7 else "元", "亿元": "万元"}[measure]
    amount = (value / {"元": 1, "万元": 10**4, "亿元": 10**8}[put]).normalize()
    return f"{match['about'] or ''}{amount:f}{put}{match['after'] or ''}"


def synonyms(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put other words of one meaning in place of up to five."""
    usable = [(find, put) for find, put in bank("harmless")["synonyms"] if re.search(find, pair.draft)]
    draft = pair.draft
    for find, put in chance.sample(usable, k=min(5, len(usable))):
        draft = _outside(draft, partial(re.sub, find, put))
    yield Alteration(draft)


def connected(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Put a connecting phrase into an item behind its first comma, or before a sentence, and one at the beginning."""
    words = bank("harmless")
    draft, own = pair.draft, draft_items(pair)
    item = chance.choice(own[1:] or own)
    comma = draft.find("，", item.start, item.end) + 1
    if ORDINAL.match(draft, item.start):
        place, phrase = comma, chance.choice(words["within"])
    else:
        place, phrase = item.start, chance.choice(words["between"])
    if place:
        draft = draft[:place] + phrase + draft[place:]
    if pair.section in {"problems", "work"} and not draft.startswith("总"):
        draft = chance.choice(words["openers"]) + draft
    yield Alteration(draft)


def draft_formal(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Run the rules from colloquial to formal over the draft, line by line."""
    yield Alteration("\n".join(formalise(line) for line in pair.draft.split("\n")))


def notes_formal(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Give the notes in formal wording."""
    yield Alteration(pair.draft, given=tuple(map(formalise, pair.notes)))


def notes_colloquial(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Give the notes as they might be said at a desk."""
    yield Alteration(pair.draft, given=tuple(map(_colloquial, pair.notes)))


def _colloquial(note: str) -> str:
    for one, other in bank("harmless")["colloquial"]:
        note = _outside(note, partial(re.sub, one, other))
    return note


def notes_reordered(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Give the notes in another order."""
    yield Alteration(pair.draft, given=tuple(chance.sample(pair.notes, k=len(pair.notes))))


def semicolons(pair: Pair, _: Random) -> Iterator[Alteration]:
    """End items with full stops where they ended with semicolons, and the other way round."""
    marks = {"；": "。", "。": "；"}
    own = draft_items(pair)
    draft = pair.draft
    for item in own[:-1]:
        place = item.start + len(draft[item.start : item.end].rstrip()) - 1
        draft = draft[:place] + marks.get(draft[place], draft[place]) + draft[place + 1 :]
    yield Alteration(draft)


def lines_joined(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Put everything into one paragraph, or each item on a line of its own."""
    if "\n" in pair.draft:
        yield Alteration(pair.draft.replace("\n", ""))
    else:
        starts = [item.start for item in draft_items(pair) if item.start]
        draft = pair.draft
        for place in reversed(starts):
            draft = f"{draft[:place]}\n{draft[place:]}"
        yield Alteration(draft)


def ordinals_changed(pair: Pair, _: Random) -> Iterator[Alteration]:
    """Give the items numbers of another form: 一是 → 第一，and all others → 一是."""
    found = list(ORDINAL.finditer(pair.draft))
    draft = pair.draft
    for number, match in reversed(list(enumerate(found, 1))):
        put = f"第{numeral(number)}，" if match.group().endswith("是") else f"{numeral(number)}是"
        draft = draft[: match.start()] + put + draft[match.end() :]
    yield Alteration(draft)
