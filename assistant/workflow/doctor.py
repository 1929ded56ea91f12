"""What is set, what is there and what can be reached."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from assistant import __version__
from assistant.errors import GongwenError
from assistant.models.embedding import make_embedder
from assistant.models.endpoint import chat_endpoint, embedding_endpoint
from assistant.models.masking import mask_policy
from assistant.models.presets import PRESETS
from assistant.models.probe import reach
from assistant.models.tokens import counting_method
from assistant.settings import Settings
from assistant.workflow.shelf import index_folder, open_shelf

_LIBRARIES = ("chromadb", "tantivy", "langchain-core", "langchain-openai", "openai", "tiktoken", "rjieba")
_MASKING = {
    "always": "敏感信息一律遮盖后再发出",
    "remote": "发往本机以外的接口之前遮盖敏感信息，本机的接口不遮盖",
    "never": "不遮盖，原样发出",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that was looked at: ``ok`` is none where there is nothing to be right or wrong.

    ``aside`` tells that it matters only when something is amiss.
    """

    name: str
    ok: bool | None
    text: str
    aside: bool = False


def diagnose(settings: Settings) -> Iterator[Condition]:
    """Look at settings, index, endpoints and versions; a fault is a condition that is not ok, never an error."""
    yield Condition("数据文件夹", None, str(settings.data))
    yield _index(settings)
    yield _chat(settings)
    yield _embedding(settings)
    yield _masking(settings)
    yield Condition("提示词上限", None, f"{settings.prompt_tokens} token；{counting_method(settings.model)}")
    yield Condition(
        "预设服务商",
        None,
        "、".join(f"{name}（{known.base_url}）" for name, known in PRESETS.items()),
        aside=True,
    )
    yield Condition("Python", None, f"{platform.python_version()}（{platform.system()}）", aside=True)
    yield Condition("gongwen", None, __version__, aside=True)
    for library in _LIBRARIES:
        yield Condition(library, None, _version(library), aside=True)


def _index(settings: Settings) -> Condition:
    try:
        with open_shelf(settings) as index:
            reports = index.reports()
            index.probe()
    except GongwenError as error:
        return Condition("索引", ok=False, text=str(error))
    passages = sum(entry.passages for entry in reports)
    return Condition(
        "索引", ok=True, text=f"{len(reports)}篇报告、{passages}个段落，位于 {index_folder(settings)}"
    )


def _chat(settings: Settings) -> Condition:
    try:
        endpoint = chat_endpoint(settings)
        if endpoint is None:
            return Condition("对话模型", None, _why_offline(settings))
        return Condition("对话模型", *reach(endpoint))
    except GongwenError as error:
        return Condition("对话模型", ok=False, text=str(error))


def _why_offline(settings: Settings) -> str:
    if settings.openai_api_key is not None and settings.model is None and not settings.offline:
        return "有 OPENAI_API_KEY 而未设 GONGWEN_MODEL，使用离线写作，不联网"
    return "未设置，使用离线写作，不联网"


def _embedding(settings: Settings) -> Condition:
    try:
        endpoint = embedding_endpoint(settings)
        name = make_embedder(settings).name
        if endpoint is None:
            return Condition("向量", None, f"离线向量 {name}，不联网")
        return Condition("向量", *reach(endpoint))
    except GongwenError as error:
        return Condition("向量", ok=False, text=str(error))


def _masking(settings: Settings) -> Condition:
    try:
        policy = mask_policy(settings)
    except GongwenError as error:
        return Condition("遮盖", ok=False, text=str(error))
    names = f"；自定名单{len(policy.names)}个" if policy.names else ""
    amounts = "；金额和数量也遮盖" if policy.amounts else ""
    return Condition("遮盖", None, f"{_MASKING[settings.mask]}{names}{amounts}")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "未安装"
