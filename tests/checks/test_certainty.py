"""What makes a finding an error: evidence of its own."""

import pytest

from assistant.types import Level
from tests.checks.samples import check, errors, found


@pytest.mark.parametrize(
    ("note", "draft"),
    [
        ("危桥改造任务8座，完工5座，其他的卡住了", "危桥改造任务8座，已完工5座，其余3座进展受阻。"),
        ("积案12件，化解9件", "化解积案9件，占积案总数12件的75%。"),
        ("合同里写的8个人，实际就5个", "合同约定8人，实到5人，缺额3人。"),
        ("房租减半，床位加150张，一半放乡下", "床位增加150张，其中75张放在乡下，房租减半。"),
        ("2个账号断更半年以上", "2个账号停更超过半年。"),
        ("有证的不到一半，20个人里头8个有证", "20人中持证的仅8人，不足一半。"),
        ("打官司的比前年少三分之一", "打官司的较前年减少约33%。"),
    ],
)
def test_what_is_worked_out_or_said_alike_is_no_error(note: str, draft: str) -> None:
    assert errors(check(draft, note)) == []


@pytest.mark.parametrize(
    ("note", "draft"),
    [
        ("危桥改造任务8座，完工5座", "危桥改造任务8座，已完工6座。"),
        ("危桥改造任务8座，完工5座，其他的卡住了", "危桥改造任务8座，已完工5座，其余4座进展受阻。"),
        ("到场不足500人", "到场超过500人。"),
        ("化解积案9件，共12件", "化解积案9件，占积案总数12件的85%。"),
    ],
)
def test_another_number_is_an_error(note: str, draft: str) -> None:
    assert [rule for rule in errors(check(draft, note)) if rule.startswith("fact.")] != []


@pytest.mark.parametrize(
    ("note", "draft"),
    [
        ("有的乡镇工作站有挂牌没人的", "有的乡镇工作站虽已挂牌，但没有配备人员。"),
        ("健身器材坏了，有的贴了条没拆", "健身器材损坏，有的已张贴提示但未拆除。"),
    ],
)
def test_what_was_done_is_not_what_was_denied(note: str, draft: str) -> None:
    assert found(check(draft, note), "escalation.status") == []


def test_what_was_denied_is_not_done() -> None:
    assert "escalation.status" in errors(check("没收的地笼已全部销毁。", "没收的地笼还没销毁"))


def test_a_sentence_with_a_particular_of_its_own_is_an_error() -> None:
    notes = ("会多", "责任书签了没人查")
    for added, level in (("全年获通报表扬26次。", Level.ERROR), ("泵站值守脱岗频发。", Level.ERROR)):
        draft = f"会议较多。责任书签订后无人检查。{added}"
        assert max(one.level is level for one in check(draft, *notes).findings), added


def test_a_topic_in_words_of_its_own_is_a_doubt_at_most() -> None:
    grounding = check("基层负担依然沉重。会议较多。", "会多")
    assert errors(grounding) == []


def test_a_dropped_note_is_an_error_where_nothing_may_tell_it() -> None:
    notes = ("会多", "责任书签了没人查", "老师傅手艺没人接")
    plain = check("会议较多。责任书签订后无人检查。", *notes)
    told = check("会议较多。责任书签订后无人检查。传统技法后继乏力。", *notes)
    assert [one.level for one in found(plain, "note.missing")] == [Level.ERROR]
    assert [one.level for one in found(told, "note.missing")] == [Level.WARN]
