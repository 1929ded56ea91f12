"""Panels that fold, and the one of the passages."""

from collections.abc import Sequence

from assistant.text.masks import show_masks
from assistant.types import Draft, Hit, Role
from assistant.ui.draft_marks import shared_places
from assistant.ui.markup import element, escaped, listed

ROLES = {
    Role.TITLE: "标题",
    Role.ADDRESSEE: "主送机关",
    Role.LEAD: "导语",
    Role.WORK: "主要工作",
    Role.PROBLEMS: "存在的问题",
    Role.PLAN: "下一步打算",
    Role.CLOSING: "结语",
}


def panel(title: str, *content: str, count: str = "", kind: str = "", is_open: bool = True) -> str:
    """Return a panel: its title, what it counts, and its content, which is markup."""
    head = element(
        "summary", element("h3", text=title), element("span", text=count, kind="count") if count else ""
    )
    return element("details", head, *content, kind=f"panel {kind}".strip(), attributes={"open": is_open})


def passages_panel(draft: Draft) -> str:
    """Return the passages that a draft was written with, and in each what its sentences share with it."""
    if not draft.passages:
        return panel(
            "参考的旧稿", element("p", text="这一稿没有参考旧稿。", kind="hint"), count="无", is_open=False
        )
    sentences = [sentence.text for sentence in draft.sentences]
    items = [_passage(hit, sentences) for hit in draft.passages]
    return panel("参考的旧稿", listed(items, kind="passages"), count=f"{len(items)}段")


def _passage(hit: Hit, sentences: Sequence[str]) -> str:
    passage = hit.passage
    place = " › ".join((ROLES[passage.role], *passage.heading_path))
    stretches = (
        element(
            "span",
            text=show_masks(passage.text[start:end]),
            kind="shared",
            attributes={"data-of": " ".join(map(str, owners))},
        )
        if owners
        else escaped(show_masks(passage.text[start:end]))
        for start, end, owners in shared_places(sentences, passage.text)
    )
    head = element(
        "summary",
        element("b", text=show_masks(passage.name)),
        element("span", text=show_masks(place), kind="place"),
    )
    return element(
        "details", head, element("p", *stretches, kind="source"), attributes={"data-passage": passage.id}
    )
