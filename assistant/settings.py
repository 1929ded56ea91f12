"""Settings, read once at the edge from ``GONGWEN_*`` variables and a ``.env`` file, then passed down."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from assistant.paths import default_data

PREFIX = "GONGWEN_"


class Settings(BaseSettings):
    """Everything that can be set. Seconds for times, tokens for budgets."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        populate_by_name=True,
    )

    data: Path = Field(default_factory=default_data, description="索引与草稿所在的文件夹")
    offline: bool = Field(default=False, description="设为 1 则不使用任何模型")
    provider: str | None = Field(default=None, description="预设的服务商名称，见 gongwen doctor")
    base_url: str | None = Field(default=None, description="OpenAI 兼容接口地址")
    openai_base_url: str | None = Field(
        default=None, validation_alias="OPENAI_BASE_URL", description="没有写明地址和服务商时所用的接口地址"
    )
    api_key: SecretStr | None = Field(default=None, description="接口密钥")
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENAI_API_KEY", description="没有写明密钥时所用的接口密钥"
    )
    model: str | None = Field(default=None, description="对话模型名称")
    embedding_provider: str | None = Field(default=None, description="向量接口的预设服务商名称")
    embedding_base_url: str | None = Field(default=None, description="向量接口地址，默认与对话接口相同")
    embedding_api_key: SecretStr | None = Field(default=None, description="向量接口密钥，默认与对话接口相同")
    embedding_model: str | None = Field(default=None, description="向量模型名称；不设则用离线向量")
    chroma_url: str | None = Field(
        default=None, description="Chroma 服务的地址，如 http://127.0.0.1:8000；不设则把向量存在数据文件夹"
    )
    temperature: float | None = Field(default=None, ge=0, le=2, description="采样温度，不设则由接口决定")
    mask: Literal["always", "remote", "never"] = Field(
        default="remote",
        description="遮盖敏感信息：always 一律遮盖，remote 只对本机以外的接口遮盖，never 不遮盖",
    )
    mask_names: Path | None = Field(
        default=None, description="自定要遮盖的名称的文件，每行一个，名称之后可写类别"
    )
    mask_amounts: bool = Field(default=False, description="设为 1 则金额和数量也遮盖")
    revisions: int = Field(default=2, ge=0, le=5, description="核对出错误后请模型修改的次数上限")
    ai_label: bool = Field(
        default=True, description="设为 0 则网页不标注“人工智能生成”，下载的文件也不带此标识"
    )
    log: bool = Field(default=True, description="设为 0 则不记请求日志")
    timeout: float = Field(default=60.0, gt=0, description="等待接口的秒数")
    retries: int = Field(default=2, ge=0, le=10, description="限流、服务出错时的重试次数")
    prompt_tokens: int = Field(default=6000, ge=500, description="一次提示词的长度上限（token）")
    passage_tokens: int = Field(default=300, ge=50, description="一个段落的长度上限（token）")

    @field_validator("data")
    @classmethod
    def _at_home(cls, folder: Path) -> Path:
        return folder.expanduser()


def load_settings() -> Settings:
    """Read the settings from the environment and ``.env``; a misspelt or malformed one is a `SettingsError`."""
    _refuse_unknown(name for name in [*os.environ, *_dotenv_names()] if name.startswith(PREFIX))
    try:
        return Settings()
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper()
        name = name if name.startswith((PREFIX, "OPENAI_")) else PREFIX + name
        raise SettingsError(f"设置 {name} 的值不可用，请按 README 的设置表改正后重试。") from error


def _dotenv_names() -> list[str]:
    try:
        return re.findall(
            r"^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=", Path(".env").read_text("utf-8"), re.MULTILINE
        )
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("无法读取当前文件夹的 .env，请检查它的权限，并存为 UTF-8 编码。") from error


def _refuse_unknown(names: Iterable[str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields if not name.startswith("openai_")}
    for name in sorted(set(names) - known):
        raise SettingsError(f"不认识设置 {name}，可用的有：{'、'.join(sorted(known))}；请改正名称或删去它。")
