"""Finding a Python and refusing an unfit one; what pip then does needs the network and is not tested here."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]

FIT = "exit 0"
BROKEN_SHIM = "echo 'command not found' >&2; exit 127"
TOO_OLD = "case $2 in *version_info*) exit 1 ;; esac"
WITHOUT_VENV = "case $2 in *ensurepip*) exit 1 ;; *print*) echo 3.11 ;; esac"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a checkout"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "setup", folder / ".ci")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (folder / name).write_text(name, "utf-8")
    return folder


@pytest.fixture
def setup(checkout: Path, tmp_path: Path) -> Run:
    """Return a function that runs `setup` where only the given Pythons are found, in the folders' order."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("cat", "cksum", "cp", "cut", "dirname", "grep", "mkdir", "rm", "tail"):
        (tools / tool).symlink_to(str(shutil.which(tool)))

    def run(kind: str, *, pythons: dict[str, str], asked: str = "") -> subprocess.CompletedProcess[str]:
        folders = [tools]
        for name, body in pythons.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
            path.chmod(0o755)
            folders.append(path.parent)
        env = {"PATH": ":".join(map(str, folders)), "PYTHON": asked}
        command = [str(shutil.which("sh")), str(checkout / ".ci" / "setup"), kind]
        return subprocess.run(
            command, env=env, capture_output=True, encoding="utf-8", check=False, timeout=60
        )

    return run


@pytest.mark.parametrize(
    ("pythons", "chosen"),
    [
        pytest.param({"a/python3.12": FIT, "b/python3.13": FIT}, "b/python3.13", id="newest name first"),
        pytest.param({"a/python3.11": FIT, "b/python3.11": FIT}, "a/python3.11", id="PATH order"),
        pytest.param({"a/python3.11": BROKEN_SHIM, "b/python3.11": FIT}, "b/python3.11", id="broken shim"),
        pytest.param({"a/python3": TOO_OLD, "b/python": FIT}, "b/python", id="too old"),
        pytest.param({"a/python3.12": WITHOUT_VENV, "b/python3": FIT}, "b/python3", id="without venv"),
    ],
)
def test_the_first_python_that_works_is_chosen(
    setup: Run, tmp_path: Path, pythons: dict[str, str], chosen: str
) -> None:
    assert setup("python", pythons=pythons).stdout == f"{tmp_path / chosen}\n"


@pytest.mark.parametrize(
    ("pythons", "said"),
    [
        pytest.param({}, "请安装 Python 3.11、3.12 或 3.13", id="none"),
        pytest.param(
            {"a/python3.13": BROKEN_SHIM, "a/python3": TOO_OLD}, "请安装 Python 3.11", id="none fit"
        ),
        pytest.param({"a/python3": WITHOUT_VENV}, "apt install python3.11-venv", id="without venv"),
        pytest.param(
            {"a/python3.11": 'case "$*" in *"-m venv"*) mkdir -p "$3/bin"; echo 磁盘已满; exit 1 ;; esac'},
            "磁盘已满",
            id="venv fails",
        ),
    ],
)
def test_without_a_usable_python_one_sentence_says_so(
    setup: Run, checkout: Path, pythons: dict[str, str], said: str
) -> None:
    ended = setup("run", pythons=pythons)
    chinese, english = ended.stderr.splitlines()
    assert ended.returncode == 2
    assert said in chinese
    assert english.isascii() or str(checkout.parent) in english
    assert not (checkout / ".venv").exists()


def test_an_unfit_python_that_was_asked_for_is_refused(setup: Run, tmp_path: Path) -> None:
    pythons = {"a/python3": FIT, "b/old": TOO_OLD}
    ended = setup("run", pythons=pythons, asked=str(tmp_path / "b" / "old"))
    assert ended.returncode == 2
    assert "b/old" in ended.stderr


PIP_OFFLINE = """
case "$*" in
*"-m venv"*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
*"pip --version"*) ;;
*"pip install"*) echo 'ERROR: No matching distribution found' >&2; exit 1 ;;
esac
"""
PIP_INTERRUPTED = PIP_OFFLINE.replace("echo 'ERROR", ": >.venv/.unfinished; echo 'ERROR")


def test_pip_failing_is_one_sentence_and_trusted_by_no_later_run(setup: Run, checkout: Path) -> None:
    for _ in range(2):
        ended = setup("run", pythons={"a/python3.11": PIP_OFFLINE})
        assert ended.returncode == 2
        assert "No matching distribution found" in ended.stderr.splitlines()[0]
        assert not list((checkout / ".venv").glob(".ready-*"))


def test_an_interrupted_installation_starts_over(setup: Run, checkout: Path) -> None:
    setup("run", pythons={"a/python3.11": PIP_INTERRUPTED})
    (checkout / ".venv" / "left-over").touch()
    setup("run", pythons={"a/python3.11": PIP_OFFLINE})
    assert not (checkout / ".venv" / "left-over").exists()
    (checkout / ".venv" / "kept").touch()
    setup("run", pythons={"a/python3.11": PIP_OFFLINE})
    assert (checkout / ".venv" / "kept").exists()


def test_a_ready_environment_is_left_alone(setup: Run, checkout: Path) -> None:
    working = PIP_OFFLINE.replace("exit 1", "exit 0")
    pythons = {"a/python3.11": working}
    assert "requirements-dev.lock" in setup("dev", pythons=pythons).stdout
    assert setup("dev", pythons=pythons).stdout == ""
    assert setup("run", pythons=pythons).stdout == ""
    (checkout / "requirements-dev.lock").write_text("changed", "utf-8")
    assert setup("run", pythons=pythons).stdout == ""
    assert "requirements-dev.lock" in setup("dev", pythons=pythons).stdout
    (checkout / ".venv" / ".unfinished").touch()
    assert "建立 .venv" in setup("run", pythons=pythons).stdout


def test_another_python_that_is_asked_for_replaces_the_environment(setup: Run, tmp_path: Path) -> None:
    working = PIP_OFFLINE.replace("exit 1", "exit 0")
    pythons = {
        f"{name}/python": working + f"case $2 in *sys.version*) echo {name} ;; esac\n"
        for name in ("3.11.2", "3.12.1")
    }
    asked = str(tmp_path / "3.11.2" / "python")
    assert "建立 .venv" in setup("run", pythons=pythons, asked=asked).stdout
    assert setup("run", pythons=pythons, asked=asked).stdout == ""
    assert setup("run", pythons=pythons).stdout == ""
    other = str(tmp_path / "3.12.1" / "python")
    assert "3.12.1" in setup("run", pythons=pythons, asked=other).stdout
