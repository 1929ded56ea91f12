"""Well-known providers of the OpenAI protocol, by name."""

from dataclasses import dataclass

from assistant.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Preset:
    """Where a provider listens, whether it wants a key, and a word about it in Chinese."""

    base_url: str
    needs_key: bool
    note: str


PRESETS: dict[str, Preset] = {
    "openai": Preset("https://api.openai.com/v1", needs_key=True, note="OpenAI 官方接口"),
    "deepseek": Preset("https://api.deepseek.com/v1", needs_key=True, note="深度求索"),
    "dashscope": Preset(
        "https://dashscope.aliyuncs.com/compatible-mode/v1", needs_key=True, note="阿里云百炼（通义千问）"
    ),
    "zhipu": Preset("https://open.bigmodel.cn/api/paas/v4", needs_key=True, note="智谱（GLM）"),
    "moonshot": Preset("https://api.moonshot.cn/v1", needs_key=True, note="月之暗面（Kimi）"),
    "siliconflow": Preset("https://api.siliconflow.cn/v1", needs_key=True, note="硅基流动"),
    "doubao": Preset("https://ark.cn-beijing.volces.com/api/v3", needs_key=True, note="火山方舟（豆包）"),
    "hunyuan": Preset("https://api.hunyuan.cloud.tencent.com/v1", needs_key=True, note="腾讯混元"),
    "qianfan": Preset("https://qianfan.baidubce.com/v2", needs_key=True, note="百度千帆"),
    "openrouter": Preset("https://openrouter.ai/api/v1", needs_key=True, note="OpenRouter 聚合接口"),
    "ollama": Preset("http://127.0.0.1:11434/v1", needs_key=False, note="本机 Ollama"),
    "vllm": Preset("http://127.0.0.1:8000/v1", needs_key=False, note="本机 vLLM"),
    "llamacpp": Preset("http://127.0.0.1:8080/v1", needs_key=False, note="本机 llama.cpp"),
    "lmstudio": Preset("http://127.0.0.1:1234/v1", needs_key=False, note="本机 LM Studio"),
}

ALIASES: dict[str, str] = {
    "qwen": "dashscope",
    "通义": "dashscope",
    "glm": "zhipu",
    "智谱": "zhipu",
    "kimi": "moonshot",
    "ark": "doubao",
    "volcengine": "doubao",
    "豆包": "doubao",
    "混元": "hunyuan",
    "千帆": "qianfan",
    "llama.cpp": "llamacpp",
}


def preset(name: str) -> Preset:
    """Return the preset called ``name`` or one of its other names; `SettingsError` lists the known ones."""
    plain = name.strip().lower()
    found = PRESETS.get(ALIASES.get(plain, plain))
    if found is None:
        known = "、".join([*PRESETS, *ALIASES])
        raise SettingsError(f"不认识服务商“{name}”，请改用以下名称之一，或直接设置接口地址：{known}。")
    return found
