"""Every rule keeps its own examples and its time; rule files say what is wrong with them."""

import re
from pathlib import Path

import pytest

from assistant.checks.prepared import Prepared
from assistant.checks.proofreading import proofread
from assistant.checks.rule import Rule
from assistant.checks.rulebook import KINDS, SHIPPED_RULES, Rules, load_rules, read_rules
from assistant.errors import SettingsError
from assistant.types import Level
from tests.ending import ends

RULES = load_rules()
FILES = sorted(SHIPPED_RULES.glob("*.toml"))
# Long enough that a search which begins anew at every place, and again within it, does not end.
LENGTH = 5_000
FILLERS = [
    "一",
    "的",
    "“",
    "”",
    "《",
    "》",
    "（",
    "(",
    "1",
    " ",
    "，",
    "、",
    "学习",
    "一是",
    "第一，",
    "\n",
    "《a",
    "》、《",
]
RULE = """
[[rules]]
id = "X01"
kind = "pattern"
level = "warn"
message = "应为“甲”。"
source = "本单位用语规范"
pattern = "乙"
wrong = ["这是乙。"]
right = ["这是甲。"]
"""


def alone(rule: Rule, text: str) -> list[str]:
    return [finding.rule for finding in proofread(text, rules=Rules((rule,)))]


def corrected(rule: Rule, text: str) -> str:
    for finding in reversed(proofread(text, rules=Rules((rule,)))):
        assert finding.replacement is not None, rule.id
        text = text[: finding.start] + finding.replacement + text[finding.end :]
    return text


def test_each_rule_finds_its_wrong_examples() -> None:
    missed = [(rule.id, text) for rule in RULES.all for text in rule.wrong if not alone(rule, text)]
    assert missed == []


def test_each_rule_passes_its_right_examples() -> None:
    found = [(rule.id, text) for rule in RULES.all for text in rule.right if alone(rule, text)]
    assert found == []


def test_what_a_certain_rule_writes_instead_breaks_it_no_more() -> None:
    certain = [rule for rule in RULES.all if rule.certain]
    broken = [
        (rule.id, text) for rule in certain for text in rule.wrong if alone(rule, corrected(rule, text))
    ]
    assert broken == []


@pytest.mark.parametrize("rule", RULES.all, ids=lambda rule: rule.id)
def test_no_text_makes_a_rule_slow(rule: Rule) -> None:
    pieces = [*FILLERS, *rule.wrong, *(example[: len(example) // 2] for example in rule.wrong)]
    pieces += [piece.rstrip("。\n") for piece in rule.wrong]
    for piece in filter(None, dict.fromkeys(pieces)):
        text = Prepared((piece * (LENGTH // len(piece) + 1))[:LENGTH])
        with ends():
            sum(1 for _ in type(rule).check(text, [rule]))


def test_every_rule_is_one_line_of_text_and_names_its_source() -> None:
    assert len(RULES.all) > 150
    for rule in RULES.all:
        assert re.fullmatch(r"[^\n]{4,80}", rule.message), rule.id
        assert len(rule.source) >= 4, rule.id


def test_the_kinds_are_those_of_the_rules() -> None:
    assert {rule.kind for rule in RULES.all} == KINDS.keys()


def write(folder: Path, text: str) -> Path:
    path = folder / "gongwen.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_page_format_of_a_project_is_none_of_the_rules_business(tmp_path: Path) -> None:
    rules = load_rules(write(tmp_path, '[format]\nlines = 24\n[check]\nlevels = { F13 = "off" }\n'))
    assert len(rules.all) == len(RULES.all) - 1


def test_a_project_adds_replaces_and_switches_rules(tmp_path: Path) -> None:
    own = RULE + RULE.replace("X01", "F14")
    path = write(
        tmp_path, '[check]\nlevels = { A31 = "error", F13 = "off" }\nexceptions = ["其它部门"]\n' + own
    )
    rules = load_rules(path)
    assert len(rules.all) == len(RULES.all)
    assert rules["A31"].level is Level.ERROR
    assert [finding.rule for finding in proofread("这是乙台帐。", rules=rules)] == ["F14"]
    assert proofread("其它部门做出贡献。", rules=rules) == []
    assert [finding.rule for finding in proofread("其它单位。", rules=rules)] == ["F11"]
    assert load_rules().all == RULES.all


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE.replace("level =", "levle ="), ["X01", "levle"]),
        (RULE.replace("level =", "grade ="), ["X01"]),
        (RULE.replace('"warn"', '"fatal"'), ["X01", "level"]),
        (RULE.replace('source = "本单位用语规范"', ""), ["X01", "source"]),
        (RULE.replace('wrong = ["这是乙。"]', "wrong = []"), ["X01", "wrong"]),
        (RULE.replace('kind = "pattern"', 'kind = "patern"'), ["X01", "kind", "patern"]),
        (RULE.replace('pattern = "乙"', 'pattern = "（乙("'), ["X01", "pattern"]),
        (RULE.replace('pattern = "乙"', "certain = true"), ["X01", "pattern", "swap"]),
        (RULE.replace('wrong = ["这是乙。"]', 'wrong = ["这是乙。"]\ncertain = true'), ["X01", "certain"]),
        (RULE + RULE, ["X01"]),
        (RULE.replace("[[rules]]", "[[rule]]"), ["rule"]),
        ('[check]\nlevels = { Z99 = "off" }', ["Z99"]),
        ('[check]\nlevels = { A31 = "loud" }', ["check.levels.A31"]),
        ("[check]\nexception = []", ["check.exception"]),
        ("[[rules", ["TOML"]),
    ],
)
def test_a_faulty_file_is_told_by_file_rule_and_key(tmp_path: Path, text: str, said: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_rules(path)
    message = str(caught.value)
    assert str(path) in message
    assert [word for word in said if word not in message] == []
    assert "\n" not in message


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="读不了"):
        load_rules(tmp_path / "gongwen.toml")
    path = tmp_path / "gongwen.toml"
    path.write_bytes("规则".encode("gbk"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_rules(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_reads_alone(path: Path) -> None:
    assert read_rules(path)
