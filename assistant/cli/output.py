"""Printing: text and JSON to standard output, everything about them to standard error."""

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from assistant.text.masks import show_masks
from assistant.types import Hit, Role

if TYPE_CHECKING:
    from assistant.settings import Settings

ROLE_NAMES = {
    Role.TITLE: "标题",
    Role.ADDRESSEE: "主送机关",
    Role.LEAD: "导语",
    Role.WORK: "主要工作",
    Role.PROBLEMS: "存在的问题",
    Role.PLAN: "下一步打算",
    Role.CLOSING: "结语",
}


def notice(text: str) -> None:
    """Tell the user something that is not the result."""
    typer.echo(text, err=True)


def warn_of_shelf(settings: "Settings", what: str) -> None:
    """Tell where texts and vectors go when the index is used."""
    from assistant.workflow.shelf import kept_outside

    warn_outside(settings, what)
    warn_kept_outside(kept_outside(settings))


def warn_outside(settings: "Settings", what: str) -> None:
    """Tell where texts go when an embedding endpoint outside this machine is set."""
    from assistant.workflow.shelf import heard_outside

    if address := heard_outside(settings):
        how = "原样" if settings.mask == "never" else "遮盖敏感信息后"
        notice(f"注意：{what}将{how}发往向量接口 {address}，涉密、敏感内容请勿使用。")


def warn_kept_outside(address: str | None) -> None:
    """Tell which address outside this machine keeps the vectors, if one does."""
    if address:
        notice(
            f"注意：段落的向量和编号（不含原文）存放在 {address}，检索时查询的向量也发往那里，请确认该服务可信。"
        )


def print_json(value: Any) -> None:
    """Print a value as one line of JSON, Chinese as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False))


class Screen:
    """Standard output that may break off (a closed pipe, a full disk): what was to be shown must not be lost with it.

    One that is ``held`` prints nothing until `release`: what is shown may yet be taken back. A text is shown in parts, of
    which the last can be taken back or mended; several texts may be shown one after another.
    """

    def __init__(self, *, quiet: bool, held: bool = False) -> None:
        self.quiet = quiet
        self.held = held
        self.broken = False
        self.changed = False
        self.shown: list[str] = []
        self._before: list[str] = []
        self._part = 0

    def show(self, text: str) -> None:
        """Keep a piece of text, and print it as it arrives unless quiet or held."""
        self.shown.append(text)
        if not self.held:
            self._print(text)

    @property
    def kept(self) -> str:
        """Return all that was shown and counts, the text now being shown last."""
        texts = ("".join(text).strip() for text in (*self._before, self.shown))
        return "\n\n".join(filter(None, texts))

    def begin_text(self) -> None:
        """Let another text follow the one shown so far."""
        self._end_line()
        self._before += ["".join(self.shown)] if self.shown else []
        self.shown.clear()
        self._part = 0

    def begin_part(self) -> None:
        """Let another part follow what was shown of the text."""
        self._part = len(self.shown)

    def start_again(self, text: str = "") -> None:
        """Take back the last part, or put ``text`` in its place unprinted; a line ends what is printed already."""
        self._end_line()
        self.shown[self._part :] = [text] if text else []
        self.changed = self.changed or bool(text)

    def show_instead(self, text: str) -> None:
        """Take back all that was shown, and show this."""
        self._end_line()
        self._before.clear()
        self.shown.clear()
        self.show(text)

    def _end_line(self) -> None:
        if not self.held and self.shown:
            self._print("\n")

    def release(self) -> None:
        """Print what was held back, and hold back no longer."""
        if self.held:
            self.held = False
            self._print("".join(self.shown))

    def _print(self, text: str) -> None:
        if self.quiet or self.broken:
            return
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            self.broken = True


def print_hits(hits: Iterable[Hit], *, err: bool = False) -> None:
    """Print where each passage stands and how it begins."""
    for number, hit in enumerate(hits, 1):
        passage = hit.passage
        place = show_masks(" > ".join((ROLE_NAMES[passage.role], *passage.heading_path)))
        begins = show_masks(passage.text).replace("\n", " ")[:40]
        typer.echo(f"  {number}. {passage.name}｜{place}｜{begins}……", err=err)
