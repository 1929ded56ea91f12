"""The command in this process, which is faster than one of its own, and what tests of the command share."""

import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.__main__ import main
from tests.conftest import RunGongwen
from tests.endpoint import KEY
from tests.workflow.conftest import NOTES, REPORTS, made_shelf, shelf

__all__ = ["made_shelf", "shelf"]

REPORT = str(REPORTS[2])
DRAFT = ("draft", "--section", "problems", "--notes", "notes.md")
ALONE = (*DRAFT, "--no-passages")


@pytest.fixture
def gongwen(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> RunGongwen:
    """Run ``gongwen`` in this process; what it returns is as if it had been one of its own.

    The loopback's key may never be printed, so that is checked at every run.
    """

    def run(
        *arguments: str, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["gongwen", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((stdin or "").encode())))
            capfd.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capfd.readouterr()
        assert KEY not in printed.out + printed.err
        assert "Traceback" not in printed.err
        code = ended.value.code or 0
        assert isinstance(code, int)
        return subprocess.CompletedProcess(arguments, code, printed.out, printed.err)

    return run


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, "utf-8")
    return path


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one Chinese sentence that a failed run ends with, after checking that it is one."""
    *notices, last = done.stderr.strip().split("\n")
    assert done.returncode == 2, done.stderr
    assert [line for line in notices if line.startswith("错误")] == []
    assert last.startswith("错误：")
    assert last.endswith("。")
    assert last.count("。") == 1
    assert "Error" not in last
    return last


def fits(value: Any, form: Any) -> bool:
    """Tell whether a JSON value has a form: a type, ``[form of each item]`` or ``{key: form}``, no key more or less."""
    if isinstance(form, dict):
        same_keys = isinstance(value, dict) and value.keys() == form.keys()
        return same_keys and all(fits(value[key], form[key]) for key in form)
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(item, form[0]) for item in value)
    return isinstance(value, form)
