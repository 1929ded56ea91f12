"""Fixed phrases: slips that are found, and right words that are left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.kinds.phrases import near_misses
from assistant.checks.lexicon.likeness import resemblance
from assistant.checks.lexicon.phrasebook import Phrasebook, shipped_phrases
from assistant.paths import shipped
from tests.ending import ends

BOOK = shipped_phrases()
FIXED = sorted(phrase for phrase in BOOK.phrases - BOOK.loose if len(phrase) >= 4)


def corrected(text: str) -> str:
    for miss in reversed(near_misses(text)):
        text = text[: miss.start] + miss.phrase + text[miss.end :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("开展主题当日活动。", "开展主题党日活动。"),
        ("营造清政廉洁的氛围。", "营造清正廉洁的氛围。"),
        ("抓早抓小，防范未然。", "抓早抓小，防患未然。"),
        ("将意识形工作纳入议程。", "将意识形态工作纳入议程。"),
        ("党史学习教育育与业务结合。", "党史学习教育与业务结合。"),
        ("切实贯撤落实会议精神。", "切实贯彻落实会议精神。"),
        ("做到锲而不舍、弛而不息。", "做到锲而不舍、驰而不息。"),
        ("落实中央八项规定精精神。", "落实中央八项规定精神。"),
        ("进行如火如茶的建设。", "进行如火如荼的建设。"),
    ],
)
def test_a_slip_is_found_and_its_phrase_given(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "意识形成于实践。",
        "全心全意为民服务，为人民服务。",
        "坚持抓落实、扩内需、勇争先。",
        "加强食品药品安全全链条监管。",
        "推动产城融合发展和城乡融合发展。",
        "防患于未然，防患未然。",
        "师德师风建设，学风建设，作风建设。",
        "故步自封与固步自封。",
        "**形态领域，**情防控，**大精神。",
        "依法治县、依法治村、依法治国。",
        "做优做强、做大做优、做精做细。",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert near_misses(text) == []


def test_no_phrase_is_a_slip_of_another() -> None:
    assert {phrase: missed for phrase in FIXED if (missed := near_misses(f"，{phrase}。"))} == {}


@given(st.sampled_from([phrase for phrase in FIXED if len(phrase) > 5]), st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_reported_is_one_slip_away(phrase: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(phrase) - 1))
    text = f"我们{phrase[:place]}{phrase[place + 1 :]}。"
    for miss in near_misses(text):
        assert text[miss.start : miss.end] != miss.phrase
        assert abs(miss.end - miss.start - len(miss.phrase)) <= 1
        assert miss.phrase in BOOK.phrases


def test_a_book_of_ones_own_is_read_the_same_way() -> None:
    book = Phrasebook(["接诉即办"], known=["接诉急办"])
    assert [miss.phrase for miss in near_misses("做好接诉既办工作。", book=book)] == ["接诉即办"]
    assert near_misses("做好接诉急办工作。", book=book) == []


def test_characters_are_alike_by_sound_by_shape_or_not() -> None:
    assert resemblance("党", "当") == "sound"
    assert resemblance("折", "析") == "shape"
    assert resemblance("患", "范") == "near"
    assert resemblance("党", "水") is None


def test_the_reports_hold_no_other_slips_than_are_known() -> None:
    found = {
        path.name[:3]: [path.read_text("utf-8")[miss.start : miss.end] for miss in near_misses(text)]
        for path in sorted(shipped("corpus").glob("*.txt"))
        if near_misses(text := path.read_text("utf-8"))
    }
    assert found == {
        "001": ["意识形工作", "主题当日"],
        "002": ["清政廉洁", "防范未然"],
        "003": ["党史学习教育育"],
    }


def test_one_thing_over_and_over_is_read_to_its_end() -> None:
    wrong = {"意识形太意识形": True, "贯彻落实": False, "的": False, "全全面": False, "党风廉政建设建": True}
    for unit, is_wrong in wrong.items():
        with ends(5.0):
            assert bool(near_misses(unit * 3000)) == is_wrong


def test_the_data_files_say_only_what_they_should() -> None:
    words = re.compile(r"[\u4e00-\u9fff]{2,}")
    assert all(words.fullmatch(phrase) for phrase in BOOK.phrases)
    assert len(BOOK.phrases) > 5000
