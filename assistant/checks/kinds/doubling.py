"""Characters and words written twice where the language has no such word."""

import re
from collections.abc import Iterator

from assistant.checks.prepared import Prepared
from assistant.checks.rule import Rule, Words
from assistant.text.terms import words
from assistant.text.words import tagged
from assistant.types import Finding

_TWICE = re.compile(r"([\u4e00-\u9fff])\1")
_PAIR_TWICE = re.compile(r"(?P<word>(?![一是的]|.[一是的不])[\u4e00-\u9fff]{2})(?P=word)(?![后捷乐])")
_REACH = 12
_HAN_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{0,{_REACH}}}$")
_HAN_AFTER = re.compile(rf"[\u4e00-\u9fff]{{0,{_REACH}}}")


class DoublingRule(Rule):
    """A word and its last character once more, or one of ``heads`` after its first character, as segmentation sees it.

    Characters in ``alone`` are often words of their own (安全全链条) and make no finding at a word's end.
    """

    alone: str = ""
    heads: tuple[Words, ...] = ()

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the word with the character too many."""
        for match in _TWICE.finditer(text.text):
            first, second = match.start(), match.start() + 1
            around = dict(_words_around(text.text, second))
            before = next((word for start, word in around.items() if start + len(word) == second), "")
            after = around.get(second, "")
            if len(before) > 1 == len(after) and after not in self.alone and not _is_place(before):
                yield self.finding(second - len(before), second + 1, replacement=before)
            elif len(before) == 1 and after in self.heads:
                yield self.finding(first, second + len(after), replacement=after)


class RepetitionRule(Rule):
    """A word of two characters, and the same word once more, as segmentation sees both; 学习学习再学习 is none."""

    def find(self, text: Prepared) -> Iterator[Finding]:
        """Yield the word written twice."""
        for match in _PAIR_TWICE.finditer(text.text):
            word, middle = match["word"], match.end("word")
            if text.text.startswith(f"再{word}", match.end()):
                continue
            around = dict(_words_around(text.text, middle))
            first = next((told for start, told in around.items() if start + len(told) == middle), "")
            if first.endswith(word) and around.get(middle) == word and not _is_name(word):
                yield self.finding(*match.span(), replacement=word)


def _words_around(text: str, place: int) -> Iterator[tuple[int, str]]:
    """Yield the words of the Chinese run around a place, each with where it starts."""
    before = _HAN_BEFORE.search(text[max(0, place - _REACH) : place])
    after = _HAN_AFTER.match(text, place)
    left = before[0] if before else ""
    start = place - len(left)
    for word in words(left + (after[0] if after else "")):
        yield start, word
        start += len(word)


def _is_place(word: str) -> bool:
    """Tell whether a word is the name of a place, behind which another may begin with the same character."""
    return tagged(word)[0][1] == "ns"


def _is_name(word: str) -> bool:
    """Tell whether a word is the name of someone or something, or a part of one written by its sound."""
    return tagged(word)[0][1].startswith(("nr", "ns", "nz"))
