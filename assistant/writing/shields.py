"""What polishing may not touch in running text: quotations, titles, placeholders, masks, Latin words, headings."""

import re

STAND_IN = "\ue000"
_SHIELDED = re.compile(
    r"《[^《》\n]*》?|“[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*”?|\"[^\"\n]*\"|‘[^‘’\n]*’|「[^「」\n]*」?|『[^『』\n]*』?"
    r"|【[^【】\n]*】|〖[^〖〗\n]*〗|〔[^〔〕\n]*〕|\*+|×+|[A-Za-z][A-Za-z0-9.+\-]*|[\ue000-\uf8ff]+"
    # What a leader said is his wording, with quotation marks or without.
    r"|(?:总书记|总理|主席|书记|省长|市长|县长|部长)[^。，；\n]{0,12}(?:指出|强调|讲到|要求)[：，][^。\n]*"
    # A heading has no sentence; its wording is a matter of the whole report.
    r"|^[ \u3000]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\))[^，。；：\n]{1,40}[。：]?$",
    re.MULTILINE,
)


def shielded(text: str) -> str:
    """Return the text with every protected character replaced by `STAND_IN`, offsets as before."""
    return _SHIELDED.sub(lambda match: STAND_IN * len(match.group()), text)


def unshielded(after: str, original: str) -> str | None:
    """Return ``after`` with what ``original`` holds at its stand-ins' places put back; none where they do not agree.

    ``original`` pairs with the shielded text that the edit was made of: its protected characters in order.
    """
    if after.count(STAND_IN) != len(original):
        return None
    rest = iter(original)
    return "".join(next(rest) if character == STAND_IN else character for character in after)
