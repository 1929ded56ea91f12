"""The shelf that a run retrieves from: the shipped reports but the case's own, indexed anew; never the user's shelf."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.errors import CorpusError
from assistant.evaluation.cases import Case
from assistant.paths import shipped
from assistant.settings import Settings
from assistant.types import Hit
from assistant.workflow.importing import import_reports
from assistant.workflow.shelf import open_shelf
from assistant.writing.chain import retrieve
from assistant.writing.templates import SectionTemplate, load_templates


@dataclass
class Workroom:
    """What systems write with: settings, section templates, and a shelf for each report that is to be left out.

    Use it as a context: the shelves lie in a temporary folder.
    """

    settings: Settings
    _folder: "tempfile.TemporaryDirectory[str]" = field(init=False)
    _hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict, init=False)

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    @cached_property
    def templates(self) -> dict[str, SectionTemplate]:
        """Return the section templates by name."""
        return load_templates()

    def shelf(self, report: str | None) -> Settings:
        """Return settings whose shelf holds the shipped reports but this one. Raises `CorpusError`, `ModelError`."""
        held = [path for path in corpus_files() if path.name != report]
        # A report that is not of the corpus need not be left out of it.
        name = report if report and len(held) < len(corpus_files()) else "all"
        settings = self.settings.model_copy(
            update={"data": Path(self._folder.name) / name, "chroma_url": None}
        )
        if not (settings.data / "index").is_dir():
            failed = [result for result in import_reports(held, settings) if result.reason]
            if failed:
                raise CorpusError(
                    f"自带的报告“{failed[0].name}”没有收入索引（{failed[0].reason}），请重新安装 gongwen。"
                )
        return settings

    def hits(self, case: Case) -> tuple[Hit, ...]:
        """Return the passages that retrieval finds for a case, best first, its own report left out."""
        if case.id not in self._hits:
            with open_shelf(self.shelf(case.report)) as index:
                self._hits[case.id] = tuple(retrieve(index, self.templates[case.section], case.notes))
        return self._hits[case.id]

    def keep_journal(self) -> None:
        """Put what was logged of requests while drafting into the user's own log."""
        for path in Path(self._folder.name).glob("*/requests.jsonl"):
            with suppress(OSError):
                self.settings.data.mkdir(parents=True, exist_ok=True)
                with (self.settings.data / path.name).open("a", encoding="utf-8") as file:
                    file.write(path.read_text("utf-8"))
                path.unlink()


def corpus_files() -> list[Path]:
    """Return the shipped reports."""
    return sorted(shipped("corpus").glob("*.txt"))
