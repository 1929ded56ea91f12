"""Titles against the base of names."""

import pytest

from assistant.checks.kinds.titles import near_title
from assistant.checks.lexicon.reading import entries

NAMES = [words[0] for words in entries("titles.txt")]


@pytest.mark.parametrize(
    ("shown", "name", "grade"),
    [
        ("党政干部选拔任用工作条例", "党政领导干部选拔任用工作条例", "likely"),
        ("中国共产党廉洁自律准侧", "中国共产党廉洁自律准则", "certain"),
        ("中国共产党纪律处份条例", "中国共产党纪律处分条例", "certain"),
        ("中国共产党内监督条例", "中国共产党党内监督条例", "certain"),
        ("公务员职务职级并行规定", "公务员职务与职级并行规定", "certain"),
        ("习近平治国理政", "习近平谈治国理政", "certain"),
        ("新形势下党内政治生活若干准则", "关于新形势下党内政治生活的若干准则", "likely"),
    ],
)
def test_a_title_a_slip_away_is_found(shown: str, name: str, grade: str) -> None:
    meant = near_title(shown)
    assert meant is not None
    assert (meant.name, meant.grade) == (name, grade)


@pytest.mark.parametrize(
    "shown",
    [
        "条例",
        "准则",
        "纪律处分条例",
        "党章",
        "中国共产党支部工作条例",
        "公务员法",
        "习近平谈治国理政（第四卷）",
        "习近平谈治国理政第四卷",
        "党委(党组)落实全面从严治党主体责任规定",
        "某市优化营商环境条例",
        "中国共产党支部工作条例（试行）实施细则",
        "关于贯彻《信访工作条例》的通知",
        "中华人民共和国检察官法",
        "中华人民共和国会计法",
        "党委（党组）意识形态工作责任制实施细则",
        "关于加强机关党的建设的通知",
    ],
)
def test_other_titles_and_short_forms_are_left_alone(shown: str) -> None:
    assert near_title(shown) is None


def test_every_name_is_right() -> None:
    assert [name for name in NAMES if near_title(name) is not None] == []


def test_each_name_has_a_year_and_an_issuer() -> None:
    for words in entries("titles.txt"):
        assert len(words) == 3, words
        assert words[1] == "-" or 1800 < int(words[1]) < 2100, words


def test_names_are_listed_once() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 150
