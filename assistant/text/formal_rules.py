"""The rules of formal wording as they stand in their files, and how one of them rewrites a clause.

``formal.toml`` has the rules for single turns of speech, ``formal_words.toml`` those for words as the segmentation cuts them.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.text.words import cut_points, tagged

SOURCES = tuple(Path(__file__).with_name(name) for name in ("formal.toml", "formal_words.toml"))
_TABLES = {"V": "verbs", "A": "adjectives", "B": "bare"}
# A range of 21,000 characters takes a millisecond to compile, a category nothing; Latin letters are frozen anyway.
_HAN, _LETTER = r"[\u4e00-\u9fff]", r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class FormalRule:
    """A rewriting: where the pattern ``find`` matches, ``put`` (or the entry of ``chosen`` for the first group) replaces it.

    ``whole`` rules see the text, the others a clause. ``examples`` pairs colloquial with formal text after all rules,
    ``keep`` holds texts that come out unchanged, ``unsafe`` says where a reader should not follow the rule. A pattern
    that ``needs`` one of some strings is asked for these first, for compiling and searching cost far more. What a rule
    for ``words`` replaces begins and ends where words do; what matches ``unless`` is left alone.
    ``after`` and ``before`` are the part of speech of the longer word (two characters or more) on that side of it.
    """

    id: str
    find: str
    put: str
    chosen: dict[str, str]
    whole: bool
    unsafe: str
    examples: dict[str, str]
    keep: tuple[str, ...]
    needs: tuple[str, ...]
    words: bool = False
    unless: str = ""
    after: str = ""
    before: str = ""

    def apply(self, text: str, *, context: str) -> str:
        """Return the text with every match replaced; ``context`` is the whole text, where a word's sense shows."""
        pieces, done = [], 0
        for start, end, formal in self.located(text, context=context):
            pieces += [text[done:start], formal]
            done = end
        return "".join(pieces) + text[done:]

    def located(self, text: str, *, context: str) -> list[tuple[int, int, str]]:
        """Return what `apply` would replace, as spans of ``text`` with what stands for them."""
        if self.needs and not any(needed in text for needed in self.needs):
            return []
        if self.unless and _compiled(self.unless).search(text):
            return []
        return [(*match.span(), self._replacement(match, context)) for match in self._matches(text)]

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        matches = _compiled(self.find).finditer(text)
        if self.words:
            matches = (match for match in matches if cut_points(text).issuperset(match.span()))
        if self.after:
            matches = (match for match in matches if (match.start(), self.after) in _sides(text)[1])
        if self.before:
            matches = (match for match in matches if (match.end(), self.before) in _sides(text)[0])
        return matches

    def _replacement(self, match: re.Match[str], context: str) -> str:
        if self.chosen:
            return self.chosen[match.group(1)]
        return match.expand(_TABLE_HOLE.sub(lambda hole: _look_up(hole, match, context), self.put))


@lru_cache(maxsize=256)
def _sides(text: str) -> tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]]]:
    """Return where words of two characters or more begin, and where they end, each with its part of speech."""
    begins, ends, place = set(), set(), 0
    for word, tag in tagged(text):
        if len(word) > 1:
            begins.add((place, tag))
            ends.add((place + len(word), tag))
        place += len(word)
    return frozenset(begins), frozenset(ends)


_TABLE_HOLE = re.compile(r"\{([VAB]):([a-z])\}")


def _look_up(hole: re.Match[str], match: re.Match[str], context: str) -> str:
    data = data_of_rules()
    word = match.group(hole.group(2))
    senses: dict[str, str] = data["in_context"].get(word, {})
    usual: str = data[_TABLES[hole.group(1)]][word]
    return next((sense for pattern, sense in senses.items() if re.search(pattern, context)), usual)


@cache
def data_of_rules() -> dict[str, Any]:
    """Return the tables of the first file, and the rules of all in the order in which they run."""
    files = [tomllib.loads(source.read_text("utf-8")) for source in SOURCES]
    return {**files[0], "rule": [record for file in files for record in file["rule"]]}


@cache
def formal_rules() -> tuple[FormalRule, ...]:
    """Return the rules in the order in which they run."""
    return tuple(_rule(record) for record in data_of_rules()["rule"])


def _rule(record: dict[str, Any]) -> FormalRule:
    find = _expanded(record["find"].replace("{map}", _any_of(record.get("map", {}))))
    return FormalRule(
        id=record["id"],
        find=find,
        put=record.get("put", ""),
        chosen=record.get("map", {}),
        whole=record.get("whole", False),
        unsafe=record.get("unsafe", ""),
        examples=record.get("examples", {}),
        keep=tuple(record.get("keep", ())),
        needs=tuple(record.get("needs", ())),
        words=record.get("words", False),
        unless=record.get("unless", ""),
        after=record.get("after", ""),
        before=record.get("before", ""),
    )


def _any_of(words: dict[str, str]) -> str:
    return f"({'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


@cache
def _compiled(find: str) -> re.Pattern[str]:
    return re.compile(find)


# Python looks behind for strings of one length only.
_BEHIND = re.compile(r"\(\?<([=!])([^()\[\]|]+(?:\|[^()\[\]|]+)+)\)")


def apart(find: str) -> str:
    """Return a pattern in which each string of a look behind has one of its own."""

    def each(match: re.Match[str]) -> str:
        behind = [f"(?<{match[1]}{one})" for one in match[2].split("|")]
        return "".join(behind) if match[1] == "!" else f"(?:{'|'.join(behind)})"

    return _BEHIND.sub(each, find)


def _expanded(find: str) -> str:
    data = data_of_rules()
    macros = data["macros"]
    for hole, table in _TABLES.items():
        group = f"(?P<{hole.lower()}>[{''.join(data[table])}])"
        find = find.replace(f"{{{hole}}}", (macros["not_after"] if hole == "V" else "") + group)
    return (
        apart(find)
        .replace(_HAN, _LETTER)
        .replace("{N}", macros["number"])
        .replace("{M}", macros["measure"])
        .replace("{I}", macros["idiom"])
    )
