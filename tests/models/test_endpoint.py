from typing import Any

import pytest

from assistant.errors import SettingsError
from assistant.models.endpoint import NO_KEY, Endpoint, chat_endpoint, embedding_endpoint
from assistant.models.presets import ALIASES, PRESETS, preset
from assistant.settings import Settings

KEY = "sk-0123456789"
LOCAL = "http://127.0.0.1:8000/v1"


def settings(**values: Any) -> Settings:
    return Settings(**values)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"api_key": KEY},
        {"offline": True, "model": "m", "base_url": LOCAL, "provider": "openai", "api_key": KEY},
    ],
)
def test_nobody_asked_for_a_model(values: dict[str, Any]) -> None:
    assert chat_endpoint(settings(**values)) is None


def test_a_key_in_the_shell_is_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert chat_endpoint(Settings()) is None
    assert embedding_endpoint(Settings()) is None


@pytest.mark.parametrize("values", [{"base_url": LOCAL}, {"provider": "ollama"}])
def test_an_address_without_a_model_is_an_error(values: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="GONGWEN_MODEL"):
        chat_endpoint(settings(**values))


@pytest.mark.parametrize(
    ("values", "base_url", "key"),
    [
        ({"api_key": KEY}, "https://api.openai.com/v1", KEY),
        ({"provider": "qwen", "api_key": f" {KEY}\n"}, PRESETS["dashscope"].base_url, KEY),
        ({"provider": "ollama"}, PRESETS["ollama"].base_url, NO_KEY),
        ({"base_url": LOCAL + "/"}, LOCAL, NO_KEY),
        ({"base_url": LOCAL, "provider": "deepseek", "api_key": KEY}, LOCAL, KEY),
    ],
)
def test_where_the_chat_goes(values: dict[str, Any], base_url: str, key: str) -> None:
    endpoint = chat_endpoint(settings(model="m", timeout=7, retries=4, **values))
    assert endpoint == Endpoint(base_url, key, "m", timeout=7, retries=4)


@pytest.mark.parametrize("values", [{}, {"provider": "deepseek"}, {"provider": "deepseek", "api_key": " "}])
def test_a_provider_that_needs_a_key_says_which_setting(values: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"GONGWEN_API_KEY（或 OPENAI_API_KEY）"):
        chat_endpoint(settings(model="m", **values))


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8000/v1", "ftp://host/v1", "http://", "http://[half", "http://h:x/v1"]
)
def test_a_malformed_address_is_an_error(address: str) -> None:
    with pytest.raises(SettingsError, match=r"^GONGWEN_BASE_URL 不是可用的接口地址.+。$"):
        chat_endpoint(settings(model="m", base_url=address))


def test_an_unknown_provider_lists_the_known() -> None:
    with pytest.raises(SettingsError, match="deepseek") as caught:
        chat_endpoint(settings(model="m", provider="depseek"))
    assert all(name in str(caught.value) for name in [*PRESETS, *ALIASES])


def test_presets_hold_together() -> None:
    assert all(preset(alias.upper()) is PRESETS[name] for alias, name in ALIASES.items())
    for name, found in PRESETS.items():
        endpoint = Endpoint(found.base_url, KEY, "m")
        assert endpoint.is_local is not found.needs_key, name


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:1/v1", True),
        ("http://api.localhost/v1", True),
        ("http://127.8.9.1/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://0.0.0.0:1/v1", True),
        ("http://127.0.0.1.example.com/v1", False),
        ("http://localhost.example.com/v1", False),
        ("http://127.0.0.1@example.com/v1", False),
        ("http://192.168.1.5/v1", False),
    ],
)
def test_what_is_on_this_machine(address: str, local: bool) -> None:  # noqa: FBT001
    assert Endpoint(address, KEY, "m").is_local is local


def test_secrets_are_not_shown() -> None:
    endpoint = Endpoint("https://user:pass@example.com:1/v1?token=t", KEY, "m")
    assert KEY not in f"{endpoint!r}{endpoint}"
    assert endpoint.address == "https://example.com:1/v1"


def test_no_embedding_model_no_endpoint() -> None:
    assert embedding_endpoint(settings(model="m", base_url=LOCAL)) is None
    assert embedding_endpoint(settings(embedding_model="e", base_url=LOCAL, offline=True)) is None


@pytest.mark.parametrize(
    ("values", "base_url", "key"),
    [
        ({"provider": "zhipu", "api_key": KEY}, PRESETS["zhipu"].base_url, KEY),
        ({"base_url": LOCAL, "api_key": KEY}, LOCAL, KEY),
        ({"base_url": LOCAL, "embedding_api_key": "sk-other"}, LOCAL, "sk-other"),
        ({"base_url": LOCAL, "embedding_provider": "ollama"}, PRESETS["ollama"].base_url, NO_KEY),
        ({"provider": "deepseek", "api_key": KEY, "embedding_base_url": LOCAL}, LOCAL, NO_KEY),
        (
            {"base_url": LOCAL, "api_key": KEY, "embedding_base_url": "http://127.0.0.1:8000/e"},
            LOCAL[:-2] + "e",
            KEY,
        ),
    ],
)
def test_where_the_embeddings_go(values: dict[str, Any], base_url: str, key: str) -> None:
    endpoint = embedding_endpoint(settings(embedding_model="e", **values))
    assert endpoint is not None
    assert (endpoint.base_url, endpoint.api_key, endpoint.model) == (base_url, key, "e")


def test_the_chat_key_does_not_go_to_another_host() -> None:
    with pytest.raises(SettingsError, match="GONGWEN_EMBEDDING_API_KEY"):
        embedding_endpoint(settings(embedding_model="e", api_key=KEY, embedding_provider="zhipu"))
    with pytest.raises(SettingsError, match="GONGWEN_EMBEDDING_BASE_URL"):
        embedding_endpoint(settings(embedding_model="e", embedding_base_url="host/v1"))
