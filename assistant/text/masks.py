"""Redactions: runs of ``*`` in the source reports, of unknown length."""

import re

_MASK = re.compile(r"\*+")


def show_masks(text: str) -> str:
    """Return the text with every run of ``*`` as ××, which Markdown and models leave alone. Offsets change."""
    return _MASK.sub("××", text)
