"""A passage as it is searched."""

from assistant.text.masks import show_masks
from assistant.types import Passage


def embedding_text(passage: Passage) -> str:
    """Return what is embedded and searched: the headings above the passage and its text, masks shown as ``××``."""
    above = [heading for heading in passage.heading_path if heading not in passage.text]
    return show_masks("\n".join([*above, passage.text]))
