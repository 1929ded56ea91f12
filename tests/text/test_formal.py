"""The rules of ``formal.toml``: each by its own examples, all together by what they may never change."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.formal import formalise, quote_terms
from assistant.text.formal_rules import FormalRule, formal_rules
from tests.text.needed import needed
from tests.text.samples import MIXTURES, all_notes

EIGHT_HOURS = re.compile("8个?小时[以之]?外")
TITLE = re.compile("《[^《》]*》")
QUOTED = re.compile("“[^“”]*”")
FIXED = re.compile(r"[A-Za-z][A-Za-z0-9.+\-]*|\*+|×+|〔[^〔〕]*〕")
# What would widen a scope, change a status, strengthen an obligation or a degree, unless the note said so:
# each word with the colloquial wordings that mean the same.
STRONG = {
    "普遍": "", "全部": "就这些", "所有": "", "全体": "", "一律": "", "均": "[都全]|个个|每个|人人", "全面": "不全|不太全|得全",
    "严重": "", "极": "", "十分": "", "非常": "", "显著": "", "大幅": "", "大量": "",
    "明显": "没啥用|没用|没.{0,2}(?:效果|作用)|不[管顶]用",
    "缺失": "", "缺位": "", "空白": "", "失职": "", "违规": "", "违纪": "", "违法": "", "造假": "", "虚假": "", "渎职": "", "不力": "",
    "必须": "", "务必": "一定要", "应当": "", "严禁": "", "不得": "", "从未": "从.?没|从来", "始终": "", "长期": "", "屡": "", "彻底": "",
    "已完成": "[做弄搞办干]完", "完成": "完|利索|[弄做搞办]好|差不多|改出来",
    "已": "[了已]|对不上", "落实": "", "到位": "", "圆满": "", "成功": "",
}  # fmt: skip


def digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d", EIGHT_HOURS.sub("", text)))


def identifier(rule: FormalRule) -> str:
    return rule.id


def test_each_rules_examples_and_exceptions_hold() -> None:
    wanted = {
        (identifier(rule), text): after
        for rule in formal_rules()
        for text, after in [*rule.examples.items(), *((text, text) for text in rule.keep)]
    }
    assert len(wanted) > 400
    assert {(rule, text): formalise(text) for rule, text in wanted} == wanted


def test_every_rule_shows_what_it_is_for() -> None:
    assert [rule.id for rule in formal_rules() if not (rule.examples or rule.keep)] == []


@pytest.mark.parametrize(
    ("note", "formal"),
    [
        ("责任书签了没人查", "责任书签订后无人检查"),
        ("8小时以外监督基本没招", "“八小时以外”监督办法不多"),
        ("党建业务两张皮", "党建与业务存在“两张皮”现象"),
        ("会多", "会议较多"),
        ("没咋结合自己手头的活", "较少结合自身工作"),
        ("《公务用车管理办法》是2019年定的，一直没改", "《公务用车管理办法》于2019年制定，一直未修订"),
        ("支部换届弄完了", "支部换届已完成"),
        ("正在弄“阳光采购”流程，还没上线", "正在推进“阳光采购”流程，尚未上线"),
    ],
)
def test_colloquial_becomes_formal(note: str, formal: str) -> None:
    assert formalise(note) == formal


@pytest.mark.parametrize(
    "text",
    [
        "理论学习抓得不够紧。",
        "部分党员干部联系服务对象不够紧密，走访的主动性有待增强。",
        "全年召开党组会12次，研究党建工作4次。",
        "个别支部“三会一课”记录不完整的问题依然存在。",
        "《机关工作规则》已印发执行。",
        "老同志作用发挥较好。",
        "本市各级党组织高度重视。",
    ],
)
def test_formal_wording_is_left_alone(text: str) -> None:
    assert formalise(text) == text


@pytest.mark.parametrize(
    "text", ["《动不动就要表》", "“没人管”", "〖待补：没人查〗", "〔没招〕", "****", "App"]
)
def test_what_is_frozen_is_not_rewritten(text: str) -> None:
    assert text in formalise(f"个别支部{text}学习记录较少")


@given(MIXTURES)
def test_twice_is_once(text: str) -> None:
    once = formalise(text)
    assert formalise(once) == once


@given(MIXTURES | st.text("没人查改了学习8小时外，。“”《》*×a1两张皮会多（）", max_size=40))
def test_numbers_titles_and_fixed_parts_come_out_as_they_went_in(text: str) -> None:
    formal = formalise(text)
    assert digits(formal) == digits(text)
    assert TITLE.findall(formal) == TITLE.findall(text)
    assert Counter(FIXED.findall(formal)) == Counter(FIXED.findall(EIGHT_HOURS.sub("", text)))
    assert Counter(QUOTED.findall(text)) <= Counter(QUOTED.findall(formal))


def strengthened(text: str, formal: str) -> list[str]:
    return [
        word
        for word, licence in STRONG.items()
        if word in formal and word not in text and not (licence and re.search(licence, text))
    ]


@given(MIXTURES)
def test_nothing_is_strengthened(text: str) -> None:
    assert strengthened(text, formalise(text)) == []


def test_no_rules_example_strengthens() -> None:
    for rule in formal_rules():
        assert [word for pair in rule.examples.items() for word in strengthened(*pair)] == [], rule.id


def test_no_sample_note_is_strengthened() -> None:
    assert {note: found for note in all_notes() if (found := strengthened(note, formalise(note)))} == {}


@pytest.mark.parametrize(
    "word", ["个别", "部分", "有的", "一些", "少数", "多数", "不少", "拟", "争取", "可能", "正在"]
)
def test_scope_and_status_stay(word: str) -> None:
    for note in all_notes():
        if word in note:
            assert word in formalise(note), note


@given(st.text("\ue000\ue001\uf8ff没人查了学习，12《》", max_size=20))
def test_characters_of_the_private_use_area_pass_through(text: str) -> None:
    private = re.compile("[\ue000-\uf8ff]")
    assert private.findall(formalise(text)) == private.findall(text)


@given(st.text(max_size=60))
def test_any_text_is_accepted(text: str) -> None:
    assert isinstance(formalise(text), str)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("三会一课记录不全", "“三会一课”记录不全"),
        ("“三会一课”记录不全", "“三会一课”记录不全"),
        ("《三会一课制度》执行不严", "《三会一课制度》执行不严"),
        ("解决最后一公里问题", "解决“最后一公里”问题"),
        ("8小时之外管不住", "“八小时以外”管不住"),
        ("考核软指标", "考核“软指标”"),
    ],
)
def test_fixed_terms_are_quoted_once(text: str, quoted: str) -> None:
    assert quote_terms(text) == quoted == quote_terms(quoted)


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("督办了12次", "督举办"),
        ("承办了3次会议", "承举办"),
        ("查看了3份", "查观看"),
        ("参观看了3个点", "参观观看"),
        ("说清了3件事", "说清理"),
        ("有的人不够主动", "人员力量不足主动"),
        ("不搞“一刀切”", "不搞存在"),
        ("没有两张皮", "没有存在"),
        ("拖了一年多", "一年较多"),
        ("占一半多", "一半较多"),
        ("机关老停车场漏水", "经常停车场"),
        ("记录是会后补的", "是会事后"),
        ("不算少", "不算较少"),
        ("回收了3份问卷", "回收到"),
        ("学了不用", "脱节"),
        ("嘴上说得多", "虽称"),
    ],
)
def test_a_rule_bites_into_no_word_and_strengthens_nothing(text: str, garbled: str) -> None:
    assert garbled not in formalise(text)


@pytest.mark.parametrize("text", ["你好我好大家好,", "谈心谈话应付呀！。"])
def test_odd_punctuation_settles_at_once(text: str) -> None:
    assert formalise(formalise(text)) == formalise(text)


def test_what_each_rule_needs_is_what_its_pattern_needs() -> None:
    wrong = [rule.id for rule in formal_rules() if list(rule.needs) != needed(rule.find)]
    assert wrong == [], "python -m tests.text.needed writes them"
