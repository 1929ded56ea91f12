import shutil
from pathlib import Path

import pytest

from assistant.errors import CorpusError, ModelError
from assistant.retrieval import lexical
from assistant.retrieval.index import Index
from tests.retrieval.conftest import REPORTS, RecordingEmbedder, bring, report_passages

ALL = [passage for report in REPORTS for passage in report_passages(report)]


def parts(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()}


def test_all_passages_are_embedded_anew(folder: Path) -> None:
    other = RecordingEmbedder(dimensions=32)
    assert Index.rebuild(folder, embedder=other) == 8
    assert len(other.texts) == 8
    with Index.open(folder, embedder=other) as index:
        assert index.passages() == ALL
        assert index.search("新能源汽车", count=1)[0].found_by == ("lexical", "vector")
        assert bring(index, report_passages("r1"))[0].added == 0
        assert index.check() == []
    assert len(parts(folder)) == 2


def test_it_can_be_done_again(folder: Path) -> None:
    for dimensions in (32, 64):
        assert Index.rebuild(folder, embedder=RecordingEmbedder(dimensions=dimensions)) == 8
    with Index.open(folder, embedder=RecordingEmbedder()) as index:
        assert index.passages() == ALL
    assert len(parts(folder)) == 2


def test_a_failure_loses_nothing_and_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = RecordingEmbedder(dimensions=32)
    real = other.embed

    def breaking(texts: list[str]) -> list[list[float]]:
        if len(other.texts) >= 3:
            raise ModelError("向量接口没有回应，请稍后重试。")
        return real(texts)

    monkeypatch.setattr(other, "embed", breaking)
    with pytest.raises(ModelError):
        Index.rebuild(folder, embedder=other)
    assert parts(folder) == {"chroma-1", "words-0"}
    with Index.open(folder, embedder=RecordingEmbedder()) as index:
        assert index.passages() == ALL
    monkeypatch.setattr(other, "embed", real)
    assert Index.rebuild(folder, embedder=other) == 8


def test_what_a_killed_rebuild_left_is_not_taken_for_complete(folder: Path) -> None:
    for part in ("chroma-2", "words-1"):
        (folder / part).mkdir()
        (folder / part / "chroma.sqlite3").write_bytes(b"half")
    assert Index.rebuild(folder, embedder=RecordingEmbedder(dimensions=32)) == 8
    with Index.open(folder, embedder=RecordingEmbedder(dimensions=32)) as index:
        assert index.passages() == ALL


def test_a_repair_that_fails_leaves_a_broken_list_broken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = RecordingEmbedder()
    shutil.rmtree(folder / "words-0")
    with Index.open(folder, embedder=embedder) as index:
        with monkeypatch.context() as patch:
            patch.setattr(embedder, "embed", failing)
            with pytest.raises(ModelError):
                index.repair()
        with pytest.raises(CorpusError, match="corpus check --repair"):
            index.search("新能源汽车")
        assert index.repair() == 1
        assert index.passages() == ALL
        assert index.search("新能源汽车", count=1)[0].found_by == ("lexical", "vector")
    assert parts(folder) == {"chroma-2", "words-1"}


def failing(texts: list[str]) -> list[list[float]]:
    raise ModelError("向量接口没有回应，请稍后重试。")


def test_a_second_rebuild_leaves_the_work_of_the_first_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "WAIT_SECONDS", 0.1)
    (folder / "words-1").mkdir()
    with Index.open(folder, embedder=RecordingEmbedder()) as index, index.writing():
        with pytest.raises(CorpusError, match="另一个程序正在写入"):
            Index.rebuild(folder, embedder=RecordingEmbedder())
        assert "words-1" in parts(folder)


def test_there_must_be_something_to_rebuild(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="还没有索引"):
        Index.rebuild(tmp_path / "nowhere", embedder=RecordingEmbedder())


def test_open_indexes_go_on_with_the_new_lists(folder: Path, embedder: RecordingEmbedder) -> None:
    with Index.open(folder, embedder=embedder) as index:
        assert index.search("新能源汽车", count=1)[0].passage.id == "r2-1"
        Index.rebuild(folder, embedder=embedder)
        assert index.search("新能源汽车", count=1)[0].found_by == ("lexical", "vector")
        assert index.remove("r2") == 2
        assert index.check() == []
