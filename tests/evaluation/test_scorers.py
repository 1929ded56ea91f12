import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.results import Text
from assistant.errors import InputError
from assistant.evaluation.samples import Sample
from assistant.evaluation.scorer_copying import longest_shared
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


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        (GOOD, 1.0, "要点3条，分了3项，编号依次；有总括句领起"),
        (GOOD.replace("三是", ""), 8 / 9, "要点3条，分了2项"),
        (GOOD.replace("二是", "三是", 1), 8 / 9, "编号次序不对"),
        (GOOD.replace("主要表现在：", "。"), 2.5 / 3, "没有以冒号领起各项"),
        (GOOD[GOOD.index("一是") :], 2 / 3, "没有总括句领起"),
        (re.sub("[一二三]是", "", GOOD), 2 / 3, "没有分项"),
        (GOOD * 10, None, "多于120至800字的要求"),
    ],
)
def test_structure_of_items(text: str, value: float | None, told: str) -> None:
    score = on("structure", replace(BASE, text=text))
    assert told in score.explanation
    if value is not None:
        length = len("".join(text.split()))
        assert score.value == pytest.approx(value - (0 if length >= 120 else (1 - length / 120) / 3))


def test_a_single_note_is_not_numbered() -> None:
    text = GOOD.split("二是")[0].replace("一是", "")
    single = replace(BASE, notes=NOTES[:1], text=text)
    assert "要点1条，不编号" in on("structure", single).explanation
    assert "却分了3项" in on("structure", replace(single, text=GOOD)).explanation


def test_outer_and_inner_numbers_are_told_apart() -> None:
    text = "还存在以下问题：\n（一）学习不深。一是不读。二是不想。\n（二）谈话不实。\n（三）制度不新。"
    assert "要点3条，分了3项，编号依次" in on("structure", replace(BASE, text=text)).explanation


def test_structure_of_sentences() -> None:
    text = "按照通知要求，局党组认真总结了全年工作，开展了自查，现将有关情况报告如下："
    lead = Sample(text, "lead", NOTES)
    assert on("structure", lead).value == 1
    assert on("structure", replace(lead, text=text.split("现将")[0] + "情况属实。")).value == pytest.approx(
        2 / 3
    )
    assert on("structure", replace(lead, text=f"- {text}")).value == pytest.approx(2 / 3)


def test_formality_names_what_polishing_would_change() -> None:
    assert on("formality", BASE).value == 1
    score = on("formality", replace(BASE, text="制度一直没有修订，八小时以外监督有待加强。"))
    assert score.value == pytest.approx(11 / 19)
    assert score.explanation == "口语或重复的说法有1处：“没有”。"


def test_proofreading_counts_by_length() -> None:
    wrong = GOOD.replace("今年以来，", "截止目前，")
    short, long = (on("proofreading", replace(BASE, text=text)).value or 0 for text in (wrong, wrong + GOOD))
    assert short == pytest.approx(1000 / len(wrong))
    assert long < short
    assert "截止" in on("proofreading", replace(BASE, text=wrong)).explanation


def test_overlap_is_the_share_copied_that_no_note_holds() -> None:
    old = "要把全面从严治党主体责任一级抓给一级看"
    copied = replace(BASE, text=f"{old}，还要自己想出来的话", passages=(Text("p1", f"会议指出，{old}。"),))
    score = on("overlap", copied)
    assert score.value == pytest.approx(len(old) / (len(old) + 9))
    assert score.explanation.startswith("与旧稿连续八字以上相同的占全文68%，最长19字：")
    assert on("overlap", replace(copied, notes=(Note("n1", old),))).value == 0
    assert on("overlap", replace(copied, text="要把全面从严治党")).value == 1
    assert on("overlap", replace(copied, text="要把全面从严治")).value == 0


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12))
def test_the_longest_shared_run(one: str, other: str) -> None:
    runs = {one[start:end] for start in range(len(one)) for end in range(start, len(one) + 1)}
    found = longest_shared(one, other)
    assert found in other
    assert len(found) == max((len(run) for run in runs if run in other), default=0)
