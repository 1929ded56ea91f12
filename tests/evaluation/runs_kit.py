"""A few cases as a file, and runs over them."""

from pathlib import Path
from typing import Any

from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.run_file import RunFile
from assistant.evaluation.run_storage import Unfinished
from assistant.evaluation.runs import run_systems
from assistant.evaluation.systems import chosen_systems
from assistant.settings import Settings

OWN_REPORT = "002_71d5212a2d8988ed.txt"
CASES = f"""
[[case]]
id = "own"
section = "problems"
kind = "党建工作情况报告"
topic = "党建"
notes = ["思想教育还有差距", "党建和业务两张皮"]
report = "{OWN_REPORT}"
year = 2022

[[case]]
id = "study"
section = "problems"
kind = "述职报告"
topic = "学习"
notes = ["理论学习抓得不够紧", "责任书签了没人查，谈话43人次"]
reference = "存在的问题：一是理论学习不够深入。二是责任书签订后检查不够，全年谈话43人次。"

[[case]]
id = "visits"
section = "plan"
kind = "工作计划"
topic = "调研<b>走访</b>"
notes = ["每月到企业2次", "年底前把台账建起来"]
reference = "下一步，一是每月到企业走访2次。二是年底前建立台账。"
unit = "局党组"
"""
FLOORS = ("notes", "nearest", "other-sections", "offline")


def written_cases(folder: Path, text: str = CASES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cases.toml").write_text(text, "utf-8")
    return folder


def cases_of(folder: Path, text: str = CASES) -> tuple[Case, ...]:
    return read_cases(written_cases(folder / "cases", text))


def made_run(
    folder: Path, *names: str, settings: Settings | None = None, text: str = CASES, **more: Any
) -> RunFile:
    """Run systems, the floors and the offline writer unless named, over the cases."""
    settings = settings or Settings(data=folder / "data")
    return run_systems(
        chosen_systems(names or FLOORS, settings),
        cases_of(folder, text),
        settings,
        kept=more.pop("kept", None) or Unfinished(folder / "run.json"),
        **more,
    )
