"""The promises of the offline writer, for random choices and orders of the sample notes."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text import formal
from assistant.text.numerals import numeral
from assistant.text.terms import words
from assistant.types import Note, Sentence
from assistant.writing.offline import join, write_section
from assistant.writing.templates import load_templates
from assistant.writing.topics import load_families
from tests.text.samples import SECTIONS, notes_of

# A case of twelve notes takes 50 ms to write.
QUICKLY = settings(max_examples=25)
formalise = cache(formal.formalise)
TEMPLATES = load_templates()
FAMILIES = load_families()
ITEMS = ("problems", "work", "plan")
UNIT = "市林业局"
ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、]|首先，)")
EIGHT_HOURS = re.compile("8个?小时[以之]?外")
TITLE = re.compile("《[^《》]*》")
QUOTED = re.compile("“([^“”]*)”")
LATIN = re.compile(r"[A-Za-z]+|[*×]+")
FIXED = re.compile(rf"\d+(?:[.:]\d+)?%?|{TITLE.pattern}|{LATIN.pattern}")
# A cause or a remedy, which a problems section may not add.
ADDED = re.compile(
    "应加强|应当|下一步|将(?!有关)|因此|因为|原因|由于|导致|造成|根源|要进一步|需要|必须|拟|整改措施|建议|严重|普遍|缺失"
)


@dataclass(frozen=True)
class Case:
    """A section written from notes, to be looked at."""

    section: str
    notes: tuple[str, ...]
    unit: str | None
    year: int | None
    text: str
    sentences: tuple[Sentence, ...]


def write(section: str, notes: tuple[str, ...], unit: str | None, year: int | None) -> Case:
    numbered = [Note(f"n{number}", text) for number, text in enumerate(notes, 1)]
    pieces = write_section(TEMPLATES[section], numbered, families=FAMILIES, unit=unit, year=year)
    return Case(section, notes, unit, year, *join(pieces))


def cases(*sections: str) -> st.SearchStrategy[Case]:
    def of(section: str) -> st.SearchStrategy[Case]:
        chosen = st.lists(st.sampled_from(notes_of(section)), min_size=1, max_size=12, unique=True)
        return st.builds(
            write,
            st.just(section),
            chosen.map(tuple),
            st.sampled_from([None, UNIT]),
            st.sampled_from([None, 2023]),
        )

    return st.one_of(*map(of, sections))


def body(case: Case) -> str:
    """Return what follows the announcement of a section of items."""
    return case.text.split("：", 1)[1] if case.section in ITEMS else case.text


def items(case: Case) -> list[str]:
    if len(case.notes) == 1:
        return [body(case)]
    found, rest = [], body(case)
    for number in range(1, len(case.notes) + 1):
        assert rest.lstrip("\n").startswith(f"{numeral(number)}是"), rest
        stop = re.search(rf"。\n?{numeral(number + 1)}是", rest)
        end = stop.start() + 1 if stop else len(rest)
        found.append(rest[:end].strip().removeprefix(f"{numeral(number)}是"))
        rest = rest[end:]
    assert rest.strip() == ""
    return found


def own_words(note: str) -> Counter[str]:
    formal = formalise(ORDINAL.sub("", note))
    return Counter(word for word in words(formal) if len(word) > 1)


@QUICKLY
@given(cases(*ITEMS))
def test_every_notes_words_reach_its_item_in_order(case: Case) -> None:
    for note, item in zip(case.notes, items(case), strict=True):
        assert [word for word in own_words(note) if word not in item.lower()] == []
        missing = Counter(FIXED.findall(EIGHT_HOURS.sub("", note))) - Counter(FIXED.findall(item))
        assert missing == Counter()
        assert [term for term in QUOTED.findall(note) if f"“{term}”" not in item] == []


@QUICKLY
@given(cases("lead", "closing"))
def test_every_notes_words_reach_the_text_in_order(case: Case) -> None:
    position = 0
    for note in case.notes:
        for word in (word for word in words(formalise(note)) if len(word) > 1 and word != "的"):
            assert word in case.text.lower()
        for fixed in FIXED.findall(note):
            position = case.text.find(fixed, position)
            assert position >= 0, fixed


@QUICKLY
@given(cases(*SECTIONS))
def test_no_number_title_or_term_comes_from_nowhere(case: Case) -> None:
    given_text = "\n".join(case.notes) + (f"{case.year}" if case.year else "")
    assert Counter(re.findall(r"\d+", case.text)) - Counter(re.findall(r"\d+", given_text)) == Counter()
    assert Counter(TITLE.findall(case.text)) - Counter(TITLE.findall(given_text)) == Counter()
    assert Counter(LATIN.findall(case.text)) - Counter(LATIN.findall(given_text)) == Counter()
    source = given_text.replace("8小时以外", "八小时以外").replace("挂墙上", "挂在墙上")
    assert [term for term in QUOTED.findall(case.text) if term not in source] == []


@QUICKLY
@given(cases(*SECTIONS))
def test_unit_and_year_are_the_given_ones(case: Case) -> None:
    assert (UNIT in case.text) == (case.unit is not None and case.section in ITEMS)
    if case.section in ("problems", "work"):
        assert case.text.startswith("2023年，" if case.year else "今年以来，" + (case.unit or ""))


@QUICKLY
@given(cases(*ITEMS))
def test_items_number_without_a_gap(case: Case) -> None:
    assert len(items(case)) == len(case.notes)
    marks = re.findall(rf"(?:^|[。：\n])({'|'.join(map(numeral, range(1, 14)))})是", case.text)
    assert marks == (
        [numeral(number) for number in range(1, len(case.notes) + 1)] if len(case.notes) > 1 else []
    )


@QUICKLY
@given(cases(*ITEMS))
def test_topic_sentences_and_endings_of_the_template_do_not_repeat(case: Case) -> None:
    front = TEMPLATES[case.section].front
    topics = [topic for topics in front.topics.values() for topic in topics]
    used = [topic for item in items(case) for topic in topics if re.match(topic + "[，。]", item)]
    assert len(used) == len(set(used))
    added = [
        next(
            (ending for ending in front.endings if item.endswith(ending + "。") and ending not in note), None
        )
        for note, item in zip(case.notes, items(case), strict=True)
    ]
    assert not [pair for pair in itertools.pairwise(added) if pair[0] and pair[0] == pair[1]]


@QUICKLY
@given(cases(*SECTIONS))
def test_spans_are_exact_and_every_note_has_its_sentence(case: Case) -> None:
    assert all(case.text[sentence.start : sentence.end] == sentence.text for sentence in case.sentences)
    assert "".join(sentence.text for sentence in case.sentences) == "".join(case.text.split("\n"))
    grounds = [number for sentence in case.sentences for number in sentence.notes]
    assert list(dict.fromkeys(grounds)) == [f"n{number}" for number in range(1, len(case.notes) + 1)]


@QUICKLY
@given(cases("problems"))
def test_no_cause_and_no_remedy_is_added(case: Case) -> None:
    source = "\n".join(case.notes) + "\n".join(formalise(note) for note in case.notes)
    assert [word for word in ADDED.findall(case.text) if word not in source] == []


@QUICKLY
@given(cases("work"))
def test_no_success_is_added(case: Case) -> None:
    source = "\n".join(formalise(note) for note in case.notes)
    praise = re.findall("显著|大幅|明显|圆满|取得|成效|提升|全面(?!从严)|有力|扎实|有效", case.text)
    assert [word for word in praise if word not in source] == []


@QUICKLY
@given(cases("plan"))
def test_no_plan_becomes_done(case: Case) -> None:
    source = "\n".join(formalise(note) for note in case.notes)
    assert [word for word in re.findall("已|完成了|必须|务必|确保", case.text) if word not in source] == []


@QUICKLY
@given(cases("lead", "closing"))
def test_the_final_formula_comes_at_most_once(case: Case) -> None:
    final = TEMPLATES[case.section].front.final or ""
    assert case.text.count(final) <= 1
    said = re.search("报告如下|[特专谨]此报告|请审阅|请指", "\n".join(case.notes))
    assert bool(said) or case.text.endswith(final)


@QUICKLY
@given(cases(*SECTIONS))
def test_the_same_notes_give_the_same_section(case: Case) -> None:
    assert write(case.section, case.notes, case.unit, case.year) == case


@QUICKLY
@given(cases(*SECTIONS))
def test_punctuation_does_not_pile_up(case: Case) -> None:
    assert re.findall("[，。；：、]{2}|[,;!]| {2}", case.text) == []
