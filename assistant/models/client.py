"""The HTTP client beneath every call: whose proxy, whose headers, how long to wait."""

import math
import os
import time
from email.utils import mktime_tz, parsedate_tz
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError, SettingsError
from assistant.models.endpoint import Endpoint

if TYPE_CHECKING:
    from ssl import SSLContext

    import openai

CONNECT_SECONDS = 10.0
OPENAI_HOST = "api.openai.com"


def open_client(endpoint: Endpoint) -> "openai.OpenAI":
    """Return an OpenAI client for ``endpoint``; close it after use."""
    import openai

    return openai.OpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        timeout=waits(endpoint.timeout),
        max_retries=endpoint.retries,
        http_client=http_client(endpoint),
    )


def waits(seconds: float) -> "openai.Timeout":
    """Return the time limits of one request: ``seconds`` between two arrivals, less for connecting."""
    from openai import Timeout

    return Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


def http_client(endpoint: Endpoint, *, streamed: bool = False) -> "openai.DefaultHttpxClient":
    """Return the client that sends ``endpoint``'s requests; ``streamed`` when a JSON document is no answer.

    Proxies of the environment do not apply to this machine. Redirects are not followed, lest a report end up elsewhere.
    """
    from openai import DefaultHttpxClient

    try:
        return DefaultHttpxClient(
            verify=_trusted(*_own_authorities(endpoint)),
            timeout=waits(endpoint.timeout),
            trust_env=not endpoint.is_local,
            follow_redirects=False,
            event_hooks={
                "request": [partial(_own_headers_only, endpoint=endpoint)],
                "response": [
                    partial(_refuse_long_wait, endpoint=endpoint),
                    partial(_refuse_other_documents, endpoint=endpoint, streamed=streamed),
                ],
            },
        )
    except (ImportError, ValueError) as error:
        raise SettingsError(
            "环境变量中的代理设置不可用，请检查 HTTP_PROXY、HTTPS_PROXY、ALL_PROXY（SOCKS 代理须另装 socksio）。"
        ) from error


def _own_authorities(endpoint: Endpoint) -> tuple[bool, str | None, str | None]:
    """Return what decides whom a client trusts: whether the environment counts, and what it names."""
    if endpoint.is_local:
        return False, None, None
    return True, os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")


@cache
def _trusted(trust_env: bool, _file: str | None, _folder: str | None) -> "SSLContext":  # noqa: FBT001 - a key
    """Return the authorities to trust. Reading them takes longer than all else about a client, so it is done once."""
    from httpx2 import create_ssl_context

    return create_ssl_context(trust_env=trust_env)


def _own_headers_only(request: Any, *, endpoint: Endpoint) -> None:
    # The openai client also reads OPENAI_ORG_ID, OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS from the environment.
    request.headers["Authorization"] = f"Bearer {endpoint.api_key}"
    if endpoint.host != OPENAI_HOST:
        request.headers.pop("OpenAI-Organization", None)
        request.headers.pop("OpenAI-Project", None)


def _refuse_long_wait(response: Any, *, endpoint: Endpoint) -> None:
    # The openai client would sleep for up to two minutes at each retry without a word.
    if response.status_code >= 400 and retry_after(response.headers) > endpoint.timeout:
        response.headers["x-should-retry"] = "false"


def retry_after(headers: Any) -> float:
    """Return the seconds that a Retry-After header asks for, 0 without one."""
    value = str(headers.get("retry-after", "")).strip()
    try:
        seconds = float(value)
    except ValueError:
        date = parsedate_tz(value)
        seconds = mktime_tz(date) - time.time() if date else 0.0
    return seconds if seconds > 0 and not math.isnan(seconds) else 0.0


def _refuse_other_documents(response: Any, *, endpoint: Endpoint, streamed: bool) -> None:
    from assistant.models.failures import reported_reason

    if not response.is_success:
        return
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise ModelError(
            f"{endpoint.address} 返回的是网页而不是接口数据，请检查 {endpoint.prefix}BASE_URL（通常以 /v1 结尾）。"
        )
    if streamed and kind == "application/json":
        response.read()
        reason = reported_reason(_document(response), endpoint)
        detail = f"（{reason}）" if reason else ""
        raise ModelError(f"接口 {endpoint.address} 没有以流式方式作答{detail}，请更换接口或模型。")


def _document(response: Any) -> object:
    try:
        return response.json()
    except ValueError:
        return None
