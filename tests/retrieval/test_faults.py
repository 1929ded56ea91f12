import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.retrieval import lexical
from assistant.retrieval.index import Index
from assistant.retrieval.manifest import Manifest, read_manifest, write_manifest
from tests.retrieval.conftest import RecordingEmbedder, bring, report_passages

BROKEN = r"向量或检索词已损坏或缺失.*gongwen corpus check --repair"
DAMAGED = r"已损坏或不是本工具所建.*移到别处.*gongwen ingest"


def use(folder: Path) -> None:
    """Do all that reads an index."""
    with Index.open(folder, embedder=RecordingEmbedder()) as index:
        index.search("农村人居环境整治")
        index.passages()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("place", ["nowhere", "file", "file/below", "empty"])
def test_a_missing_index_says_how_to_make_one(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("报告", "utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match=r"还没有索引.*请先运行 gongwen ingest <报告文件夹>"):
        use(tmp_path / place)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"3",
        b'{"format": 2}',
        b'{"format": "2", "id": "x"}',
        b'{"format": 2, "id": ""}',
    ],
)
def test_a_broken_manifest_says_to_move_the_folder(folder: Path, content: bytes) -> None:
    (folder / "meta.json").write_bytes(content)
    with pytest.raises(CorpusError, match=DAMAGED):
        use(folder)
    with pytest.raises(CorpusError, match=DAMAGED):
        Index.create_or_open(folder, embedder=RecordingEmbedder())
    assert (folder / "meta.json").read_bytes() == content


@pytest.mark.parametrize(
    "fields", [{"format": 99, "more": []}, {"format": 1, "embedder": "x", "generation": 0}]
)
def test_an_index_of_another_version_says_so(folder: Path, fields: dict[str, object]) -> None:
    (folder / "meta.json").write_text(json.dumps(fields), "utf-8")
    with pytest.raises(CorpusError, match=r"另一版本的 gongwen.*移到别处"):
        use(folder)


def test_a_manifest_comes_back_as_written(tmp_path: Path) -> None:
    write_manifest(tmp_path, Manifest("a1b2"))
    assert read_manifest(tmp_path) == Manifest("a1b2")
    assert [path.name for path in tmp_path.glob("meta*")] == ["meta.json"]


def rubbish(path: Path) -> None:
    path.write_bytes(b"rubbish!" * (path.stat().st_size // 8 + 1))


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [rubbish, halve, empty, Path.unlink])
def test_a_damaged_registry_says_to_move_the_folder(folder: Path, harm: Callable[[Path], None]) -> None:
    for path in folder.glob("reports.sqlite-*"):
        path.unlink()
    harm(folder / "reports.sqlite")
    with pytest.raises(CorpusError, match=DAMAGED):
        use(folder)
    assert (folder / "meta.json").is_file()


@pytest.mark.parametrize("harm", [rubbish, halve, empty, Path.unlink])
@pytest.mark.parametrize(
    "pattern", ["chroma-1/chroma.sqlite3", "words-0/meta.json", "words-0/*.idx", "words-0/*.store"]
)
def test_a_damaged_list_says_how_to_repair_it_and_is_repaired(
    folder: Path, pattern: str, harm: Callable[[Path], None]
) -> None:
    for path in folder.glob(pattern):
        harm(path)
    with pytest.raises(CorpusError, match=BROKEN):
        use(folder)
    with Index.open(folder, embedder=RecordingEmbedder()) as index:
        with pytest.raises(CorpusError, match=BROKEN):
            index.probe()
        passages = index.passages()
        assert [fault.kind.partition("-")[0] for fault in index.check()] == ["unreadable"]
        assert index.repair() == 1
        index.probe()
        assert index.check() == []
        assert index.passages() == passages
        assert index.search("新能源汽车", count=1)[0].found_by == ("lexical", "vector")
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["chroma-2", "words-1"]


@pytest.mark.parametrize("part", ["chroma-1", "words-0"])
def test_a_lost_part_is_not_replaced_by_an_empty_one(folder: Path, part: str) -> None:
    shutil.rmtree(folder / part)
    with pytest.raises(CorpusError, match=BROKEN):
        use(folder)
    with (
        pytest.raises(CorpusError, match=BROKEN),
        Index.create_or_open(folder, embedder=RecordingEmbedder()) as index,
    ):
        index.remove("r3")
    assert not (folder / part).exists()


def test_after_the_folder_was_moved_away_a_new_index_works(folder: Path) -> None:
    rubbish(folder / "reports.sqlite")
    with pytest.raises(CorpusError, match=DAMAGED):
        use(folder)
    folder.rename(folder.parent / "moved")
    with Index.create_or_open(folder, embedder=RecordingEmbedder()) as index:
        assert bring(index, report_passages("r3"))[0].added == 2
        assert index.search("基层干部", count=1)[0].passage.id == "r3-0"


def test_another_embedder_is_named_beside_the_one_it_was_made_with(folder: Path) -> None:
    for opening in (Index.open, Index.create_or_open):
        with pytest.raises(CorpusError) as caught:
            opening(folder, embedder=RecordingEmbedder(dimensions=32))
        assert "offline-hash-64" in str(caught.value)
        assert "offline-hash-32" in str(caught.value)
        assert "gongwen ingest --rebuild" in str(caught.value)


def test_an_embedder_that_changed_its_length_says_to_rebuild(folder: Path) -> None:
    other = RecordingEmbedder(dimensions=32)
    other.name = RecordingEmbedder().name
    with (
        Index.open(folder, embedder=other) as index,
        pytest.raises(CorpusError, match=r"长度不同.*--rebuild"),
    ):
        index.search("农村")


def test_a_folder_that_cannot_be_made_says_what_to_check(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("报告", "utf-8")
    for place in ("file", "file/below"):
        with pytest.raises(CorpusError, match=r"无法读写索引文件夹.*GONGWEN_DATA"):
            Index.create_or_open(tmp_path / place, embedder=RecordingEmbedder())


def test_a_second_writer_is_told_to_wait_and_nothing_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "WAIT_SECONDS", 0.2)
    embedder = RecordingEmbedder()
    with Index.open(folder, embedder=embedder) as index:
        with index.writing(), pytest.raises(CorpusError, match=r"另一个程序正在写入.*再试"):
            index.remove("r1")
        with index.writing(), pytest.raises(CorpusError, match=r"另一个程序正在写入.*再试"):
            Index.rebuild(folder, embedder=embedder)
        assert len(index.passages()) == 8
        assert index.remove("r1") == 4
