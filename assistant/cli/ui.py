"""The commands of the page: ui and ui-user."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.app import app, current_settings
from assistant.cli.output import notice
from assistant.errors import InputError


@app.command("ui")
def open_page(
    host: Annotated[str, typer.Option("--host", help="网页在哪个地址上，默认只有本机能打开。")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="网页的端口。")] = 7860,
    auth_file: Annotated[
        Path | None,
        typer.Option(
            "--auth-file", help="用户文件，用 gongwen ui-user 生成；写了才能让别的电脑打开。", metavar="FILE"
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="是否打开浏览器。")] = True,
) -> None:
    """打开网页：起草、润色、校对、语料、评测。按 Ctrl-C 结束。"""
    # The page lies beside the command line, not below it.
    serve_page = import_module("assistant.ui.launching").serve_page
    serve_page(current_settings(), host=host, port=port, auth_file=auth_file, browser=browser, tell=notice)


@app.command("ui-user")
def add_user(
    file: Annotated[Path, typer.Argument(help="用户文件，没有则新建。", metavar="FILE")],
    name: Annotated[str, typer.Argument(help="用户名。", metavar="NAME")],
) -> None:
    """给网页添加一个用户，或更换口令；口令只存散列值。"""
    from assistant.workflow.accounts import set_password

    replaced = set_password(file, name, _asked_password())
    notice(f"已更换“{name}”的口令。" if replaced else f"已在 {file} 中添加“{name}”。")


def _asked_password() -> str:
    """Ask for the password twice, on the terminal or in two lines of standard input."""
    if sys.stdin.isatty():
        first, second = (typer.prompt(words, hide_input=True) for words in ("口令", "再输入一次"))
    else:
        first, second = (sys.stdin.readline().rstrip("\r\n") for _ in range(2))
    if first != second:
        raise InputError("两次输入的口令不一样，请重新输入。")
    return str(first)
