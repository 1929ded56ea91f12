"""Which endpoint the settings name, if any: its address, key, model and patience."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.models.presets import Preset, preset
from assistant.settings import PREFIX, Settings

EMBEDDING_PREFIX = f"{PREFIX}EMBEDDING_"
# The client demands a key even of a server that asks for none.
NO_KEY = "none"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model behind an OpenAI-compatible address. Seconds for ``timeout``; ``retries`` beyond the first try.

    ``prefix`` begins the names of the settings it came from, so that an error can name the right one.
    """

    base_url: str
    api_key: str = field(repr=False)
    model: str
    timeout: float = 60.0
    retries: int = 2
    prefix: str = PREFIX

    @property
    def host(self) -> str:
        """Return the host alone, without port and credentials."""
        return _host(self.base_url)

    @property
    def address(self) -> str:
        """Return the address as it may be shown: without credentials and query."""
        return shown_address(self.base_url)

    @property
    def is_local(self) -> bool:
        """Tell whether what is sent stays on this machine."""
        return is_here(self.base_url)


def shown_address(url: str) -> str:
    """Return an address as it may be shown: without credentials and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def is_here(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = _host(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def chat_endpoint(settings: Settings) -> Endpoint | None:
    """Return the chat endpoint, or none when offline or when nobody asked for one.

    OpenAI's own variables alone are no request: they may stand in the shell for another program. Raises
    `SettingsError`.
    """
    if settings.offline:
        return None
    if settings.model is None:
        if settings.base_url is None and settings.provider is None:
            return None
        raise SettingsError(
            f"已设置接口地址或服务商，但没有设置模型，请用 {PREFIX}MODEL 写明模型名称，或设 {PREFIX}OFFLINE=1 离线使用。"
        )
    base_url, needs_key = _chat_place(settings)
    return Endpoint(
        base_url=base_url,
        api_key=_key(_chat_key(settings), f"{PREFIX}API_KEY（或 OPENAI_API_KEY）", needs_key=needs_key),
        model=settings.model,
        timeout=settings.timeout,
        retries=settings.retries,
    )


def embedding_endpoint(settings: Settings) -> Endpoint | None:
    """Return the embedding endpoint, or none when offline or without an embedding model.

    Address and key default to the chat's; the chat's key goes to the chat's host only. Raises `SettingsError`.
    """
    if settings.offline or settings.embedding_model is None:
        return None
    base_url, needs_key = _embedding_place(settings)
    key = None
    if settings.embedding_api_key is not None:
        key = settings.embedding_api_key.get_secret_value()
    elif urlsplit(base_url).netloc == urlsplit(_chat_place(settings)[0]).netloc:
        key = _chat_key(settings)
    return Endpoint(
        base_url=base_url,
        api_key=_key(key, f"{EMBEDDING_PREFIX}API_KEY", needs_key=needs_key),
        model=settings.embedding_model,
        timeout=settings.timeout,
        retries=settings.retries,
        prefix=EMBEDDING_PREFIX,
    )


def _embedding_place(settings: Settings) -> tuple[str, bool]:
    if settings.embedding_base_url is None and settings.embedding_provider is None:
        return _chat_place(settings)
    return _place(settings.embedding_base_url, settings.embedding_provider or "openai", EMBEDDING_PREFIX)


def _chat_place(settings: Settings) -> tuple[str, bool]:
    """Return the chat's address; OpenAI's own variable counts only where ours name neither address nor provider."""
    if settings.base_url is None and settings.provider is None and settings.openai_base_url is not None:
        return _checked(settings.openai_base_url.strip(), "OPENAI_BASE_URL"), False
    return _place(settings.base_url, settings.provider or "openai", PREFIX)


def _place(base_url: str | None, provider: str, prefix: str) -> tuple[str, bool]:
    known: Preset = preset(provider)
    if base_url is None:
        return known.base_url, known.needs_key
    return _checked(base_url.strip(), f"{prefix}BASE_URL"), False


def _checked(base_url: str, setting: str) -> str:
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{setting} 不是可用的接口地址，请写成 http:// 或 https:// 开头的完整地址。")
    return base_url.rstrip("/")


def _chat_key(settings: Settings) -> str | None:
    key = settings.api_key or settings.openai_api_key
    return key.get_secret_value() if key else None


def _key(key: str | None, setting: str, *, needs_key: bool) -> str:
    if key and key.strip():
        return key.strip()
    if needs_key:
        raise SettingsError(f"该服务商需要密钥，请设置 {setting}。")
    return NO_KEY
