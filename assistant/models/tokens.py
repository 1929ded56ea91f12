"""Token counts without a network: OpenAI's vocabulary where its file is at hand, else an upper bound."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.text.length import token_bound

TokenCounter = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary file of tiktoken's: where it would be fetched from, and its SHA-256. Source: tiktoken_ext."""

    url: str
    sha256: str


_ROOT = "https://openaipublic.blob.core.windows.net/encodings"
_O200K = Vocabulary(
    f"{_ROOT}/o200k_base.tiktoken", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
)
_CL100K = Vocabulary(
    f"{_ROOT}/cl100k_base.tiktoken", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
)
VOCABULARIES = {"o200k_base": _O200K, "o200k_harmony": _O200K, "cl100k_base": _CL100K}


def counter(model: str | None) -> TokenCounter:
    """Return a function that counts a text's tokens for ``model``, exactly or as an upper bound; never calls out."""
    name = _encoding_at_hand(model)
    if name is None:
        return token_bound
    import tiktoken

    encoding = tiktoken.get_encoding(name)
    return lambda text: len(encoding.encode_ordinary(text))


def counting_method(model: str | None) -> str:
    """Return a Chinese line that says how tokens are counted for ``model``."""
    name = _encoding_at_hand(model)
    return "按字数估算长度（上限）" if name is None else f"按 tiktoken 词表 {name} 计算长度"


def _encoding_at_hand(model: str | None) -> str | None:
    name = _encoding_name(model) if model else None
    return name if name in VOCABULARIES and _is_at_hand(VOCABULARIES[name]) else None


def _encoding_name(model: str) -> str | None:
    from tiktoken.model import encoding_name_for_model

    try:
        return encoding_name_for_model(model.removeprefix("openai/"))
    except KeyError:
        return None


def _is_at_hand(vocabulary: Vocabulary) -> bool:
    # tiktoken fetches a file that is missing or whose hash differs, so both are asked first.
    folder = _cache_folder()
    if folder is None:
        return False
    try:
        content = (
            folder / hashlib.sha1(vocabulary.url.encode(), usedforsecurity=False).hexdigest()
        ).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(content).hexdigest() == vocabulary.sha256


def _cache_folder() -> Path | None:
    named = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    if named is None:
        return Path(tempfile.gettempdir()) / "data-gym-cache"
    return Path(named) if named else None
