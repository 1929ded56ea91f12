"""What a Word file shows, piece by piece, each tied to the markup that shows it."""

from collections import Counter
from dataclasses import dataclass, field, replace

from assistant.documents.word_import.markup import Element


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some characters of the text as read: those of ``node`` from ``offset`` on, or made by the program without a node.

    ``node`` is a ``w:t``, or an element that shows as one character. ``lock`` says why they cannot be changed.
    """

    text: str
    node: Element = None
    offset: int = 0
    lock: str = ""


Line = list[Fragment]

NUMBER = "自动编号"
FIELD = "域的结果（如引用、页码、日期）"
REVISED = "已有修订标记的文字"
CONTROL = "内容控件里的文字"
FORMULA = "公式"
RUBY = "加了拼音的文字"
DOUBLE = "为不同版本写了两遍的文字"
BOX = "文本框里的文字"
NOTE = "脚注、尾注里的文字"
BREAK = "分段或分格的地方"


@dataclass(slots=True)
class Dropped:
    """What a document holds and its text does not, by kind."""

    counts: Counter[str] = field(default_factory=Counter)

    def told(self) -> tuple[str, ...]:
        """Return what was dropped in words, the most telling first."""
        return tuple(
            words.format(self.counts[kind]) for kind, words in _KINDS.items() if self.counts[kind] > 0
        )


_KINDS = {
    "deleted": "修订中删去的文字{}处",
    "hidden": "隐藏文字{}处",
    "comment": "批注{}条",
    "edge": "页眉页脚{}处",
    "contents": "目录{}处",
    "picture": "图片{}张",
    "chart": "图表{}个",
    "diagram": "图示（SmartArt）{}个",
    "object": "嵌入对象{}个",
    "chunk": "嵌入的文档{}个",
    "prompt": "没有填写的内容控件{}个",
    "ruby": "拼音{}处",
    "symbol": "认不出的符号{}个（以“〓”代替）",
    "formula": "公式{}个的排版（只留文字）",
    "invisible": "不可见字符{}个",
}


def with_lock(line: Line, lock: str) -> Line:
    """Return a line that may not be changed, for this reason unless a fragment has its own."""
    return [replace(fragment, lock=fragment.lock or lock) for fragment in line]


def shows(line: Line) -> bool:
    """Tell whether a line has more than blanks."""
    return any(fragment.text.strip() for fragment in line)
