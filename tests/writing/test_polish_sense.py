"""What a rewriting may not do to the sense: each pair by itself, without a model."""

import pytest

from assistant.writing.aligning import align
from assistant.writing.changes import Change, apply
from assistant.writing.polish_reply import own_line
from assistant.writing.polish_sense import broken_sense, broken_statement


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("由张伟负责，台账不全。", "由李强负责，台账不全。", "人名“张伟”"),
        ("石桥村的路没修。", "柳林村的路没修。", "地名“石桥村”"),
        ("老王没到会。", "老李没到会。", "人名“老王”"),
        ("同比增长5%。", "同比下降5%。", "“增长”成了“下降”"),
        ("高于全市平均。", "低于全市平均。", "“高于”成了“低于”"),
        ("免费发放。", "收费发放。", "“免费”成了“收费”"),
        ("群众满意。", "群众不满意。", "“满意”前的否定词"),
        ("记录不全。", "记录全。", "“全”前的否定词"),
        ("好多都没补上。", "好多都补上了。", "“补上”前的否定词"),
        ("会议没有按时召开。", "会议按时召开。", "“按时”前的否定词"),
        ("落实三会一课。", "落实“三会一课。", "不成对"),
    ],
)
def test_a_sentence_that_says_something_else_is_noticed(before: str, after: str, why: str) -> None:
    assert why in (broken_sense(before, after) or "")
    assert broken_sense(before, before) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("大家都没去开会。", "全体人员均未参加会议。"),
        ("没人管。", "无人管理。"),
        ("责任不能落实。", "责任难以落实。"),
        ("好多都没弄好。", "多数尚未完成。"),
        ("不按时交材料。", "材料报送滞后。"),
        ("不少群众反映路不平。", "许多群众反映道路不平整。"),
        ("不得不推迟。", "只得推迟。"),
        ("管得不怎么严。", "管理不够严格。"),
        ("学得不深，记得不全。", "学习不够深入，记录不完整。"),
        ("比去年多了3户。", "较去年增加3户。"),
    ],
)
def test_a_sentence_that_says_the_same_passes(before: str, after: str) -> None:
    assert broken_sense(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("谈话走过场，记录不全。", "谈话走过场。", "少了“记录不全”"),
        ("谈话走过场。", "谈话走过场，影响恶劣。", "多出“影响恶劣”"),
        ("学习抓得不紧。", "领导班子学习抓得不紧。", "多出“领导班子”"),
        ("台账不全。", "台账不全<br>。", "记号“<”"),
    ],
)
def test_a_statement_that_comes_or_goes_is_noticed(before: str, after: str, why: str) -> None:
    changes = align(before, after)
    found = [broken_statement(change, before, after) or "" for change in changes]
    assert why in "".join(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("工作抓得不紧。", "工作抓得不够紧。"),
        ("把检查搞了一遍。", "开展了一遍检查。"),
        ("这个方面的问题比较多。", "这方面的问题比较多。"),
        ("其实问题早有了。", "问题早有了。"),
    ],
)
def test_words_that_only_carry_others_come_and_go(before: str, after: str) -> None:
    changes = align(before, after)
    assert changes
    assert [broken_statement(change, before, after) for change in changes] == [None] * len(changes)


def test_changes_that_open_and_close_a_pair_are_one() -> None:
    text, after = "落实三会一课制度，抓好两张皮问题。", "落实“三会一课”制度，解决“两张皮”问题。"
    changes = align(text, after)
    assert apply(text, changes) == after
    assert all(change.after.count("“") == change.after.count("”") for change in changes)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("学习不够。", "学习不够。"),
        ("修改后：\n学习不够。", "学习不够。"),
        ("学习不够。\n\n如需调整请告知。", "学习不够。"),
        ("“学习不够。”", "学习不够。"),
        ("<p>学习不够。</p>", "学习不够。"),
        ("学习\n不够。", "学习不够。"),
        ("主要问题：学习不够。", "学习不够。"),
        ("学习：不够。", "学习：不够。"),
    ],
)
def test_only_the_line_that_rewrites_the_paragraph_counts(answer: str, line: str) -> None:
    assert own_line(answer, "学习不够。") == line


def test_a_change_without_words_drops_nothing() -> None:
    assert broken_statement(Change(4, 5, ",", "，", "punctuation", ""), "学习不够,", "学习不够，") is None
