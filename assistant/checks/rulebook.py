"""The rules: those that ship with the package, and a user's project file laid over them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.checks.kinds.confusions import ConfusionsRule
from assistant.checks.kinds.consistency import CountsRule, NamesRule
from assistant.checks.kinds.doubling import DoublingRule, RepetitionRule
from assistant.checks.kinds.numbering import NumberingRule
from assistant.checks.kinds.order import OrderRule
from assistant.checks.kinds.pairing import PairingRule
from assistant.checks.kinds.pairs import PairsRule
from assistant.checks.kinds.pattern import PatternRule
from assistant.checks.kinds.phrases import PhrasesRule
from assistant.checks.kinds.structure import StructureRule
from assistant.checks.kinds.titles import TitlesRule
from assistant.checks.rule import Rule, Words
from assistant.errors import SettingsError
from assistant.paths import PACKAGE
from assistant.types import Level

KINDS: dict[str, type[Rule]] = {
    "pattern": PatternRule,
    "pairs": PairsRule,
    "order": OrderRule,
    "pairing": PairingRule,
    "numbering": NumberingRule,
    "consistency": NamesRule,
    "counts": CountsRule,
    "confusions": ConfusionsRule,
    "doubling": DoublingRule,
    "repetition": RepetitionRule,
    "structure": StructureRule,
    "titles": TitlesRule,
    "phrases": PhrasesRule,
}
SHIPPED_RULES = PACKAGE / "checks" / "rules"


class _Check(BaseModel):
    """The ``[check]`` table of a project file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    levels: dict[str, Level | Literal["off"]] = Field(default_factory=dict)
    exceptions: tuple[Words, ...] = ()


class _File(BaseModel):
    """A rule file, its rules still unread; a project file may have ``[check]`` as well.

    Its ``[format]`` is the Word export's, which reads and judges it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[dict[str, Any], ...] = ()
    check: _Check = _Check()
    format: dict[str, Any] = {}


@dataclass(frozen=True)
class Rules:
    """Rules in their order, and words in which no rule finds anything."""

    all: tuple[Rule, ...]
    exceptions: tuple[str, ...] = ()

    def by_kind(self) -> Mapping[type[Rule], Sequence[Rule]]:
        """Return the rules of each kind together."""
        found: dict[type[Rule], list[Rule]] = {}
        for rule in self.all:
            found.setdefault(type(rule), []).append(rule)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.all}

    def __getitem__(self, rule_id: str) -> Rule:
        """Return the rule of that id."""
        return self._by_id[rule_id]


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a rule file.

    Raises SettingsError with file, rule and key for whatever it says wrongly.
    """
    return _rules(_read(path), path)


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with the package."""
    rules = [rule for path in sorted(SHIPPED_RULES.glob("*.toml")) for rule in read_rules(path)]
    return Rules(_unique(rules, SHIPPED_RULES))


def load_rules(project: Path | None = None) -> Rules:
    """Return the shipped rules with a project file (``gongwen.toml``) laid over them.

    A rule of the project's with the id of a shipped one takes its place. Raises SettingsError for a faulty file.
    """
    shipped = shipped_rules()
    if project is None:
        return shipped
    file = _read(project)
    merged = {rule.id: rule for rule in shipped.all}
    merged |= {rule.id: rule for rule in _unique(_rules(file, project), project)}
    for rule_id, level in file.check.levels.items():
        if rule_id not in merged:
            raise SettingsError(f"{project} 的 check.levels 里没有编号为 {rule_id} 的规则，请核对编号。")
        if level == "off":
            del merged[rule_id]
        else:
            merged[rule_id] = merged[rule_id].model_copy(update={"level": Level(level)})
    return Rules(tuple(merged.values()), file.check.exceptions)


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"读不了规则文件 {path}，请检查路径和编码（UTF-8）。") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"规则文件 {path} 不是正确的 TOML（{error}），请改正。") from error
    except ValidationError as error:
        raise SettingsError(f"规则文件 {path} 的 {_problem(error)}，请改正。") from error


def _rules(file: _File, path: Path) -> tuple[Rule, ...]:
    return tuple(_rule(record, number, path) for number, record in enumerate(file.rules, 1))


def _rule(record: dict[str, Any], number: int, path: Path) -> Rule:
    name = str(record.get("id", f"第 {number} 条"))
    kind = record.get("kind")
    if kind not in KINDS:
        raise SettingsError(
            f"规则文件 {path} 中规则 {name} 的 kind 写作 {kind!r}，请改为 {'、'.join(sorted(KINDS))} 之一。"
        )
    try:
        return KINDS[kind].model_validate(record)
    except ValidationError as error:
        raise SettingsError(f"规则文件 {path} 中规则 {name} 的 {_problem(error)}，请改正。") from error


def _problem(error: ValidationError) -> str:
    faults = error.errors(include_url=False)
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    key = ".".join(str(part) for part in first["loc"]) or "内容"
    said = {"extra_forbidden": "是不认识的键", "missing": "缺了"}.get(first["type"])
    return f"{key} {said or '写得不对（' + first['msg'].removeprefix('Value error, ') + '）'}"


def _unique(rules: Sequence[Rule], path: Path) -> tuple[Rule, ...]:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise SettingsError(f"规则文件 {path} 里有两条规则都编号为 {rule.id}，请改掉其中一个。")
        seen.add(rule.id)
    return tuple(rules)
