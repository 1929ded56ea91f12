"""What went wrong at an endpoint, in one Chinese sentence that says what to do."""

import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.models.client import retry_after
from assistant.models.endpoint import NO_KEY, Endpoint

if TYPE_CHECKING:
    import openai

LONGEST_REASON = 120
TOO_LONG_SIGNS = (
    "context length",
    "context_length",
    "context window",
    "context size",
    "maximum context",
    "prompt is too long",
    "input is too long",
    "input length",
    "too many tokens",
    "max_input_tokens",
    "上下文",
    "超过最大长度",
)


def answering_errors() -> tuple[type[Exception], ...]:
    """Return what an endpoint's answer can raise: the client's own errors, and those of reading a malformed answer."""
    from openai import OpenAIError

    return (OpenAIError, ValueError, KeyError, IndexError, TypeError, AttributeError)


def model_error(error: Exception, endpoint: Endpoint, *, partial: str = "") -> ModelError:
    """Return the error to show for ``error``, with the text that had arrived and never with the key."""
    import openai

    if isinstance(error, openai.APIStatusError):
        sentence = _status_sentence(error, endpoint)
    elif isinstance(error, openai.APITimeoutError):
        sentence = _timeout_sentence(error, endpoint, partial)
    elif isinstance(error, openai.APIConnectionError):
        sentence = _connection_sentence(error, endpoint, partial)
    elif isinstance(error, openai.APIError):
        sentence = _reported_sentence(error, endpoint)
    else:
        sentence = f"看不懂接口 {endpoint.address} 的返回内容，请确认它兼容 OpenAI 协议、地址无误。"
    return ModelError(without_key(sentence, endpoint), partial=partial)


def reported_reason(body: object, endpoint: Endpoint) -> str:
    """Return the short reason in an endpoint's error document, empty when there is none, without the key."""
    text = without_key(" ".join(_reason(body).split()), endpoint).rstrip("。.；;")
    return text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]}…"


def without_key(text: str, endpoint: Endpoint) -> str:
    """Return ``text`` with the endpoint's key blotted out: some endpoints quote it back."""
    return text.replace(endpoint.api_key, "***") if endpoint.api_key != NO_KEY else text


def _reason(body: object) -> str:
    if isinstance(body, str):
        return "" if body.lstrip().startswith("<") else body
    if isinstance(body, dict):
        found = (_reason(body.get(name)) for name in ("error", "message", "msg", "detail", "error_msg"))
        return next((text for text in found if text), "")
    return ""


def _status_sentence(error: "openai.APIStatusError", endpoint: Endpoint) -> str:
    status, reason = error.status_code, reported_reason(error.body, endpoint)
    if status in (401, 403):
        return f"接口 {endpoint.address} 拒绝了密钥（{status}），请检查 {endpoint.prefix}API_KEY 及其权限。"
    if status == 402:
        return f"接口 {endpoint.address} 提示余额不足，请充值或更换接口。"
    if status in (404, 405):
        return (
            f"接口 {endpoint.address} 没有模型 {endpoint.model}，或地址不存在，"
            f"请检查 {endpoint.prefix}MODEL 和 {endpoint.prefix}BASE_URL。"
        )
    if status == 429:
        return _rate_sentence(error, endpoint)
    if status >= 500:
        return f"接口 {endpoint.address} 服务出错（{status}），请稍后再试或更换接口。"
    if 300 <= status < 400:
        return f"接口 {endpoint.address} 要求转到别的地址，为防材料外流没有跟随，请把 {endpoint.prefix}BASE_URL 改为最终地址。"
    if status == 413 or _is_too_long(f"{error.code} {reason}"):
        return f"材料超过模型 {endpoint.model} 能接受的长度，请减少要点或调小 GONGWEN_PROMPT_TOKENS。"
    return f"接口 {endpoint.address} 不接受这次请求（{status}）{_quoted(reason)}，请据此调整后重试。"


def _rate_sentence(error: "openai.APIStatusError", endpoint: Endpoint) -> str:
    seconds = retry_after(error.response.headers)
    wait = f"等 {seconds:.0f} 秒后再试" if 1 <= seconds < 1e6 else "稍后再试"
    return f"接口 {endpoint.address} 限流或额度用尽（429），请{wait}，或检查额度、更换接口。"


def _timeout_sentence(error: Exception, endpoint: Endpoint, partial: str) -> str:
    if any(type(cause).__name__ == "ConnectTimeout" for cause in _causes(error)):
        return f"连接 {endpoint.address} 超时，请检查网络、代理和接口地址。"
    stage = "中途停顿" if partial else "没有回应"
    return f"接口 {endpoint.address} {stage}超过 {endpoint.timeout:g} 秒，请稍后再试或调大 GONGWEN_TIMEOUT。"


def _connection_sentence(error: Exception, endpoint: Endpoint, partial: str) -> str:
    causes = list(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"找不到主机 {endpoint.host}，请检查接口地址的拼写和网络。"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"与 {endpoint.address} 的加密连接没有建立，请检查证书、代理和系统时间。"
    if any(type(cause).__name__ == "ProxyError" for cause in causes):
        return f"代理不肯转接 {endpoint.address}，请检查 HTTPS_PROXY 等代理设置。"
    if any(type(cause).__name__ == "ConnectError" for cause in causes):
        hint = "本机服务是否已启动" if endpoint.is_local else "网络、代理和接口地址"
        return f"连不上接口 {endpoint.address}，请检查{hint}。"
    return interrupted(endpoint, partial)


def interrupted(endpoint: Endpoint, partial: str) -> str:
    """Return the sentence for an answer that ended too early."""
    if not partial:
        return f"接口 {endpoint.address} 没有作答就断开了连接，请稍后再试。"
    return f"接口 {endpoint.address} 的作答中途断开，已收到的文字保留，请重试。"


def _reported_sentence(error: "openai.APIError", endpoint: Endpoint) -> str:
    reason = reported_reason(error.body, endpoint) or reported_reason(error.message, endpoint)
    if _is_too_long(f"{error.code} {reason}"):
        return f"材料超过模型 {endpoint.model} 能接受的长度，请减少要点或调小 GONGWEN_PROMPT_TOKENS。"
    return f"接口 {endpoint.address} 作答时报错{_quoted(reason)}，请稍后重试或更换模型。"


def _quoted(reason: str) -> str:
    return f"：“{reason}”" if reason else ""


def _is_too_long(text: str) -> bool:
    return any(sign in text.lower() for sign in TOO_LONG_SIGNS)


def _causes(error: BaseException) -> Iterator[BaseException]:
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or current.__context__
