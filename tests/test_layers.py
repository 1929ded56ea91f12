"""The shape of the package: imports run downhill, vendors stay at home, files and functions stay small."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "assistant"
FILES = sorted(ROOT.rglob("*.py"))
LAYERS = [
    ("__init__", "types", "errors", "paths"),
    ("settings",),
    ("text",),
    ("documents", "models"),
    ("retrieval",),
    ("writing", "checks"),
    ("workflow",),
    ("evaluation",),
    ("cli", "ui"),
    ("__main__",),
]
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
HOMES = {
    "chromadb": {"retrieval"},
    "docx": {"documents"},
    "gradio": {"ui"},
    "httpx": {"models"},
    "httpx2": {"models"},
    "jinja2": {"evaluation", "ui"},
    "langchain_core": {"models", "retrieval", "writing"},
    "langchain_openai": {"models"},
    "langsmith": {"models"},
    "lxml": {"documents"},
    "numpy": {"text", "models", "retrieval", "evaluation"},
    "openai": {"models"},
    "pydantic": {"checks", "settings", "documents", "models", "writing", "workflow", "evaluation"},
    "pydantic_settings": {"settings"},
    "pypdf": {"documents"},
    "rapidfuzz": {"checks", "evaluation"},
    "rich": {"cli"},
    "rjieba": {"text"},
    "sacrebleu": {"evaluation"},
    "tantivy": {"retrieval"},
    "tiktoken": {"models"},
    "typer": {"cli"},
}


def imported(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    """Yield every name the module imports, split at its dots, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield tuple(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield (*(["."] * node.level), *(node.module or "").split("."), alias.name)


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def misplaced_imports(source: str, part: str) -> list[str]:
    """Return what ``part`` may not import: relative names, parts not below it, vendors outside their home."""
    return [
        ".".join(name)
        for name in imported(parsed(source))
        if (_is_uphill(name, part) if name[0] == "assistant" else _is_stranger(name[0], part))
    ]


def _is_uphill(name: tuple[str, ...], part: str) -> bool:
    target = name[1] if len(name) > 1 and name[1] in RANK else "__init__"
    return target != part and RANK[target] >= RANK[part]


def _is_stranger(vendor: str, part: str) -> bool:
    return vendor not in sys.stdlib_module_names and part not in HOMES.get(vendor, set())


def long_functions(source: str, limit: int) -> list[str]:
    return [
        node.name
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= limit
    ]


def test_imports_run_downhill_and_vendors_stay_at_home() -> None:
    misplaced = {
        str(path.relative_to(ROOT)): found
        for path in FILES
        if (found := misplaced_imports(path.read_text("utf-8"), part_of(path)))
    }
    assert misplaced == {}


def test_every_part_has_a_layer() -> None:
    assert {part_of(path) for path in FILES} - RANK.keys() == set()


def test_files_and_functions_stay_small() -> None:
    sources = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}
    assert [name for name, source in sources.items() if len(source.splitlines()) > 400] == []
    assert {name: long for name, source in sources.items() if (long := long_functions(source, 50))} == {}


def test_public_functions_and_classes_say_what_they_do() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in FILES
        for node in parsed(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("part", "source"),
    [
        pytest.param("text", "from assistant.retrieval import index", id="upward"),
        pytest.param("text", "import assistant.retrieval.index", id="upward, whole module"),
        pytest.param("text", "from assistant import retrieval", id="upward, from the package"),
        pytest.param("writing", "from assistant.checks import numbers", id="sideways"),
        pytest.param("types", "import assistant", id="sideways, the package itself"),
        pytest.param("text", "def late():\n    from assistant.cli import main", id="in a function"),
        pytest.param("text", "if TYPE_CHECKING:\n    import assistant.cli", id="for types only"),
        pytest.param("text", "from . import length", id="relative"),
        pytest.param("text", "from ..cli import main", id="relative, upward"),
        pytest.param("workflow", "import chromadb", id="vendor"),
        pytest.param("workflow", "def late():\n    from openai.types import chat", id="vendor in a function"),
        pytest.param("retrieval", "import vendor_without_home", id="vendor without a home"),
    ],
)
def test_a_misplaced_import_is_found(part: str, source: str) -> None:
    assert len(misplaced_imports(source, part)) == 1


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("retrieval", "from assistant.text import length\nimport chromadb.api\nimport numpy as np"),
        ("retrieval", "from assistant.retrieval.fusion import fuse"),
        ("text", "from assistant import __version__\nimport unicodedata\nimport xml.etree.ElementTree"),
        ("__main__", "from assistant.cli import main"),
    ],
)
def test_a_well_placed_import_is_left_alone(part: str, source: str) -> None:
    assert misplaced_imports(source, part) == []


def test_a_long_function_is_found() -> None:
    source = "def short():\n    pass\n\nasync def long():\n" + "    pass\n" * 3
    assert long_functions(source, 3) == ["long"]
    assert long_functions(source, 4) == []
