"""What a rewriting may not touch: planted changes are refused, harmless ones pass."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.lock import broken_fact
from assistant.evaluation.probe_pairs import read_pairs
from assistant.evaluation.probes import Probe, make_probes
from tests.conftest import ROOT

LOCKED = {"number", "date", "title", "document", "name", "escalation"}
# What takes away or adds whole sentences is for the grounding check, not for the lock.
SAME = [
    ("开展活动12次", "开展活动十二次"),
    ("还没弄好", "尚未完成"),
    ("大家都没去", "均未前往"),
    ("抓得不够紧", "抓得不够有力"),
    ("谈了43人次", "谈话43人次"),
    ("存在两张皮现象", "存在“两张皮”现象"),
    ("已经完成了", "已完成"),
    ("有的支部没开会", "有的支部未召开会议"),
    ("搞了一次活动", "开展1次活动"),
    ("很多人反映", "许多群众反映"),
    ("打算下个月搞", "拟于下月开展"),
    ("**局开展3次", "××局开展3次"),
    ("经费35万元", "经费0.0035亿元"),
]
MOVED = [
    ("个别党员上班串岗", "普遍存在党员上班串岗现象", "范围"),
    ("部分支部没开会", "支部没开会", "范围"),
    ("拟于3月底前完成", "已于3月底前完成", "进展"),
    ("基本完成", "完成", "进展"),
    ("要加强管理", "必须加强管理", "要求"),
    ("学习有待加强", "学习严重缺失", "程度"),
    ("偶尔有人迟到", "经常有人迟到", "频次"),
    ("每季度检查一次", "每周检查一次", "频次"),
    ("开展活动12次", "开展活动13次", "数字"),
    ("参加60余人", "参加60人", "数字"),
    ("3月15日召开", "3月16日召开", "日期"),
    ("《中国共产党章程》规定", "《中国共产党问责条例》规定", "文件名"),
    ("市委办〔2022〕3号", "市委办〔2022〕8号", "文号"),
    ("强调“马上就办”", "强调“立即办理”", "引号"),
    ("由〖单位1〗负责", "由〖单位2〗负责", "掩去"),
    ("管理方面存在问题", "管理方面存在失职问题", "定性"),
    ("资金由群众自筹解决", "资金由村集体解决", "自筹"),
    ("根据群众举报开展核查", "根据审计开展核查", "群众举报"),
    ("干部老是迟到", "干部偶尔迟到", "“老是”"),
]


@cache
def all_planted() -> tuple[tuple[str, Probe], ...]:
    pairs = read_pairs(ROOT / "eval" / "probes")
    clean = {pair.id: pair.draft for pair in pairs}
    return tuple((clean[probe.pair], probe) for probe in make_probes(pairs))


def planted(families: set[str]) -> list[tuple[str, Probe]]:
    return [(draft, probe) for draft, probe in all_planted() if probe.family in families]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_says_the_same_passes(before: str, after: str) -> None:
    assert broken_fact(before, after) is None


@pytest.mark.parametrize(("before", "after", "what"), MOVED)
def test_what_moves_a_fact_or_a_word_of_a_scale_is_refused(before: str, after: str, what: str) -> None:
    reason = broken_fact(f"今年以来，{before}，仍需努力。", f"今年以来，{after}，仍需努力。")
    assert reason is not None
    assert what in reason


def locked(lists: str) -> dict[str, list[list[str]]]:
    source = Path(__file__).with_name("locked.toml")
    return tomllib.loads(source.read_text("utf-8"))[lists]  # type: ignore[no-any-return]


# Before the lock was mended on the first lists 13 of 60 harmless ones were refused and 36 of 60 moved ones passed. The fresh
# ones were written with them and measured once, after it: 5 of 30 refused, 1 of 30 passed.
@pytest.mark.parametrize(("lists", "most"), [("first", (0, 1)), ("fresh", (3, 1))])
def test_talk_may_become_prose_but_no_fact_may_move(lists: str, most: tuple[int, int]) -> None:
    rewrites = locked(lists)
    refused = [(before, broken_fact(before, after)) for before, after in rewrites["harmless"]]
    passed = [before for before, after in rewrites["moved"] if broken_fact(before, after) is None]
    assert len([why for _, why in refused if why]) <= most[0], refused
    assert len(passed) <= most[1], passed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("上半年12次，下半年8次。", "上半年8次，下半年12次。"),
        ("上半年学习了12次，下半年学习了8次。", "上半年学习8次，下半年学习12次。"),
        ("张三牵头，李四配合。", "李四牵头，张三配合。"),
        ("县财政局牵头，县教育局配合。", "县教育局牵头，县财政局配合。"),
        ("3月15日走访，4月2日座谈。", "4月2日走访，3月15日座谈。"),
        ("部分支部未开会，个别支部未学习。", "个别支部未开会，部分支部未学习。"),
    ],
)
def test_what_changes_places_is_refused(before: str, after: str) -> None:
    assert "换了位置" in (broken_fact(before, after) or "")


# The suite takes one seed: about a third of what eval/benchmarks/lock.py counts (2,000 changed and 500 harmless).
def test_planted_changes_are_refused() -> None:
    missed = [
        (probe.pair, probe.operator)
        for draft, probe in planted(LOCKED)
        if broken_fact(draft, probe.draft) is None
    ]
    every = len(planted(LOCKED))
    assert every > 700
    assert len(missed) <= 0.01 * every, missed


def test_harmless_rewrites_pass() -> None:
    probes = [(draft, probe) for draft, probe in planted({"harmless"}) if probe.draft != draft]
    refused = [
        (probe.pair, probe.operator, why)
        for draft, probe in probes
        if (why := broken_fact(draft, probe.draft))
    ]
    assert len(probes) > 400
    assert len(refused) <= 0.02 * len(probes), refused


@given(st.text(max_size=80))
def test_a_text_does_not_break_with_itself(text: str) -> None:
    assert broken_fact(text, text) is None


@given(
    st.text("今年12个别《章程》“马上”已拟，。*×〖", max_size=40),
    st.text("今年12个别《章程》“马上”已拟，。*×〖", max_size=40),
)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    reason = broken_fact(one, other)
    assert reason is None or reason
