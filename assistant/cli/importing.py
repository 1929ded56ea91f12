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
    from assistant.workflow.importing import Imported, Survey


def bring_in(paths: Sequence[Path], settings: Settings, *, as_json: bool) -> int:
    """Import what lies at the paths and tell how each file fared; return the exit code."""
    from assistant.workflow.importing import import_reports, survey
    from assistant.workflow.shelf import index_folder

    found = survey(paths)
    # On one terminal the bar and the lines of JSON would overwrite each other.
    bar = sys.stderr.isatty() and not (as_json and sys.stdout.isatty())
    results: Counter[str] = Counter()
    with progress_bar(wanted=bar) as advance:
        for done, result in enumerate(import_reports(paths, settings), 1):
            advance("收入报告", done, found.total)
            results[result.status] += 1
            if as_json:
                print_json(_form(result))
            elif not bar or result.reason or result.near:
                notice(f"  {result.name}：{_fate(result)}")
    notice(_summary(found, results))
    notice(f"索引位于 {index_folder(settings)}")
    failed = results["failed"]
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


def _fate(result: "Imported") -> str:
    """Say in words how a file fared."""
    match result.status:
        case "failed":
            return f"失败，{result.reason}"
        case "near-duplicate":
            return f"与“{result.near}”几乎相同，已收入并作标记，新增{result.added}段"
        case "replaced":
            near = f"，与“{result.near}”几乎相同" if result.near else ""
            return f"已替换，新增{result.added}段，未变{result.unchanged}段，移除{result.removed}段{near}"
        case "unchanged" if result.near:
            return f"与“{result.near}”内容相同，不重复收入"
        case "unchanged":
            return "未变，新增0段"
        case _:
            return f"已收入，新增{result.added}段"


def _summary(found: "Survey", results: Counter[str]) -> str:
    """Say how many files fared how, and what was left out."""
    words = {
        "added": "新增",
        "replaced": "替换",
        "near-duplicate": "近似重复",
        "unchanged": "未变",
        "failed": "失败",
    }
    told = "，".join(f"{word}{results[status]}篇" for status, word in words.items() if results[status])
    text = f"共{results.total()}篇：{told}。"
    if found.skipped:
        kinds = "、".join(f"{suffix} {count}个" for suffix, count in found.skipped.most_common())
        text += (
            f"另有{found.skipped.total()}个文件不是报告，已跳过：{kinds}；其中的旧报告请另存为 .docx 再收入。"
        )
    return text
