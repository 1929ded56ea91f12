"""What is held back of an answer as it streams: a start that may prove to be no text, and what a continuation repeats."""

import re

from assistant.writing.misanswers import Misanswer, judge_answer

_WITHIN = 60
_DATA = ("{", "[", '"')
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# What a refusal begins with.
_REFUSING = ("很抱歉", "非常抱歉", "十分抱歉", "抱歉", "对不起", "很遗憾", "非常遗憾", "遗憾", "作为", "我")
_NO_TEXT = (Misanswer.REFUSAL, Misanswer.LANGUAGE)
# So many characters that stand in the text before already are no coincidence; so few at a seam are an overlap.
_REPEATED, _OVERLAP = 24, 3
_SENTENCE_ENDS = ("。", "；", "：", "！", "？")


class DoubtfulStart:
    """Holds an answer back while it may yet prove to be none: a refusal, data, another language."""

    def __init__(self) -> None:
        self.sure = False
        self._held = ""

    def feed(self, text: str) -> str:
        """Take a piece of the cleaned answer; return what may be shown now."""
        if self.sure:
            return text
        self._held += text
        if _is_doubtful(self._held):
            return ""
        self.sure = True
        return self._held


def _is_doubtful(text: str) -> bool:
    stripped = text.strip()
    if not stripped or stripped.startswith(_DATA):
        return True
    if len(stripped) <= _WITHIN:
        beginning = any(stripped.startswith(start) or start.startswith(stripped) for start in _REFUSING)
        return beginning or not _CHINESE.search(stripped)
    judged = judge_answer(stripped)
    return judged is not None and judged.kind in _NO_TEXT


class Seam:
    """Joins a continuation to the text before it, without what it repeats of that.

    ``repeats`` tells that the continuation began the text anew: nothing of it counts.
    """

    def __init__(self, before: str) -> None:
        self.repeats = False
        self._before = before
        self._held = ""
        self._open = False
        self._gap = ""

    def break_line(self) -> None:
        """Let the continuation begin a line of its own, if a sentence ends before it."""
        self._gap = "\n" if self._before.endswith(_SENTENCE_ENDS) else ""

    def feed(self, text: str) -> str:
        """Take a piece; return what is new and may be shown now."""
        if self._open:
            return "" if self.repeats else text
        self._held += text
        if len(self._held) < _REPEATED or self._held in self._before:
            return ""
        return self.finish()

    def finish(self) -> str:
        """Return what was held back, but for what it repeats."""
        if self._open:
            return ""
        self._open = True
        text = self._held
        overlap = self._overlap()
        if not overlap and len(text) >= _REPEATED and text[:_REPEATED] in self._before:
            self.repeats = True
            return ""
        new = text[overlap:]
        return (self._gap if not overlap else "") + new if new else ""

    def _overlap(self) -> int:
        """Return how many characters at the beginning are those that the text before ends with."""
        longest = min(len(self._held), len(self._before))
        return next(
            (size for size in range(longest, _OVERLAP - 1, -1) if self._before.endswith(self._held[:size])), 0
        )
