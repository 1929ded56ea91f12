"""Secrecy markings: 秘密, 机密, 绝密 and 内部资料 as a document bears them, not as words of its sentences."""

import re

from assistant.errors import InputError

_LEVEL = r"(?:绝[ \u3000]*密|机[ \u3000]*密|秘[ \u3000]*密)"
_EDGE = r"[ \t\u3000#*>【\[（(〔]*"
_TERM = r"(?:[0-9０-９一二三四五六七八九十]{1,3}[ \u3000]?(?:年|个?月)|长期|启用前|解密)"
_INTERNAL = (
    r"内部(?:资料|文件|材料|刊物|参考|使用)[，,、；;·！! \t\u3000]*(?:请|须|严格)?"
    r"(?:注意保存|注意保密|妥善保管|严禁外传|不得外传|请勿外传|切勿外传|注意保管)"
)
_MARKING = re.compile(
    rf"(?<![“‘\"「『\w]){_LEVEL}级?[ \u3000]*[★☆✩✭][ \u3000]*{_TERM}?"
    rf"|(?:文件)?密[ \u3000]*级[ \u3000]*[：:][ \t\u3000*]*{_LEVEL}(?:级)?"
    rf"|^{_EDGE}(?P<line>{_LEVEL}级?(?:[ \u3000·]*{_TERM})?)[ \t\u3000*】\]）)〕]*\r?$"
    rf"|^{_EDGE}(?P<head>{_INTERNAL})(?=[ \t\u3000*】\]）)〕。！!]*[^，。；\n]{{0,24}}\r?$)"
    rf"|(?<=[ \t\u3000（(【])(?P<foot>{_INTERNAL})[ \t\u3000*】\]）)〕。！!]*\r?$",
    re.MULTILINE,
)


def secrecy_marking(text: str) -> tuple[int, int] | None:
    """Return the span of the first secrecy marking of a text, or none.

    A marking has a star or a term (绝密★10年), stands after 密级：, or is a line of its own; 内部资料 注意保存 likewise. 保守国家秘密,
    商业秘密 and 机密文件管理 are words.
    """
    match = _MARKING.search(text)
    if match is None:
        return None
    return match.span(match.lastgroup) if match.lastgroup else match.span()


def refuse_marked(text: str) -> None:
    """Raise `InputError` when a text bears a secrecy marking: such a text never leaves, masked or not."""
    if span := secrecy_marking(text):
        marking = " ".join(text[slice(*span)].split())
        raise InputError(
            f"文中有“{marking}”的标记，涉密和内部材料不得发往远程接口，请改用本机模型或离线写作。"
        )
