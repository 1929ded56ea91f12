"""Polishing offline: what each rule does, what no rule may do, and that every subset of the changes is whole."""

import json
import random
import re
from collections import Counter
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.writing.changes import Change, Edit, apply, compose, edited
from assistant.writing.polish_rules import polish_rules
from assistant.writing.polishing import polish
from tests.conftest import ROOT
from tests.ending import ends

PASSAGES: dict[str, str] = json.loads(
    (ROOT / "tests" / "data" / "polish" / "passages.json").read_text("utf-8")
)
REPORTS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))}
KINDS = {"wording", "punctuation", "structure", "redundancy"}
PROTECTED = re.compile(r"《[^《》]*》|“[^“”]*”|\*+|×+|〔[^〔〕]*〕|[A-Za-z][A-Za-z0-9.]*")
SENTENCES = sorted({s + "。" for passage in PASSAGES for s in passage.split("。") if s})
FIXED = (
    "《关于大家马上就办的通知》",
    "“现在就搞”",
    "××局",
    "**",
    "〔2024〕5号",
    "〖待补：没人查〗",
    "APP",
    "12.5%",
    "1,200件",
    "8:30",
    "现在",
    "表现在三个方面",
)

MIXED = st.lists(
    st.tuples(
        st.sampled_from(SENTENCES) | st.sampled_from(FIXED) | st.sampled_from(sorted(PASSAGES)),
        st.sampled_from(("", "，", "。", "；", "、", "\n", ",", " ", "：", "一是", "第一，", "“", "”", "（")),
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: "".join(sentence + mark for sentence, mark in parts))
# Words of scope, status, obligation and degree: none may appear that the text did not bear out.
STRONG = (
    "普遍", "全部", "所有", "全体", "一律", "全面", "严重", "极", "十分", "非常", "显著", "大幅", "大量", "明显", "缺失", "缺位", "失职",
    "违规", "违纪", "造假", "不力", "必须", "务必", "应当", "严禁", "不得", "长期", "彻底", "圆满", "成功", "高度", "个别", "少数", "部分",
)  # fmt: skip


def polished(text: str, level: Literal["light", "full"] = "full") -> str:
    return apply(text, polish(text, level=level))


def doubled(text: str) -> Counter[str]:
    return Counter(re.findall(r"[，。；：、！？,;:!?]{2,}", text))


def balance(text: str) -> list[int]:
    return [text.count(a) - text.count(b) for a, b in ("“”", "《》", "（）", "()", "‘’")]


def facts(text: str) -> tuple[list[str], list[str]]:
    return PROTECTED.findall(text), re.findall(r"[0-9０-９]", text)


def test_each_rules_examples_and_exceptions_hold() -> None:
    wanted = {
        (rule.id, text): after
        for rule in polish_rules("full")
        for text, after in [*rule.examples.items(), *((text, text) for text in rule.keep)]
    }
    assert len(wanted) > 100
    assert {(rule, text): polished(text) for rule, text in wanted} == wanted


def test_every_rule_of_its_own_shows_what_it_is_for() -> None:
    assert [rule.id for rule in polish_rules("full") if not rule.formal and not rule.examples] == []


def test_a_rule_needs_what_its_pattern_needs() -> None:
    for rule in polish_rules("full"):
        examples = rule.formal.examples if rule.formal else rule.examples
        for text in examples:
            for piece in (text,) if rule.sentence else re.split("[，。；：！？（）]", text):
                if list(rule.located(piece, piece)):
                    assert rule.needs & set(piece), (rule.id, piece)


def test_light_is_part_of_full() -> None:
    light, full = {rule.id for rule in polish_rules("light")}, {rule.id for rule in polish_rules("full")}
    assert light < full
    assert {rule.kind for rule in polish_rules("light")} <= {"wording", "punctuation", "redundancy"}


def test_there_are_sixty_passages() -> None:
    assert len(PASSAGES) >= 60


@pytest.mark.parametrize("passage", PASSAGES)
def test_a_colloquial_passage_becomes_formal(passage: str) -> None:
    assert polished(passage) == PASSAGES[passage]


@pytest.mark.parametrize("passage", PASSAGES)
def test_no_passage_is_strengthened(passage: str) -> None:
    for level in ("light", "full"):
        after = polished(passage, level)
        assert [word for word in STRONG if after.count(word) > passage.count(word)] == []


@pytest.mark.parametrize("text", [*PASSAGES, *REPORTS.values()])
@pytest.mark.parametrize("level", ["light", "full"])
def test_changes_are_exact_and_settle(text: str, level: Literal["light", "full"]) -> None:
    changes = polish(text, level=level)
    position = -1
    for change in changes:
        assert position < change.start < change.end
        assert text[change.start : change.end] == change.before != change.after
        assert change.kind in KINDS
        assert change.reason.endswith("。")
        position = change.end
    after = apply(text, changes)
    assert polish(after, level=level) == []


@pytest.mark.parametrize("name", REPORTS)
def test_a_formal_report_is_nearly_left_alone(name: str) -> None:
    report = REPORTS[name]
    changes = polish(report, level="full")
    wording = [change for change in changes if change.kind != "punctuation"]
    assert len(wording) <= len(report) / 1000
    after = apply(report, changes)
    assert Counter(facts(report)[0]) <= Counter(facts(after)[0])
    assert facts(after)[1] == facts(report)[1]


@given(MIXED, st.randoms(use_true_random=False), st.sampled_from(["light", "full"]))
@settings(max_examples=150, deadline=None)
def test_any_subset_is_well_formed(text: str, chance: random.Random, level: Literal["light", "full"]) -> None:
    changes = polish(text, level=level)
    chosen = [change for change in changes if chance.random() < 0.5]
    chance.shuffle(chosen)
    after = apply(text, chosen)
    assert doubled(after) <= doubled(text)
    assert balance(after) == balance(text)
    assert all(text[change.start : change.end] == change.before for change in changes)


@given(MIXED, st.sampled_from(["light", "full"]))
@settings(max_examples=150, deadline=None)
def test_polishing_twice_changes_nothing_more(text: str, level: Literal["light", "full"]) -> None:
    after = polished(text, level)
    assert polish(after, level=level) == []


@given(MIXED)
@settings(max_examples=100, deadline=None)
def test_facts_come_out_as_they_went_in(text: str) -> None:
    for change in polish(text, level="full"):
        assert Counter(PROTECTED.findall(change.before)) <= Counter(PROTECTED.findall(change.after))
        if change.kind != "structure":
            assert facts(change.before)[1] == facts(change.after)[1]


@given(
    st.text(max_size=80)
    | st.text("现在没人查搞了一是第二，。；：“”《》（）()1、2.,*\ue000\uf8ff\n 的时候", max_size=60)
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_accepted(text: str) -> None:
    changes = polish(text, level="full")
    after = apply(text, changes)
    assert balance(after) == balance(text)


@pytest.mark.parametrize(
    "text",
    [
        "会议学习了《关于大家马上就办的通知》。",
        "有群众说：“现在没人管，老百姓意见很大。”",
        "习近平总书记指出，现在要搞好基层治理。",
        "一、下一步打算",
        "（二）现在存在的主要问题",
        "问题主要表现在三个方面，还有差距，让群众满意成为常态。",
        "自我批评不够深入，批评与自我批评辣味不足。",
        "有的重部署轻落实，有的重形式轻实效。",
        "×局**科〖待补：没人管〗",
        "人才300名，急需紧缺人才12名。",
    ],
)
def test_formal_and_protected_wording_is_left_alone(text: str) -> None:
    assert polish(text, level="full") == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("第一，学习不深入。第二，监督不严格。", "一是学习不深入。二是监督不严格。"),
        ("主要问题：1、学习不深入；2、监督不严格。", "主要问题：一是学习不深入；二是监督不严格。"),
        ("存在以下问题：①学习不深入；②监督不严格。", "存在以下问题：一是学习不深入；二是监督不严格。"),
        ("首先，学习不深入。其次，监督不严格。", "一是学习不深入。二是监督不严格。"),
        ("一来时间较紧，二来任务较重。", "一是时间较紧，二是任务较重。"),
    ],
)
def test_items_of_a_paragraph_are_numbered_as_reports_do(text: str, after: str) -> None:
    assert polished(text) == after
    assert {change.kind for change in polish(text, level="full")} == {"structure"}
    assert polish(text, level="light") == []


@pytest.mark.parametrize(
    "text",
    [
        "1、学习不深入。",
        "1.学习不深入。\n2.监督不严格。",
        "第一季度完成3项，第二季度完成5项。",
        "第一书记到村任职，第二批队员已到位。",
        "增长1.5倍，占2.5%。",
        "一是学习不深入；第二，监督不严格。",
        "首先召开会议，然后逐项核对，最后形成报告。",
        "两名同志，一个是局长，一个是处长。",
    ],
)
def test_what_is_no_enumeration_keeps_its_numbers(text: str) -> None:
    assert [change for change in polish(text, level="full") if change.kind == "structure"] == []


def test_a_change_of_another_text_is_refused() -> None:
    changes = polish("现在还有3项没完成。", level="full")
    with pytest.raises(ValueError, match="another"):
        apply("目前还有3项未完成，正在推进。", changes)
    with pytest.raises(ValueError, match="overlaps"):
        apply("aaa", [Change(0, 2, "aa", "b", "wording", ""), Change(1, 3, "aa", "b", "wording", "")])


@given(st.text("abc", min_size=4, max_size=12), st.data())
def test_two_rounds_composed_do_what_they_do_in_turn(text: str, data: st.DataObject) -> None:
    def some(length: int) -> list[Edit]:
        bounds = sorted(data.draw(st.sets(st.integers(0, length), max_size=6)))
        pairs = zip(bounds[::2], bounds[1::2], strict=False)
        return [Edit(a, b, data.draw(st.text("xy", max_size=3)), "wording") for a, b in pairs]

    first = some(len(text))
    middle = edited(text, first)
    second = some(len(middle))
    composed = compose(text, first, second)
    assert edited(text, composed) == edited(middle, second)
    assert all(a.end < b.start for a, b in pairwise(composed))


def test_half_a_megabyte_is_polished_to_its_end() -> None:
    text = "\n".join([*PASSAGES, *REPORTS.values()])
    text *= 500_000 // len(text.encode()) + 1
    with ends():
        assert polish(text, level="full")
