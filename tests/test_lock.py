"""The lock files hold every direct dependency, pinned and hashed, and agree with each other."""

import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

RUN = "requirements.lock"
DEV = "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def entries(name: str) -> list[str]:
    """Return the entries of a lock file: a requirement, and the lines indented under it."""
    text = (ROOT / name).read_text("utf-8")
    return re.findall(r"^\S[^\n]*\n(?:[ \t]+[^\n]*\n)*", text, flags=re.MULTILINE)


def pins(name: str) -> set[str]:
    """Return the first lines of the entries: ``package==1.0 ; marker``."""
    return {entry.splitlines()[0].removesuffix("\\").strip() for entry in entries(name)}


def missing(asked: Iterable[str], pinned: Iterable[str]) -> list[str]:
    """Return what is asked for and not met by any of the pins."""
    versions: dict[str, set[str]] = {}
    for pin in map(Requirement, pinned):
        versions.setdefault(canonicalize_name(pin.name), set()).add(str(pin.specifier).removeprefix("=="))
    return [
        str(wish)
        for wish in map(Requirement, asked)
        if not any(map(wish.specifier.contains, versions.get(canonicalize_name(wish.name), ())))
    ]


@pytest.mark.parametrize("name", [RUN, DEV])
def test_every_entry_is_one_version_with_hashes(name: str) -> None:
    loose = [
        entry
        for entry in entries(name)
        if not re.match(r"[\w.\[\]-]+==[\w.!+]+[ \\\n]", entry) or "--hash=sha256:" not in entry
    ]
    assert loose == []


def test_direct_dependencies_are_locked() -> None:
    run = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["build"]]
    assert missing(run, pins(RUN)) == []
    assert missing([*run, *PROJECT["optional-dependencies"]["dev"]], pins(DEV)) == []


def test_the_tools_change_no_version() -> None:
    assert pins(RUN) - pins(DEV) == set()


@pytest.mark.parametrize(
    ("wish", "expected"), [("a>=1,<2", []), ("A_b>=1", []), ("a>=2", ["a>=2"]), ("c", ["c"])]
)
def test_an_unmet_dependency_is_found(wish: str, expected: list[str]) -> None:
    assert missing([wish], {"a==1.5", "a-b==1.0 ; python_version < '3.12'"}) == expected
