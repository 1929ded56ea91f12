"""Where things lie: what ships with the package, and where the user's data goes."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
SHIPPED = PACKAGE / "_shipped"


def in_checkout() -> bool:
    """Tell whether the package runs from a source checkout rather than from an installed wheel."""
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "prompts").is_dir()


def shipped(name: str) -> Path:
    """Return the folder ``name`` (prompts, corpus, eval/cases, eval/probes) of the checkout or of the installed wheel."""
    return (CHECKOUT if in_checkout() else SHIPPED) / name


def default_data() -> Path:
    """Return where index and drafts go unless settings say otherwise: beside a checkout's code, else in the home."""
    return (CHECKOUT if in_checkout() else Path.home()) / ".gongwen"
