"""Whole folders into the index: how each file fares, and what the index holds afterwards."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.workflow.importing import Imported, import_reports, survey
from assistant.workflow.shelf import open_shelf
from tests.conftest import ROOT

REPORTS = sorted((ROOT / "corpus").glob("*.txt"))
TEXTS = [path.read_text("utf-8") for path in REPORTS]
MEMORY = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak // (1024 if sys.platform == "linux" else 1024 * 1024), file=sys.stderr)
sys.exit(done.returncode)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "旧稿"
    path.mkdir()
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def fates(settings: Settings, *paths: Path) -> dict[str, str]:
    return {result.name: result.status.value for result in import_reports(paths, settings)}


def listed(settings: Settings) -> dict[str, tuple[str | None, int | None]]:
    with open_shelf(settings) as index:
        return {entry.name: (entry.kind, entry.year) for entry in index.reports()}


def test_each_file_ends_as_what_became_of_it(folder: Path, settings: Settings) -> None:
    for number, text in enumerate(TEXTS[:3]):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    assert fates(settings, folder) == dict.fromkeys(("0.txt", "1.txt", "2.txt"), "added")
    (folder / "1.txt").write_text(TEXTS[3], "utf-8")
    (folder / "3.txt").write_text(TEXTS[2].replace("两张皮", "“两层皮”") + "特此报告。\n", "utf-8")
    (folder / "4.txt").write_bytes(bytes(range(256)))
    (folder / "5.txt").write_text(TEXTS[0], "utf-8")
    results = {result.name: result for result in import_reports([folder], settings)}
    assert {name: result.status.value for name, result in results.items()} == {
        "0.txt": "unchanged",
        "1.txt": "replaced",
        "2.txt": "unchanged",
        "3.txt": "near-duplicate",
        "4.txt": "failed",
        "5.txt": "unchanged",
    }
    assert results["3.txt"].near == "2.txt"
    assert results["5.txt"].near == "0.txt"
    assert "不是文本" in (results["4.txt"].reason or "")
    assert [result.reason for name, result in results.items() if name != "4.txt"] == [None] * 5
    assert listed(settings).keys() == {"0.txt", "1.txt", "2.txt", "3.txt"}


def test_a_second_import_changes_nothing(folder: Path, settings: Settings) -> None:
    for path in REPORTS:
        shutil.copy(path, folder)
    first = list(import_reports([folder], settings))
    before = listed(settings)
    second = list(import_reports([folder], settings))
    assert [result.status.value for result in second] == ["unchanged"] * 5
    assert [result.passages for result in second] == [result.added for result in first]
    assert listed(settings) == before


def test_the_sidecar_overrides_what_the_text_says(folder: Path, settings: Settings) -> None:
    for number in (0, 2):
        (folder / f"{number}.txt").write_text(TEXTS[number], "utf-8")
    records = [{"file": "0.txt", "kind": "自定", "year": 1999}, {"file": "2.txt", "year": None}]
    (folder / "manifest.json").write_text(json.dumps({"reports": records}), "utf-8")
    assert set(fates(settings, folder).values()) == {"added"}
    assert listed(settings) == {"0.txt": ("自定", 1999), "2.txt": ("党建工作情况报告", None)}
    (folder / "manifest.json").unlink()
    assert set(fates(settings, folder).values()) == {"unchanged"}
    assert listed(settings)["0.txt"] == ("党风廉政建设责任制情况报告", 2022)


def test_archives_and_their_files_are_named_by_place(folder: Path, settings: Settings) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as made:
        made.writestr("2022/总结.txt", TEXTS[0])
        made.writestr("坏.docx", b"")
    assert survey([folder]).total == 2
    assert fates(settings, folder) == {"a.zip/2022/总结.txt": "added", "a.zip/坏.docx": "failed"}
    assert listed(settings).keys() == {"a.zip/2022/总结.txt"}


def test_two_texts_of_one_name_are_not_taken_for_one(tmp_path: Path, settings: Settings) -> None:
    for part, text in zip(("甲", "乙"), TEXTS, strict=False):
        (tmp_path / part).mkdir()
        (tmp_path / part / "总结.txt").write_text(text, "utf-8")
    results = list(import_reports([tmp_path / "甲", tmp_path / "乙"], settings))
    assert [result.status.value for result in results] == ["added", "failed"]
    assert "同名" in (results[1].reason or "")
    assert set(fates(Settings(data=tmp_path / "both"), tmp_path).values()) == {"added"}


@pytest.mark.parametrize("name", ["没有", "空"])
def test_nothing_is_made_where_there_is_nothing_to_read(
    tmp_path: Path, settings: Settings, name: str
) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(InputError, match=name):
        next(import_reports([REPORTS[0], tmp_path / name], settings))
    assert not settings.data.exists()


def test_results_come_while_files_are_read(folder: Path, settings: Settings) -> None:
    for path in REPORTS[:2]:
        shutil.copy(path, folder)
    results = import_reports([folder], settings)
    first = next(results)
    assert isinstance(first, Imported)
    assert first.seconds > 0
    (folder / REPORTS[1].name).write_bytes(b"")
    assert [result.status.value for result in results] == ["failed"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and devices in folders")
def test_a_folder_of_broken_files(tmp_path: Path, clean_environment: Mapping[str, str]) -> None:
    script = str(ROOT / "eval" / "benchmarks" / "broken_files.py")
    made = subprocess.run([sys.executable, script, "旧稿"], capture_output=True, check=True, timeout=120)
    expected: dict[str, str | None] = json.loads(made.stdout)
    assert sum(1 for reason in expected.values() if reason) >= 40
    command = [sys.executable, "-c", MEMORY, sys.executable, "-m", "assistant", "ingest", "旧稿", "--json"]
    done = subprocess.run(command, env=clean_environment, capture_output=True, check=False, timeout=180)
    results = {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1
    assert results.keys() == expected.keys()
    assert {name for name, line in results.items() if line["status"] != "failed"} == {
        name for name, reason in expected.items() if reason is None
    }
    for name, reason in expected.items():
        told = results[name]["reason"]
        assert told is None if reason is None else re.search(reason, told), (name, told)
        assert told is None or (told.endswith("。") and told.count("。") == 1), told
    assert int(done.stderr.split()[-1]) < 1000
    assert b"Traceback" not in done.stderr
    with open_shelf(Settings(data=tmp_path / "data")) as index:
        assert {entry.name for entry in index.reports()} == {
            name for name, reason in expected.items() if reason is None
        }
