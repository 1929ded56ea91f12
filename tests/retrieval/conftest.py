"""Indexes of a few real sentences, made once and copied for each test that changes them."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.models.embedding import OfflineEmbedder
from assistant.retrieval.index import Index
from assistant.retrieval.ingestion import Brought
from assistant.text.near import signature
from assistant.types import Passage, Report, ReportData, Role

DATA = ReportData(None, None, None, None)

REPORTS: dict[str, list[tuple[Role, tuple[str, ...], str]]] = {
    "r1": [
        (Role.WORK, ("一、工作开展情况",), "深入推进农村人居环境整治，新建改建农村户厕1200座。"),
        (Role.WORK, ("一、工作开展情况",), "农村生活垃圾收运体系覆盖全部行政村，农村人居环境持续改善。"),
        (Role.WORK, ("一、工作开展情况",), "农村人居环境整治资金及时拨付到位，项目进展顺利。"),
        (Role.PROBLEMS, ("二、存在问题",), "个别村农村人居环境管护机制不够健全，资金投入不足。"),
    ],
    "r2": [
        (Role.WORK, (), "扎实开展农村人居环境整治提升行动，清理河道36公里。"),
        (Role.PLAN, ("三、下一步打算",), "加快培育新能源汽车产业集群，推动充电设施建设。"),
    ],
    "r3": [
        (Role.PROBLEMS, (), "基层干部业务能力有待加强，工作作风不够扎实。"),
        (Role.WORK, (), "组织开展主题教育，**同志带队深入基层调研。"),
    ],
}


class RecordingEmbedder(OfflineEmbedder):
    """The offline embedder, remembering what it was given."""

    batch = 3

    def __init__(self, *, dimensions: int = 64, weight: float = 0.01) -> None:
        super().__init__(dimensions=dimensions, weight=weight)
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        self.texts += texts
        return super().embed(texts)


def report_passages(report: str) -> list[Passage]:
    """Return the passages of one of the reports above."""
    passages, start = [], 0
    for number, (role, path, text) in enumerate(REPORTS[report]):
        stop = start + len(text)
        passages.append(Passage(f"{report}-{number}", report, f"{report}.txt", role, path, start, stop, text))
        start = stop
    return passages


def as_report(passages: Sequence[Passage]) -> Report:
    """Return a report that is made of the passages and no more."""
    text = "".join(passage.text for passage in passages)
    return Report(passages[0].report, passages[0].name, text, None, None, ())


def bring(index: Index, *reports: Iterable[Passage], data: ReportData = DATA) -> list[Brought]:
    """Bring reports, given by their passages, into an index."""
    with index.writing() as ingestion:
        return [
            ingestion.bring(as_report(of), of, data, signature=signature(as_report(of).text))
            for of in map(list, reports)
        ]


@pytest.fixture
def embedder() -> RecordingEmbedder:
    return RecordingEmbedder()


@pytest.fixture(scope="session")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "索引"
    with Index.create_or_open(folder, embedder=RecordingEmbedder()) as index:
        bring(index, *map(report_passages, REPORTS))
    return folder


@pytest.fixture
def folder(made_folder: Path, tmp_path: Path) -> Path:
    """Return a folder with an index of all reports, free to change."""
    return Path(shutil.copytree(made_folder, tmp_path / "index"))


@pytest.fixture
def open_index(folder: Path, embedder: RecordingEmbedder) -> Iterator[Callable[..., Index]]:
    """Return a function that opens the index of ``folder``; what it opened is closed at the end."""
    opened: list[Index] = []

    def opening(*, weight: float | None = None) -> Index:
        embedder.weight = embedder.weight if weight is None else weight
        opened.append(Index.open(folder, embedder=embedder))
        return opened[-1]

    yield opening
    for index in opened:
        index.close()
