"""Names of files as users can read them."""

import re
import unicodedata

SIDECAR = "manifest.json"
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_ESCAPING = re.compile(r"^(?:/|\\|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")


def is_beside_the_point(name: str) -> bool:
    """Tell whether a file is no report: hidden, a lock file, a folder's own note, what a system adds to an archive."""
    lower = name.lower()
    return name.startswith((".", "~$")) or lower.split(".")[0] in ("readme", "__macosx") or lower == SIDECAR


def readable_name(name: str) -> str:
    """Return a name of the file system as text that can be printed and stored, though its bytes be no UTF-8."""
    try:
        return printable(name.encode().decode())
    except UnicodeEncodeError:
        return printable(decode_name(name.encode("utf-8", "surrogateescape")))


def decode_name(raw: bytes) -> str:
    """Decode a name of unknown encoding: UTF-8, else GB18030, else with marks in place of what is neither.

    Some words in GB18030 are letters of other scripts in UTF-8 (学习 is ѧϰ): such letters alone are not believed.
    """
    guesses = [text for text in (_try(raw, "utf-8"), _try(raw, "gb18030")) if text is not None]
    believed = [text for text in guesses if text.isascii() or _HAN.search(text)]
    return next(iter(believed + guesses), raw.decode("utf-8", "replace"))


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def printable(name: str) -> str:
    """Return the name with a mark in place of each control character, which would confuse a terminal."""
    return "".join(
        "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character for character in name
    )


def escapes(name: str) -> bool:
    """Tell whether the name of an archive's entry leads out of the folder it is unpacked in."""
    return bool(_ESCAPING.search(name)) or "\0" in name
