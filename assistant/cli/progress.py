"""A progress bar on standard error, where that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(
    *, unit: str = "篇", wanted: bool | None = None
) -> Iterator[Callable[[str, int, int], None]]:
    """Give what is to be called with what is being done, how much of it is done, and of how much.

    The bar counts in ``unit`` and shows how many a second. ``wanted`` is whether there is a terminal, unless told.
    """
    if not (sys.stderr.isatty() if wanted is None else wanted):
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(
        *columns,
        TextColumn("剩余"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        # Standard output is the result, and stays where it is.
        redirect_stdout=False,
    ) as progress:
        task = progress.add_task("准备", total=None, rate="")

        def advance(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{speed:.1f} {unit}/秒" if speed else "")

        yield advance
