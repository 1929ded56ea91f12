"""Making HTML: whatever comes from a person, a model or a file is text, never markup."""

import html
from collections.abc import Iterable, Mapping

_VOID = {"input", "br", "img"}


def escaped(text: object) -> str:
    """Return a value as text within HTML."""
    return html.escape(str(text), quote=True)


def element(
    tag: str, *content: str, text: str = "", attributes: Mapping[str, object] | None = None, kind: str = ""
) -> str:
    """Return an element: ``text`` and attribute values are escaped, ``content`` is markup already.

    ``kind`` is its class. An attribute that is none is left out, one that is true has no value.
    """
    named = {"class": kind or None, **(attributes or {})}
    written = "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in named.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return f"<{tag}{written}>"
    return f"<{tag}{written}>{escaped(text)}{''.join(content)}</{tag}>"


def listed(items: Iterable[str], *, kind: str = "") -> str:
    """Return a list of items that are markup already."""
    return element("ul", *(f"<li>{item}</li>" for item in items), kind=kind)
