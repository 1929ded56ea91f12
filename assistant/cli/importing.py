"""How an import is shown: a progress bar on a terminal, a line a file, a summary."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.output import notice, print_json
from assistant.cli.progress import progress_bar
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.workflow.importing import Imported


def bring_in(paths: Sequence[Path], settings: Settings, *, as_json: bool) -> int:
    """Import what lies at the paths and tell how each file fared; return the exit code."""
    from assistant.workflow.importing import Status, fate, import_reports, import_summary, survey
    from assistant.workflow.shelf import index_folder

    found = survey(paths)
    # On one terminal the bar and the lines of JSON would overwrite each other.
    bar = sys.stderr.isatty() and not (as_json and sys.stdout.isatty())
    results: Counter[Status] = Counter()
    with progress_bar(wanted=bar) as advance:
        for done, result in enumerate(import_reports(paths, settings), 1):
            advance("收入报告", done, found.total)
            results[result.status] += 1
            if as_json:
                print_json(_form(result))
            elif not bar or result.reason or result.near:
                notice(f"  {result.name}：{fate(result)}")
    notice(import_summary(found, results))
    notice(f"索引位于 {index_folder(settings)}")
    failed = results[Status.FAILED]
    return 0 if not failed else 2 if failed == results.total() else 1


def _form(result: "Imported") -> dict[str, str | int | float | None]:
    return {
        "name": result.name,
        "status": result.status.value,
        "near": result.near,
        "reason": result.reason,
        "passages": result.passages,
        "seconds": round(result.seconds, 3),
    }
