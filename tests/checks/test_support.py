"""Which notes a sentence rests on, which sentences rest on none, and what becomes of each note."""

import json
from pathlib import Path

import pytest

from assistant.types import Level
from tests.checks.samples import check, errors, found

LEAD = "今年以来，我局各项工作有序推进，但对照上级要求，仍存在一些差距和不足，主要表现在："
EXAMPLES = json.loads(
    (Path(__file__).parents[1] / "data" / "notes" / "formal_examples.json").read_text("utf-8")
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["note"])
def test_a_formal_wording_rests_on_its_own_note(example: dict[str, str]) -> None:
    others = ["食堂油烟净化器坏了半个月", "停车场收费标准没公示"]
    grounding = check(example["formal"] + "。", others[0], example["note"], others[1])
    assert all(sentence.notes == ("n2",) for sentence in grounding.sentences)
    assert [one.state == "missing" for one in grounding.coverage] == [True, False, True]
    assert set(errors(grounding)) == {"note.missing"}


def test_a_lead_in_and_a_closing_rest_on_nothing_and_are_no_finding() -> None:
    grounding = check(f"{LEAD}一是会议较多。二是责任书签订后无人检查。特此报告。", "会多", "责任书签了没人查")
    assert grounding.findings == ()
    assert [sentence.notes for sentence in grounding.sentences] == [("n1",), ("n2",), ()]


@pytest.mark.parametrize(
    "invented",
    [
        "信访积案化解率偏低，群众重复上访时有发生。",
        "部分干部数字化履职本领不强，系统操作不熟练。",
        "办公楼消防设施陈旧，逃生通道堆放杂物。",
    ],
)
def test_a_sentence_of_its_own_invention_is_an_error(invented: str) -> None:
    draft = f"{LEAD}一是会议较多。{invented}二是责任书签订后无人检查。"
    (finding,) = found(check(draft, "会多", "责任书签了没人查"), "support.none")
    assert finding.level is Level.ERROR
    assert draft[finding.start : finding.end] == invented


@pytest.mark.parametrize(
    ("clause", "level"),
    [
        ("办公楼消防设施陈旧老化", Level.WARN),
        ("督查方式较为单一", Level.WARN),
        ("考核排名稳步提升", Level.WARN),
        ("形成齐抓共管的工作格局", Level.WARN),
    ],
)
def test_an_invented_clause_is_found(clause: str, level: Level) -> None:
    draft = f"会议较多。各支部签订责任书，责任书签订后无人检查，{clause}。"
    (finding,) = found(check(draft, "会多", "各支部签了责任书，责任书签了没人检查"), "support.none")
    assert (finding.level, draft[finding.start : finding.end]) == (level, clause)


@pytest.mark.parametrize(
    ("note", "draft"),
    [
        ("对下属监督少，拉不下脸", "对下属监督较少，存在碍于情面的心理。"),
        ("签了责任书", "签订责任书，为事业发展提供坚强保证。"),
        ("查了食堂采购", "抓实日常监管，检查食堂采购。"),
        ("设备坏过三次", "设备先后发生故障3次。"),
    ],
)
def test_a_clause_that_says_the_rest_of_the_note_in_other_words_is_none(note: str, draft: str) -> None:
    assert found(check(draft, note), "support.none") == []


@pytest.mark.parametrize(
    "lead",
    [
        "一年来，镇党委坚持党建引领乡村振兴。",
        "我局党组深入推进清廉机关创建。",
        "下一步，将围绕优化营商环境持续用力。",
    ],
)
def test_general_words_that_open_a_draft_are_no_finding(lead: str) -> None:
    draft = f"{lead}组织廉政谈话12次，签订承诺书40份。"
    assert check(draft, "廉政谈话12次", "承诺书签了40份").findings == ()


def test_a_topic_sentence_rests_on_what_its_item_says() -> None:
    draft = f"{LEAD}一是作风建设仍有差距。会议较多。二是压力传导还有不足。责任书签订后无人检查。"
    grounding = check(draft, "会多", "责任书签了没人查")
    assert grounding.findings == ()
    assert [sentence.notes for sentence in grounding.sentences] == [("n1",), ("n1",), ("n2",), ("n2",)]


def test_a_sentence_may_rest_on_several_notes() -> None:
    draft = "会议和报表较多，责任书签订后无人检查。"
    (sentence,) = check(draft, "会多，报表也多", "责任书签了没人查", "食堂排队").sentences
    assert set(sentence.notes) == {"n1", "n2"}


def test_a_note_that_the_draft_drops_is_an_error_at_its_end() -> None:
    draft = f"{LEAD}一是会议较多。二是责任书签订后无人检查。"
    grounding = check(draft, "会多", "责任书签了没人查", "廉政风险点好几年没更新")
    (finding,) = found(grounding, "note.missing")
    assert (finding.start, finding.end, finding.level) == (len(draft), len(draft), Level.ERROR)
    assert finding.refers is not None
    assert finding.refers.id == "n3"
    assert grounding.coverage[2].state == "missing"


def test_a_note_said_by_half_names_what_is_missing() -> None:
    grounding = check("谈心谈话存在应付现象。", "谈心谈话有点应付，全年谈了43人次，有的记录就一句“思想稳定”")
    (coverage,) = grounding.coverage
    assert coverage.state == "partly"
    assert "43人次" in coverage.missing
    assert [finding.level for finding in found(grounding, "note.partly")] == [Level.WARN]


def test_nothing_to_check_gives_nothing() -> None:
    assert check("").findings == ()
    assert check("", "会多").coverage[0].state == "missing"
