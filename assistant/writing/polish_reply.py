"""A model's answer to a paragraph, without what is about it: tags, labels, quotation marks, lines of explanation."""

import re

from assistant.text.overlap import coverage

_TAG = re.compile(r"</?[A-Za-z\u4e00-\u9fff]{1,10}>")
_LABEL = re.compile(r"\s*(?:[【\[][^】\]\n]{1,12}[】\]]\s*[：:]?|[^，。；：:！？\n]{1,14}[：:])\s*")
_QUOTES = (("“", "”"), ('"', '"'), ("「", "」"), ("『", "』"))
# A line that shares less with the paragraph is none of its sentences.
_LEAST = 0.1


def own_line(answer: str, paragraph: str) -> str:
    """Return the one line of an answer that rewrites ``paragraph``, which is one line too."""
    lines = [_TAG.sub("", line) if not _TAG.search(paragraph) else line for line in answer.split("\n")]
    lines = [_unlabelled(line.strip(), paragraph) for line in lines]
    own = [line for line in lines if coverage(line, paragraph) >= _LEAST]
    return _unquoted(_joined([line for line in own or lines if line]), paragraph)


def _unlabelled(line: str, paragraph: str) -> str:
    """Drop a label that nothing of the paragraph stands in: 修改后：, 【润色稿】."""
    match = _LABEL.match(line)
    if match is None or coverage(match.group(), paragraph) > 0:
        return line
    return line[match.end() :]


def _unquoted(line: str, paragraph: str) -> str:
    for opening, closing in _QUOTES:
        if line.startswith(opening) and line.endswith(closing) and not paragraph.startswith(opening):
            inside = line[1:-1]
            if opening not in inside and closing not in inside:
                return inside
    return line


def _joined(lines: list[str]) -> str:
    """Join lines; between Chinese there is no blank."""
    whole = ""
    for line in lines:
        apart = whole[-1:].isascii() and whole[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        whole += (" " if apart else "") + line
    return whole
