"""Operators that raise what a draft says, or add to it: leaks, characterisations, remedies, invented sentences."""

import re
from collections.abc import Callable, Iterator
from random import Random

from assistant.evaluation.probe_facts import bank
from assistant.evaluation.probe_layout import Item, draft_items, likeness, notes_at, replaced
from assistant.evaluation.probe_pairs import Alteration, Pair
from assistant.evaluation.probe_quantities import TITLE, counted_things, stands_in

Operator = Callable[[Pair, Random], Iterator[Alteration]]
_FROZEN = re.compile(r"《[^《》]*》|“[^“”]*”")
_BRACKETED = re.compile(r"(?<=（)[\u4e00-\u9fff]{2,6}〔\d{4}〕\d+号(?=）)")
# Each has a level and a kind of body at its end.
_BODY = re.compile(
    r"(?:省|市|县|区)[\u4e00-\u9fff]{2,12}?"
    r"(?:局|委员会|支队|大队|中心|联合会|集团|指挥部|工委|监委|党校|医院|巡察组|巡回指导组|协会|学院|公司)"
)
_SCOPE = re.compile("有的|有些|个别|部分|少数|多数|一些|普遍|全部")
_WISHES = re.compile("下一步|打算|将|今后|拟|应该|应当|准备|要加强|计划")


def raised(scale: str) -> Operator:
    """Return the operator that raises a draft on a scale of the bank: scope, status, obligation, degree, frequency."""

    def operator(pair: Pair, _: Random) -> Iterator[Alteration]:
        notes = "\n".join(pair.notes)
        for find, put in bank("raise")[scale]:
            for match in re.finditer(find, pair.draft):
                said = match.expand(put)
                if scale == "scope_inserted" and _SCOPE.search(_clause(pair.draft, match.start())):
                    continue
                if notes_at(pair, match.start()) and not _frozen(pair, match.start()) and said not in notes:
                    yield replaced(pair, *match.span(), said)

    return operator


def _clause(text: str, position: int) -> str:
    return re.split(r"[，。；：\n]", text[:position])[-1]


def _frozen(pair: Pair, position: int) -> bool:
    return any(match.start() <= position < match.end() for match in _FROZEN.finditer(pair.draft))


def _tail(pair: Pair, item: Item, words: str) -> Alteration:
    """Return the draft with words at the end of an item, before its last mark; the span is that of the words."""
    body = pair.draft[item.start : item.end]
    place = item.start + len(re.sub(r"[。；！\s]*$", "", body))
    return replaced(pair, place, place, words)


def character_added(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Add a characterisation that no note holds to an item."""
    if pair.section not in {"problems", "lead"}:
        return
    for item in draft_items(pair):
        words = chance.choice(bank("character")["tails"])
        if not any(
            words[place : place + 4] in note for note in pair.notes for place in range(len(words) - 3)
        ):
            yield _tail(pair, item, words)


def remedy_added(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Add a remedy to an item of a problem section, or a sentence of remedies at its end; no note asks for any."""
    if pair.section != "problems" or _WISHES.search("\n".join(pair.notes)):
        return
    for item in draft_items(pair):
        yield _tail(pair, item, chance.choice(bank("remedy")["tails"]))
    end = len(pair.draft.rstrip())
    yield replaced(pair, end, end, chance.choice(bank("remedy")["sentences"]))


def sentence_invented(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Add after an item a sentence with content that is in no note."""
    sentences = [
        text for text in bank("invented")[pair.section] if likeness(text, (*pair.notes, pair.draft)) < 0.2
    ]
    for item in draft_items(pair):
        body = pair.draft[: item.end].rstrip()
        if sentences and body.endswith("。"):
            yield replaced(pair, len(body), len(body), chance.choice(sentences))


def number_leaked(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Add to an item a clause with a number that only a passage holds."""
    own = "\n".join((*pair.notes, pair.draft))
    for passage in pair.passages:
        for clause in re.split(r"[，。；：\n]", passage):
            held = list(counted_things(clause))
            if held and len(clause) >= 6 and not any(stands_in(match["number"], own) for match in held):
                edit = _tail(pair, chance.choice(draft_items(pair)), f"，{clause}")
                yield _narrowed(edit, 1, 1 + len(clause))


def _narrowed(edit: Alteration, start: int, end: int) -> Alteration:
    base = edit.start or 0
    return Alteration(edit.draft, base + start, base + end, edit.notes)


def title_leaked(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Let an item rest on a title that only a passage holds."""
    own = "\n".join((*pair.notes, pair.draft))
    for title in {match.group(): None for text in pair.passages for match in TITLE.finditer(text)}:
        if title not in own:
            words = chance.choice(
                (f"，落实{title}的要求不够到位", f"，对{title}学习领会不够", f"，与{title}的要求有差距")
            )
            edit = _tail(pair, chance.choice(draft_items(pair)), words)
            place = words.index(title)
            yield _narrowed(edit, place, place + len(title))


def document_leaked(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Let an item rest on a document number that only a passage holds."""
    for match in (match for text in pair.passages for match in _BRACKETED.finditer(text)):
        number = match.group()
        words = f"，未按{number}文件要求落实"
        if number not in "\n".join((*pair.notes, pair.draft)):
            yield _narrowed(_tail(pair, chance.choice(draft_items(pair)), words), 3, 3 + len(number))


def organisation_leaked(pair: Pair, chance: Random) -> Iterator[Alteration]:
    """Let an item name an organisation that only a passage names."""
    own = "\n".join((*pair.notes, pair.draft))
    for name in {match.group(): None for text in pair.passages for match in _BODY.finditer(text)}:
        if name not in own:
            words = chance.choice(
                (f"，{name}对此提出过意见", f"，与{name}沟通协调不够", f"，{name}进行过通报")
            )
            edit = _tail(pair, chance.choice(draft_items(pair)), words)
            place = words.index(name)
            yield _narrowed(edit, place, place + len(name))
