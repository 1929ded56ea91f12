import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import tiktoken
from tiktoken.registry import ENCODINGS

from assistant.models import tokens
from assistant.text.length import token_bound

FILE = b"a vocabulary"
TEXT = "存在的问题<|endoftext|>ab"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small vocabulary where tiktoken would have put its own, and return its file."""
    known = replace(tokens.VOCABULARIES["o200k_base"], sha256=hashlib.sha256(FILE).hexdigest())
    pairs = {bytes([byte]): byte for byte in range(256)} | {b"ab": 256}
    small = tiktoken.Encoding("o200k_base", pat_str=r"\w+|\W+", mergeable_ranks=pairs, special_tokens={})
    monkeypatch.setitem(tokens.VOCABULARIES, "o200k_base", known)
    monkeypatch.setitem(ENCODINGS, "o200k_base", small)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    file = tmp_path / hashlib.sha1(known.url.encode()).hexdigest()
    file.write_bytes(FILE)
    return file


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-5-mini", "openai/gpt-4o"])
@pytest.mark.usefixtures("cache")
def test_a_vocabulary_at_hand_counts(model: str) -> None:
    assert tokens.counter(model)(TEXT) == len(TEXT.encode()) - 1
    assert "o200k_base" in tokens.counting_method(model)


@pytest.mark.parametrize("model", [None, "qwen-plus", "deepseek-chat", "gpt-4"])
@pytest.mark.usefixtures("cache")
def test_other_models_get_the_bound(model: str | None) -> None:
    assert tokens.counter(model) is token_bound
    assert "估算" in tokens.counting_method(model)


def test_a_missing_or_damaged_vocabulary_is_not_fetched(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write_bytes(b"half a vocab")
    assert tokens.counter("gpt-4o") is token_bound
    assert cache.exists()
    cache.unlink()
    assert tokens.counter("gpt-4o") is token_bound
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    assert tokens.counter("gpt-4o") is token_bound


def test_the_other_places_of_the_vocabulary(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.setenv("DATA_GYM_CACHE_DIR", str(cache.parent))
    assert tokens.counter("gpt-4o") is not token_bound
    monkeypatch.delenv("DATA_GYM_CACHE_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(cache.parent))
    assert tokens.counter("gpt-4o") is token_bound
    (cache.parent / "data-gym-cache").mkdir()
    cache.rename(cache.parent / "data-gym-cache" / cache.name)
    assert tokens.counter("gpt-4o") is not token_bound


@pytest.mark.parametrize("name", sorted(set(tokens.VOCABULARIES) - {"o200k_harmony"}))
def test_the_files_are_those_that_tiktoken_asks_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def ask(url: str, expected_hash: str) -> dict[bytes, int]:
        asked.append((url, expected_hash))
        return {}

    monkeypatch.setattr("tiktoken_ext.openai_public.load_tiktoken_bpe", ask)
    constructors: dict[str, Callable[[], object]] = import_module(
        "tiktoken_ext.openai_public"
    ).ENCODING_CONSTRUCTORS
    constructors[name]()
    vocabulary = tokens.VOCABULARIES[name]
    assert asked == [(vocabulary.url, vocabulary.sha256)]
