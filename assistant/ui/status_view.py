"""What is set and what is there, and what would be sent, as markup. Keys are in none of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.text.entities import KINDS
from assistant.ui.handling import page_words
from assistant.ui.markup import element, escaped, listed
from assistant.ui.parts import button, status
from assistant.workflow.doctor import Condition

if TYPE_CHECKING:
    from assistant.models.masking import Masked
    from assistant.workflow.masking import SentText

HOW = "设置由管理员用环境变量或 .env 文件修改（GONGWEN_ 开头，见 README 的设置表），重启后生效；密钥不在网页上显示。"
_SIGNS = {True: ("✓", "好"), False: ("✗", "有问题"), None: ("·", "")}
_PARTS = ("系统消息", "用户消息")


def without_path(condition: Condition, data: Path) -> Condition | None:
    """Return what was found without where on the server it lies, which is none of a visitor's business.

    None where that was all and nothing is amiss.
    """
    if condition.text == str(data) and condition.ok is None:
        return None
    text = condition.text.replace(f"，位于 {data / 'index'}", "").replace(str(data), "（在服务器上）")
    return replace(condition, text=text)


def status_view(conditions: Sequence[Condition], *, ended: bool, preview: str = "") -> str:
    """Return what was found so far, and below it what would be sent if that was asked."""
    plain = [condition for condition in conditions if not condition.aside]
    aside = [condition for condition in conditions if condition.aside]
    again = button("重新检查", "again", kind="plain") if ended else element("span", text="正在检查……")
    head = element("div", element("h3", text="状态"), element("span", again, kind="count"), kind="head")
    more = element("details", element("summary", text="预设的服务商和各库版本"), _rows(aside), kind="more")
    parts = (head, _rows(plain), more if aside else "")
    sheet = element("section", *parts, kind="sheet", attributes={"aria-label": "状态"})
    return element(
        "div", preview, sheet, element("p", text=HOW, kind="hint shared-by-all"), kind="bench states"
    )


def _rows(conditions: Sequence[Condition]) -> str:
    return element("dl", *map(_row, conditions), kind="conditions")


def _row(condition: Condition) -> str:
    sign, words = _SIGNS[condition.ok]
    kind = {True: "good", False: "bad", None: ""}[condition.ok]
    mark = element("span", text=sign, kind=f"sign {kind}", attributes={"title": words, "aria-hidden": "true"})
    said = element("span", text=f"{words}：", kind="unseen") if condition.ok is False else ""
    name = element("dt", mark, element("span", text=condition.name))
    return element(
        "div", name, element("dd", said, escaped(page_words(condition.text)), kind=kind), kind="condition"
    )


def text_preview(leaving: "SentText") -> str:
    """Return a text of the visitor's as it would be sent."""
    return _preview(_said(leaving), [_message("", leaving.masked)], [leaving.masked])


def _said(leaving: "SentText") -> str:
    if leaving.to is None:
        so = "会像下面这样" if leaving.masks else "会原样发送"
        return f"没有设置模型，现在什么也不发送；如果设了本机以外的模型，{so}。"
    if leaving.masks:
        return f"发往 {leaving.to} 的就是下面这样；名称、号码等已换成代号，收到回答再换回。"
    return f"按现在的设置不遮盖，会原样发往 {leaving.to}。"


def draft_preview(prompts: "Sequence[tuple[Masked, ...]]", *, to: str | None) -> str:
    """Return the messages that 起草 would send for the notes on the visitor's desk."""
    if to is None:
        said = "没有设置模型，起草由离线写作在本机完成，什么也不发送。"
        return element("section", _head(), element("p", text=said, kind="said"), kind="sheet preview")
    messages = []
    for number, prompt in enumerate(prompts, 1):
        part = f"（第{number}次，共{len(prompts)}次）" if len(prompts) > 1 else ""
        messages += [_message(f"{title}{part}", each) for title, each in zip(_PARTS, prompt, strict=False)]
    said = f"按“起草”页现在的要点，将要发往 {to} 的全部内容："
    return _preview(said, messages, [each for prompt in prompts for each in prompt])


def error_preview(error: str) -> str:
    """Return why nothing can be previewed."""
    body = element("div", status(error=error), kind="said")
    return element("section", _head(), body, kind="sheet preview")


def _head() -> str:
    return element("div", element("h3", text="将要发送的内容"), kind="head")


def _preview(said: str, messages: Sequence[str], masked: "Sequence[Masked]") -> str:
    told = element("p", text=said, kind="said")
    parts = (_head(), told, *messages, _table(masked))
    return element("section", *parts, kind="sheet preview", attributes={"aria-label": "将要发送的内容"})


def _message(title: str, masked: "Masked") -> str:
    """Return a message, its placeholders marked."""
    heading = element("h4", text=title) if title else ""
    return heading + element("div", *_marked(masked), kind="message-text", attributes={"tabindex": "0"})


def _marked(masked: "Masked") -> Iterator[str]:
    placeholders = {entity.placeholder for entity in masked.entities}
    if not placeholders:
        yield escaped(masked.text)
        return
    pattern = "|".join(map(re.escape, sorted(placeholders, key=len, reverse=True)))
    for piece in re.split(f"({pattern})", masked.text):
        yield element("mark", text=piece, kind="hit") if piece in placeholders else escaped(piece)


def _table(masked: "Sequence[Masked]") -> str:
    counts: dict[tuple[str, str, str], int] = {}
    for each in masked:
        for item in each.entities:
            key = (item.placeholder, KINDS[item.kind], item.text)
            counts[key] = counts.get(key, 0) + 1
    if not counts:
        return element("p", text="没有要遮盖的名称、号码；发送前仍请自行检查。", kind="hint none")
    rows = (
        element("b", text=placeholder)
        + element("span", text=kind, kind="place")
        + element("span", text=f"代替“{text}”" + (f"，{times}处" if times > 1 else ""))
        for (placeholder, kind, text), times in counts.items()
    )
    return listed(rows, kind="masked")
