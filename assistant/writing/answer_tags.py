"""Tags in a model's answer: what it thought goes with its tags, what holds the text loses them, as it streams."""

import re
from collections.abc import Iterator

_THOUGHTS = ("think", "thinking", "thought", "reasoning", "analysis")
_OPENING = re.compile(rf"<({'|'.join(_THOUGHTS)})>|◁think▷", re.IGNORECASE)
_CLOSING = re.compile(rf"</(?:{'|'.join(_THOUGHTS)})>|◁/think▷", re.IGNORECASE)
_ENDS = (*(f"</{name}>" for name in _THOUGHTS), "◁/think▷")
# Tags that hold the text itself, some of them the prompt's own.
_HOLDERS = ("answer", "output", "response", "result", "text", "正文", "要点", "原文", "待重写")
_HOLDER = re.compile(rf"</?(?:{'|'.join(_HOLDERS)})>", re.IGNORECASE)
_TAGS = (
    *(f"<{name}>" for name in (*_THOUGHTS, *_HOLDERS)),
    *(f"</{name}>" for name in _HOLDERS),
    "◁think▷",
)


def after_reasoning(answer: str) -> str:
    """Return what follows reasoning whose opening tag is missing; any other answer as it is."""
    if _CLOSING.search(answer) and not _OPENING.search(answer):
        return _CLOSING.split(answer)[-1]
    return answer


class TagFilter:
    """Leaves out what stands between reasoning tags, and tags that hold the text; one never closed hides the rest."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, delta: str) -> str:
        """Return what stands outside of tags, but for the beginning of what may be one."""
        self._held += delta
        return "".join(self._outside())

    def finish(self) -> str:
        """Return what was held back in vain."""
        left, self._held = ("" if self._inside else _HOLDER.sub("", self._held)), ""
        return left

    def _outside(self) -> Iterator[str]:
        while match := (_CLOSING if self._inside else _OPENING).search(self._held):
            if not self._inside:
                yield _HOLDER.sub("", self._held[: match.start()])
            self._held, self._inside = self._held[match.end() :], not self._inside
        keep = _begun(self._held, _ENDS if self._inside else _TAGS)
        passed, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        if not self._inside:
            yield _HOLDER.sub("", passed)


def _begun(text: str, tags: tuple[str, ...]) -> int:
    """Return how many characters at the end of a text may begin one of the tags."""
    longest = max(map(len, tags)) - 1
    for size in range(min(longest, len(text)), 0, -1):
        if any(tag.startswith(text[-size:].lower()) for tag in tags):
            return size
    return 0
