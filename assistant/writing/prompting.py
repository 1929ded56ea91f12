"""The prompt: system rules, the section's task, the notes and, under a token budget, the similar passages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.paths import shipped
from assistant.text.masks import show_masks
from assistant.types import Hit, Note
from assistant.writing.prompt_files import Front, fill, read_prompt
from assistant.writing.templates import SectionTemplate

# Data may not close its own block or begin a message, whatever it contains and however wide it is written.
_BLOCKS = "要点|旧稿片段|前文|待重写|后文|核对结果|原文"
_SPEAKERS = "system|user|assistant|developer|系统|用户|助手"
_BLANK = r"\s*"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_FENCE = re.compile(
    rf"[<＜﹤〈]({_BLANK}[/／⁄]?{_BLANK}(?:{_BLOCKS}|{_SPEAKERS}){_BLANK}[/／]?{_BLANK})[>＞﹥〉]"
    rf"|[【\[［]({_BLANK}(?:{_SPEAKERS}){_BLANK})[】\]］]|[<＜]([|｜][^|｜<>\n]{{0,40}}[|｜])[>＞]|\[(/?INST)\]",
    re.IGNORECASE,
)
_PIECE = re.compile(r"〔\s*(片段\s*\d*)\s*〕")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: two messages, the passages that found room, and the tokens counted."""

    system: str
    user: str
    hits: tuple[Hit, ...]
    tokens: int


def build_prompt(
    template: SectionTemplate,
    notes: Sequence[Note],
    hits: Sequence[Hit],
    *,
    unit: str | None,
    year: int | None,
    count: Callable[[str], int],
    budget: int,
    extra: str = "",
    folder: Path | None = None,
) -> Prompt:
    """Build the prompt within ``budget`` tokens: the lowest-ranked passages go first, the notes never.

    ``hits`` come best first; ``extra`` is a line to add to the task. Raises `InputError` when the notes alone do not fit.
    """
    root = folder or shipped("prompts")
    _, system = read_prompt(root / "system.md", Front)
    _, user = read_prompt(root / "user.md", Front)
    values = {
        "task": "\n".join(filter(None, [template.task(), extra])),
        "unit": as_data(" ".join((unit or "").split())) or "（要点未写明，用“我单位”一类的自称或省略主语）",
        "year": f"{year}年" if year else "（要点未写明）",
        "notes": "\n".join(
            f"{number}. {as_data(show_masks(note.text))}" for number, note in enumerate(notes, 1)
        ),
        "title": template.front.title,
    }
    for kept in range(len(hits), -1, -1):
        chosen = tuple(hits[:kept])
        text = fill(user, {**values, "passages": _passages(chosen)})
        tokens = count(system.template) + count(text)
        if tokens <= budget:
            return Prompt(system.template, text, chosen, tokens)
    raise InputError(
        f"要点太长：提示词至少要 {tokens} token，超出上限 {budget}，请分成几个文件起草，或调高 GONGWEN_PROMPT_TOKENS。"
    )


def _passages(hits: Sequence[Hit]) -> str:
    blocks = [
        f"〔片段{number}〕\n{as_data(show_masks(hit.passage.text))}" for number, hit in enumerate(hits, 1)
    ]
    return "\n\n".join(blocks) or "（没有可参考的片段）"


def as_data(text: str) -> str:
    """Return a text as it may stand in a block of data: what looks like the mark of a block or of a message is none."""
    visible = _INVISIBLE.sub("", text)
    return _PIECE.sub(r"（\1）", _FENCE.sub(lambda match: f"（{_bare(match)}）", visible))


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"[/／⁄|｜\s]", "", next(filter(None, match.groups()), ""))
