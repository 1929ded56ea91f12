"""Revising: findings of level error go back to the model; a text that is no better is dropped."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.checks.results import Grounding
from assistant.errors import InputError, ModelError
from assistant.models.chat import Chat
from assistant.models.messages import turns
from assistant.paths import shipped
from assistant.text.masks import show_masks
from assistant.types import Finding, Level
from assistant.workflow.answering import Answered, answer
from assistant.workflow.events import Checked, Revised
from assistant.writing.prompt_files import Front, fill, read_prompt
from assistant.writing.prompting import as_data

if TYPE_CHECKING:
    from assistant.models.messages import Message

# A revision may shorten a text by what it strikes out, not lose most of it.
LEAST_LEFT = 0.4


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text and what the checks say of it."""

    text: str
    grounding: Grounding

    @property
    def errors(self) -> list[Finding]:
        """Return the findings that are to be mended."""
        return [finding for finding in self.grounding.findings if finding.level is Level.ERROR]

    @property
    def badness(self) -> tuple[int, int]:
        """Return how many errors and lost notes, and how many warnings there are: less is better."""
        warnings = sum(finding.level is Level.WARN for finding in self.grounding.findings)
        lost = sum(coverage.state == "missing" for coverage in self.grounding.coverage)
        return len(self.errors) + lost, warnings


def revise(
    chat: Chat,
    asked: "Sequence[Message]",
    text: str,
    *,
    check: Callable[[str], Grounding],
    rounds: int,
    keep: Sequence[str] = (),
) -> Generator[Checked | Revised, None, tuple[CheckedText, str | None]]:
    """Check a text and let the model mend it, at most ``rounds`` times; return the best text, and a remark if any.

    ``asked`` are the messages that the text answers. A revision that mends nothing, loses a note or most of the text, or
    was cut off, is dropped. A model that fails now costs nothing: what stands stays.
    """
    best = CheckedText(text, check(text))
    yield _told(best, 0)
    for number in range(1, rounds + 1):
        if not best.errors:
            break
        try:
            mended = _ask(chat, asked, best, keep)
        except (InputError, ModelError) as error:
            return best, f"修改时{str(error).rstrip('。')}，保留修改前的文字。"
        trial = CheckedText(mended.text, check(mended.text))
        whole = not mended.cut_off and len(mended.text) >= LEAST_LEFT * len(best.text)
        kept = whole and trial.badness < best.badness
        yield Revised(number, mended.text, kept)
        if not kept:
            break
        best = trial
        yield _told(best, number)
    return best, None


def _ask(chat: Chat, asked: "Sequence[Message]", best: CheckedText, keep: Sequence[str]) -> Answered:
    _, prompt = read_prompt(shipped("prompts") / "revise.md", Front)
    order = fill(prompt, {"findings": "\n".join(_lines(best))})
    [answered] = [
        event
        for event in answer(chat, [*asked, *turns(best.text, order)], keep=keep)
        if isinstance(event, Answered)
    ]
    return answered


def _lines(best: CheckedText) -> list[str]:
    return [
        f"{number}. {as_data(_quoted(best.text[finding.start : finding.end]) + finding.message)}"
        for number, finding in enumerate(best.errors, 1)
    ]


def _quoted(part: str) -> str:
    return f"“{show_masks(part)}”：" if part else ""


def _told(checked: CheckedText, revision: int) -> Checked:
    return Checked(revision, checked.grounding.findings, checked.grounding.coverage)
