"""House rules on the files as a whole, which no single module can keep."""

import ast
import fnmatch
import hashlib
import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings
from tests.conftest import ROOT

# Written so that no pattern matches its own text.
FORBIDDEN = {
    "package index": re.compile(
        r"pypi[.](?:org|doubanio|tuna)|pythonhosted[.]org|(?:mirrors?|repo)[.]\w+(?:[.]\w+)*/\w*/?simple"
        r"|index-url[ =]+\S*:/{2}|[:]//[^\s\"')]*/simple/?\b"
    ),
    "key": re.compile(
        r"\bsk-[A-Za-z0-9_-]{20,}|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{20,}|\bAKIA[0-9A-Z]{16}\b|\bhf_[A-Za-z]{30,}"
        r"|\blsv2_[a-z]{2}_\w{20,}|\bxox[a-z]-[\w-]{20,}|\bAIza[\w-]{35}|-{5}BEGIN [A-Z ]*PRIVATE KEY"
    ),
    "developer's path": re.compile(
        r"(?<![\w.~})>*-])/(?:work|root|home|Users|tmp)/[\w.]|\b[A-Z]:\\{1,2}Users\\{1,2}\w"
    ),
}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b")
# A name that two modules may both define, and why.
SHARED_NAMES: dict[str, str] = {}


def committed_files() -> list[Path]:
    """Return what is or would be committed; without git, all but what .gitignore names."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = walked_files(ROOT)
    return [path for path in files if path.is_file()]


def walked_files(root: Path) -> list[Path]:
    ignored = [line.strip("/") for line in (root / ".gitignore").read_text("utf-8").split()]
    return [
        path
        for path in sorted(root.rglob("*"))
        if not any(
            fnmatch.fnmatch(part, name)
            for part in path.relative_to(root).parts
            for name in [".git", *ignored]
        )
    ]


def forbidden(text: str) -> list[str]:
    """Return each forbidden thing in ``text``, after what it is."""
    return [
        f"{kind}: {match.group()}" for kind, pattern in FORBIDDEN.items() for match in pattern.finditer(text)
    ]


def doubled_names(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the public top-level functions and classes that more than one module defines."""
    homes = defaultdict(list)
    for module, source in sources.items():
        for node in ast.parse(source).body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and node.name[0] != "_"
            ):
                homes[node.name].append(module)
    return {name: modules for name, modules in homes.items() if len(modules) > 1}


def package_sources() -> dict[str, str]:
    files = sorted((ROOT / "assistant").rglob("*.py"))
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in files}


def test_no_file_holds_what_must_not_be_published() -> None:
    texts = {
        str(path.relative_to(ROOT)): path.read_text("utf-8", errors="replace") for path in committed_files()
    }
    assert "pyproject.toml" in texts
    assert {name: found for name, text in texts.items() if (found := forbidden(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "https://pypi" + ".org/project/gongwen",
        "files.python" + "hosted.org",
        "https://mirrors" + ".example.edu.cn/py/simple",
        "--extra-index" + "-url https://example.com",
        "key = sk-" + "a1B2" * 6,
        "AKIA" + "A1B2" * 4,
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "open('/" + "home/li/report.txt')",
        "/" + "tmp/x",
        "C:" + r"\Users\li",
    ],
)
def test_what_must_not_be_published_is_found(text: str) -> None:
    assert len(forbidden(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/home/page",
        "~/tmp/reports",
        "$HOME/tmp/x",
        "assistant/tmp/x.py",
        "task-sk-short",
        "--no-emit-index" + "-url --no-header",
        "sk-…",
        "#!/usr/bin/env bash",
    ],
)
def test_what_may_be_published_is_left_alone(text: str) -> None:
    assert forbidden(text) == []


def test_without_git_what_is_ignored_is_not_walked(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".venv/\n*.egg-info/\n.env\n", "utf-8")
    for name in ("a.py", "b/c.txt", ".env", ".venv/key", "x.egg-info/y", ".ci/run", ".git/config"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = {str(path.relative_to(tmp_path)) for path in walked_files(tmp_path) if path.is_file()}
    assert found == {".gitignore", ".ci/run", "a.py", "b/c.txt"}


def test_no_public_name_is_defined_twice() -> None:
    doubled = doubled_names(package_sources())
    assert {name: modules for name, modules in doubled.items() if name not in SHARED_NAMES} == {}
    assert SHARED_NAMES.keys() - doubled.keys() == set()


def test_a_name_defined_twice_is_found() -> None:
    sources = {
        "a.py": "def one(): ...\ndef _two(): ...",
        "b.py": "class one: ...\ndef _two(): ...\ndef three(): ...",
    }
    assert doubled_names(sources) == {"one": ["a.py", "b.py"]}


def test_nothing_is_left_unfinished() -> None:
    assert {
        name: found for name, text in package_sources().items() if (found := UNFINISHED.findall(text))
    } == {}


def test_each_readme_names_every_setting() -> None:
    names = [
        name.upper() if name.startswith("openai_") else PREFIX + name.upper()
        for name in Settings.model_fields
    ]
    readmes = [path for path in (ROOT / "README.md", ROOT / "README.zh.md") if path.is_file()]
    for path in readmes:
        text = path.read_text("utf-8")
        assert [name for name in names if not re.search(rf"\b{name}\b", text)] == [], path.name


def test_the_corpus_is_what_its_manifest_says() -> None:
    folder = ROOT / "corpus"
    reports = json.loads((folder / "manifest.json").read_text("utf-8"))["reports"]
    expected = {report["file"]: report["sha256"] for report in reports}
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.txt")}
    assert actual == expected
    assert all(report.keys() == {"file", "title", "kind", "year", "sha256", "owner"} for report in reports)
