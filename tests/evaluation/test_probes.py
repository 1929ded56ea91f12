import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.checks.results import Grounding
from assistant.errors import InputError
from assistant.evaluation.probe_layout import ORDINAL, draft_items
from assistant.evaluation.probe_pairs import Pair, read_pairs
from assistant.evaluation.probe_quantities import counted_things
from assistant.evaluation.probe_scores import Check, ProbeScores, judge, scores, wilson
from assistant.evaluation.probe_spelling import counted, spelled
from assistant.evaluation.probes import FAULTS, HARMLESS, REWRITES, Probe, make_probes
from assistant.paths import CHECKOUT, shipped
from assistant.text.numerals import numeral
from assistant.types import Finding, Level, Reference
from tests.cli.conftest import complaint, fits, gongwen
from tests.conftest import RunGongwen

__all__ = ["gongwen"]
BEGIN, END = "<!-- probes: begin -->", "<!-- probes: end -->"
SHARE = {"count": int, "total": int, "share": float, "low": float, "high": float}
ALARMS = {"errors": SHARE, "warnings": SHARE}
ONE = r'''[[pair]]
id = "work-01"
section = "problems"
notes = ["有的支部学习不够，全年学了12次", "《公务用车管理办法》没有修，2019年定的", "家访少，只访了30余户"]
draft = """存在以下问题：一是有的支部学习不够深入，全年学习12次。二是制度更新不够及时，\
《公务用车管理办法》为2019年制定，未作修订。三是家访较少，仅家访30余户。"""
passages = ["全年开展检查45轮，修订《差旅费管理办法》。"]
'''


@pytest.fixture(scope="module")
def pairs() -> tuple[Pair, ...]:
    return read_pairs(shipped("eval/probes"))


@pytest.fixture(scope="module")
def probes(pairs: tuple[Pair, ...]) -> tuple[Probe, ...]:
    return make_probes(pairs)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.toml").write_text(ONE, "utf-8")
    return tmp_path


def test_the_set_is_as_large_and_varied_as_it_must_be(pairs: Sequence[Pair], probes: Sequence[Probe]) -> None:
    kinds = Counter(pair.section for pair in pairs)
    assert len(pairs) >= 64
    assert kinds["problems"] >= 25
    assert min(kinds.values()) >= 6
    assert {min(len(pair.notes) for pair in pairs), max(len(pair.notes) for pair in pairs)} == {1, 12}
    assert all(2 <= len(pair.passages) <= 4 for pair in pairs)
    assert sum(probe.family == HARMLESS for probe in probes) >= 500
    assert sum(probe.family != HARMLESS for probe in probes) >= 1500
    assert {probe.operator for probe in probes} == {*FAULTS, *REWRITES}


def test_every_note_has_an_item(pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        homes = sorted(note for item in draft_items(pair) for note in item.notes)
        assert homes == sorted(f"n{number}" for number in range(1, len(pair.notes) + 1)), pair.id


def test_numbers_of_clean_drafts_stand_in_their_notes_and_in_no_passage(pairs: Sequence[Pair]) -> None:
    for pair in pairs:
        said = {match["number"] for match in counted_things("\n".join(pair.notes))}
        given = {match["number"] for match in counted_things(pair.draft)}
        # 两个 may become 2项, and 一成 10 %.
        assert len(given - said) <= 1, (pair.id, given - said)


def test_a_planted_span_lies_in_a_changed_draft(pairs: Sequence[Pair], probes: Sequence[Probe]) -> None:
    clean = {pair.id: pair.draft for pair in pairs}
    for probe in probes:
        if probe.family == HARMLESS:
            continue
        assert probe.draft != clean[probe.pair]
        if probe.operator == "note_dropped":
            assert probe.start is probe.end is None
            assert len(probe.concerned) == 1
        else:
            assert probe.start is not None
            assert probe.end is not None
            assert 0 <= probe.start < probe.end <= len(probe.draft)
            assert probe.draft[probe.start : probe.end] not in [note.text for note in probe.notes]


def test_a_changed_fact_stands_nowhere_and_a_leaked_one_in_a_passage_only(probes: Sequence[Probe]) -> None:
    for probe in probes:
        planted = probe.draft[probe.start : probe.end]
        notes = "\n".join(note.text for note in probe.notes)
        passages = "\n".join(passage.text for passage in probe.passages)
        if probe.operator in {"title_swapped", "date_moved", "document_changed", "organisation_swapped"}:
            assert planted not in notes
            assert planted not in passages
        if probe.family == "leak":
            assert not re.search(rf"(?<!\d){re.escape(planted)}", notes)
            assert planted in passages


def test_items_are_numbered_without_a_gap_after_a_change(probes: Sequence[Probe]) -> None:
    for probe in probes:
        if probe.operator not in {"note_dropped", "items_merged", "items_reordered"}:
            continue
        numbers = [found[0] for match in ORDINAL.finditer(probe.draft) if (found := _number(match.group()))]
        wanted = [str(n) if numbers[0].isdigit() else numeral(n) for n in range(1, len(numbers) + 1)]
        assert numbers == wanted, probe.draft
        assert not re.search("[。；，][。；，]", probe.draft), probe.draft


def _number(ordinal: str) -> list[str]:
    return re.findall(r"[一二三四五六七八九十]+|\d+", ordinal)


def test_the_same_seed_gives_the_same_probes_and_another_one_others(pairs: Sequence[Pair]) -> None:
    few = pairs[:3]
    assert make_probes(few, seed=7) == make_probes(few, seed=7)
    assert make_probes(few, seed=7) != make_probes(few, seed=8)


def test_probes_of_one_operator_are_those_among_all(pairs: Sequence[Pair]) -> None:
    few = pairs[:3]
    wanted = [probe for probe in make_probes(few) if probe.operator == "number_changed"]
    assert wanted
    assert list(make_probes(few, operator="number_changed")) == wanted


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("12", "十二"),
        ("105", "一百零五"),
        ("115", "一百一十五"),
        ("1860", "一千八百六十"),
        ("4.3", "四点三"),
        ("20030", "两万零三十"),
    ],
)
def test_numbers_are_spelled(digits: str, said: str) -> None:
    assert spelled(digits).replace("二万", "两万") == said


def test_spelled_numbers_read_back() -> None:
    assert [counted(spelled(str(number))) for number in range(1, 100)] == list(range(1, 100))


def test_wilson_intervals() -> None:
    assert (wilson(5, 10).low, wilson(5, 10).high) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert (wilson(0, 10).low, wilson(0, 10).high) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(0, 0).share == 0.0


def _grounding(*findings: Finding) -> Grounding:
    return Grounding((), (), findings)


def _judged_by(folder: Path, check: Check) -> ProbeScores:
    return scores(list(judge(make_probes(read_pairs(folder)), check=check)))


def _planted(probe: Probe) -> Grounding:
    """Find what was planted, as a perfect check would."""
    if probe.family == HARMLESS:
        return _grounding()
    rule = FAULTS[probe.operator].rules[0]
    rule = rule if "." in rule else f"{rule}.some"
    note = Reference("note", probe.concerned[0], 0, 1) if rule.startswith("note") else None
    return _grounding(Finding(rule, Level.ERROR, "", probe.start or 0, probe.end or 0, note))


def test_a_perfect_check_scores_one_and_raises_no_alarm(folder: Path) -> None:
    result = _judged_by(folder, _planted)
    assert {share.share for share in result.recall.values() if share.total} == {1.0}
    assert {share.share for share in result.precision.values()} == {1.0}
    assert result.all_alarms.warnings.count == 0


def test_a_silent_check_finds_nothing(folder: Path) -> None:
    result = _judged_by(folder, lambda _: _grounding())
    assert {share.count for share in result.recall.values()} == {0}
    assert result.precision == {}


def test_a_finding_elsewhere_or_of_another_rule_or_a_hint_finds_nothing(folder: Path) -> None:
    def elsewhere(probe: Probe) -> Grounding:
        return _grounding(
            Finding("fact.changed", Level.ERROR, "", 0, 1),
            Finding("style.some", Level.ERROR, "", probe.start or 0, probe.end or 0),
            Finding("fact.changed", Level.INFO, "", probe.start or 0, probe.end or 0),
        )

    result = _judged_by(folder, elsewhere)
    assert result.families["number"].count == 0
    assert result.precision["fact.changed"].count == 0
    assert result.any_alarm.errors.share == 1.0


def test_alarms_are_told_apart_by_level(folder: Path) -> None:
    result = _judged_by(folder, lambda _: _grounding(Finding("form.empty", Level.WARN, "", 0, 1)))
    assert result.all_alarms.errors.count == 0
    assert result.all_alarms.warnings.share == 1.0


@pytest.mark.parametrize(
    ("text", "complaint_"),
    [
        (ONE.replace("notes =", "note ="), "one.toml 的 pair.0.notes"),
        (ONE + "remark = 1\n", "one.toml 的 pair.0.remark"),
        (ONE.replace('section = "problems"', 'section = "problem"'), "one.toml 的 pair.0.section"),
        (ONE + ONE, "“work-01”"),
        ("[[pair", "不是 TOML"),
    ],
)
def test_a_bad_file_is_named(folder: Path, text: str, complaint_: str) -> None:
    (folder / "one.toml").write_text(text, "utf-8")
    with pytest.raises(InputError, match=re.escape(complaint_)):
        read_pairs(folder)


def test_json_has_the_form_of_the_evaluation_page(gongwen: RunGongwen, folder: Path) -> None:
    done = gongwen("eval", "probes", str(folder), "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["pairs"] == 1
    assert all(
        fits(share, SHARE) for key in ("recall", "families", "precision") for share in result[key].values()
    )
    assert all(fits(alarms, ALARMS) for alarms in (*result["alarms"].values(), result["all_alarms"]))
    assert list(result["recall"]) == list(FAULTS)
    assert list(result["alarms"]) == list(REWRITES)


def test_tables_are_put_between_the_marks(gongwen: RunGongwen, folder: Path) -> None:
    page = folder / "page.md"
    page.write_text(f"前\n{BEGIN}\n旧表\n{END}\n后\n", "utf-8")
    printed = gongwen("eval", "probes", str(folder)).stdout
    assert gongwen("eval", "probes", str(folder), "--out", str(page)).stdout == ""
    assert page.read_text("utf-8") == f"前\n{BEGIN}\n\n{printed}\n{END}\n后\n"


def test_a_page_without_marks_is_left_alone(gongwen: RunGongwen, folder: Path) -> None:
    page = folder / "page.md"
    page.write_text("没有标记\n", "utf-8")
    assert "标记" in complaint(gongwen("eval", "probes", str(folder), "--out", str(page)))
    assert page.read_text("utf-8") == "没有标记\n"


def test_the_evaluation_page_has_the_marks() -> None:
    page = (CHECKOUT / "eval" / "README.md").read_text("utf-8")
    assert page.count(BEGIN) == page.count(END) == 1


def test_an_unknown_operator_lists_the_known_ones(gongwen: RunGongwen, folder: Path) -> None:
    assert "number_changed" in complaint(gongwen("eval", "probes", str(folder), "--show", "numbers"))


def test_a_missed_fault_is_shown_with_its_span(folder: Path) -> None:
    from assistant.evaluation.probe_tables import wrong

    judged = list(
        judge(make_probes(read_pairs(folder), operator="title_swapped"), check=lambda _: _grounding())
    )
    shown = list(wrong(judged))
    assert len(shown) == len(judged) > 0
    assert all("【《" in text and "n2*" in text for text in shown)


def test_each_operator_plants_one_fault_at_a_time(folder: Path) -> None:
    clean = read_pairs(folder)[0].draft
    by_operator = defaultdict(list)
    for probe in make_probes(read_pairs(folder)):
        by_operator[probe.operator].append(probe)
    for name in ("number_changed", "date_moved", "title_swapped", "scope_raised", "character_added"):
        for probe in by_operator[name]:
            assert probe.start is not None
            assert probe.end is not None
            behind = len(probe.draft) - probe.end
            assert probe.draft[: probe.start] == clean[: probe.start]
            assert probe.draft[probe.end :] == clean[len(clean) - behind :]
