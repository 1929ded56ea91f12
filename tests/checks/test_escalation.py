"""Wording stronger than the notes."""

import pytest

from assistant.checks.scales import scales
from assistant.types import Level
from tests.checks.samples import check, errors, found

RAISED = [
    ("escalation.scope", "个别支部党课净念稿子", "个别支部党课照本宣科", "个别", "普遍"),
    ("escalation.scope", "个别支部党课净念稿子", "个别支部党课照本宣科", "个别", "部分"),
    ("escalation.scope", "有的单位台账不全", "有的单位台账不全", "有的", "所有"),
    ("escalation.status", "打算修订《财务报销管理规定》", "拟修订《财务报销管理规定》", "拟", "已"),
    ("escalation.status", "采购流程正在试运行", "采购流程正在试运行", "正在", "已完成"),
    ("escalation.obligation", "各科室可以先行试点", "各科室可以先行试点", "可以", "必须"),
    ("escalation.obligation", "各科室应当按季报告", "各科室应当按季报告", "应当", "必须"),
    ("escalation.degree", "理论学习有待加强", "理论学习有待加强", "有待加强", "严重缺失"),
    ("escalation.degree", "窗口服务不够规范", "窗口服务不够规范", "不够", "严重不"),
    ("escalation.frequency", "窗口有时没人值守", "窗口有时无人值守", "有时", "经常"),
    ("escalation.frequency", "窗口偶尔没人值守", "窗口偶尔无人值守", "偶尔", "始终"),
]


@pytest.mark.parametrize(("rule", "note", "clean", "low", "high"), RAISED)
def test_a_higher_word_is_an_error_and_the_notes_own_is_none(
    rule: str, note: str, clean: str, low: str, high: str
) -> None:
    assert check(clean + "。", note).findings == ()
    assert rule in errors(check(clean.replace(low, high) + "。", note))


def test_a_high_word_where_the_note_has_none_is_an_error() -> None:
    draft = "会议普遍过多。"
    (finding,) = found(check(draft, "会多"), "escalation.scope")
    assert (finding.level, draft[finding.start : finding.end]) == (Level.ERROR, "普遍")


@pytest.mark.parametrize(
    ("note", "draft"),
    [
        ("两个支部都换届了", "两个支部均已换届。"),
        ("制度没改完", "制度尚未完成修订。"),
        ("廉政谈话不经常", "廉政谈话不够经常。"),
        ("老加班，周末也不休", "经常加班，周末也不休息。"),
        ("整改一直拖着", "整改始终拖延。"),
        ("会议纪要没人写", "会议纪要无人撰写，“严重缺失”一词不当。"),
        ("明年3月底前把风险点排查完", "明年3月底前完成风险点排查。"),
        ("打算把风险点再捋一遍，3月底前弄完", "拟对风险点再次梳理，3月底前完成。"),
    ],
)
def test_the_same_strength_in_other_words_is_no_finding(note: str, draft: str) -> None:
    assert [rule for rule in errors(check(draft, note)) if rule.startswith("escalation")] == []


@pytest.mark.parametrize("word", ["失职", "对党不忠诚", "两面人", "不作为"])
def test_a_characterisation_that_no_note_uses_is_an_error(word: str) -> None:
    note = "接待超了两回人数，事后补了单子"
    draft = f"接待两次超出人数，事后补单，存在{word}问题。"
    assert errors(check(draft, note)) == ["escalation.character"]
    assert errors(check(draft, note + f"，算{word}问题")) == []


@pytest.mark.parametrize("draft", ["未发现违规违纪问题。", "坚决防止失职渎职。", "开展反腐败教育。"])
def test_to_deny_or_fight_misconduct_charges_nobody(draft: str) -> None:
    assert "escalation.character" not in errors(check(draft, "廉政教育搞了一回，没发现问题"))


def test_a_far_lower_scope_is_a_warning() -> None:
    (finding,) = found(check("个别支部台账不全。", "所有支部台账不全"), "escalation.scope")
    assert finding.level is Level.WARN


def test_every_scale_rises_through_distinct_levels() -> None:
    assert {scale.rule.partition(".")[2] for scale in scales()} == {
        "scope",
        "status",
        "obligation",
        "degree",
        "frequency",
    }
    assert all(len(scale.draft.groupindex) >= 3 for scale in scales())


@pytest.mark.parametrize(
    ("note", "clean", "raised", "rule"),
    [
        ("8个泵站剩下3个在整改", "8个泵站中其余3个正在整改。", "8个泵站中其余3个已完成整改。", "status"),
        ("建议推行错时值班", "建议推行错时值班。", "已推行错时值班。", "status"),
        ("5月前验收泵站", "5月前完成泵站验收。", "泵站已于5月前完成验收。", "status"),
        ("力争评上2个泵站", "力争评上2个泵站。", "2个泵站成功获批。", "status"),
        ("试点泵站托管", "试点泵站托管。", "全面推行泵站托管。", "status"),
        ("有的泵站没值班", "有的泵站无人值班。", "各泵站无人值班。", "scope"),
        ("3个泵站没值班", "3个泵站无人值班。", "各泵站均无人值班。", "scope"),
        ("全年巡查泵站63次", "全年巡查泵站63次。", "每月巡查泵站63次。", "frequency"),
        ("其中1次没签字", "其中1次未签字。", "其中多次未签字。", "frequency"),
        ("值守不太认真", "值守不够认真。", "值守几乎空白。", "degree"),
        ("值守不太认真", "值守不够认真。", "值守完全缺位。", "degree"),
    ],
)
def test_more_ways_to_say_more_than_the_note(note: str, clean: str, raised: str, rule: str) -> None:
    lead = "会议较多。"
    assert [one for one in errors(check(lead + clean, "会多", note)) if one.startswith("escalation")] == []
    assert found(check(lead + raised, "会多", note), f"escalation.{rule}") != []


def test_a_lost_quantifier_is_a_warning() -> None:
    (finding,) = found(check("泵站职工操作不熟练。", "少部分泵站职工操作不熟练"), "escalation.scope")
    assert finding.level is Level.WARN


def test_a_topic_sentence_may_sum_up() -> None:
    draft = "一是投诉问题较为突出。全年接到投诉75件，比上年多9%。"
    assert check(draft, "投诉多，全年75件，比上年多9%").findings == ()


def test_a_total_of_the_notes_own_count_is_no_escalation() -> None:
    assert errors(check("剩余4个泵站二季度全部验收。", "剩余4个泵站二季度验收")) == []
    assert "escalation.scope" in errors(check("6个泵站已全部修好。", "6个泵站修好4个，剩2个没修"))


def test_in_a_plan_nothing_is_done_already() -> None:
    draft = "下一步，重点做好以下工作。已轮训泵站职工。"
    assert "escalation.status" in errors(check(draft, "轮训泵站职工", section="plan"))


@pytest.mark.parametrize("words", ["优亲厚友", "有令不行、有禁不止", "失职渎职"])
def test_words_of_party_discipline_need_a_note(words: str) -> None:
    draft = f"会议较多。泵站账目不清，{words}。"
    assert "escalation.character" in errors(check(draft, "会多", "泵站账目不清"))


@pytest.mark.parametrize("words", ["违规", "违反财经纪律", "数据造假"])
def test_what_may_describe_the_act_that_a_note_tells_is_a_doubt(words: str) -> None:
    grounding = check(f"会议较多。泵站账目不清，{words}。", "会多", "泵站账目不清")
    assert [one.level for one in found(grounding, "escalation.character")] == [Level.WARN]
