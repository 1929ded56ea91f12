"""Bringing files, folders and archives into the index: one result a file, and a bad file never stops the rest."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from assistant.documents.metadata import read_metadata
from assistant.documents.parsing import parse
from assistant.documents.passages import cut_passages, has_body
from assistant.documents.sources import Source, Survey, sources, survey
from assistant.errors import InputError
from assistant.retrieval.ingestion import Ingestion
from assistant.settings import Settings
from assistant.text.near import signature
from assistant.text.secrecy import refuse_marked
from assistant.types import Passage, Report, ReportData
from assistant.workflow.shelf import heard_outside, make_shelf

__all__ = ["Imported", "Status", "Survey", "fate", "import_reports", "import_summary", "survey"]


class Status(StrEnum):
    """How a file fared. A near-duplicate is kept, and marked with the report that it is like."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    NEAR_DUPLICATE = "near-duplicate"
    FAILED = "failed"


_FATES = {
    Status.ADDED: "新增",
    Status.REPLACED: "替换",
    Status.NEAR_DUPLICATE: "近似重复",
    Status.UNCHANGED: "未变",
    Status.FAILED: "失败",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """How a file fared, and in how many seconds.

    ``near`` is the name of the report that it is nearly or, when unchanged, wholly the same as, ``reason`` why it failed, ``passages`` how
    many it has; of these some were added and some unchanged, and others removed.
    """

    name: str
    status: Status
    near: str | None
    reason: str | None
    passages: int
    seconds: float
    added: int = 0
    unchanged: int = 0
    removed: int = 0


def import_reports(paths: Sequence[Path], settings: Settings) -> Iterator[Imported]:
    """Bring what lies at the paths into the index, a result a file, as many as `survey` counts.

    Importing a report twice changes nothing. Raises `InputError` for a path that does not exist or holds no report,
    before anything is written; `CorpusError` for the index, `ModelError` for an embedding endpoint.
    """
    survey(paths)
    with make_shelf(settings) as index:
        # What is unchanged would otherwise be called so in an index that has lost it.
        index.probe()
        with index.writing() as ingestion:
            run = _Run(ingestion, settings.passage_tokens, leaves=heard_outside(settings) is not None)
            for source in sources(paths):
                yield run.bring(source)


def fate(result: Imported) -> str:
    """Say in words how a file fared."""
    near = f"“{result.near}”"
    match result.status:
        case Status.FAILED:
            return f"失败，{result.reason}"
        case Status.NEAR_DUPLICATE:
            return f"与{near}几乎相同，已收入并作标记，新增{result.added}段"
        case Status.REPLACED:
            like = f"，与{near}几乎相同" if result.near else ""
            return f"已替换，新增{result.added}段，未变{result.unchanged}段，移除{result.removed}段{like}"
        case Status.UNCHANGED:
            return f"与{near}内容相同，不重复收入" if result.near else "未变，新增0段"
        case Status.ADDED:
            return f"已收入，新增{result.added}段"


def import_summary(found: Survey, results: Mapping[Status, int]) -> str:
    """Say how many files fared how, and what was left out."""
    told = "，".join(f"{word}{results[status]}篇" for status, word in _FATES.items() if results.get(status))
    text = f"共{sum(results.values())}篇：{told}。"
    if found.skipped:
        kinds = "、".join(f"{suffix} {count}个" for suffix, count in found.skipped.most_common())
        text += (
            f"另有{found.skipped.total()}个文件不是报告，已跳过：{kinds}；其中的旧报告请另存为 .docx 再收入。"
        )
    return text


@dataclass(slots=True)
class _Run:
    """One import, and what it has brought so far: reports' ids by name, and names by id.

    ``leaves`` tells that texts go to an embedding endpoint outside this machine.
    """

    ingestion: Ingestion
    tokens: int
    leaves: bool
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def bring(self, source: Source) -> Imported:
        """Read one file and bring it in."""
        started = time.perf_counter()
        try:
            report, data, passages = _read(source, self.tokens)
            self._refuse_namesake(report)
            if self.leaves:
                refuse_marked(report.text)
        except InputError as error:
            return Imported(source.name, Status.FAILED, None, str(error), 0, time.perf_counter() - started)
        twin = self.names.get(report.id)
        if twin is not None and twin != report.name:
            seconds = time.perf_counter() - started
            return Imported(report.name, Status.UNCHANGED, twin, None, len(passages), seconds)
        self.ids[report.name], self.names[report.id] = report.id, report.name
        done = self.ingestion.bring(report, passages, data, signature=signature(report.text))
        return Imported(
            report.name,
            Status(done.status),
            done.near,
            None,
            len(passages),
            time.perf_counter() - started,
            done.added,
            done.unchanged,
            done.removed,
        )

    def _refuse_namesake(self, report: Report) -> None:
        """Refuse another text under a name that this import has used: the second would replace the first."""
        if self.ids.get(report.name, report.id) != report.id:
            raise InputError(f"这次收入中已有同名的“{report.name}”而内容不同，请改名，或分文件夹一起收入。")


def _read(source: Source, tokens: int) -> tuple[Report, ReportData, list[Passage]]:
    text = source.read()
    if not text.strip():
        raise InputError(f"“{source.name}”是空文件，请换一个有内容的文件。")
    report = parse(text, name=source.name)
    passages = [passage for passage in cut_passages(report, tokens=tokens) if has_body(passage)]
    if not passages:
        raise InputError(f"“{source.name}”只有标题，没有正文，请换一个有内容的文件。")
    data = read_metadata(report)
    return report, source.record.over(data) if source.record else data, passages
