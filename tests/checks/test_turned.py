"""Numbers, levels and names turned into something else, and the same said in other words."""

import pytest

from assistant.types import Level
from tests.checks.samples import check, errors


@pytest.mark.parametrize(
    ("note", "clean", "turned"),
    [
        (
            "全年降雨量增加12%，水库蓄水正常",
            "全年降雨量增加12%，水库蓄水正常。",
            "全年降雨量减少12%，水库蓄水正常。",
        ),
        ("茶叶评比拿市一等奖3个", "茶叶评比获市级一等奖3个。", "茶叶评比获国家级一等奖3个。"),
        ("巡查鱼塘57口，发现隐患", "巡查鱼塘57口，发现隐患。", "巡查鱼塘57口以上，发现隐患。"),
        ("6台水泵里有2台漏水", "6台水泵中有2台漏水。", "2台水泵中有6台漏水。"),
    ],
)
def test_what_is_said_of_a_number_stays(note: str, clean: str, turned: str) -> None:
    assert errors(check(clean, note)) == []
    assert set(errors(check(turned, note))) & {"fact.changed", "fact.inconsistent"}


def test_an_exact_number_made_rough_is_a_doubt() -> None:
    result = check("巡查鱼塘50余口，发现隐患。", "巡查鱼塘57口，发现隐患")
    assert [(one.rule, one.level) for one in result.findings if one.rule.startswith("fact")] == [
        ("fact.changed", Level.WARN)
    ]


@pytest.mark.parametrize(
    ("draft", "note"),
    [
        ("护林队伍不够稳定，今年有3名护林员离职。", "护林员流动大，今年走了3个"),
        ("山货销售渠道偏窄，全年销售额仅19万元。", "山货销路窄，一年才卖了19万"),
        ("县供销合作社开办网点12个。", "县供销社开办网点12个"),
        ("每个季度检查1次灌溉设施。", "每季度检查一次灌溉设施"),
    ],
)
def test_the_same_in_formal_words_is_no_error(draft: str, note: str) -> None:
    assert errors(check(draft, note)) == []


@pytest.mark.parametrize(
    "draft",
    [
        "在副县长韦长青督办下，新建水窖8口。",
        "大队长冷锋带队新建水窖8口。",
        "由韦长青等7人新建水窖8口。",
        "桃溪镇等4处新建水窖8口。",
    ],
)
def test_a_name_of_a_passage_in_a_turn_of_its_own_is_leaked(draft: str) -> None:
    passage = "2018年副县长韦长青督办迁坟，大队长冷锋值守，在桃溪镇查处5起。"
    assert "fact.leaked" in errors(check(draft, "新建水窖8口", passages=(passage,)))
