"""Checking as a workflow: one list of findings, batches, corrected copies."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.fixing import apply_certain
from assistant.checks.rulebook import load_rules
from assistant.documents.notes import parse_notes
from assistant.documents.reading import read_text
from assistant.errors import InputError, SettingsError
from assistant.text.facts import facts
from assistant.types import Finding, Level
from assistant.workflow.checking import CheckRequest, check, check_batch, project_rules, shown
from assistant.workflow.correcting import correct, save_correction
from tests.workflow.conftest import REPORTS

RULES = load_rules()
CLEAN = "2023年，全局开展监督检查12次，教育提醒60余人次。"
SLIPS = "作出布署,落实“一岗双则”。\n建立问题台帐。。\n"
WRONG = sorted({example for rule in RULES.all if rule.certain for example in rule.wrong})


def told(text: str) -> Counter[tuple[str, str]]:
    return Counter((fact.kind, fact.value) for fact in facts(text))


def batch(tmp_path: Path, *lines: dict[str, Any]) -> Path:
    path = tmp_path / "任务.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def test_without_notes_it_proofreads_and_grounds_nothing() -> None:
    done = check(CheckRequest("作出布署。"), RULES)
    assert (done.sentences, done.coverage) == ((), ())
    assert [finding.replacement for finding in done.findings] == ["部署"]
    assert check(CheckRequest(CLEAN), RULES).findings == ()


def test_with_notes_both_checks_are_one_list_in_order_of_place() -> None:
    notes = parse_notes("- 谈话43人次\n- 责任书签了没人查\n", name="要点.md")
    draft = "作出布署，全年谈话45人次。建立问题台帐，责任书签订后无人检查。"
    done = check(CheckRequest(draft, notes), RULES)
    found = [finding.rule for finding in done.findings]
    assert {"F15", "F14", "fact.changed"} <= set(found)
    assert found.index("F15") < found.index("fact.changed") < found.index("F14")
    starts = [finding.start for finding in done.findings]
    assert starts == sorted(starts)
    assert len(done.coverage) == 2


def test_one_event_with_two_numbers_is_told_once() -> None:
    notes = parse_notes("- 全年开展警示教育25场\n", name="要点.md")
    draft = "全年开展廉政警示教育活动25场。全年开展廉政警示教育活动28场。"
    found = check(CheckRequest(draft, notes), RULES).findings
    place = draft.index("28")
    assert "fact.inconsistent" in {finding.rule for finding in found}
    assert len([f for f in found if f.start <= place < f.end and not f.rule.startswith("fact.c")]) == 1


def test_levels_are_cut_off() -> None:
    findings = [Finding(level.value, level, "", 0, 1) for level in Level]
    assert [len(shown(findings, level)) for level in (Level.ERROR, Level.WARN, Level.INFO)] == [1, 2, 3]


def test_a_batch_needs_no_notes(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"id": 1, "draft": "作出布署。"},
        {"id": "b", "draft": "谈话45人次。", "notes": [{"id": "n1", "text": "谈话43人次"}]},
        {"id": "c", "draft": CLEAN, "notes": None},
    ]
    (one, alone), (two, grounded), (three, clean) = check_batch(batch(tmp_path, *lines), RULES)
    assert (one, two, three) == (1, "b", "c")
    assert [finding.rule for finding in alone.findings] == ["F15"]
    assert alone.coverage == ()
    assert "fact.changed" in {finding.rule for finding in grounded.findings}
    assert len(grounded.coverage) == 1
    assert clean.findings == ()


def test_a_batch_refuses_passages_without_notes(tmp_path: Path) -> None:
    path = batch(tmp_path, {"id": 1, "draft": "甲。", "passages": [{"id": "p", "text": "乙。"}]})
    with pytest.raises(InputError, match=r"第1行.*notes"):
        list(check_batch(path, RULES))


def test_the_project_file_of_the_folder_counts_unless_another_is_named(tmp_path: Path) -> None:
    (tmp_path / "gongwen.toml").write_text('[check]\nlevels = {F10 = "off"}\n', "utf-8")
    other = tmp_path / "别的.toml"
    other.write_text('[check]\nexceptions = ["完成布署"]\nlevels = {F10 = "info"}\n', "utf-8")
    text = "截止目前，完成布署。"
    found = {finding.rule: finding.level for finding in check(CheckRequest(text), project_rules()).findings}
    assert found == {"F15": Level.ERROR}
    found = {
        finding.rule: finding.level for finding in check(CheckRequest(text), project_rules(other)).findings
    }
    assert found == {"F10": Level.INFO}
    with pytest.raises(SettingsError, match="没有"):
        project_rules(tmp_path / "没有.toml")


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:3])
def test_a_correction_keeps_every_fact_and_is_whole_after_one_go(path: Path) -> None:
    text = read_text(path)
    done = correct(text, rules=RULES)
    assert told(done.text) == told(text)
    assert apply_certain(text, done.changes) == done.text
    again = correct(done.text, rules=RULES)
    assert (again.changes, again.text) == ((), done.text)
    assert [change.rule for change in again.refused] == [change.rule for change in done.refused]


@given(st.lists(st.sampled_from(WRONG), min_size=1, max_size=8).map("\n".join))
def test_a_correction_of_any_slips_keeps_every_fact(text: str) -> None:
    done = correct(text, rules=RULES)
    assert told(done.text) == told(text)
    assert correct(done.text, rules=RULES).changes == ()


def test_a_change_that_would_change_a_fact_is_refused_and_told() -> None:
    done = correct(SLIPS, rules=RULES)
    assert done.text == "作出部署，落实“一岗双则”。\n建立问题台账。\n"
    assert [(change.rule, done.text[change.start : change.end]) for change in done.refused] == [
        ("A19", "一岗双则")
    ]


def test_what_is_below_the_level_is_not_changed() -> None:
    habit = "党委(党组)带头，班子(领导)落实，干部(党员)参加。"
    assert correct(habit, rules=RULES, level=Level.WARN).changes == ()
    assert correct(habit, rules=RULES).text == habit.replace("(", "（").replace(")", "）")


def test_a_corrected_copy_takes_a_free_name_and_leaves_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "稿.md"
    path.write_text(SLIPS, "utf-8")
    done = correct(SLIPS, rules=RULES)
    names = [save_correction(path, done).name for _ in range(3)]
    assert names == ["稿.改.md", "稿.改2.md", "稿.改3.md"]
    assert path.read_text("utf-8") == SLIPS
    assert {path.with_name(name).read_text("utf-8") for name in names} == {done.text}
    assert save_correction(path, done, out=path).name == "稿2.md"
    assert path.read_text("utf-8") == SLIPS


def test_line_ends_and_byte_order_mark_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "建立台帐。\r\n完成。\r\n".encode())
    saved = save_correction(path, correct(read_text(path), rules=RULES))
    assert saved.read_bytes() == b"\xef\xbb\xbf" + "建立台账。\r\n完成。\r\n".encode()


def test_a_text_in_another_encoding_becomes_utf8(tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes("建立台帐。\n".encode("gb18030"))
    saved = save_correction(path, correct(read_text(path), rules=RULES))
    assert saved.read_text("utf-8") == "建立台账。\n"


def test_a_copy_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_text(SLIPS, "utf-8")
    with pytest.raises(InputError, match="无法写入"):
        save_correction(path, correct(SLIPS, rules=RULES), out=path / "里.txt")
