"""Fields: their result is text, their instruction is not (ECMA-376-1 §17.16)."""

import re
from dataclasses import dataclass, field

from assistant.documents.word_import.fragments import FIELD
from assistant.documents.word_import.markup import Element, attribute

# A character in a ring, 带圈字符, has no result: Word draws it from the instruction.
_RINGED = re.compile(r"^\s*eq\s*\\o\s*\\ac\s*\([^,，]*[,，]\s*(.+?)\s*\)\s*$", re.IGNORECASE)
_CONTENTS = re.compile(r"^\s*(?:toc|index)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    is_contents: bool = False


class Fields:
    """The fields that are open at a place; they may begin in one paragraph and end in another.

    In a file where some field never ends they are not ``trusted``: else it would swallow the rest of the text.
    """

    def __init__(self, *, trusted: bool = True) -> None:
        self._open: list[_Field] = []
        self._trusted = trusted

    @property
    def all_ended(self) -> bool:
        """Tell whether no field is open."""
        return not self._open

    @property
    def shows(self) -> bool:
        """Tell whether what stands here is text: in no field, or in the result of all that are open."""
        return not self._trusted or all(each.in_result and not each.is_contents for each in self._open)

    @property
    def in_contents(self) -> bool:
        """Tell whether what stands here belongs to a table of contents."""
        return self._trusted and any(each.is_contents for each in self._open)

    @property
    def lock(self) -> str:
        """Return why what stands here may not be changed, if it is a result."""
        return FIELD if self._open else ""

    def instruct(self, text: str) -> None:
        """Take in a piece of an instruction."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction.append(text)
            self._open[-1].is_contents = is_contents("".join(self._open[-1].instruction))

    def mark(self, element: Element) -> str:
        """Take in a ``w:fldChar``; return what a field shows that ends without a result."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            ended = self._open.pop()
            ringed = _RINGED.match("".join(ended.instruction))
            return ringed[1] if ringed and not ended.in_result else ""
        return ""


def is_contents(instruction: str) -> bool:
    """Tell whether a field's instruction makes a table of contents or an index."""
    return bool(_CONTENTS.match(instruction))
