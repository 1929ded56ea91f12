"""What a model's answer holds besides the text: reasoning, fences, headings, chatter. It is left out, as it streams."""

import re

from assistant.writing.answer_tags import TagFilter, after_reasoning

# Chatter that opens an answer, up to its colon or full stop.
_POLITE = r"(?:(?:好的|好|当然|当然可以|没问题|明白了?|收到|遵照|可以)[，,。！!：:]\s*)"
_LABELS = ("正文", "修改", "润色", "改写", "改后", "起草", "重写", "优化", "初稿", "草稿", "【")
_HEAD = re.compile(
    rf"{_POLITE}?(?:(?:以下|下面|这)(?:是|为)|(?:根据|按照|依据|结合|遵照)(?:您|你|用户|上述|以上)|我(?:将|已|来)(?:根据|按照|为|起草)|为您)[^：:。\n]{{0,80}}[：:。]\s*"
    r"|【?(?:正文|初稿|草稿|改后|(?:修改|润色|改写|起草|重写|优化)(?:后|稿|版|如下|结果))(?:的?(?:正文|文字|文本|内容|段落|版本))?(?:如下)?】?(?:[：:]\s*|(?<=】)\s*|$)"
    rf"|{_POLITE}$|(?:Sure|Certainly|Of course|Here(?: is|'s|’s| are))[^:\n]{{0,120}}[:.]\s*",
    re.IGNORECASE,
)
_STARTS = (
    *(
        "好的",
        "好，",
        "好,",
        "当然",
        "没问题",
        "明白",
        "收到",
        "遵照",
        "可以，",
        "可以,",
        "以下是",
        "以下为",
        "下面是",
        "下面为",
        "这是",
        "为您",
    ),
    *(
        f"{first}{whom}"
        for first in ("根据", "按照", "依据", "结合")
        for whom in ("您", "你", "用户", "上述", "以上")
    ),
    *_LABELS,
    *(f"我{does}{how}" for does in ("将", "已", "来") for how in ("根据", "按照", "为", "起草")),
    *("sure", "certainly", "of course", "here is", "here's", "here’s", "here are"),
)
# Chatter that closes one: a line of its own.
_TAIL = re.compile(
    r"(?:以上(?:内容|文字|文本|即为|就是|是(?:根据|按照|我|为|起草)|仅供)|希望(?:以上|这|对您|能|对你)|如(?:果)?(?:您|你|需|有(?:其他|任何|进一步))|请(?:您|问)|若(?:您|需)|需要(?:我|说明的是，以上)"
    r"|(?:注|备注|说明|字数(?:统计)?|温馨提示)[：:]|[（(](?:注|备注|说明|全文|共|字数|约|以上)[^）)\n]*[）)]$|[（(](?:正文)?完[）)]$|【(?:注|备注|说明|全文|共|字数|约|以上|完)[^】\n]*】$"
    r"|Let me know|I hope|Note:).*",
    re.IGNORECASE,
)
_LAST = (
    "以上",
    "希望",
    "如",
    "请您",
    "请问",
    "若",
    "需要",
    "注",
    "备注",
    "说明",
    "字数",
    "温馨",
    "【",
    "（",
    "(",
    "let",
    "i hope",
    "note",
)
_FENCE = re.compile(r"\s*(?:```|~~~)[\w-]*\s*$")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|\*\*[^*\n。；]{1,30}\*\*[：:]?\s*|[-*_]{3,}\s*)$")
_BULLET = re.compile(r"\A\s*(?:[-+•]\s+|\*\s+|>\s?)")
_EMPHASIS = re.compile(r"\*\*|__")
_MARKS = "#`~*-_>+• \t\u3000"
# A line that may be chatter is held back no longer than this.
_LONGEST_HELD = 200


class AnswerFilter:
    """Passes on the text of an answer as it arrives, without what is about it.

    A character is held back only while it may belong to a tag, a fence, a heading or chatter. However the answer is
    cut into pieces, what comes out is the same.
    """

    def __init__(self) -> None:
        self._reasoning = TagFilter()
        self._lines = _Lines()

    def feed(self, delta: str) -> str:
        """Take a piece of the answer; return what may be shown now."""
        return self._lines.feed(self._reasoning.feed(delta))

    def finish(self) -> str:
        """Return what is left, at the end of the answer."""
        return self._lines.feed(self._reasoning.finish()) + self._lines.finish()


def clean(answer: str) -> str:
    """Return the text of a whole answer, trimmed. Reasoning whose opening tag is missing goes too."""
    through = AnswerFilter()
    return (through.feed(after_reasoning(answer)) + through.finish()).strip()


class _Lines:
    """Judges line by line; the text of a line is passed on as soon as the line can be nothing else."""

    def __init__(self) -> None:
        self._line = ""
        self._open = False
        self._begun = False
        self._blank = ""

    def feed(self, text: str) -> str:
        """Return what may be shown of the lines so far."""
        shown = []
        pieces = text.split("\n")
        for number, piece in enumerate(pieces):
            self._line += piece
            shown.append(self._end("\n") if number < len(pieces) - 1 else self._advance())
        return "".join(shown)

    def finish(self) -> str:
        """Return the rest of the last line."""
        return self._end("")

    def _advance(self) -> str:
        """Show what is sure of a line that is not complete."""
        if not self._open:
            if self._may_go(self._line):
                return ""
            self._open = True
            self._line = _BULLET.sub("", self._line, count=1)
        keep = len(self._line) - len(self._line.rstrip("*_"))
        ready, self._line = self._line[: len(self._line) - keep], self._line[len(self._line) - keep :]
        return self._show(ready)

    def _end(self, mark: str) -> str:
        """Show a complete line, or leave it out."""
        line, was_open = self._line, self._open
        self._line, self._open = "", False
        if was_open:
            return self._show(line) + self._keep(mark)
        while not self._begun and (match := _HEAD.match(line.lstrip())):
            line = line.lstrip()[match.end() :]
        if not line.strip():
            return self._keep(mark)
        if _FENCE.match(line) or _HEADING.match(line) or _TAIL.match(line.strip()):
            return ""
        return self._show(_BULLET.sub("", line, count=1)) + self._keep(mark)

    def _may_go(self, line: str) -> bool:
        """Tell whether a line that begins so may yet be left out."""
        stripped = line.lstrip(" \t\u3000")
        if not self._begun and (match := _HEAD.match(stripped)) and match.end() < len(stripped):
            self._line = stripped[match.end() :]
            return self._may_go(self._line)
        if len(stripped) > _LONGEST_HELD:
            return False
        if not stripped or stripped[0] in _MARKS:
            return True
        starts = _LAST if self._begun else (*_STARTS, *_LAST)
        lowered = stripped.lower()
        return any(lowered.startswith(start) or start.startswith(lowered) for start in starts)

    def _show(self, text: str) -> str:
        text = _EMPHASIS.sub("", text)
        if not text:
            return ""
        before, self._blank, self._begun = (self._blank if self._begun else ""), "", True
        return before + text

    def _keep(self, mark: str) -> str:
        """Hold a line's end back until more text follows."""
        self._blank += mark
        return ""
