"""Characters of symbol fonts, as Unicode has them."""

# Wingdings and its kin, and Symbol, by the codes that Chinese forms and lists use.
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA0: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞",
    **{0x80 + number: character for number, character in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + number: character for number, character in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x50: "✓",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x4F: "✗",
    0x51: "☒",
    0xA3: "□",
    0x97: "●",
    0x98: "•",
}
_SYMBOL = {
    0xB7: "•", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB9: "≠", 0xBB: "≈", 0xAE: "→",
    0xA5: "∞", 0xE5: "∑", 0x44: "Δ", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ", 0x70: "π", 0x57: "Ω",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
# Where a font's sign is not known: the printer's mark for a missing type.
UNKNOWN = "〓"
_BULLET = "•"


def symbol(code: str | None, font: str | None) -> str:
    """Return what stands for a ``w:sym``: its code in a symbol font, or a character outright."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    low = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    known = _FONTS.get((font or "").lower())
    if known is not None:
        return known.get(low, chr(low) if font and font.lower() == "symbol" and low < 0x80 else UNKNOWN)
    return UNKNOWN if 0xD800 <= number <= 0xF8FF or not 0x20 <= number < 0x110000 else chr(number)


def bullet(pattern: str, font: str | None = None) -> str:
    """Return a list's bullet: the character itself, or for one of a symbol font what it draws, at least a dot."""
    sign = pattern.strip()
    known = _FONTS.get((font or "").lower())
    if known is not None and len(sign) == 1 and ord(sign) < 0x100:
        return known.get(ord(sign), _BULLET)
    return sign if sign.isprintable() and not any(0xE000 <= ord(each) <= 0xF8FF for each in sign) else _BULLET
