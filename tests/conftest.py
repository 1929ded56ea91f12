"""What every test gets: no network, no developer's environment, folders of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from tests import network
from tests.scheduling import Rooms

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = ROOT / "tests" / "offline"
DEVELOPERS = re.compile(r"(?i)(GONGWEN|OPENAI|LANGSMITH|LANGCHAIN)_.*|.*_PROXY")

network.block()
settings.register_profile(
    "house", derandomize=bool(os.environ.get("CI")), deadline=None, max_examples=30, database=None
)
settings.load_profile("house")


class RunGongwen(Protocol):
    """Run ``gongwen`` as a user would, in a process of its own, and return it when it has ended."""

    def __call__(
        self, *arguments: str, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


class Bare:
    """The folder of the tests that ask for none: made again where one left something behind."""

    def __init__(self, factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch) -> None:
        self.factory = factory
        self.patch = patch
        self.renew()

    def renew(self) -> None:
        self.path = self.factory.mktemp("bare")
        move(self.patch, self.path)

    def is_bare(self) -> bool:
        return os.listdir(self.path) == ["home"] and not os.listdir(self.path / "home")  # noqa: PTH208 - for each test


def move(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Make a folder the current one, and the place of the home and of the data."""
    home = folder / "home"
    home.mkdir()
    patch.setenv("HOME", str(home))
    patch.setenv("GONGWEN_DATA", str(folder / "data"))
    patch.chdir(folder)


@pytest.fixture(scope="session", autouse=True)
def bare_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    with pytest.MonkeyPatch.context() as patch:
        for name in filter(DEVELOPERS.fullmatch, list(os.environ)):
            patch.delenv(name)
        yield Bare(tmp_path_factory, patch)


@pytest.fixture(autouse=True)
def own_folders(request: pytest.FixtureRequest, bare_folder: Bare) -> Iterator[None]:
    """Let no test see a network, nor the folders of the developer or of another test."""
    network.attempts.clear()
    own = "tmp_path" in request.fixturenames
    if own:
        move(request.getfixturevalue("monkeypatch"), request.getfixturevalue("tmp_path"))
    yield
    if not own and not bare_folder.is_bare():
        bare_folder.renew()
    assert network.attempts == [], "测试不得联网"


@pytest.fixture
def clean_environment(tmp_path: Path) -> dict[str, str]:
    """Return the variables a process of the tests starts with: the checkout's code, no network, own folders."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path / "home"),
        "GONGWEN_DATA": str(tmp_path / "data"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(OFFLINE)]),
    }


@pytest.fixture
def run_gongwen(tmp_path: Path, clean_environment: dict[str, str]) -> RunGongwen:
    def run(
        *arguments: str, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            cwd=tmp_path,
            env={**clean_environment, **(env or {})},
            input=stdin or "",
            encoding="utf-8",
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: many a test waits for a server or a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Rooms:
    config.option.loadscopereorder = False
    return Rooms(config, log)
