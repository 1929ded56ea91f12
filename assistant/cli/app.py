"""The ``gongwen`` command."""

import sys
from typing import Annotated

import typer

from assistant import __version__

app = typer.Typer(
    name="gongwen",
    help="公文写作助手：从要点起草一节，从旧稿检索参考。没有模型和网络也能用。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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


def speak_chinese(arguments: list[str]) -> None:
    """Title the panels of the help in Chinese; what draws them is slow to import, so only where help is asked for."""
    if not arguments or {"-h", "--help"} & set(arguments):
        import typer.rich_utils as panels

        panels.OPTIONS_PANEL_TITLE = "选项"
        panels.COMMANDS_PANEL_TITLE = "命令"
        panels.ARGUMENTS_PANEL_TITLE = "参数"


def use_utf8() -> None:
    """Write UTF-8 to pipes and files whatever the locale, so that JSON can be read back anywhere."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
