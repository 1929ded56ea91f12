"""The ``gongwen`` command."""

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import __version__
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.settings import Settings

app = typer.Typer(
    name="gongwen",
    help="公文写作助手：从要点起草一节，从旧稿检索参考。没有模型和网络也能用。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

INTERRUPTED = 130

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongwen {__version__}")
        raise typer.Exit


@app.callback()
def _global(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """公文写作助手：从要点起草一节，从旧稿检索参考。没有模型和网络也能用。"""


def run(arguments: list[str]) -> int:
    """Run a command; return its exit code. Raises `InputError` for a wrong option, KeyboardInterrupt when stopped."""
    import_module("assistant.cli")  # the commands put themselves into the app
    _use_utf8()
    _speak_chinese(arguments)
    try:
        code = int(_command()(arguments, prog_name="gongwen", standalone_mode=False) or 0)
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except _usage_error() as error:
        complaint = error.format_message().rstrip(".。")  # type: ignore[attr-defined]
        raise InputError(
            f"命令写得不对（{complaint}），用法请看 gongwen --help 或 gongwen 命令 --help。"
        ) from error
    if code == INTERRUPTED:  # what typer makes of Ctrl-C
        raise KeyboardInterrupt
    return code


@cache
def _command() -> Callable[..., Any]:
    """Return the app as what reads a command line; typer would make it of all commands at every call."""
    return typer.main.get_command(app)


def _usage_error() -> type[Exception]:
    """Return the base of what a wrong option or argument raises; typer exports only its children."""
    return next(base for base in typer.BadParameter.__mro__ if base.__name__ == "UsageError")


def current_settings() -> "Settings":
    """Read the settings; not at import, for `--help` needs none."""
    from assistant.settings import load_settings

    return load_settings()


def _speak_chinese(arguments: list[str]) -> None:
    """Title the panels of the help in Chinese; what draws them is slow to import, so only where help is asked for."""
    if {"-h", "--help"} & set(arguments):
        import typer.rich_utils as panels

        panels.OPTIONS_PANEL_TITLE = "选项"
        panels.COMMANDS_PANEL_TITLE = "命令"
        panels.ARGUMENTS_PANEL_TITLE = "参数"


def _use_utf8() -> None:
    """Write UTF-8 to pipes and files whatever the locale, so that JSON can be read back anywhere."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
