"""Who may use the page of an office server: names with hashed passwords, a line each, in a file of the administrator's."""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError

# 16 MB and some 50 ms a try: what the memory-hard function's authors ask of a login.
COST, BLOCK, LANES, LENGTH = 2**14, 8, 1, 32
LEAST_PASSWORD = 8
_NAME = re.compile(r"[^\s:#][^\s:]{0,63}")
_LINE = re.compile(r"scrypt\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True)
class Password:
    """A hashed password and its salt."""

    salt: bytes
    digest: bytes

    def fits(self, password: str) -> bool:
        """Tell whether this is the password, in the same time whether or not it is."""
        return hmac.compare_digest(_digest(password, self.salt), self.digest)

    def __str__(self) -> str:
        salt, digest = (base64.b64encode(part).decode() for part in (self.salt, self.digest))
        return f"scrypt${salt}${digest}"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a file. ``nobody`` is compared with for an unknown name, so that it takes as long as a known one."""

    passwords: Mapping[str, Password]
    nobody: Password

    def admits(self, name: str, password: str) -> bool:
        """Tell whether name and password belong together."""
        known = self.passwords.get(name)
        fits = (known or self.nobody).fits(password)
        return fits and known is not None


def hash_password(password: str) -> Password:
    """Hash a password with a salt of its own. Raises `InputError` for a short one."""
    if len(password) < LEAST_PASSWORD:
        raise InputError(f"口令太短，请设{LEAST_PASSWORD}个字符以上的口令。")
    salt = secrets.token_bytes(16)
    return Password(salt, _digest(password, salt))


def read_accounts(path: Path) -> Accounts:
    """Read an account file: lines ``name:scrypt$salt$hash``, and # comments. Raises `InputError`."""
    passwords: dict[str, Password] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(":")
        if not _NAME.fullmatch(name) or (hashed := _parsed(rest)) is None:
            raise InputError(
                f"“{path.name}”第{number}行不是“用户名:scrypt$…”，请用 gongwen ui-user {path.name} 用户名 重新生成。"
            )
        if name in passwords:
            raise InputError(f"“{path.name}”里有两个“{name}”，请删去其中一行。")
        passwords[name] = hashed
    if not passwords:
        raise InputError(f"“{path.name}”里没有用户，请先用 gongwen ui-user {path.name} 用户名 添加。")
    return Accounts(passwords, hash_password(secrets.token_urlsafe(16)))


def set_password(path: Path, name: str, password: str) -> bool:
    """Add a name to an account file, made if need be, or give it another password; tell whether it was there."""
    if not _NAME.fullmatch(name):
        raise InputError("用户名不能有空格和冒号，不能以 # 开头，最长64个字符，请换一个。")
    lines = _lines(path) if path.exists() else []
    kept = [line for line in lines if line.partition(":")[0].strip() != name]
    written = "\n".join([*kept, f"{name}:{hash_password(password)}"]) + "\n"
    try:
        write_private(path, written.encode())
    except OSError as error:
        raise InputError(f"无法写入“{path}”（{error.strerror}），请换一个有写入权限的位置。") from error
    return len(kept) < len(lines)


def write_private(path: Path, data: bytes) -> None:
    """Write a file at once or not at all, readable by its owner only; its folder is made if need be. Raises `OSError`."""
    make_private(path.parent)
    trial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner only. Raises `OSError`."""
    for missing in [one for one in (folder, *folder.parents) if not one.exists()][::-1]:
        missing.mkdir(mode=0o700, exist_ok=True)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise InputError(
            f"找不到用户文件“{path}”，请先用 gongwen ui-user {path.name} 用户名 添加用户。"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"无法读取用户文件“{path}”，请检查它的权限，并存为 UTF-8 编码。") from error


def _parsed(text: str) -> Password | None:
    match = _LINE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in match.groups())
    except binascii.Error:
        return None
    return Password(salt, digest) if len(digest) == LENGTH else None


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=LANES, dklen=LENGTH)
