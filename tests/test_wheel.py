"""What users install: built without network, whole, and free of what only the checkout needs."""

import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.conftest import ROOT


def build(target: str, *, source: Path, folder: Path) -> Path:
    """Build the wheel or sdist of ``source`` into ``folder`` and return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, encoding="utf-8")
    [built] = folder.glob("gongwen-*")
    return built


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", source=ROOT, folder=tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    # Python 3.11.2 does not know extractall's filter, and 3.12 warns where it is not given.
    subprocess.run(["tar", "-xzf", sdist, "-C", folder], check=True)
    [root] = folder.iterdir()
    return root


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", source=ROOT, folder=tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def read_inside(wheel: Path, ending: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(ending)]
        return archive.read(name).decode()


def metadata(wheel: Path) -> Message:
    return Parser().parsestr(read_inside(wheel, ".dist-info/METADATA"))


def test_the_wheel_holds_the_package_and_its_texts_alone(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"assistant", "gongwen"}
    shipped = {
        "prompts": "prompts",
        "corpus": "corpus",
        "eval/cases": "eval/cases",
        "eval/probes": "eval/probes",
    }
    for folder in shipped:
        here = {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert here, folder
        assert {name for name in names if name.startswith(f"assistant/_shipped/{folder}/")} == {
            f"assistant/_shipped/{name}" for name in here
        }


def test_the_wheel_holds_the_rules_and_the_words_of_the_checks(names: set[str]) -> None:
    for pattern in ("assistant/checks/rules/*.toml", "assistant/checks/lexicon/*.txt", "assistant/**/*.toml"):
        here = {str(path.relative_to(ROOT)) for path in ROOT.glob(pattern)}
        assert here, pattern
        assert here <= names, pattern


def test_the_metadata_names_licence_and_command(wheel: Path) -> None:
    facts = metadata(wheel)
    assert facts["License-Expression"] == "MIT"
    assert facts["License-File"] == "LICENSE"
    assert facts["Requires-Python"] == "<3.14,>=3.11"
    assert "gongwen = assistant.__main__:main" in read_inside(wheel, "entry_points.txt").splitlines()


def test_the_sdist_builds_the_same_wheel(unpacked: Path, names: set[str], tmp_path: Path) -> None:
    again = build("wheel", source=unpacked, folder=tmp_path)
    assert set(zipfile.ZipFile(again).namelist()) == names


def test_the_sdist_can_be_tested(unpacked: Path) -> None:
    needed = [
        "Makefile",
        ".ci/setup",
        ".gitignore",
        "requirements-dev.lock",
        "tests/offline/sitecustomize.py",
    ]
    assert [name for name in needed if not (unpacked / name).is_file()] == []


def test_the_installed_package_finds_its_texts(
    installed: Path, clean_environment: dict[str, str], tmp_path: Path
) -> None:
    code = "import assistant.paths as p; print(p.PACKAGE); [print(p.shipped(n)) for n in ('prompts', 'eval/cases', 'eval/probes')]"
    env = clean_environment | {"PYTHONPATH": str(installed)}
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=True
    )
    package = installed / "assistant"
    shipped = [package / "_shipped" / name for name in ("prompts", "eval/cases", "eval/probes")]
    assert child.stdout.split() == [str(package), *map(str, shipped)]
    assert all(folder.is_dir() for folder in shipped)


def test_the_installed_command_works(
    installed: Path, clean_environment: dict[str, str], tmp_path: Path
) -> None:
    env = clean_environment | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "assistant", "sections"]
    child = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (child.returncode, child.stderr) == (0, "")
    assert "存在问题" in child.stdout or "problems" in child.stdout


def test_the_installed_command_proofreads(
    installed: Path, clean_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "稿.txt").write_text("作出布署。\n", "utf-8")
    env = clean_environment | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "assistant", "check", "稿.txt"]
    child = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (child.returncode, child.stderr) == (1, "")
    assert "改为“部署”" in child.stdout
