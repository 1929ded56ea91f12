"""Settings, read once at the edge from ``GONGWEN_*`` variables and a ``.env`` file, then passed down."""

import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from assistant.paths import default_data

PREFIX = "GONGWEN_"


class Settings(BaseSettings):
    """Everything that can be set. Seconds for times, tokens for budgets."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    data: Path = Field(default_factory=default_data, description="索引与草稿所在的文件夹")
    offline: bool = Field(default=False, description="设为 1 则不使用任何模型")
    provider: str | None = Field(default=None, description="预设的服务商名称，见 gongwen doctor")
    base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("GONGWEN_BASE_URL", "OPENAI_BASE_URL"),
        description="OpenAI 兼容接口地址",
    )
    api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("GONGWEN_API_KEY", "OPENAI_API_KEY"),
        description="接口密钥",
    )
    model: str | None = Field(default=None, description="对话模型名称")
    embedding_provider: str | None = Field(default=None, description="向量接口的预设服务商名称")
    embedding_base_url: str | None = Field(default=None, description="向量接口地址，默认与对话接口相同")
    embedding_api_key: SecretStr | None = Field(default=None, description="向量接口密钥，默认与对话接口相同")
    embedding_model: str | None = Field(default=None, description="向量模型名称；不设则用离线向量")
    temperature: float | None = Field(default=None, ge=0, le=2, description="采样温度，不设则由接口决定")
    timeout: float = Field(default=60.0, gt=0, description="等待接口的秒数")
    retries: int = Field(default=2, ge=0, le=10, description="限流、服务出错时的重试次数")
    prompt_tokens: int = Field(default=6000, ge=500, description="一次提示词的长度上限（token）")
    passage_tokens: int = Field(default=300, ge=50, description="一个段落的长度上限（token）")


def load_settings() -> Settings:
    """Read the settings from the environment and ``.env``; a misspelt or malformed one is a `SettingsError`."""
    _refuse_unknown(name for name in os.environ if name.startswith(PREFIX))
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper().removeprefix(PREFIX)
        raise SettingsError(f"设置 {PREFIX}{name} 的值不可用（{first['msg']}），请改正后重试。") from error


def _refuse_unknown(names: Iterable[str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(set(names) - known):
        raise SettingsError(f"不认识设置 {name}，可用的有：{'、'.join(sorted(known))}；请改正名称或删去它。")
