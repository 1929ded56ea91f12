"""The form of a problem section, and copied runs."""

import pytest

from assistant.checks.copying import LEAST, runs
from assistant.checks.results import Text
from assistant.types import Level
from tests.checks.samples import check, found

LEAD = "今年以来，各项工作取得了一定成效，但仍存在一些不足，主要表现在："
NOTES = ("会多", "责任书签了没人查")
BODY = f"{LEAD}一是会议较多。二是责任书签订后无人检查。"


@pytest.mark.parametrize(
    "remedy",
    [
        "应加强督促检查。",
        "下一步，我局将强化跟踪问效。",
        "今后要进一步压实责任。",
        "为此，必须健全责任机制。",
        "应当尽快充实督查力量。",
        "建议尽快补充专职人员。",
        "须从严监管合同签订。",
        "亟需加大招录力度。",
        "应尽快安排轮岗。",
    ],
)
def test_a_remedy_is_found_in_a_problem_section_only(remedy: str) -> None:
    (finding,) = found(check(BODY + remedy, *NOTES, section="problems"), "form.remedy")
    assert finding.level is (Level.ERROR if remedy[:2] in ("下一", "今后", "为此") else Level.WARN)
    assert found(check(BODY + remedy, *NOTES, section="work"), "form.remedy") == []


def test_a_remedy_that_a_note_asks_for_is_none() -> None:
    notes = (*NOTES, "下一步要加强督促检查")
    assert found(check(BODY + "下一步要加强督促检查。", *notes, section="problems"), "form.remedy") == []


@pytest.mark.parametrize("ending", ["责任落实还需进一步加强", "责任传导有待加强", "学习主动性需要提高"])
def test_the_mild_endings_of_problems_are_no_remedies(ending: str) -> None:
    assert found(check(f"{ending}。", ending, section="problems"), "form.remedy") == []


def test_praise_belongs_into_one_clause_of_the_lead() -> None:
    assert found(check(BODY, *NOTES, section="problems"), "form.praise") == []
    draft = BODY + "党建工作走在前列，受到上级好评。"
    assert [one.level for one in found(check(draft, *NOTES, section="problems"), "form.praise")] == [
        Level.WARN
    ] * 2


def test_items_that_are_not_as_many_as_the_notes_are_a_warning() -> None:
    assert found(check(BODY, *NOTES, section="problems"), "form.items") == []
    grounding = check(BODY, *NOTES, "食堂排队太长", section="problems")
    assert [one.level for one in found(grounding, "form.items")] == [Level.WARN]


def test_a_sentence_of_formulas_within_the_items_is_a_hint() -> None:
    draft = BODY + "这些问题必须高度重视，切实认真加以解决。"
    (finding,) = found(check(draft, *NOTES, section="problems"), "form.empty")
    assert finding.level is Level.INFO


RUN = "坚持每季度组织一次廉政风险点集中排查并由分管领导逐项签字背书"


def test_a_long_run_of_a_passage_names_its_place() -> None:
    passage = f"上年度我局{RUN}，效果较好。"
    draft = f"会议较多。{RUN}。"
    (finding,) = found(check(draft, "会多", passages=("无关。", passage)), "copy.run")
    assert draft[finding.start : finding.end].strip("。，") == RUN
    assert finding.refers is not None
    assert finding.refers.id == "p2"
    assert (
        passage[finding.refers.start : finding.refers.end].strip("。，")
        == draft[finding.start : finding.end].strip("。，")
        == RUN
    )


def test_titles_formulas_and_the_notes_own_words_are_not_copied() -> None:
    title = "《关于进一步规范市直机关公务接待和公务用车管理的若干规定》"
    formula = "以习近平新时代中国特色社会主义思想为指导"
    for words in (title, formula):
        assert found(check(f"{words}。", "会多", passages=(f"按照{words}。",)), "copy.run") == []
    assert found(check(f"{RUN}。", RUN, passages=(f"{RUN}。",)), "copy.run") == []


@pytest.mark.parametrize("size", [LEAST, LEAST + 1, 60])
@pytest.mark.parametrize("before", range(12))
def test_no_run_of_the_least_length_escapes(size: int, before: int) -> None:
    run = "".join(chr(0x4E00 + index) for index in range(size))
    (found_run,) = runs(f"甲乙丙{run}丁", [Text("p", "子" * before + run + "丑")])
    assert (found_run.end - found_run.start, found_run.at) == (size, before)
