import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.results import Text
from assistant.errors import InputError
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorers import SCORERS, score_sample
from assistant.types import Note, Score

NOTES = (
    Note("n1", "理论学习还是念念文件，联系手头工作讲得少"),
    Note("n2", "谈心谈话有点应付，全年谈了43人次"),
    Note("n3", "个别支部《公务接待内部管理办法》一直没改"),
)
GOOD = (
    "今年以来，局党组各项工作有序推进，但对照上级要求，还存在一些差距和不足，主要表现在："
    "一是理论学习不够深入，仍以学习文件为主，联系具体工作讲得较少。"
    "二是谈心谈话不够扎实，存在应付现象，全年谈心谈话43人次。"
    "三是制度更新不够及时，个别支部《公务接待内部管理办法》一直未作修订，与当前工作的实际需要还有一定距离。"
)
BASE = Sample(GOOD, "problems", NOTES, GOOD, (Text("p1", "全年开展廉政谈话128人次，建立台账36本。"),))
SIGNS = "甲理论学习。，：；一是二三、《》“”1２*×-\n 　的了我们没招\U00020000\x00a"


def on(name: str, sample: Sample) -> Score:
    return SCORERS[name].score(sample)


def test_every_scorer_says_what_it_is() -> None:
    for name, scorer in SCORERS.items():
        assert scorer.name == name
        assert re.search(r"[\u4e00-\u9fff]|^BLEU$|^chrF$", scorer.title)
        assert scorer.signature.startswith(f"{name}|")
        assert re.search(r"(gongwen|version):\d", scorer.signature)
        assert scorer.better in ("higher", "lower")
    assert len({scorer.title for scorer in SCORERS.values()}) == len(SCORERS)


def test_scores_come_in_the_order_asked_for_and_each_once() -> None:
    assert [score.scorer for score in score_sample(BASE)] == list(SCORERS)
    assert [score.scorer for score in score_sample(BASE, ["chrf", "coverage", "chrf"])] == [
        "chrf",
        "coverage",
    ]
    assert score_sample(BASE) == score_sample(replace(BASE))


def test_an_unknown_scorer_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="没有叫“rouge9”的评分项") as caught:
        score_sample(BASE, ["bleu", "rouge9"])
    assert all(name in str(caught.value) for name in SCORERS)


def test_rouge_1_is_never_given_alone() -> None:
    with pytest.raises(InputError, match=r"rouge2\.char"):
        score_sample(BASE, ["rouge1.char", "rouge1.word", "bleu"])
    assert len(score_sample(BASE, ["rouge1.char", "rougeL.word"])) == 2


@settings(max_examples=120)
@given(
    st.text(SIGNS, max_size=60) | st.text(max_size=30),
    st.lists(st.text(SIGNS, max_size=20), max_size=3),
    st.none() | st.text(SIGNS, max_size=40),
    st.lists(st.text(SIGNS, max_size=40), max_size=2),
    st.sampled_from(["problems", "work", "plan", "lead", "closing"]),
)
def test_any_text_is_scored_within_bounds_and_explained(
    text: str, notes: list[str], reference: str | None, passages: list[str], section: str
) -> None:
    sample = Sample(
        text,
        section,
        tuple(Note(f"n{number}", note) for number, note in enumerate(notes, 1)),
        reference,
        tuple(Text(f"p{number}", passage) for number, passage in enumerate(passages)),
    )
    scores = score_sample(sample)
    for score in scores:
        most = SCORERS[score.scorer].most
        assert score.value is None or 0 <= score.value <= (most or float("inf"))
        assert score.explanation.endswith(("。", "。）", "）。"))
        assert not re.search(r"\s\S", score.explanation)
    assert score_sample(sample) == scores


def test_what_is_missing_is_said_and_not_scored() -> None:
    bare = Sample(GOOD, "problems")
    values = {score.scorer: score for score in score_sample(bare)}
    assert {name for name, score in values.items() if score.value is not None} == {
        "structure",
        "formality",
        "proofreading",
    }
    assert values["bleu"].explanation == "没有参考稿，无从比较。"
    assert values["coverage"].explanation == "没有要点，无从核对。"
    assert values["overlap"].explanation == "写稿时没有看旧稿，无从照抄。"


def test_likeness_says_how_much_is_shared() -> None:
    score = on("rougeL.char", Sample("学习理论", "problems", reference="理论学习不够"))
    assert score.value == pytest.approx(2 * 2 / (4 + 6))
    assert score.explanation == "按先后次序能对上的单字有2处与参考稿相同，占参考稿的33%、本稿的50%。"
    assert (
        "本稿比参考稿短"
        in on("bleu", Sample("理论学习", "problems", reference="理论学习有待加强")).explanation
    )


def test_coverage_names_the_note_left_out() -> None:
    assert on("coverage", BASE).explanation == "要点3条，都写到了。"
    score = on("coverage", replace(BASE, text=GOOD.split("三是")[0]))
    assert score.value == pytest.approx(2 / 3)
    assert score.explanation == "要点3条，写全2条，漏了1条：“个别支部《公务接待内部管理办法》一直没改”。"


def test_coverage_counts_half_a_note_as_half() -> None:
    score = on("coverage", replace(BASE, text=GOOD.replace("，全年谈心谈话43人次", "")))
    assert score.value == pytest.approx(2.5 / 3)
    assert "43人次" in score.explanation


@pytest.mark.parametrize(
    ("name", "one", "other", "named"),
    [
        ("unsupported", "43人次", "53人次", "“53人次”"),
        ("leaks", "43人次。", "43人次，建立台账36本。", "“36本”"),
        ("escalations", "个别支部", "各支部普遍", "处"),
        ("additions", "人次。", "人次。今后要进一步加强督促检查，从严追究责任。", "处"),
    ],
)
def test_what_no_note_holds_is_counted_and_named(name: str, one: str, other: str, named: str) -> None:
    assert on(name, BASE).value == 0
    score = on(name, replace(BASE, text=GOOD.replace(one, other)))
    assert score.value is not None
    assert score.value >= 1
    assert named in score.explanation


def test_the_unit_and_year_given_are_no_unsupported_facts() -> None:
    text = GOOD.replace("今年以来，局党组", "2024年，江北区司法局")
    assert on("unsupported", replace(BASE, text=text, given="江北区司法局 2024年")).value == 0
    assert (on("unsupported", replace(BASE, text=text)).value or 0) >= 1


def test_a_place_that_two_rules_find_counts_once() -> None:
    text = GOOD.replace("43人次。", "43人次。今后要进一步加强督促检查，从严追究责任。")
    assert on("additions", replace(BASE, text=text)).value == 1


def test_a_note_that_the_draft_denies_is_not_covered() -> None:
    notes = (Note("n1", "联系具体工作讲得较少"), Note("n2", "个别支部补写会议记录"))
    said = "还存在以下不足：一是联系具体工作讲得较少。二是个别支部存在补写会议记录的问题。"
    assert on("coverage", replace(BASE, text=said, notes=notes)).value == 1.0
    found = on("coverage", replace(BASE, text=said.replace("个别支部存在", "不存在"), notes=notes))
    assert found.value == 0.5
    assert "说反了1条：“个别支部补写会议记录”" in found.explanation


def test_notes_of_masks_alone_are_covered_by_nothing() -> None:
    assert on("coverage", replace(BASE, notes=(Note("n1", "***"),))).value is None


def test_what_is_written_twice_or_not_in_chinese_costs_form() -> None:
    assert on("formality", BASE).value == 1.0
    twice = on("formality", replace(BASE, text=f"{GOOD}\n{GOOD}"))
    assert 0.4 < (twice.value or 0.0) < 0.7
    assert "前面已经写过的话" in twice.explanation
    assert on("formality", replace(BASE, text="First, study is weak; second, no records.")).value == 0.0


def test_items_without_words_are_no_items() -> None:
    empty = on("structure", replace(BASE, text="还存在以下不足：一是。二是。三是。"))
    full = on("structure", replace(BASE, text="还存在以下不足：一是学习不深。二是谈话不实。三是办法未改。"))
    assert (empty.value or 0.0) < (full.value or 0.0) - 0.25
