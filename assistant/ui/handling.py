"""The edge of the page: an error of the user's is one sentence, a bug is logged and named as such."""

import functools
import html
import inspect
import re
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
    "，请用 --section 写明，例如 --section problems": "，请在“更多设置”里选明“比哪一节”",
    "，请用 --section 换一节": "，请在“更多设置”里换一节",
    "，例如 gongwen search 理论学习": "，例如 理论学习",
    "，请去掉 -n，或先设置 GONGWEN_MODEL": "，请把稿数改为1，或请管理员设置模型",
}
_PATH = re.compile(r"（(?:/|[A-Za-z]:\\)[^（）]*）")


def page_words(message: str) -> str:
    """Return a message with what it says of the command line in the page's words, and without the server's paths."""
    for words, better in _HINTS.items():
        message = message.replace(words, better)
    return _PATH.sub("", message)


def warn(message: str) -> None:
    """Show a message in the corner. It is text, whatever stands in it."""
    gr.Warning(html.escape(page_words(message)), title="请注意", duration=SHOWN_SECONDS)


def tell(message: str) -> None:
    """Show in the corner that something is done."""
    gr.Info(html.escape(message), title="已完成", duration=4)


def guarded(handler: Handler) -> Handler:
    """Return a handler of the page whose errors are told in the corner; what is on the page stays as it is."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def generate(*arguments: Any, **named: Any) -> Iterator[Any]:
            with _told() as failed:
                yield from handler(*arguments, **named)
            if failed:
                yield gr.skip()

        return generate  # type: ignore[return-value]

    @functools.wraps(handler)
    def call(*arguments: Any, **named: Any) -> Any:
        with _told():
            return handler(*arguments, **named)
        return gr.skip()

    return call  # type: ignore[return-value]


def answering(function: Handler) -> Handler:
    """Return a function for programs whose errors are the answer's error, one sentence each."""

    @functools.wraps(function)
    def answer(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except GongwenError as error:
            raise gr.Error(page_words(str(error)), print_exception=False) from error
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            raise gr.Error(BUG, print_exception=False) from error

    return answer  # type: ignore[return-value]


@contextmanager
def _told() -> Iterator[list[bool]]:
    failed: list[bool] = []
    try:
        yield failed
    except GongwenError as error:
        failed.append(True)
        warn(str(error))
    except Exception:  # noqa: BLE001 - the edge: a bug is logged, and the page lives on
        failed.append(True)
        traceback.print_exc(file=sys.stderr)
        warn(BUG)
