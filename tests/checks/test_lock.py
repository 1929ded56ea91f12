"""What a rewriting may not touch: planted changes are refused, harmless ones pass."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.lock import broken_fact
from assistant.evaluation.probe_pairs import read_pairs
from assistant.evaluation.probes import Probe, make_probes
from tests.conftest import ROOT

LOCKED = {"number", "date", "title", "document", "escalation"}
# What takes away or adds whole sentences is for the grounding check, not for the lock.
HARMLESS = {
    "numbers_full_width",
    "items_reordered",
    "connected",
    "semicolons",
    "lines_joined",
    "amounts_rescaled",
}
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
]


def planted(families: set[str]) -> Iterator[tuple[str, Probe]]:
    pairs = read_pairs(ROOT / "eval" / "probes")
    clean = {pair.id: pair.draft for pair in pairs}
    for probe in make_probes(pairs):
        if probe.family in families:
            yield clean[probe.pair], probe


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_says_the_same_passes(before: str, after: str) -> None:
    assert broken_fact(before, after) is None


@pytest.mark.parametrize(("before", "after", "what"), MOVED)
def test_what_moves_a_fact_or_a_word_of_a_scale_is_refused(before: str, after: str, what: str) -> None:
    reason = broken_fact(f"今年以来，{before}，仍需努力。", f"今年以来，{after}，仍需努力。")
    assert reason is not None
    assert what in reason


def test_planted_changes_are_refused() -> None:
    missed = [
        (probe.pair, probe.operator)
        for draft, probe in planted(LOCKED)
        if broken_fact(draft, probe.draft) is None
    ]
    every = sum(1 for _ in planted(LOCKED))
    assert every > 700
    assert len(missed) <= 0.01 * every, missed


def test_harmless_rewrites_pass() -> None:
    probes = [(draft, probe) for draft, probe in planted({"harmless"}) if probe.operator in HARMLESS]
    refused = [
        (probe.pair, probe.operator, why)
        for draft, probe in probes
        if (why := broken_fact(draft, probe.draft))
    ]
    assert len(probes) > 250
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
