"""The probe set: clean drafts with one planted fault each, and harmless rewrites of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from assistant.checks.results import Text
from assistant.errors import InputError
from assistant.evaluation import probe_facts as facts
from assistant.evaluation import probe_insertions as insertions
from assistant.evaluation import probe_items as whole
from assistant.evaluation import probe_rewrites as rewrites
from assistant.evaluation.probe_insertions import Operator, raised
from assistant.evaluation.probe_pairs import Alteration, Pair
from assistant.types import Note

SEED = 20240601
HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Probe:
    """A draft to be checked, what was done to it, where that stands, and what it is checked against.

    ``family`` is harmless for a rewrite. ``concerned`` are the ids of the notes that the change touches; the span is
    none where something was left out.
    """

    pair: str
    operator: str
    family: str
    draft: str
    start: int | None
    end: int | None
    concerned: tuple[str, ...]
    section: str
    notes: tuple[Note, ...]
    passages: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Planting:
    """An operator: the family of what it breaks, how often it may be used on a pair, and the rules that find it.

    A rule is named in full or by the part before its dot. It must touch what was planted; those ``anywhere`` need not.
    """

    family: str
    make: Operator
    rules: tuple[str, ...]
    anywhere: tuple[str, ...] = ()
    most: int = 2


_FACT = ("fact",)
_TWICE = ("fact.inconsistent",)
_COUNT = ("form.items",)
_RAISED = ("escalation",)
FAULTS: Mapping[str, Planting] = {
    "number_changed": Planting("number", facts.number_changed, _FACT, anywhere=_TWICE, most=3),
    "unit_changed": Planting("number", facts.unit_changed, _FACT),
    "about_dropped": Planting("number", facts.about_dropped, _FACT),
    "numbers_mixed": Planting("number", facts.numbers_mixed, _FACT, anywhere=_TWICE),
    "number_inconsistent": Planting("number", facts.number_inconsistent, _FACT, anywhere=_TWICE, most=1),
    "date_moved": Planting("date", facts.date_moved, _FACT),
    "title_swapped": Planting("title", facts.title_swapped, _FACT),
    "document_changed": Planting("document", facts.document_changed, _FACT),
    "organisation_swapped": Planting("name", facts.organisation_swapped, _FACT),
    "person_swapped": Planting("name", facts.person_swapped, _FACT),
    "number_leaked": Planting("leak", insertions.number_leaked, ("fact.leaked",)),
    "title_leaked": Planting("leak", insertions.title_leaked, ("fact.leaked",)),
    "document_leaked": Planting("leak", insertions.document_leaked, ("fact.leaked",)),
    "organisation_leaked": Planting("leak", insertions.organisation_leaked, ("fact.leaked",)),
    "note_dropped": Planting("note", whole.note_dropped, ("note",), anywhere=_COUNT, most=3),
    "items_merged": Planting("note", whole.items_merged, ("note", "form.items"), anywhere=_COUNT),
    "scope_raised": Planting("escalation", raised("scope"), _RAISED),
    "scope_inserted": Planting("escalation", raised("scope_inserted"), _RAISED),
    "status_raised": Planting("escalation", raised("status"), _RAISED, most=4),
    "obligation_raised": Planting("escalation", raised("obligation"), _RAISED, most=4),
    "degree_raised": Planting("escalation", raised("degree"), _RAISED),
    "frequency_raised": Planting("escalation", raised("frequency"), (*_RAISED, "fact")),
    "character_added": Planting("escalation", insertions.character_added, ("escalation.character",), most=3),
    "remedy_added": Planting("remedy", insertions.remedy_added, ("form.remedy",)),
    "sentence_invented": Planting(
        "invented", insertions.sentence_invented, ("support", "form.empty"), anywhere=_COUNT
    ),
}
REWRITES: Mapping[str, Operator] = {
    "same": rewrites.unchanged,
    "numbers_spelled": rewrites.numbers_spelled,
    "numbers_in_digits": rewrites.numbers_in_digits,
    "numbers_full_width": rewrites.numbers_full_width,
    "dates_spelled": rewrites.dates_spelled,
    "amounts_rescaled": rewrites.amounts_rescaled,
    "items_reordered": whole.items_reordered,
    "ordinals_changed": rewrites.ordinals_changed,
    "synonyms": rewrites.synonyms,
    "connected": rewrites.connected,
    "draft_formal": rewrites.draft_formal,
    "notes_formal": rewrites.notes_formal,
    "notes_colloquial": rewrites.notes_colloquial,
    "notes_reordered": rewrites.notes_reordered,
    "semicolons": rewrites.semicolons,
    "lines_joined": rewrites.lines_joined,
}


def known_operator(name: str | None) -> str | None:
    """Return the operator's name, or none for none. Raises `InputError`, which lists those there are."""
    if name is not None and name not in FAULTS and name not in REWRITES:
        raise InputError(f"没有“{name}”这种改动，请从这些里选：{'、'.join((*FAULTS, *REWRITES))}。")
    return name


def make_probes(pairs: Iterable[Pair], *, seed: int = SEED, operator: str | None = None) -> tuple[Probe, ...]:
    """Return the probes of the pairs, all or one operator's; the same ones for the same seed."""
    return tuple(
        probe
        for pair in pairs
        for make in (_faulty, _harmless)
        for probe in make(pair, seed)
        if operator in (None, probe.operator)
    )


def _faulty(pair: Pair, seed: int) -> Iterator[Probe]:
    for name, fault in FAULTS.items():
        chance = Random(f"{seed}:{pair.id}:{name}")
        edits = list({edit.draft: edit for edit in fault.make(pair, chance)}.values())
        for edit in chance.sample(edits, k=min(fault.most, len(edits))):
            yield _probe(pair, name, fault.family, edit)


def _harmless(pair: Pair, seed: int) -> Iterator[Probe]:
    for name, rewrite in REWRITES.items():
        for edit in rewrite(pair, Random(f"{seed}:{pair.id}:{name}")):
            if name == "same" or edit.draft != pair.draft or edit.given not in ((), pair.notes):
                yield _probe(pair, name, HARMLESS, edit)


def _probe(pair: Pair, operator: str, family: str, edit: Alteration) -> Probe:
    notes = tuple(Note(f"n{number}", text) for number, text in enumerate(edit.given or pair.notes, 1))
    return Probe(
        pair=pair.id,
        operator=operator,
        family=family,
        draft=edit.draft,
        start=edit.start,
        end=edit.end,
        concerned=edit.notes,
        section=pair.section,
        notes=notes,
        passages=pair.passage_values(),
    )
