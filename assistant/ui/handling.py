"""The edge of the page: an error of the user's is one sentence, a bug is logged and named as such."""

import functools
import html
import inspect
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import gradio as gr

from assistant.errors import GongwenError

Handler = TypeVar("Handler", bound=Callable[..., Any])
BUG = "程序出了内部错误，已记入运行日志，您的文字没有动；请重试，仍不行请把日志交给管理员。"
SHOWN_SECONDS = 12
# What the command line is told, in the page's words.
_HINTS = {
    "，或加 --no-passages 不参考旧稿": "，或不勾选“参考旧稿”",
    "请先运行 gongwen ingest <报告文件夹>": "请先在“语料”页收入旧稿",
    "，请去掉 -n，或先设置 GONGWEN_MODEL": "，请把稿数改为1，或请管理员设置模型",
}


def page_words(message: str) -> str:
    """Return a message with what it says of the command line in the page's words."""
    for words, better in _HINTS.items():
        message = message.replace(words, better)
    return message


def warn(message: str) -> None:
    """Show a message in the corner. It is text, whatever stands in it."""
    gr.Warning(html.escape(page_words(message)), title="请注意", duration=SHOWN_SECONDS)


def tell(message: str) -> None:
    """Show in the corner that something is done."""
    gr.Info(html.escape(message), title="已完成", duration=4)


def guarded(handler: Handler) -> Handler:
    """Return a handler whose errors are shown; what is on the page stays as it is."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def generate(*arguments: Any, **named: Any) -> Iterator[Any]:
            with _shown():
                yield from handler(*arguments, **named)

        return generate  # type: ignore[return-value]

    @functools.wraps(handler)
    def call(*arguments: Any, **named: Any) -> Any:
        with _shown():
            return handler(*arguments, **named)

    return call  # type: ignore[return-value]


@contextmanager
def _shown() -> Iterator[None]:
    try:
        yield
    except gr.Error:
        raise
    except GongwenError as error:
        raise _error(page_words(str(error)), title="请注意") from error
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        raise _error(BUG, title="出错了") from error


def _error(message: str, *, title: str) -> gr.Error:
    return gr.Error(html.escape(message), title=title, duration=SHOWN_SECONDS, print_exception=False)
