"""Uploads: under their owners' names into the index, and gone afterwards."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.settings import Settings
from assistant.workflow.importing import Status
from assistant.workflow.shelf import shelf_reports, stored_report
from assistant.workflow.uploads import import_uploads, safe_name
from tests.workflow.conftest import REPORTS

NAME = "《2022年总结》（定稿）<b>.txt"


def uploaded(folder: Path, *contents: bytes) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"upload{number}" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def test_each_file_has_its_name_and_its_fate_and_is_gone(tmp_path: Path) -> None:
    paths = uploaded(tmp_path / "up", REPORTS[0].read_bytes(), b"\xd0\xcf\x11\xe0", b" ")
    settings = Settings(data=tmp_path / "data")
    names = [NAME, "旧.doc", "空.txt"]
    steps = list(import_uploads(list(zip(paths, names, strict=True)), settings))
    assert [len(step.results) for step in steps] == [0, 1, 2, 3, 3]
    assert {step.total for step in steps} == {3}
    last = steps[-1]
    assert [(one.name, one.status) for one in last.results] == [
        (NAME, Status.ADDED),
        ("旧.doc", Status.FAILED),
        ("空.txt", Status.FAILED),
    ]
    assert last.summary == "共3篇：新增1篇，失败2篇。"
    assert [path.exists() for path in paths] == [False] * 3
    assert list((tmp_path / "data" / "uploads").iterdir()) == []
    [entry] = shelf_reports(settings)
    assert entry.name == NAME
    report = stored_report(entry.id, settings)
    assert (report.name, report.text) == (NAME, REPORTS[0].read_text("utf-8"))


def test_an_archive_counts_its_files_and_an_import_broken_off_leaves_no_upload(tmp_path: Path) -> None:
    (tmp_path / "up").mkdir()
    archive = tmp_path / "up" / "upload"
    with zipfile.ZipFile(archive, "w") as packed:
        for number, report in enumerate(REPORTS[:2]):
            packed.write(report, f"旧稿/{number}.txt")
    run = import_uploads([(archive, "../../压缩包.zip")], Settings(data=tmp_path / "data"))
    assert next(run).total == 2
    assert next(run).results[0].name == "压缩包.zip/旧稿/0.txt"
    run.close()
    assert not archive.exists()
    assert list((tmp_path / "data" / "uploads").iterdir()) == []


def test_a_report_that_is_gone_is_said_to_be(shelf: Path) -> None:
    with pytest.raises(InputError, match="已不在语料中"):
        stored_report("0" * 12, Settings(data=shelf))


@given(st.text(max_size=300))
def test_a_name_leads_nowhere_and_fits_a_file_system(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert 0 < len(safe.encode(errors="replace")) <= 220
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\报告\\总结.docx", "总结.docx"),
        ("..", "未命名"),
        ("甲\n乙.txt", "甲乙.txt"),
        ("长" * 300 + ".docx", "长" * 65 + ".docx"),
    ],
)
def test_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe
