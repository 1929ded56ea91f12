"""When one fact supports another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.facts import facts, same, supports
from assistant.types import Fact


def only(text: str) -> Fact:
    (fact,) = facts(text)
    return fact


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("2022年3月15日", "3月15日"),
        ("2022年3月15日", "3月"),
        ("2022年3月15日", "2022年"),
        ("2022年第一季度", "一季度"),
        ("2022年底", "年底"),
        ("去年9月", "9月"),
        ("去年9月", "2021年9月"),
        ("上半年", "今年上半年"),
        ("今年上半年", "上半年"),
        ("上年3月", "去年3月"),
        ("48小时", "2天"),
        ("超过1公里", "超过1000米"),
        ("27万", "27万元"),
        ("二十七万", "27万元"),
        ("63人", "60余人"),
        ("58人", "近60人"),
        ("60余人", "超60人"),
        ("60余人", "60人以上"),
        ("支部12", "12个"),
        ("超了3个月", "超期三个月"),
        ("超期3个月", "超了三个月"),
        ("超了30天", "超过三十天"),
        ("2020年8月", "2020年8月起"),
        ("市委办发〔2022〕3号", "〔2022〕3号"),
        ("〔2022〕3号", "市委办发〔2022〕3号"),
        ("《中国共产党纪律处分条例》", "《纪律处分条例》"),
        ("《中共中央关于加强党的政治建设的意见》", "《关于加强党的政治建设的意见》"),
        ("《关于加强党的政治建设的意见》", "《加强党的政治建设的意见》"),
        ("蒙自市住建局", "市住建局"),
        ("城关镇红旗村", "红旗村"),
        ("张三局长", "张三同志"),
        ("局长王建国", "王局长"),
        ("市十六届人大二次会议", "十六届人大二次会议"),
    ],
)
def test_what_says_more_supports_what_says_less(whole: str, part: str) -> None:
    assert supports(only(whole), only(part))
    assert same(only(part), only(whole))


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("3月15日", "2022年3月15日"),
        ("2021年3月15日", "2022年3月"),
        ("3月15日", "16日"),
        ("明年6月", "今年6月"),
        ("去年上半年", "今年上半年"),
        ("48小时", "3天"),
        ("2天", "2个工作日"),
        ("80万元", "80万美元"),
        ("1公里", "1米"),
        ("60人", "60余人"),
        ("60余人", "60人"),
        ("近60人", "60人"),
        ("60人", "60人次"),
        ("25场", "28场"),
        ("25场", "25期"),
        ("3次", "3个"),
        ("75人", "60余人"),
        ("第3批", "3批"),
        ("前3名", "3名"),
        ("〔2022〕3号", "〔2022〕13号"),
        ("《纪律处分条例》", "《处分条例》"),
        ("市住建局", "市财政局"),
        ("蒙自市住建局", "开远市住建局"),
        ("第一巡察组", "第二巡察组"),
        ("红旗村", "新华村"),
        ("张三局长", "李四局长"),
        ("第三次全体会议", "第二次全体会议"),
    ],
)
def test_what_differs_supports_nothing(whole: str, part: str) -> None:
    assert not supports(only(whole), only(part))


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_an_exact_number_supports_itself_alone(one: int, other: int) -> None:
    assert supports(only(f"{one}次"), only(f"{other}次")) == (one == other)


@given(st.text("一二三123十年月日次人余近第—至《》〔〕号张局长市县村", max_size=30))
def test_every_fact_supports_itself(text: str) -> None:
    assert all(supports(fact, fact) for fact in facts(text))
